"""The pages around what is written: what is open, the other answers on a clause, completion."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from taizhang.core.access.gate import permission_required
from taizhang.ledger.board import latest_run, ledgers_in_force
from taizhang.ledger.current import catalogue_of, shipped_pack
from taizhang.ledger.drafting.checks import CommitmentRefused
from taizhang.ledger.drafting.clauses import Outcome, clauses_of
from taizhang.ledger.drafting.completing import Language, completion
from taizhang.ledger.drafting.faults import LONGEST_FORMULA
from taizhang.ledger.drafting.keeping import drop_draft, say_no_duty, say_uncounted
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.drafting.places import draft_address, item_coded, list_address, span_of
from taizhang.ledger.models import Ledger
from taizhang.ledger.permissions import APPROVE, READ_BOARD
from taizhang.ledger.views.board import chosen_ledger
from taizhang.ui.components import Tab


@require_GET
@permission_required(READ_BOARD)
def drafts(request: HttpRequest) -> HttpResponse:
    """What was found in the items of a ledger and what it came to; `item` leaves a single one."""
    ledgers = ledgers_in_force(latest_run())
    if not ledgers:
        return render(request, "ledger/no_ledger.html")
    ledger = chosen_ledger(request, ledgers)
    groups = clauses_of(ledger)
    counts = dict.fromkeys(Outcome, 0)
    for group in groups:
        for each in group.clauses:
            counts[each.outcome] += 1
    code = request.GET.get("item", "")
    shown = [g for g in groups if (not code or g.item.code == code) and (g.clauses or g.others)]
    if code and not any(group.item.code == code for group in groups):
        raise Http404(f"no item {code!r}")
    context = {
        "ledger": ledger,
        "ledgers": _ledger_tabs(ledgers, ledger) if len(ledgers) > 1 else (),
        "groups": sorted(shown, key=lambda group: not group.open_count),
        "item": next((group.item for group in groups if group.item.code == code), None),
        "open": counts[Outcome.OPEN],
        "drafts": counts[Outcome.DRAFT] + sum(len(group.others) for group in groups),
        "total": sum(counts.values()) - counts[Outcome.CONDITION],
        "may_write": request.user.holds(APPROVE),
    }
    return render(request, "drafting/drafts.html", context)


@require_POST
@permission_required(APPROVE)
def clause_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Say of a clause that it cannot be counted, or that it is no duty; with a reason."""
    item = item_coded(code)
    clause, reason = span_of(request, item), request.POST.get("reason", "")
    answer = request.POST.get("answer", "")
    if clause is None or answer not in (Outcome.NO_DUTY, Outcome.UNCOUNTED):
        raise Http404("no clause, or no answer")
    try:
        if answer == Outcome.NO_DUTY:
            say_no_duty(item, clause, by=request.user, reason=reason)
            messages.success(request, _("Kept: the passage is no duty."))
        else:
            say_uncounted(
                item,
                clause,
                by=request.user,
                reason=reason,
                duty=request.POST.get("duty_zh", "") or item.text[clause.start : clause.end],
                who_owes=tuple(request.POST.getlist("who_owes")),
            )
            messages.success(request, _("Kept: a reviewed report is owed instead of a figure."))
    except CommitmentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(draft_address(item, clause))
    return redirect(list_address(item))


@require_POST
@permission_required(APPROVE)
def draft_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away, or take back that a clause is no duty."""
    rows = Draft.objects.filter(item__ledger__is_in_force=True).select_related("item__ledger")
    row = get_object_or_404(rows, pk=pk)
    try:
        drop_draft(row, by=request.user)
    except CommitmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The passage is open again."))
    return redirect(list_address(row.item))


@require_GET
@permission_required(APPROVE)
def formula_completions(request: HttpRequest) -> HttpResponse:
    """What may stand at an offset of a formula that is being written, as JSON."""
    text, at = request.GET.get("text", "")[: 2 * LONGEST_FORMULA], request.GET.get("at", "")
    language = request.GET.get("language", "")
    if language not in tuple(Language) or not (at.isascii() and at.isdecimal() and len(at) < 6):
        raise Http404("no place in a formula")
    pack = shipped_pack(get_object_or_404(Ledger, is_current=True).pack_key)
    found = completion(text, int(at), Language(language), pack, catalogue_of(pack.key))
    return JsonResponse(
        {
            "start": found.start,
            "end": found.end,
            "options": [
                {
                    "name": each.name,
                    "label": each.label,
                    "kind": each.kind,
                    "opens": each.opens,
                }
                for each in found.options
            ],
        }
    )


def _ledger_tabs(ledgers: list[Ledger], shown: Ledger) -> list[Tab]:
    page = reverse("drafts")
    return [
        Tab(
            f"{ledger.prefix} {ledger.title}",
            f"{page}?{urlencode({'ledger': ledger.key})}",
            ledger == shown,
        )
        for ledger in ledgers
    ]
