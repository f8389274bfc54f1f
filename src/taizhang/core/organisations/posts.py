"""Union officers and committee posts (R03): who holds which post, for which term."""

import hashlib
import hmac

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taizhang.core.records.fields import EncryptedTextField, EnumListField
from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Reach, Record


class PostType(models.TextChoices):
    CHAIR = "chair", _("Chair")
    EXECUTIVE_VICE_CHAIR = "executive_vice_chair", _("Executive vice-chair")
    VICE_CHAIR = "vice_chair", _("Vice-chair")
    PART_TIME_VICE_CHAIR = "part_time_vice_chair", _("Part-time vice-chair")
    SECONDED_VICE_CHAIR = "seconded_vice_chair", _("Seconded vice-chair")
    STANDING_MEMBER = "standing_member", _("Standing committee member")
    MEMBER = "member", _("Committee member")
    AUDIT_CHAIR = "audit_chair", _("Chair of the funds audit commission")
    AUDIT_MEMBER = "audit_member", _("Member of the funds audit commission")
    WOMEN_CHAIR = "women_chair", _("Head of the women workers' committee")
    WOMEN_MEMBER = "women_member", _("Member of the women workers' committee")
    SUPERVISION_CHAIR = "supervision_chair", _("Head of the labour-law supervision committee")
    SUPERVISOR = "supervisor", _("Labour-law supervisor")
    MEDIATION_CHAIR = "mediation_chair", _("Head of the mediation committee")
    MEDIATOR = "mediator", _("Mediator")
    FULL_TIME_WORKER = "full_time_worker", _("Full-time union worker")
    SOCIALISED_WORKER = "socialised_worker", _("Contracted union worker")


class Gender(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("Not known")
    MALE = "1", _("Male")
    FEMALE = "2", _("Female")
    UNSPECIFIED = "9", _("Not specified")


class RankStatus(models.TextChoices):
    DEPUTY_EQUIVALENT = "deputy_equivalent", _("Deputy rank at the same level")
    ABOVE_DEPUTY = "above_deputy", _("Above deputy rank")
    MIDDLE_PRINCIPAL = "middle_principal", _("Middle-level principal")
    MIDDLE_DEPUTY = "middle_deputy", _("Middle-level deputy")
    BELOW = "below", _("Below")
    NA = "na", _("Does not apply")


class ConcurrentKind(models.TextChoices):
    PARTY_SECRETARY = "party_secretary", _("Party secretary")
    PARTY_DEPUTY = "party_deputy", _("Party deputy")
    GOVERNMENT_DEPUTY = "government_deputy", _("Government deputy")
    ENTERPRISE_DEPUTY = "enterprise_deputy", _("Deputy head of the enterprise")
    CONGRESS_LEADER = "congress_leader", _("Leader of the people's congress")
    NONE = "none", _("None")


class PartyMember(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_RECORDED = "not_recorded", _("Not recorded")


class IdentityTag(models.TextChoices):
    MODEL_WORKER = "model_worker", _("Model worker")
    FRONTLINE = "frontline", _("Front-line worker")
    GRASSROOTS = "grassroots", _("From the grassroots")
    NONE = "none", _("None")


class PcNomination(models.TextChoices):
    NOT_DUE = "not_due", _("Not due")
    CONSIDERED = "considered", _("Considered")
    NOMINATED = "nominated", _("Nominated")
    NOT_CONSIDERED = "not_considered", _("Not considered")


class ExchangeKind(models.TextChoices):
    NONE = "none", _("None")
    TO_PARTY_GOV = "to_party_gov", _("To Party or government")
    FROM_PARTY_GOV = "from_party_gov", _("From Party or government")
    TO_SOE = "to_soe", _("To a state-owned enterprise")
    FROM_SOE = "from_soe", _("From a state-owned enterprise")
    SECONDMENT_IN = "secondment_in", _("Seconded here")
    SECONDMENT_OUT = "secondment_out", _("Seconded elsewhere")


def person_key(person_name: str, birth_year: int | None) -> str:
    """The pseudonym of a person: a keyed hash of name and birth year (handbook 2.5, R03).

    The same for all posts of a person, and of no use without the installation's key.
    """
    text = f"{person_name.strip()}|{birth_year or ''}"
    return hmac.new(settings.FIELD_KEYS[-1].encode(), text.encode(), hashlib.sha256).hexdigest()


class Post(Record):
    """One person in one post of one union, from approval to the first day out."""

    REGISTER = "organising.post"

    person_name = EncryptedTextField(_("name of the person"))
    person_key = models.CharField(_("person key"), max_length=64, blank=True, editable=False)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    org = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        related_name="posts",
        verbose_name=_("union"),
    )
    post_type = models.CharField(_("post"), max_length=24, choices=PostType)
    is_principal_leader = models.BooleanField(
        _("principal leader"),
        null=True,
        blank=True,
        help_text=_(
            "The chair or the Party-group secretary, as the Organisation Department decides."
        ),
    )
    full_time = models.BooleanField(_("full-time"))
    rank_status = models.CharField(_("rank"), max_length=20, choices=RankStatus, blank=True)
    concurrent_kind = models.CharField(
        _("concurrent post"), max_length=20, choices=ConcurrentKind, blank=True
    )
    party_member = models.CharField(
        _("Party member"), max_length=12, choices=PartyMember, blank=True
    )
    in_party_leading_body = models.BooleanField(
        _("in the Party leading body"), null=True, blank=True
    )
    admin_treatment_ok = models.BooleanField(
        _("administrative-deputy treatment granted"), null=True, blank=True
    )
    identity_tag = EnumListField(_("identity"), choices=IdentityTag)
    pc_nomination = models.CharField(
        _("candidate for the Party committee"), max_length=16, choices=PcNomination, blank=True
    )
    elected_on = models.DateField(_("elected on"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    term_end = models.DateField(_("term to"), null=True, blank=True)
    ended_on = models.DateField(
        _("ended on"), null=True, blank=True, help_text=_("First day out of the post.")
    )
    cert_no = models.CharField(_("certificate number"), max_length=60, blank=True)
    cert_valid_to = models.DateField(_("certificate valid to"), null=True, blank=True)
    exchange_kind = models.CharField(_("exchange"), max_length=16, choices=ExchangeKind, blank=True)
    exchange_on = models.DateField(_("exchange on"), null=True, blank=True)
    last_trained_on = models.DateField(_("last trained on"), null=True, blank=True)

    class Meta:
        verbose_name = _("union post")
        verbose_name_plural = _("union posts")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True)
                | Q(elected_on__isnull=True)
                | Q(approved_on__gte=F("elected_on")),
                name="post_approved_after_election",
                violation_error_message=_("A post is approved on the day of election or later."),
            ),
        ]
        indexes = [
            models.Index(fields=["org", "post_type"]),
            *list_indexes(
                "post_type", "full_time", "record_status", sorts=("approved_on", "ended_on")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_post_type_display()} · {self.org}"

    @classmethod
    def within(cls, reach: Reach) -> Q:
        return (
            Q(org__in=reach.organisations)
            | Q(owner_org__in=reach.organisations)
            | Q(region__in=reach.regions)
        )

    def fill_defaults(self) -> None:
        if not self.person_key:
            self.person_key = person_key(self.person_name, self.birth_year)

    def save(self, **kwargs) -> None:
        self.fill_defaults()
        super().save(**kwargs)
