"""Which ledger took the place of which, and what was carried over from one to the other."""

from django.conf import settings
from django.db import models


class Supersession(models.Model):
    """The ledger of a later notice in the place of an earlier one, which keeps its last figures."""

    old = models.OneToOneField("ledger.Ledger", models.PROTECT, related_name="supersession")
    new = models.OneToOneField("ledger.Ledger", models.PROTECT, related_name="supersedes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.old.basis} → {self.new.basis}"


class CarriedQuerySet(models.QuerySet):
    def to_be_looked_at(self) -> "CarriedQuerySet":
        """Those at which nobody has looked, while a ledger in force has the commitment."""
        return self.filter(
            wants_a_look=True,
            looked_at=None,
            new__retired_in="",
            new__item__ledger__is_in_force=True,
        )


class CarriedCommitment(models.Model):
    """A commitment that was carried over, as it was and as it goes on.

    `quote` is what the old notice said where the new one does not say it in these words:
    `wants_a_look` until a person has looked whether the commitment still says what is asked.
    """

    supersession = models.ForeignKey(Supersession, models.CASCADE, related_name="carried")
    old = models.ForeignKey("ledger.Commitment", models.CASCADE, related_name="carried_to")
    new = models.OneToOneField("ledger.Commitment", models.CASCADE, related_name="carried_from")
    quote = models.TextField(blank=True)
    wants_a_look = models.BooleanField(default=False)
    looked_at_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True)

    objects = CarriedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.old.code} → {self.new.code}"
