"""What the office is writing, and what it has said of the clauses of an item."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.models import Commitment, Item


class Draft(models.Model):
    """A commitment in the making on an item, or the answer that a clause has none.

    `start` and `end` are the offsets of its clause in the item's text whose normalised form has
    `text_hash`; None: it is written without one. `values` are the fields of the form as they were
    typed, `picked` is the candidate whose formulas were taken over. A draft is never computed.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Draft")
        PUBLISHED = "published", _("Published")
        UNCOUNTED = "uncounted", _("Cannot honestly be counted")
        NO_DUTY = "no_duty", _("No duty")

    item = models.ForeignKey(Item, models.CASCADE, related_name="drafts")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    text_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    picked = models.CharField(max_length=60, blank=True)
    values = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    commitment = models.ForeignKey(Commitment, models.SET_NULL, null=True, related_name="drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(start__lt=F("end")),
                name="draft_span_whole",
            ),
            models.UniqueConstraint(
                fields=["item", "start", "end", "text_hash"],
                condition=Q(start__isnull=False),
                name="draft_once_per_clause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.start}–{self.end} {self.state}"

    @property
    def duty(self) -> str:
        """What it is about, as far as it is written."""
        return str(self.values.get("duty_zh", ""))
