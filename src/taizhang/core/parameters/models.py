"""Numbers and choices that the law or the office may change, each with its dates and source."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Parameter(models.Model):
    """One value of one parameter over its days of validity (handbook 0.8)."""

    code = models.CharField(_("code"), max_length=60)
    value = models.CharField(_("value"), max_length=200)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="parameter_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="parameter_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} = {self.value}"
