"""The registers `base` and `training`; found at start by the generic register."""

from django.utils.translation import gettext_lazy as _

from taizhang.domains.skills.models import Base, Training
from taizhang.measures.catalogue import Bound
from taizhang.registers.spec import Panel, RegisterSpec, offer_register

BASE = offer_register(
    RegisterSpec(
        slug="base",
        code="R22",
        model=Base,
        label=_("Training bases and cooperation"),
        purpose=_(
            "Proves that bases were named and that schools and enterprises work together. "
            "One entry serves items 16, 17 and 21; of students and trainees only numbers are asked."
        ),
        panels=(
            Panel(
                _("What it is"), ("kind", "name", "region", "employer", "school", "key_industry")
            ),
            Panel(
                _("Naming and validity"),
                ("stage", "year", "named_on", "doc_no", "signed_on", "valid_to", "joint_standard"),
            ),
            Panel(_("Numbers of the year"), ("enrolment", "certificates", "trainees", "capacity")),
        ),
        columns=("name", "kind", "region", "named_on", "valid_to", "stage"),
        filters=("kind", "region", "stage", "record_status"),
        search=("name", "school", "doc_no", "employer__name"),
        period=("state",),
        state_from=("signed_on", "named_on"),
        state_to="valid_to",
        state_to_is=Bound.LAST_DAY_IN,
    )
)

TRAINING = offer_register(
    RegisterSpec(
        slug="training",
        code="R23",
        model=Training,
        label=_("Training classes"),
        purpose=_(
            "Proves that workers and union cadres were trained. One entry serves items 17, 21, 26 "
            "and 37; who attended stays with the organiser."
        ),
        panels=(
            Panel(
                _("The class"), ("title", "audience", "held_on", "region", "org", "base", "mode")
            ),
            Panel(_("Size and cost"), ("hours", "participants", "passed", "cost", "fund_source")),
        ),
        columns=("held_on", "title", "audience", "org", "region", "participants"),
        filters=("audience", "region", "mode", "record_status"),
        search=("title", "org__name"),
        ordering="-held_on",
        period=("held_on",),
    )
)
