"""Training bases and cooperation (R22) and training classes (R23), handbook 2.5."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.core.parameters.clock import status_date
from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Record, RecordStatus


class BaseKind(models.TextChoices):
    TRAINING_BASE = "training_base", _("Skills training base")
    ONJOB_BASE = "onjob_base", _("On-the-job training base")
    SCHOOL_ENTERPRISE = "school_enterprise", _("School-enterprise agreement")
    ALLIANCE = "alliance", _("School-enterprise alliance")
    THREE_PLUS_TWO = "three_plus_two", _("3+2 programme")
    KEY_MAJOR = "key_major", _("Key major")
    TRAINING_SCHEME = "training_scheme", _("Training scheme of a key industry")
    X_SITE = "x_site", _("X-certificate site")


# Counted by school year; everything else by the year in which it was named.
BY_SCHOOL_YEAR = (BaseKind.THREE_PLUS_TWO, BaseKind.X_SITE)


class BaseStage(models.TextChoices):
    APPLIED = "applied", _("Applied for")
    REVIEWED = "reviewed", _("Reviewed")
    PUBLICITY = "publicity", _("Public notice")
    NAMED = "named", _("Named")
    ACTIVE = "active", _("Active")
    RECTIFY = "rectify", _("Putting things right")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class Base(Record):
    """A named base, an agreement, an alliance, a programme, or a site that issues certificates."""

    REGISTER = "skills.base"

    kind = models.CharField(pgettext_lazy("of a base", "kind"), max_length=20, choices=BaseKind)
    name = models.CharField(_("name"), max_length=120)
    employer = models.ForeignKey(
        "organisations.Employer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("enterprise"),
    )
    school = models.CharField(_("school"), max_length=120, blank=True)
    key_industry = models.CharField(_("key industry"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        help_text=_(
            "3+2 programmes and X-certificate sites: the calendar year in which the school year "
            "starts. Otherwise the year of naming."
        ),
    )
    named_on = models.DateField(_("named on"), null=True, blank=True)
    doc_no = models.CharField(_("naming document"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("The last day in force.")
    )
    joint_standard = models.BooleanField(
        _("hiring standard in the curriculum"), null=True, blank=True
    )
    enrolment = models.PositiveIntegerField(_("students enrolled"), null=True, blank=True)
    certificates = models.PositiveIntegerField(
        _("X certificates of the year"), null=True, blank=True
    )
    trainees = models.PositiveIntegerField(
        _("person-times trained in the year"), null=True, blank=True
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=BaseStage)

    class Meta:
        verbose_name = _("training base or cooperation")
        verbose_name_plural = _("training bases and cooperation")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(valid_to__gt=F("signed_on")),
                name="base_valid_after_signing",
                violation_error_message=_("It ends after the day on which it was signed."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=BY_SCHOOL_YEAR) | Q(year__isnull=False),
                name="base_school_year_is_known",
                violation_error_message=_(
                    "3+2 programmes and X-certificate sites need the year in which the school "
                    "year starts."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "stage"]),
            *list_indexes(
                "kind",
                "region",
                "stage",
                "record_status",
                sorts=("name", "named_on", "valid_to"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.kind in BY_SCHOOL_YEAR or not (self.year and self.named_on):
            return
        if self.year != self.named_on.year:
            raise ValidationError({"year": _("The year is that of the naming decision.")})


class Audience(models.TextChoices):
    WORKER = "worker", _("Workers")
    UNION_CADRE = "union_cadre", _("Union cadres")
    GRASSROOTS_CADRE = "grassroots_cadre", _("Grassroots union cadres")
    SUPERVISOR = "supervisor", _("Labour-law supervisors")
    MEDIATOR = "mediator", _("Mediators")
    NEGOTIATOR = "negotiator", _("Negotiators")


class TrainingMode(models.TextChoices):
    OFFLINE = "offline", _("On site")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("On site and online")


class FundSource(models.TextChoices):
    UNION = "union", _("Union funds")
    FISCAL = "fiscal", _("Public budget")
    EMPLOYER = "employer", _("Employer")
    MIXED = "mixed", _("Several sources")


class Training(Record):
    """A class that was held: only numbers of those who came, never their names."""

    REGISTER = "skills.training"

    title = models.CharField(_("title of the class"), max_length=200)
    audience = models.CharField(_("for whom"), max_length=20, choices=Audience)
    org = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organising union"),
    )
    base = models.ForeignKey(
        Base,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("training base"),
    )
    held_on = models.DateField(_("held on"))
    hours = models.DecimalField(
        _("hours"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1"))],
    )
    mode = models.CharField(_("way of teaching"), max_length=10, choices=TrainingMode, blank=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    passed = models.PositiveIntegerField(_("passed"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost (CNY)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    fund_source = models.CharField(_("paid from"), max_length=10, choices=FundSource, blank=True)

    class Meta:
        verbose_name = _("training class")
        verbose_name_plural = _("training classes")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(passed__isnull=True)
                | Q(participants__isnull=True)
                | Q(passed__lte=F("participants")),
                name="training_passed_at_most_participants",
                violation_error_message=_("No more can have passed than took part."),
            ),
        ]
        indexes = [
            *list_indexes(
                "audience", "region", "mode", "record_status", order="held_on", sorts=("title",)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if (
            self.held_on
            and self.record_status == RecordStatus.VERIFIED
            and self.held_on > status_date()
        ):
            raise ValidationError(
                {"held_on": _("A class that lies in the future cannot be verified yet.")}
            )
