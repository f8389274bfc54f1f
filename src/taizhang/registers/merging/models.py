"""What was merged into what, and which alike rows a person found to be two."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Merged(models.Model):
    """The record `loser` was merged into `survivor`: ids in the register of that slug.

    When the survivor is merged in its turn, its row here follows, so `survivor` always stands.
    """

    register = models.CharField(max_length=60)
    loser = models.PositiveBigIntegerField()
    survivor = models.PositiveBigIntegerField()
    merged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["register", "loser"], name="merged_once"),
        ]
        indexes = [models.Index(fields=["register", "survivor"])]

    def __str__(self) -> str:
        return f"{self.register} {self.loser} > {self.survivor}"


class Distinct(models.Model):
    """Somebody looked at two alike rows and said that they are not the same; `one` < `other`."""

    register = models.CharField(max_length=60)
    one = models.PositiveBigIntegerField()
    other = models.PositiveBigIntegerField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["register", "one", "other"], name="distinct_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="distinct_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.one} | {self.other}"
