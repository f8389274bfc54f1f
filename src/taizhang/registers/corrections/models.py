"""Proposals to change verified records, and what became of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.core.records.fields import EncryptedTextField


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for a decision")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")


class Correction(models.Model):
    """One proposal for one record.

    register, record: slug of the register and id of the record; `record_no` is for reading.
    kind: a key of `kinds.KINDS`. `payload`: what is proposed, as JSON, encrypted because any field
    may be personal. `version`: that of the record when it was proposed.
    """

    register = models.CharField(max_length=60)
    record = models.PositiveBigIntegerField()
    record_no = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    payload = EncryptedTextField()
    version = models.PositiveIntegerField()
    reason = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(
        max_length=10,
        choices=CorrectionState,
        default=CorrectionState.PROPOSED,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "record"],
                condition=Q(state=CorrectionState.PROPOSED),
                name="correction_one_open_per_record",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CorrectionState.ACCEPTED, CorrectionState.REFUSED])
                | ~Q(decided_by=F("proposed_by")),
                name="correction_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.PROPOSED)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="correction_decided_says_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["register", "record"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.register} {self.record_no}"

    @property
    def is_open(self) -> bool:
        return self.state == CorrectionState.PROPOSED
