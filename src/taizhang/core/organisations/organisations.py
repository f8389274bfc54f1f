"""Union organisations (R01): the tree that everything else hangs on."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taizhang.core.parameters.clock import status_date
from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Reach, Record
from taizhang.lib.identifiers import is_uscc


class OrgType(models.TextChoices):
    CITY_FEDERATION = "city_federation", _("City federation")
    COUNTY_FEDERATION = "county_federation", _("County or district federation")
    ZONE_FEDERATION = "zone_federation", _("Zone federation")
    INDUSTRIAL_UNION = "industrial_union", _("Industrial union")
    SYSTEM_UNION = "system_union", _("System union")
    TOWNSHIP_UNION = "township_union", _("Township or street union")
    PARK_UNION = "park_union", _("Park union")
    VILLAGE_UNION = "village_union", _("Village or community union")
    ENTERPRISE_UNION = "enterprise_union", _("Enterprise union")
    INSTITUTION_UNION = "institution_union", _("Institution union")
    ORGAN_UNION = "organ_union", _("Union of a public organ")
    SOCIAL_ORG_UNION = "social_org_union", _("Union of a social organisation")
    JOINT_UNION = "joint_union", _("Joint primary union")
    INDUSTRY_JOINT_UNION = "industry_joint_union", _("Industry joint union")
    BRANCH = "branch", _("Branch")
    GROUP = "group", _("Union group")


LOCAL_FEDERATIONS = (
    OrgType.CITY_FEDERATION,
    OrgType.COUNTY_FEDERATION,
    OrgType.ZONE_FEDERATION,
)
ONE_EMPLOYER = (OrgType.ENTERPRISE_UNION, OrgType.INSTITUTION_UNION, OrgType.ORGAN_UNION)


class StandardGrade(models.TextChoices):
    NOT_ASSESSED = "not_assessed", _("Not assessed")
    BELOW = "below", _("Below standard")
    REACHED = "reached", _("Standard reached")
    MODEL = "model", _("Model")


class OrgState(models.TextChoices):
    PREPARING = "preparing", _("Preparing")
    ACTIVE = "active", _("Active")
    ELECTION_OVERDUE = "election_overdue", _("Election overdue")
    MERGED = "merged", _("Merged")
    DISSOLVED = "dissolved", _("Dissolved")


ENDED = (OrgState.MERGED, OrgState.DISSOLVED)


class EndBasis(models.TextChoices):
    EMPLOYER_TERMINATED = "employer_terminated", _("Employer terminated")
    EMPLOYER_REVOKED = "employer_revoked", _("Employer revoked")
    STATUTORY_MERGER = "statutory_merger", _("Merger by law")
    OTHER = "other", _("Other (without statutory basis)")


class Organisation(Record):
    """A trade-union body at any level.

    `parent` is the leading body and the only line that is counted; `industry_parent` is a second
    view, never added to it (handbook 3.1).
    """

    REGISTER = "organising.org"

    name = models.CharField(
        _("name"), max_length=120, help_text=_("Full official name as on the approval reply.")
    )
    org_type = models.CharField(_("kind of organisation"), max_length=24, choices=OrgType)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("next higher union"),
    )
    industry_parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="industry_children",
        verbose_name=_("higher industrial union"),
    )
    employer = models.ManyToManyField(
        "organisations.Employer",
        blank=True,
        related_name="unions",
        verbose_name=_("employing units"),
    )
    region = models.ForeignKey(
        "organisations.Area", models.PROTECT, related_name="+", verbose_name=_("area")
    )
    uscc = models.CharField(
        _("unified social credit code"), max_length=18, unique=True, null=True, blank=True
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    approval_no = models.CharField(_("approval number"), max_length=120, blank=True)
    legal_cert_valid_to = models.DateField(
        _("legal-person certificate valid to"), null=True, blank=True
    )
    term_no = models.PositiveSmallIntegerField(
        _("term number"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    term_start = models.DateField(_("term from"), null=True, blank=True)
    term_end = models.DateField(_("term to"), null=True, blank=True)
    has_seal = models.BooleanField(_("has a seal"), null=True, blank=True)
    has_account = models.BooleanField(_("has a bank account"), null=True, blank=True)
    has_mediation_committee = models.BooleanField(
        _("has a mediation committee"), null=True, blank=True
    )
    standard_grade = models.CharField(
        _("standardisation grade"), max_length=12, choices=StandardGrade, blank=True
    )
    standard_on = models.DateField(_("assessed on"), null=True, blank=True)
    structure_ok = models.BooleanField(_("structure complete"), null=True, blank=True)
    online_platform = models.BooleanField(_("on the online platform"), null=True, blank=True)
    org_state = models.CharField(_("state"), max_length=16, choices=OrgState)
    ended_on = models.DateField(
        _("ended on"), null=True, blank=True, help_text=_("First day on which it no longer exists.")
    )
    end_basis = models.CharField(_("basis of ending"), max_length=20, choices=EndBasis, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    end_reported_on = models.DateField(
        _("ending reported to the higher union on"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("union organisation")
        verbose_name_plural = _("union organisations")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(term_end__isnull=True)
                | Q(term_start__isnull=True)
                | Q(term_end__gt=F("term_start")),
                name="org_term_ends_after_start",
                violation_error_message=_("The term must end after it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(org_state__in=ENDED) | (Q(ended_on__isnull=False) & ~Q(end_basis="")),
                name="org_ended_says_when_and_why",
                violation_error_message=_(
                    "A merged or dissolved organisation needs the day and the basis of its ending."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["org_type", "region"]),
            *list_indexes(
                "org_type", "region", "org_state", "record_status", sorts=("name", "term_end")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def within(cls, reach: Reach) -> Q:
        return Q(pk__in=reach.organisations) | Q(region__in=reach.regions)

    @property
    def is_local_federation(self) -> bool:
        return self.org_type in LOCAL_FEDERATIONS

    def clean(self) -> None:
        """The rules of R01 that one row can show by itself (handbook 2.5)."""
        faults: dict[str, str] = {}
        if self.parent_id is None and self.org_type != OrgType.CITY_FEDERATION:
            faults["parent"] = _(
                "Every organisation except the city federation has a higher union."
            )
        if self.parent_id is not None and self.parent_id == self.pk:
            faults["parent"] = _("An organisation cannot stand above itself.")
        if self.uscc and not is_uscc(self.uscc):
            faults["uscc"] = _(
                "The check digit of this code is wrong; compare it with the certificate."
            )
        elif self.uscc and not self.uscc.startswith("81"):
            faults["uscc"] = _("The code of a trade-union legal person starts with 81.")
        if self.founded_on and self.founded_on > status_date():
            faults["founded_on"] = _("The day must not lie in the future.")
        if self.org_state == OrgState.ACTIVE and not self.approval_no:
            faults["approval_no"] = _(
                "An active organisation needs the number of its approval reply."
            )
        if self.org_state == OrgState.MERGED and self.successor_id is None:
            faults["successor"] = _("A merged organisation needs the union that carries on.")
        if faults:
            raise ValidationError(faults)


def check_employers(org_type: str, count: int) -> None:
    """The number of employing units fits the kind of union (handbook 2.5, R01 `employer`).

    Raises ValidationError for the field `employer`.
    """
    if org_type in ONE_EMPLOYER and count != 1:
        raise ValidationError(
            {"employer": _("A union of this kind has exactly one employing unit.")}
        )
    if org_type == OrgType.JOINT_UNION and count < 2:
        raise ValidationError({"employer": _("A joint union has at least two employing units.")})
