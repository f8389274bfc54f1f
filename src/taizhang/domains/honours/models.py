"""Selection and commendation (R20), handbook 2.5 and 1.13."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taizhang.core.records.fields import EncryptedTextField
from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Record


class TitleKind(models.TextChoices):
    MODEL_WORKER = "model_worker", _("Model worker")
    ADVANCED_WORKER = "advanced_worker", _("Advanced worker")
    MAY1_MEDAL = "may1_medal", _("May 1 Labour Medal")
    MAY1_AWARD = "may1_award", _("May 1 Labour Award")
    WORKER_PIONEER = "worker_pioneer", _("Worker Pioneer")
    CRAFTSMAN = "craftsman", _("Craftsman")
    SKILL_AWARD = "skill_award", _("Skills award")
    HARMONY_UNIT = "harmony_unit", _("Unit of harmonious labour relations")


class HonourLevel(models.TextChoices):
    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    CITY = "city", _("City")
    COUNTY = "county", _("County")


class CommendedBy(models.TextChoices):
    PARTY_GOV = "party_gov", _("Party committee and government")
    FEDERATION = "federation", _("Federation of trade unions")
    JOINT = "joint", _("Jointly")


class HonourTarget(models.TextChoices):
    PERSON = "person", _("Person")
    COLLECTIVE = "collective", _("Collective")


class Occupation(models.TextChoices):
    FRONTLINE = "frontline", _("Front-line worker")
    TECHNICAL = "technical", _("Engineer or technician")
    MANAGER = "manager", _("Manager")
    PRINCIPAL = "principal", _("Head of a unit")
    FARMER = "farmer", _("Farmer")
    ORGAN = "organ", _("Staff of public organs")
    NEW_FORM = "new_form", _("Worker in new forms of employment")


class HonourStage(models.TextChoices):
    """The way of a nomination (handbook 1.13 d)."""

    PLANNED = "planned", _("Planned")
    NOMINATED = "nominated", _("Nominated")
    UNIT_PUBLICITY = "unit_publicity", _("Notice at the unit")
    COUNTY_REVIEW = "county_review", _("Review by the county")
    COUNTY_PUBLICITY = "county_publicity", _("Notice in the county")
    CITY_FIRST_REVIEW = "city_first_review", _("First review by the city")
    CITY_SECOND_REVIEW = "city_second_review", _("Second review by the city")
    CITY_PUBLICITY = "city_publicity", _("Notice in the city")
    APPROVED = "approved", _("Approved")
    CONFERRED = "conferred", _("Conferred")
    REJECTED = "rejected", _("Rejected")
    REVOKED = "revoked", _("Revoked")


class Honour(Record):
    """A nomination, or a campaign while it is planned; it counts on the day of conferment."""

    REGISTER = "honours.honour"

    title_kind = models.CharField(_("honour"), max_length=20, choices=TitleKind)
    level = models.CharField(_("level"), max_length=12, choices=HonourLevel)
    campaign_year = models.PositiveSmallIntegerField(
        _("campaign of"), validators=[MinValueValidator(1949), MaxValueValidator(2100)]
    )
    commended_by = models.CharField(_("commended by"), max_length=12, choices=CommendedBy)
    target = models.CharField(_("whom"), max_length=12, choices=HonourTarget, blank=True)
    nominee = EncryptedTextField(_("nominee"), blank=True)
    employer = models.ForeignKey(
        "organisations.Employer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("employing unit"),
    )
    occupation = models.CharField(
        _("occupation group"), max_length=12, choices=Occupation, blank=True
    )
    stage = models.CharField(_("stage"), max_length=20, choices=HonourStage)
    publicity_days = models.PositiveSmallIntegerField(
        _("days of public notice"),
        null=True,
        blank=True,
        help_text=_("Working days of one round, usually 5 or more."),
    )
    objections = models.PositiveSmallIntegerField(
        _("objections"),
        null=True,
        blank=True,
        help_text=_("All of them are handled before the approval."),
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    conferred_on = models.DateField(_("conferred on"), null=True, blank=True)
    doc_no = models.CharField(_("number of the decision"), max_length=60, blank=True)
    gov_recognised = models.BooleanField(
        _("recognised by the government too"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("commendation")
        verbose_name_plural = _("commendations")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(stage=HonourStage.CONFERRED) | Q(conferred_on__isnull=False),
                name="honour_conferred_has_date",
                violation_error_message=_("A conferred honour needs the day of conferment."),
            ),
            models.CheckConstraint(
                condition=Q(conferred_on__isnull=True)
                | Q(approved_on__isnull=True)
                | Q(conferred_on__gte=F("approved_on")),
                name="honour_conferred_after_approval",
                violation_error_message=_(
                    "An honour is conferred on the day of its approval or later."
                ),
            ),
        ]
        indexes = [
            *list_indexes(
                "title_kind",
                "level",
                "region",
                "stage",
                "record_status",
                order="conferred_on",
                sorts=("campaign_year",),
            ),
            models.Index(fields=["title_kind", "stage"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_title_kind_display()} · {self.campaign_year} · {self.record_no}"
