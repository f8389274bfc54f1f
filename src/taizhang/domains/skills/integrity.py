"""Data checks of training bases (handbook 2.5 R22)."""

from django.utils.translation import gettext_lazy as _

from taizhang.registers.integrity.offering import IntegrityCheck, Severity, offer_check

# Programmes and sites of a school year have that year instead.
NAMED = "training_base,onjob_base,school_enterprise,alliance,key_major,training_scheme"

offer_check(
    IntegrityCheck(
        "base.active_without_day",
        "base",
        _("Named or active without a day of naming or signing"),
        f"kind in({NAMED}) and stage in(named,active) and named_on=null and signed_on=null",
        _("Enter the day of the decision or of the agreement: the base has no start without it."),
        Severity.ERROR,
    )
)
offer_check(
    IntegrityCheck(
        "base.active_after_last_day",
        "base",
        _("Active after its last day"),
        "stage in(named,active) and valid_to<today",
        _("Mark it as expired, or enter until when it was prolonged."),
    )
)
