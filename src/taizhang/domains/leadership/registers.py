"""The registers `meeting` and `policy`; found at start by the generic register."""

from django.utils.translation import gettext_lazy as _

from taizhang.domains.leadership.models import Meeting, Policy
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
