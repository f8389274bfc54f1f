"""The employee education fund (R26) and special money (R40), handbook 2.5. Amounts in CNY."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taizhang.core.organisations.models import Employer
from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Reach, Record, RecordStatus

# Of payroll: what employers in general set aside; those that need high skill enter 2.5.
USUAL_RATIO_PCT = Decimal("1.5")
# Of payroll: what is deductible for tax since 2018; more is carried forward (Cai Shui [2018] 51).
DEDUCTION_LIMIT_PCT = Decimal(8)


def _amount(label: str, max_digits: int = 14) -> models.DecimalField:
    """An amount of money in CNY that may be unknown."""
    return models.DecimalField(
        label,
        max_digits=max_digits,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )


def _year() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )


class InputSource(models.TextChoices):
    FISCAL = "fiscal", _("Public budget")
    EMPLOYER = "employer", _("Employers")
    DONATION = "donation", _("Donations")
    PERSONAL = "personal", _("Learners themselves")


class EducationFund(Record):
    """A year of one enterprise's fund, or what one source put into training in the city."""

    REGISTER = "finance.education_fund"

    employer = models.ForeignKey(
        "organisations.Employer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("enterprise"),
        help_text=_("Leave empty where the record tells what a source put in."),
    )
    year = _year()
    payroll = models.DecimalField(
        _("payroll of the year (CNY)"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    ratio_required_pct = models.DecimalField(
        _("prescribed share of payroll (%)"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        default=USUAL_RATIO_PCT,
        validators=[MinValueValidator(0)],
        help_text=_("1.5 in general, 2.5 where high skill is needed."),
    )
    extracted = _amount(_("set aside (CNY)"))
    spent = _amount(_("spent (CNY)"))
    spent_frontline = _amount(_("of it for front-line workers (CNY)"))
    deducted = _amount(_("deducted for tax (CNY)"))
    deduction_applied = models.BooleanField(_("8 % limit used when filing"), null=True, blank=True)
    congress_reported_on = models.DateField(
        _("reported to the workers' congress on"), null=True, blank=True
    )
    input_source = models.CharField(
        _("source of the input"), max_length=10, choices=InputSource, blank=True
    )
    input_amount = _amount(_("input (CNY)"), max_digits=16)

    class Meta:
        verbose_name = _("education fund record")
        verbose_name_plural = _("education fund records")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(employer__isnull=False, input_source="")
                | Q(employer__isnull=True) & ~Q(input_source=""),
                name="education_fund_of_enterprise_or_source",
                violation_error_message=_(
                    "Name either the enterprise whose fund it is or the source of the input."
                ),
            ),
            models.CheckConstraint(
                condition=Q(spent_frontline__isnull=True)
                | Q(spent__isnull=True)
                | Q(spent_frontline__lte=F("spent")),
                name="education_fund_frontline_at_most_spent",
                violation_error_message=_(
                    "No more can be spent on front-line workers than is spent at all."
                ),
            ),
            models.UniqueConstraint(
                fields=["employer", "year"],
                condition=~Q(record_status=RecordStatus.VOID),
                name="education_fund_once_a_year",
                violation_error_message=_(
                    "This enterprise has its record of the year already: change that one, or void "
                    "it first."
                ),
            ),
        ]
        indexes = [
            *list_indexes(
                "region", "input_source", "deduction_applied", "record_status", order="year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employer or self.get_input_source_display()} · {self.year}"

    @classmethod
    def within(cls, reach: Reach) -> Q:
        """Whoever sees the enterprise sees its record, so also its own union."""
        return super().within(reach) | Q(
            employer__in=Employer.objects.filter(Employer.within(reach)).values("pk")
        )

    def clean(self) -> None:
        if self.deducted is None or self.payroll is None:
            return
        if self.deducted * 100 > self.payroll * DEDUCTION_LIMIT_PCT:
            raise ValidationError(
                {"deducted": _("At most 8 % of payroll is deducted; carry the rest forward.")}
            )

    def fill_defaults(self) -> None:
        if self.ratio_required_pct is None:
            self.ratio_required_pct = USUAL_RATIO_PCT

    def save(self, **kwargs) -> None:
        self.fill_defaults()
        super().save(**kwargs)


class FundPurpose(models.TextChoices):
    COMPETITION = "competition", _("Competitions")
    HARDSHIP = "hardship", _("Hardship aid")
    VENUE = "venue", _("Worker venues")
    STUDIO = "studio", _("Innovation studios")
    INNOVATION = "innovation", _("Innovation by workers")
    TRAINING = "training", _("Training")
    VOCATIONAL = "vocational", _("Vocational education")
    INFORMATION = "information", _("Information systems")


class MoneySource(models.TextChoices):
    CENTRAL_FISCAL = "central_fiscal", _("Central budget")
    PROVINCIAL_FISCAL = "provincial_fiscal", _("Provincial budget")
    CITY_FISCAL = "city_fiscal", _("City budget")
    COUNTY_FISCAL = "county_fiscal", _("County budget")
    UNION = "union", _("Union funds")
    EMPLOYER = "employer", _("Employers")
    DONATION = "donation", _("Donations")


class FundLevel(models.TextChoices):
    CITY = "city", _("City")
    COUNTY = "county", _("County")


class FundResult(models.TextChoices):
    GOOD = "good", _("Good")
    FAIR = "fair", _("Fair")
    POOR = "poor", _("Poor")
    PENDING = "pending", _("Not reviewed yet")


class Fund(Record):
    """Money of one source for one purpose in one year: budget, arrangement, use and audit."""

    REGISTER = "finance.fund"

    purpose = models.CharField(_("purpose"), max_length=12, choices=FundPurpose)
    source = models.CharField(_("source of the money"), max_length=20, choices=MoneySource)
    level = models.CharField(_("level"), max_length=10, choices=FundLevel)
    year = _year()
    budget = _amount(_("budget (CNY)"))
    arranged = _amount(_("arranged (CNY)"))
    arranged_on = models.DateField(_("arranged on"), null=True, blank=True)
    spent = _amount(_("spent (CNY)"))
    audited_on = models.DateField(_("audited on"), null=True, blank=True)
    result = models.CharField(
        _("performance review"), max_length=10, choices=FundResult, blank=True
    )

    class Meta:
        verbose_name = _("special fund")
        verbose_name_plural = _("special funds")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(spent__isnull=True)
                | Q(arranged__isnull=True)
                | Q(spent__lte=F("arranged")),
                name="fund_spent_at_most_arranged",
                violation_error_message=_("No more can be spent than is arranged."),
            ),
        ]
        indexes = [
            *list_indexes(
                "purpose",
                "source",
                "region",
                "result",
                "record_status",
                order="year",
                sorts=("arranged_on",),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.get_source_display()} · {self.year}"
