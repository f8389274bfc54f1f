"""Policy participation and joint inspections (R11), handbook 2.5; read by items 4, 24 and 25."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Record


class ParticipationKind(models.TextChoices):
    POLICY_CONSULT = "policy_consult", _("Consultation on a draft policy")
    NPC_INSPECTION = "npc_inspection", _("Law-enforcement inspection of the people's congress")
    LABOUR_INSPECTION = "labour_inspection", _("Labour inspection of the government")
    CPPCC_VISIT = "cppcc_visit", _("Visit of the CPPCC")
    OTHER_INSPECTION = "other_inspection", _("Other inspection")


class ParticipationTopic(models.TextChoices):
    """The subjects on which the union must be heard (Trade Union Law 2021 art. 34)."""

    EMPLOYMENT = "employment", _("Employment")
    PAY = "pay", _("Pay")
    OSH = "osh", _("Safety and health at work")
    SOCIAL_INSURANCE = "social_insurance", _("Social insurance")
    VOCATIONAL = "vocational", _("Vocational skills")
    OTHER = "other", _("Other")


class ParticipationLevel(models.TextChoices):
    CITY = "city", _("City")
    COUNTY = "county", _("County")


def _at_most(field: str, most: str) -> Q:
    """The one number is not above the other, as far as both are known."""
    known = Q(**{f"{field}__isnull": False, f"{most}__isnull": False})
    return ~known | Q(**{f"{field}__lte": F(most)})


class Participation(Record):
    """A draft on which the union was or was not heard, or an inspection or visit that it joined.

    It counts on the day it was held, else on the day the policy was issued.
    """

    REGISTER = "leadership.participation"

    kind = models.CharField(_("kind of participation"), max_length=20, choices=ParticipationKind)
    topic = models.CharField(
        pgettext_lazy("of a participation", "topic"),
        max_length=20,
        choices=ParticipationTopic,
        blank=True,
    )
    level = models.CharField(_("level"), max_length=10, choices=ParticipationLevel)
    region = models.ForeignKey(
        "organisations.Area", models.PROTECT, related_name="+", verbose_name=_("area")
    )
    lead_body = models.CharField(_("leading body"), max_length=120)
    invited = models.BooleanField(
        _("union was invited"),
        help_text=_("No: a policy that the union found only after it was issued."),
    )
    held_on = models.DateField(
        _("held on"),
        null=True,
        blank=True,
        help_text=_("Without it the record counts on the day the policy was issued."),
    )
    participants = models.PositiveIntegerField(_("union participants"), null=True, blank=True)
    opinions = models.PositiveIntegerField(_("opinions submitted"), null=True, blank=True)
    opinions_feedback = models.PositiveIntegerField(_("opinions answered"), null=True, blank=True)
    opinions_adopted = models.PositiveIntegerField(_("opinions adopted"), null=True, blank=True)
    issued_on = models.DateField(_("policy issued on"), null=True, blank=True)
    covers_democratic = models.BooleanField(
        _("workers' congress and openness checked"), null=True, blank=True
    )
    covers_collective = models.BooleanField(
        _("collective contracts checked"), null=True, blank=True
    )
    problems = models.PositiveIntegerField(_("problems found"), null=True, blank=True)
    problems_closed = models.PositiveIntegerField(_("problems closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=ParticipationKind.POLICY_CONSULT) | Q(invited=True),
                name="participation_inspections_were_joined",
                violation_error_message=_(
                    "An inspection or visit is entered only when the union was invited and joined."
                ),
            ),
            models.CheckConstraint(
                condition=_at_most("opinions_feedback", "opinions"),
                name="participation_answered_at_most_submitted",
                violation_error_message=_("No more opinions can be answered than were submitted."),
            ),
            models.CheckConstraint(
                condition=_at_most("opinions_adopted", "opinions_feedback"),
                name="participation_adopted_at_most_answered",
                violation_error_message=_("No more opinions can be adopted than were answered."),
            ),
            models.CheckConstraint(
                condition=_at_most("problems_closed", "problems"),
                name="participation_closed_at_most_found",
                violation_error_message=_("No more problems can be closed than were found."),
            ),
        ]
        indexes = [
            *list_indexes(
                "kind",
                "topic",
                "region",
                "invited",
                "record_status",
                order="held_on",
                sorts=("issued_on",),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.region} · {self.held_on or self.issued_on or ''}"
