"""The register `exemption` (R42); found at start by the generic register."""

from django.utils.translation import gettext_lazy as _

from taizhang.domains.followup.models import Exemption
from taizhang.domains.followup.rules import check_commitment, check_whole_commitment
from taizhang.registers.spec import Panel, RegisterSpec, offer_register

EXEMPTION = offer_register(
    RegisterSpec(
        slug="exemption",
        code="R42",
        model=Exemption,
        label=_("Not-applicable decisions"),
        purpose=_(
            "Takes a unit out of a commitment that does not apply to it, or everybody out of one "
            "that does not apply at all. It needs a reason, and a second person verifies it."
        ),
        panels=(
            Panel(_("What does not apply"), ("commitment", "window")),
            Panel(_("To whom"), ("region", "org", "employer")),
            Panel(_("Why"), ("reason", "doc_no")),
        ),
        columns=("commitment", "window", "region", "org", "employer", "doc_no"),
        filters=("region", "record_status"),
        search=("commitment", "reason", "doc_no"),
        period=("window",),
        checks=(check_commitment, check_whole_commitment),
    )
)
