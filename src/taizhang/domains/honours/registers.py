"""The register `honour`; found at start by the generic register."""

from django.utils.translation import gettext_lazy as _

from taizhang.core.records.models import Confidentiality
from taizhang.domains.honours.models import Honour
from taizhang.registers.spec import Panel, RegisterSpec, offer_register

HONOUR = offer_register(
    RegisterSpec(
        slug="honour",
        code="R20",
        model=Honour,
        label=_("Selection and commendation"),
        purpose=_(
            "Proves that commendations were held, by the decision on them (items 13, 14 and 17). "
            "The name is for the selection alone: no identity number, no birthday, no telephone."
        ),
        panels=(
            Panel(
                _("The campaign"),
                ("title_kind", "level", "region", "campaign_year", "commended_by"),
            ),
            Panel(_("The nomination"), ("target", "nominee", "employer", "occupation")),
            Panel(_("Selection"), ("stage", "publicity_days", "objections", "approved_on")),
            Panel(_("Conferment"), ("conferred_on", "doc_no", "gov_recognised")),
        ),
        columns=("conferred_on", "title_kind", "level", "region", "campaign_year", "stage"),
        filters=("title_kind", "level", "region", "stage", "record_status"),
        search=("doc_no", "employer__name"),
        ordering="-conferred_on",
        period=("conferred_on",),
        confidentiality=Confidentiality.S2,
    )
)
