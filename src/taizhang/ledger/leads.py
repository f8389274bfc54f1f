"""Which department leads an item: proposed as the one named first, confirmed by the office."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from taizhang.core.audit.trail import write_audit
from taizhang.ledger.models import Duty, Item
from taizhang.ledger.permissions import APPROVE
from taizhang.lib.refusal import Refused


class LeadRefused(Refused):
    """The lead of an item was not confirmed."""


@transaction.atomic
def confirm_lead(item: Item, *, by, department: str = "", source: str = "") -> Duty:
    """Confirm the department that leads, the proposed one or another that the item names.

    `department` is its Chinese name. All others of the item co-operate. One audit row.

    Raises LeadRefused, with nothing kept, when the item does not name the department.
    """
    what = _("The lead was not confirmed.")
    if by is None or not by.holds(APPROVE):
        raise LeadRefused(
            what,
            _("This account may not confirm who leads."),
            _("The General Office and the leaders in charge may."),
        )
    duties = list(item.duties.all())
    proposed = next((duty for duty in duties if duty.part == Duty.Part.LEAD), None)
    wanted = department or (proposed.department_zh if proposed else "")
    lead = next((duty for duty in duties if duty.department_zh == wanted), None)
    if lead is None:
        raise LeadRefused(
            what,
            _("The item does not name this department."),
            _("Choose one of the departments that it names."),
        )
    for duty in duties:
        duty.part = Duty.Part.LEAD if duty == lead else Duty.Part.CO
        duty.confirmed = True
    Duty.objects.bulk_update(duties, ["part", "confirmed"])
    write_audit(
        by=by,
        action="confirm_lead",
        subject="ledger.item",
        subject_no=item.code,
        changes={"lead": (proposed.department_zh if proposed else None, lead.department_zh)},
        reason=source.strip(),
    )
    return lead


@transaction.atomic
def confirm_leads(chosen: Mapping[Item, str], *, by, source: str = "") -> None:
    """Confirm the lead of several items, all or none: item → department in Chinese."""
    for item, department in chosen.items():
        confirm_lead(item, by=by, department=department, source=source)
