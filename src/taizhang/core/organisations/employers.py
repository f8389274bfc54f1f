"""Employing units (R02): the population base of every coverage measure."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taizhang.core.records.fields import IntListField
from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Reach, Record
from taizhang.lib.identifiers import is_uscc


class Ownership(models.TextChoices):
    STATE_OWNED = "state_owned", _("State-owned")
    STATE_HOLDING = "state_holding", _("State-controlled")
    COLLECTIVE = "collective", _("Collective")
    COLLECTIVE_HOLDING = "collective_holding", _("Collective-controlled")
    PRIVATE = "private", _("Private")
    FOREIGN = "foreign", _("Foreign-invested")
    HK_MO_TW = "hk_mo_tw", _("Hong Kong, Macao or Taiwan-invested")
    INSTITUTION = "institution", _("Public institution")
    ORGAN = "organ", _("Public organ")
    SOCIAL_ORG = "social_org", _("Social organisation")
    OTHER = "other", _("Other")


class OperatingState(models.TextChoices):
    OPERATING = "operating", _("Operating")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


class DataSource(models.TextChoices):
    OWN = "own", _("Own survey")
    MARKET_REGULATION = "market_regulation", _("Market regulation")
    HRSS = "hrss", _("Human resources and social security")
    TAX = "tax", _("Tax")
    IMPORT = "import", _("Import")


def _at_most_headcount(field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True})
        | Q(headcount__isnull=True)
        | Q(**{f"{field}__lte": F("headcount")}),
        name=f"employer_{field}_at_most_headcount",
        violation_error_message=_("A part of the employees cannot be more than all of them."),
    )


class Employer(Record):
    """An enterprise, institution, organ or social organisation that employs workers."""

    REGISTER = "organising.employer"

    name = models.CharField(_("name"), max_length=120)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    region = models.ForeignKey(
        "organisations.Area", models.PROTECT, related_name="+", verbose_name=_("area")
    )
    township = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("township or street union"),
    )
    industry = models.CharField(
        _("industry"),
        max_length=8,
        validators=[
            RegexValidator(
                r"^[A-T]\d{2,4}$",
                _("Write the section letter and the division of GB/T 4754-2017, such as C31."),
            )
        ],
        help_text=_("Section letter and division of GB/T 4754-2017, such as C31."),
    )
    ownership = models.CharField(_("ownership"), max_length=20, choices=Ownership)
    is_two_new = models.BooleanField(
        _("new economic or social organisation"), null=True, blank=True
    )
    headcount = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    headcount_as_of = models.DateField(
        _("employees as of"),
        null=True,
        blank=True,
        help_text=_("After 12 months the number counts as unknown."),
    )
    frontline_headcount = models.PositiveIntegerField(
        _("front-line employees"), null=True, blank=True
    )
    female_headcount = models.PositiveIntegerField(_("women employees"), null=True, blank=True)
    annual_payroll = models.DecimalField(
        _("annual payroll (CNY)"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    above_scale = models.BooleanField(_("above designated size"), null=True, blank=True)
    key_enterprise_years = IntListField(
        _("years on the key-enterprise list"),
        help_text=_("Whole numbers parted by semicolons, such as 2024;2025."),
    )
    key_industry = models.CharField(_("key industry"), max_length=60, blank=True)
    tech_sme = models.BooleanField(_("technology-based small enterprise"), null=True, blank=True)
    has_scarce_trades = models.BooleanField(_("employs scarce trades"), null=True, blank=True)
    skilled_posts = models.BooleanField(_("has skilled posts"), null=True, blank=True)
    has_party_org = models.BooleanField(_("has a Party organisation"), null=True, blank=True)
    operating_state = models.CharField(
        _("operating state"), max_length=10, choices=OperatingState, blank=True
    )
    data_source = models.CharField(_("source of data"), max_length=20, choices=DataSource)

    class Meta:
        verbose_name = _("employing unit")
        verbose_name_plural = _("employing units")
        constraints = [
            *Record.Meta.constraints,
            _at_most_headcount("frontline_headcount"),
            _at_most_headcount("female_headcount"),
        ]
        indexes = [
            *list_indexes(
                "region",
                "ownership",
                "operating_state",
                "record_status",
                sorts=("name", "headcount"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def within(cls, reach: Reach) -> Q:
        """Its area's bodies, its township union, whoever entered it, and its own union see it."""
        return (
            Q(region__in=reach.regions)
            | Q(owner_org__in=reach.organisations)
            | Q(township__in=reach.organisations)
            | Q(
                pk__in=cls.unions.through.objects.filter(
                    organisation__in=reach.organisations
                ).values("employer")
            )
        )

    def clean(self) -> None:
        if self.uscc and not is_uscc(self.uscc):
            raise ValidationError(
                {
                    "uscc": _(
                        "The check digit of this code is wrong; compare it with the certificate."
                    )
                }
            )
