"""Data checks of the employee education fund and special money (handbook 2.5 R26, R40)."""

from django.utils.translation import gettext_lazy as _

from taizhang.registers.integrity.offering import IntegrityCheck, offer_check

offer_check(
    IntegrityCheck(
        "education_fund.year_to_come",
        "education_fund",
        _("Tells of a year to come"),
        "year>today_year",
        _("The fund of a year is entered when the year is over."),
    )
)
offer_check(
    IntegrityCheck(
        "education_fund.not_of_enterprise",
        "education_fund",
        _("Fund of a unit that is no enterprise"),
        "employer.is_enterprise=false",
        _("Compare the ownership of the unit: only enterprises set the fund aside."),
    )
)
offer_check(
    IntegrityCheck(
        "fund.spent_without_arrangement",
        "fund",
        _("Spent without an amount that was arranged"),
        "spent>0 and arranged=null",
        _("Enter the amount that was arranged."),
    )
)
