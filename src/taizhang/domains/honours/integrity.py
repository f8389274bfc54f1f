"""Data checks of selection and commendation (handbook 2.5 R20)."""

from django.utils.translation import gettext_lazy as _

from taizhang.registers.integrity.offering import IntegrityCheck, Severity, offer_check

offer_check(
    IntegrityCheck(
        "honour.conferred_in_another_stage",
        "honour",
        _("Has a day of conferment but is not conferred"),
        "conferred_on!=null and stage in(planned,nominated,unit_publicity,county_review,"
        "county_publicity,city_first_review,city_second_review,city_publicity,approved,rejected)",
        _("Enter the stage it has reached, or take the day out: it counts by that day."),
        Severity.ERROR,
    )
)
offer_check(
    IntegrityCheck(
        "honour.short_publicity",
        "honour",
        _("Public notice of fewer than five working days"),
        "stage in(approved,conferred) and publicity_days<5",
        _("Compare the number with the notice; five working days a round are usual."),
    )
)
