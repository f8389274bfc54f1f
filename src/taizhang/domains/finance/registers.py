"""The registers `education_fund` and `fund`; found at start by the generic register."""

from django.utils.translation import gettext_lazy as _

from taizhang.core.records.models import Confidentiality
from taizhang.domains.finance.models import EducationFund, Fund
from taizhang.registers.spec import Panel, RegisterSpec, offer_register

EDUCATION_FUND = offer_register(
    RegisterSpec(
        slug="education_fund",
        code="R26",
        model=EducationFund,
        label=_("Employee education fund"),
        purpose=_(
            "Proves that enterprises set the fund aside and spend it on front-line workers, and "
            "what each source put into training (item 22; Vocational Education Law art. "
            "58). Amounts of an enterprise are a commercial secret: only it and finance read them."
        ),
        panels=(
            Panel(_("Whose and when"), ("employer", "region", "year", "ratio_required_pct")),
            Panel(
                _("The enterprise's fund"),
                ("payroll", "extracted", "spent", "spent_frontline", "congress_reported_on"),
            ),
            Panel(_("Tax deduction"), ("deducted", "deduction_applied")),
            Panel(_("Input of a source in the city"), ("input_source", "input_amount")),
        ),
        columns=(
            "year",
            "employer",
            "input_source",
            "region",
            "deduction_applied",
            "congress_reported_on",
        ),
        filters=("region", "input_source", "deduction_applied", "record_status"),
        search=("employer__name", "employer__uscc"),
        ordering="-year",
        period=("year",),
        restricted=dict.fromkeys(
            ("payroll", "extracted", "spent", "spent_frontline", "deducted"),
            "finance.education_fund:amounts",
        ),
        confidentiality=Confidentiality.C,
    )
)

FUND = offer_register(
    RegisterSpec(
        slug="fund",
        code="R40",
        model=Fund,
        label=_("Special funds"),
        purpose=_(
            "Proves that money was arranged for a purpose, spent on it and audited. One entry "
            "serves items 11, 12, 14, 22, 31, 34 and 36; amounts are read by finance and leaders."
        ),
        panels=(
            Panel(_("What for"), ("purpose", "source", "level", "region", "year")),
            Panel(_("The money"), ("budget", "arranged", "arranged_on", "spent")),
            Panel(_("Audit"), ("audited_on", "result")),
        ),
        columns=("year", "purpose", "source", "region", "arranged_on", "result"),
        filters=("purpose", "source", "region", "result", "record_status"),
        ordering="-year",
        period=("year",),
        restricted=dict.fromkeys(("budget", "arranged", "spent"), "finance.fund:amounts"),
    )
)
