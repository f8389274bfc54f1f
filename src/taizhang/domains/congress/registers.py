"""The registers `congress`, `congress_matter`, `congress_system`; found by the generic register."""

from django.utils.translation import gettext_lazy as _

from taizhang.domains.congress.models import Congress, CongressMatter, CongressSystem
from taizhang.domains.congress.rules import check_vital_done, check_votes
from taizhang.measures.catalogue import FieldType
from taizhang.registers.spec import Derived, Panel, RegisterSpec, offer_register

CONGRESS = offer_register(
    RegisterSpec(
        slug="congress",
        code="R28",
        model=Congress,
        label=_("Workers' congress sessions"),
        purpose=_(
            "Proves that the workers' congress met, at least once a year and with two thirds of "
            "the delegates. Whether the session was valid follows from the numbers (item 24)."
        ),
        panels=(
            Panel(_("The session"), ("employer", "org", "kind", "session_no", "held_on")),
            Panel(_("Delegates"), ("headcount", "delegates", "managers", "present")),
            Panel(_("Before and after"), ("notice_on", "published_on")),
        ),
        columns=("held_on", "employer", "org", "kind", "session_no", "delegates", "present"),
        filters=("kind", "record_status"),
        search=("employer__name", "session_no"),
        ordering="-held_on",
        period=("held_on",),
        derived={
            "matters_vital": Derived(
                "count(congress_matter[congress=self; vital=true])",
                _("vital matters voted on"),
                FieldType.INT,
            ),
            "matters_vital_passed": Derived(
                "count(congress_matter[congress=self; vital=true; passed=true])",
                _("vital matters passed"),
                FieldType.INT,
            ),
            "valid": Derived(
                "present*3>=delegates*2 and (kind=general_meeting or delegates>=30"
                " and delegates*20>=headcount and managers*5<=delegates)",
                _("session valid"),
            ),
        },
        checks_among=(check_votes,),
    )
)

CONGRESS_MATTER = offer_register(
    RegisterSpec(
        slug="congress_matter",
        code="R43",
        model=CongressMatter,
        label=_("Congress matters and votes"),
        purpose=_(
            "Proves that matters of vital interest were put to the congress and passed there. "
            "Only totals are asked: never who voted how (item 24)."
        ),
        panels=(
            Panel(_("The matter"), ("congress", "title", "vital")),
            Panel(_("The vote"), ("secret", "yes")),
        ),
        columns=("congress", "title", "vital", "secret", "yes"),
        filters=("vital", "secret", "record_status"),
        search=("title", "congress__employer__name"),
        period=("congress.held_on",),
        derived={
            "passed": Derived(
                "congress.valid=true and yes*2>congress.delegates and (secret=true or vital=false)",
                _("passed by the congress"),
            ),
        },
    )
)

CONGRESS_SYSTEM = offer_register(
    RegisterSpec(
        slug="congress_system",
        code="R29",
        model=CongressSystem,
        label=_("Democratic-management systems"),
        purpose=_(
            "One row per employing unit: what it has of democratic management and which grade it "
            "reached. Whether it has a congress is read from the sessions (items 24 and 25)."
        ),
        panels=(
            Panel(_("The unit"), ("employer", "region")),
            Panel(
                _("Systems and grade"),
                ("openness", "worker_director_due", "worker_director_ok", "grade", "graded_on"),
            ),
            Panel(_("Vital matters"), ("year", "vital_done")),
            Panel(_("Labour inspection"), ("hrss_inspected_on", "integrity_recorded")),
        ),
        columns=("employer", "region", "openness", "grade", "graded_on", "year", "vital_done"),
        filters=("region", "grade", "record_status"),
        search=("employer__name",),
        derived={
            "has_congress": Derived(
                "count(congress[employer=self.employer; valid=true;"
                " held_on>today-12m; held_on<=today])>0",
                _("held a valid congress in the last twelve months"),
            ),
            "last_session_on": Derived(
                "latest(congress.held_on[employer=self.employer; valid=true; held_on<=today])",
                _("last valid session"),
                FieldType.DATE,
            ),
        },
        checks_among=(check_vital_done,),
    )
)
