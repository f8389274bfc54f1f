"""The registers R09 to R12; found at start by the generic register."""

from django.utils.translation import gettext_lazy as _

from taizhang.domains.leadership.models import Meeting, Participation, Policy, Submission
from taizhang.measures.catalogue import Bound
from taizhang.registers.spec import Panel, RegisterSpec, offer_register

MEETING = offer_register(
    RegisterSpec(
        slug="meeting",
        code="R09",
        model=Meeting,
        label=_("Meetings and reports"),
        purpose=_(
            "Proves that meetings owed by Party committees, governments and unions were held. "
            "One entry serves items 1, 5, 7, 8, 25, 26, 27 and 28."
        ),
        panels=(
            Panel(_("The meeting"), ("kind", "held_on", "region", "convener_level", "convener")),
            Panel(
                _("Who and what"),
                ("host", "topic", "chair_post", "principal_leader", "convener_term", "agenda"),
            ),
            Panel(_("Result"), ("minutes_no", "minutes_on", "matters", "matters_closed")),
        ),
        columns=("held_on", "kind", "region", "convener", "chair_post", "minutes_no"),
        filters=("kind", "region", "record_status", "convener_level"),
        search=("convener", "minutes_no", "agenda"),
        ordering="-held_on",
        period=("held_on",),
    )
)

SUBMISSION = offer_register(
    RegisterSpec(
        slug="submission",
        code="R10",
        model=Submission,
        label=_("Requests and reports to the Party committee"),
        purpose=_(
            "Shows that requests were answered and major matters reported in time (item 1). "
            "The text itself stays with the documents; only its subject and days are entered."
        ),
        panels=(
            Panel(_("The matter"), ("kind", "subject", "is_major", "event_on", "due_on")),
            Panel(_("Sent and answered"), ("submitted_on", "replied_on", "reply_kind")),
            Panel(_("Closing"), ("closed_on",)),
        ),
        columns=("subject", "kind", "is_major", "due_on", "submitted_on", "reply_kind"),
        filters=("kind", "is_major", "reply_kind", "record_status"),
        search=("subject",),
        ordering="-due_on",
        period=("submitted_on", "due_on"),
    )
)

PARTICIPATION = offer_register(
    RegisterSpec(
        slug="participation",
        code="R11",
        model=Participation,
        label=_("Policy participation and joint inspections"),
        purpose=_(
            "Proves that the union was heard on policies and took part in inspections and visits "
            "(Trade Union Law 2021 art. 34). One entry serves items 4, 24 and 25."
        ),
        panels=(
            Panel(
                _("The occasion"),
                ("kind", "topic", "region", "level", "lead_body", "invited", "held_on"),
            ),
            Panel(
                _("Opinions on a policy"),
                ("opinions", "opinions_feedback", "opinions_adopted", "issued_on"),
            ),
            Panel(
                _("Inspection or visit"),
                (
                    "participants",
                    "covers_democratic",
                    "covers_collective",
                    "problems",
                    "problems_closed",
                ),
            ),
        ),
        columns=("held_on", "kind", "region", "lead_body", "invited", "issued_on"),
        filters=("kind", "topic", "region", "invited", "record_status"),
        search=("lead_body",),
        ordering="-held_on",
        period=("held_on", "issued_on"),
    )
)

POLICY = offer_register(
    RegisterSpec(
        slug="policy",
        code="R12",
        model=Policy,
        label=_("Plans, policies and mechanisms"),
        purpose=_(
            "Proves that a plan, system or mechanism exists and is in force. "
            "The document number is the evidence; no copy need be uploaded."
        ),
        panels=(
            Panel(_("The document"), ("title", "topic", "issuer", "level", "region", "doc_no")),
            Panel(_("Validity"), ("state", "issued_on", "valid_to", "review_due_on")),
        ),
        columns=("title", "topic", "region", "doc_no", "issued_on", "state"),
        filters=("topic", "region", "state", "record_status"),
        search=("title", "doc_no", "issuer"),
        ordering="-issued_on",
        period=("state",),
        state_from=("issued_on",),
        state_to="valid_to",
        state_to_is=Bound.LAST_DAY_IN,
    )
)
