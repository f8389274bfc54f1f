"""Who leads each item, and the version of the ledger: the office's other open questions."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.gate import permission_required
from taizhang.ledger.formula_refusals import refusal_text
from taizhang.ledger.leads import LeadRefused, confirm_leads
from taizhang.ledger.models import Item
from taizhang.ledger.permissions import APPROVE
from taizhang.ledger.upgrading import (
    Change,
    UpgradeRefused,
    newer_pack,
    upgrade_ledger,
    upgrade_to,
)
from taizhang.ledger.views.thresholds import current_row, threshold_tabs
from taizhang.measures.formula import FormulaError

CHANGES = {
    Change.CHANGED: _("Changed commitments"),
    Change.ADDED: _("New commitments"),
    Change.RETIRED: _("Commitments that are retired"),
}


@permission_required(APPROVE)
def leads(request: HttpRequest) -> HttpResponse:
    """Confirm the leads that are only proposed; several at once."""
    ledger = current_row()
    items = list(Item.objects.in_force().prefetch_related("duties"))
    if request.method == "POST":
        codes = set(request.POST.getlist("item"))
        chosen = {
            item: request.POST.get(f"lead-{item.code}", "") for item in items if item.code in codes
        }
        _confirm(request, chosen)
        return redirect("leads")
    rows = [(item, list(item.duties.all())) for item in items]
    context = {
        "tabs": threshold_tabs(ledger, {}, "leads"),
        "open": [row for row in rows if not all(duty.confirmed for duty in row[1])],
        "confirmed": [row for row in rows if all(duty.confirmed for duty in row[1])],
    }
    return render(request, "ledger/leads.html", context)


@permission_required(APPROVE)
def pack_version(request: HttpRequest) -> HttpResponse:
    """What a newer version of the pack changes, and taking it over."""
    ledger = current_row()
    pack = newer_pack(ledger)
    if request.method == "POST":
        if pack is not None and request.POST.get("version") == pack.version:
            try:
                upgrade_ledger(ledger, pack, by=request.user)
                messages.success(request, _("The new version is in force; the figures follow."))
            except UpgradeRefused as refusal:
                messages.error(request, str(refusal))
            except FormulaError as error:
                messages.error(request, refusal_text(error))
        else:
            messages.error(request, _("Another version has come in between. Look again."))
        return redirect("pack_version")
    upgrade = upgrade_to(ledger, pack) if pack is not None else None
    changes = [(label, upgrade.of(what)) for what, label in CHANGES.items()] if upgrade else []
    context = {
        "ledger": ledger,
        "tabs": threshold_tabs(ledger, {}, "pack"),
        "upgrade": upgrade,
        "changes": [(label, found) for label, found in changes if found],
    }
    return render(request, "ledger/pack_version.html", context)


def _confirm(request: HttpRequest, chosen: Mapping[Item, str]) -> None:
    if not chosen:
        messages.error(request, _("Nothing is chosen. Tick what you want to confirm."))
        return
    try:
        confirm_leads(chosen, by=request.user, source=request.POST.get("source", ""))
    except LeadRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The leads chosen are confirmed."))
