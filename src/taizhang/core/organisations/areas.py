"""Areas (行政区划): the table `area` of the formulas; data, because districts change."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Area(models.Model):
    """One area; the one without `parent` is the city that the installation serves."""

    code = models.CharField(_("area code"), max_length=12, primary_key=True)
    name_zh = models.CharField(_("Chinese name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("part of")
    )
    has_congress = models.BooleanField(_("has a people's congress"))
    has_government = models.BooleanField(_("has a government"))

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh

    @property
    def is_city(self) -> bool:
        return self.parent_id is None
