"""Audit rows and the head of their chain."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

NO_HASH = "0" * 64  # what the first row follows


class AuditRow(models.Model):
    """One action: who, when, on what, what changed.

    `subject` is a register or model key such as `leadership.meeting`, `subject_no` the record
    number in it. `changes`: field → [old, new]; personal values stand as masks. `hash` covers
    the row and the hash before it.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(_("recorded at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    action = models.CharField(_("action"), max_length=60)
    subject = models.CharField(_("subject"), max_length=60)
    subject_no = models.CharField(_("number"), max_length=120, blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["subject", "subject_no", "seq"])]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.subject} {self.subject_no}"


class ChainHead(models.Model):
    """The last row of the chain; locked by whoever appends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=NO_HASH)

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"
