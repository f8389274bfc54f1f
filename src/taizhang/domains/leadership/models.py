"""The records of leadership: R09 and R12 here, R10 and R11 each in a file beside (handbook 2.5)."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.core.parameters.clock import status_date
from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Record, RecordStatus
from taizhang.domains.leadership.participation import Participation
from taizhang.domains.leadership.submissions import Submission

__all__ = ["Meeting", "Participation", "Policy", "Submission"]


class MeetingKind(models.TextChoices):
    PARTY_UNION_CONFERENCE = "party_union_conference", _("Party conference on union work")
    PARTY_HEAR_REPORT = "party_hear_report", _("Party committee hears the union's report")
    PARTY_AGENDA = "party_agenda", _("Union work on the Party committee's agenda")
    PARTY_LEADER_EVENT = "party_leader_event", _("Union event with the principal Party leader")
    GOV_UNION_JOINT = "gov_union_joint", _("Government-federation joint meeting")
    REFORM_COORDINATION = "reform_coordination", _("Reform coordination meeting")
    DEEP_REFORM = "deep_reform", _("Deep-reform commission")
    LINKAGE = "linkage", _("Policy linkage meeting")
    IDEOLOGY_STUDY = "ideology_study", _("Study of ideological work")
    THEORY_STUDY = "theory_study", _("Theory study")
    TRIPARTITE = "tripartite", _("Tripartite meeting")
    MEDIATION_JOINT = "mediation_joint", _("Joint mediation meeting")
    RISK_ANALYSIS = "risk_analysis", _("Risk analysis")
    GUIDANCE = "guidance", _("Guidance action")
    OTHER = "other", _("Other")


class ConvenerLevel(models.TextChoices):
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township")
    PRIMARY = "primary", _("Primary")


class Host(models.TextChoices):
    PARTY = "party", _("Party committee")
    GOVERNMENT = "government", _("Government")
    UNION = "union", _("Union")
    HRSS = "hrss", _("Human resources and social security")
    SASAC = "sasac", _("State-owned assets")
    MIIT = "miit", _("Industry and information technology")
    ACFIC = "acfic", _("Federation of industry and commerce")
    EMPLOYER_ORG = "employer_org", _("Employers' organisation")
    COURT = "court", _("Court")
    JUSTICE = "justice", _("Judicial administration")
    EDUCATION = "education", _("Education")
    OTHER = "other", _("Other")


class MeetingTopic(models.TextChoices):
    UNION_WORK = "union_work", _("Union work")
    REFORM = "reform", _("Reform of the industrial workforce")
    TALENT = "talent", _("Talent")
    IDEOLOGY = "ideology", _("Ideological work")
    DEMOCRATIC = "democratic", _("Democratic management")
    COLLECTIVE = "collective", _("Collective consultation")
    LABOUR_RELATIONS = "labour_relations", _("Labour relations")
    MEDIATION = "mediation", _("Mediation")
    RISK = "risk", _("Risk")
    OTHER = "other", _("Other")


class ChairPost(models.TextChoices):
    PARTY_SECRETARY = "party_secretary", _("Party secretary")
    GOV_PRINCIPAL = "gov_principal", _("Principal leader of government")
    GOV_DEPUTY = "gov_deputy", _("Deputy leader of government")
    PARTY_DEPUTY = "party_deputy", _("Deputy Party secretary")
    DEPARTMENT_HEAD = "department_head", _("Head of a department")
    UNION_CHAIR = "union_chair", _("Union chair")
    OTHER = "other", _("Other")


class Meeting(Record):
    """A meeting that proves an obligation; it counts on the day it was held."""

    REGISTER = "leadership.meeting"

    kind = models.CharField(_("kind of meeting"), max_length=24, choices=MeetingKind)
    convener_level = models.CharField(_("level"), max_length=10, choices=ConvenerLevel)
    region = models.ForeignKey(
        "organisations.Area", models.PROTECT, related_name="+", verbose_name=_("area")
    )
    convener = models.CharField(_("convener"), max_length=120)
    host = models.CharField(_("host"), max_length=16, choices=Host, blank=True)
    topic = models.CharField(_("topic"), max_length=20, choices=MeetingTopic, blank=True)
    convener_term = models.CharField(
        _("term"), max_length=40, blank=True, help_text=_("Such as 第十三届; for display only.")
    )
    held_on = models.DateField(_("held on"))
    chair_post = models.CharField(_("chaired by"), max_length=20, choices=ChairPost, blank=True)
    principal_leader = models.BooleanField(
        _("principal Party leader attended"), null=True, blank=True
    )
    agenda = models.TextField(_("agenda"), blank=True, help_text=_("Mark the union's items."))
    minutes_no = models.CharField(_("minutes number"), max_length=120, blank=True)
    minutes_on = models.DateField(_("minutes of"), null=True, blank=True)
    matters = models.PositiveIntegerField(_("matters decided"), null=True, blank=True)
    matters_closed = models.PositiveIntegerField(_("matters closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(minutes_on__isnull=True) | Q(minutes_on__gte=F("held_on")),
                name="meeting_minutes_after_meeting",
                violation_error_message=_(
                    "The minutes are dated on the day of the meeting or later."
                ),
            ),
            models.CheckConstraint(
                condition=Q(matters_closed__isnull=True)
                | Q(matters__isnull=True)
                | Q(matters_closed__lte=F("matters")),
                name="meeting_closed_at_most_decided",
                violation_error_message=_("No more matters can be closed than were decided."),
            ),
        ]
        indexes = [
            *list_indexes(
                "kind",
                "region",
                "record_status",
                "convener_level",
                order="held_on",
                sorts=("convener",),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.region} · {self.held_on}"

    def clean(self) -> None:
        if (
            self.held_on
            and self.record_status == RecordStatus.VERIFIED
            and self.held_on > status_date()
        ):
            raise ValidationError(
                {"held_on": _("A meeting that lies in the future cannot be verified yet.")}
            )


class PolicyTopic(models.TextChoices):
    """The topics of handbook 2.3."""

    CADRE_PLAN = "cadre_plan", _("Union cadres in the cadre plan")
    COMPETITION_LINKAGE = (
        "competition_linkage",
        _("Competitions linked with titles, grades and pay"),
    )
    CREDIT_RECORD = "credit_record", _("Credit record")
    DEMOCRATIC_DUTY = "democratic_duty", _("Government's duty for democratic management")
    INNOVATION_REWARD = "innovation_reward", _("Selection and reward of innovations")
    INSPECTION_SCOPE = "inspection_scope", _("Scope of labour inspection")
    INTEGRATED_SCHEME = "integrated_scheme", _("Integrated training scheme for industrial workers")
    JOINT_MEETING = "joint_meeting", _("Government-federation joint-meeting system")
    LABOUR_EDUCATION = "labour_education", _("Labour education")
    LEARNING_PLATFORM = "learning_platform", _("Public learning platform")
    MEDIATION_JOINT = "mediation_joint", _("Diversified mediation mechanism")
    MODEL_GROWTH = "model_growth", _("Growth of model workers")
    NPC_CPPCC_SUPPORT = "npc_cppcc_support", _("Support by people's congress and CPPCC")
    ONLINE_WORK = "online_work", _("Online union work")
    PARTY_BUILDING_UNION = "party_building_union", _("Party building leads union building")
    REFORM_COORDINATION = "reform_coordination", _("Reform coordination body")
    RIGHTS_MECHANISM = "rights_mechanism", _("Rights mechanism led by Party and government")
    TALENT_PLAN = "talent_plan", _("Talent plan for industrial workers")
    TALENT_PLAN_INCLUDED = "talent_plan_included", _("Included in the city's talent plan")
    TALENT_POOL = "talent_pool", _("Talent pool")
    TALENT_REWARD = "talent_reward", _("Rewards for skilled talent linked")
    VOCATIONAL_LINK = "vocational_link", _("Vocational, continuing and general education linked")
    WORKER_TREATMENT = "worker_treatment", _("Better treatment of industrial workers")
    IDEOLOGY_RESPONSIBILITY = "ideology_responsibility", _("Ideological responsibility list")
    HARDSHIP_MECHANISM = "hardship_mechanism", _("Long-term hardship aid")
    VENUE_SUPPORT = "venue_support", _("Subsidies and taxes of venues")
    FUNCTION_TRANSFER = "function_transfer", _("Undertaking of government functions")
    SUPERVISION_RULES = "supervision_rules", _("Labour-law supervision system")


class PolicyLevel(models.TextChoices):
    CITY = "city", _("City")
    COUNTY = "county", _("County")


class PolicyState(models.TextChoices):
    DRAFTING = "drafting", _("Drafting")
    CONSULTING = "consulting", _("Consulting")
    IN_FORCE = "in_force", _("In force")
    EXPIRED = "expired", _("Expired")
    REPEALED = "repealed", _("Repealed")


class Policy(Record):
    """A document in force; it proves that a plan, system or mechanism exists."""

    REGISTER = "leadership.policy"

    title = models.CharField(_("title"), max_length=200)
    topic = models.CharField(
        pgettext_lazy("of a policy document", "topic"), max_length=24, choices=PolicyTopic
    )
    issuer = models.CharField(_("issuer"), max_length=120)
    level = models.CharField(_("level"), max_length=10, choices=PolicyLevel)
    region = models.ForeignKey(
        "organisations.Area", models.PROTECT, related_name="+", verbose_name=_("area")
    )
    doc_no = models.CharField(
        _("document number"),
        max_length=60,
        blank=True,
        validators=[
            RegexValidator(
                r"^[^\s〔〕]+〔\d{4}〕\d+号$",
                _("Write the number as on the document, such as 秦政办字〔2022〕18号."),
            )
        ],
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("The last day in force.")
    )
    state = models.CharField(_("state"), max_length=12, choices=PolicyState)
    review_due_on = models.DateField(_("review due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("policy document")
        verbose_name_plural = _("policy documents")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state=PolicyState.IN_FORCE) | Q(issued_on__isnull=False),
                name="policy_in_force_has_date",
                violation_error_message=_("A document in force needs the day it was issued."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(valid_to__gte=F("issued_on")),
                name="policy_valid_after_issue",
                violation_error_message=_("It cannot end before it was issued."),
            ),
        ]
        indexes = [
            *list_indexes(
                "topic", "region", "state", "record_status", order="issued_on", sorts=("title",)
            )
        ]

    def __str__(self) -> str:
        return self.title
