"""The pages on which commitments are written: what is open, one draft, completion, revising."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from taizhang.core.access.gate import permission_required
from taizhang.ledger.board import latest_run, ledgers_in_force
from taizhang.ledger.current import CurrentLedger, NoLedger, current_ledger
from taizhang.ledger.drafting.clauses import Outcome, clauses_of
from taizhang.ledger.drafting.completing import Language, completion
from taizhang.ledger.drafting.forms import OWN_POPULATION, PANELS
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.drafting.publishing import (
    CommitmentRefused,
    Span,
    drop_draft,
    keep_draft,
    publish_commitment,
    revise_commitment,
    say_no_duty,
    say_uncounted,
    withdraw_commitment,
)
from taizhang.ledger.drafting.statement import LONGEST_FORMULA
from taizhang.ledger.drafting.trial import Trial, compute_trial
from taizhang.ledger.drafting.workbench import Workbench
from taizhang.ledger.models import Commitment, Item, Ledger
from taizhang.ledger.permissions import APPROVE, READ_BOARD
from taizhang.ledger.views.board import chosen_ledger
from taizhang.notices.normalise import text_hash
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
        "drafts": counts[Outcome.DRAFT],
        "total": sum(counts.values()) - counts[Outcome.CONDITION],
        "may_write": request.user.holds(APPROVE),
    }
    return render(request, "drafting/drafts.html", context)


@permission_required(APPROVE)
def draft_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write a commitment on an item, about the words from `start` to `end` or about none."""
    item = _item(code)
    clause = _span(request, item)
    known = _known_draft(item, clause)
    if known is not None and request.method == "GET":
        return redirect("draft", pk=known.pk)
    return _write(request, item, clause=clause, draft=known)


@permission_required(APPROVE)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft that was kept."""
    row = get_object_or_404(
        Draft.objects.select_related("item__ledger"), pk=pk, item__ledger__is_in_force=True
    )
    if row.commitment is not None:
        return redirect("commitment", code=row.commitment.code)
    clause = None if row.start is None else Span(row.start, row.end)
    return _write(request, row.item, clause=clause, draft=row)


@permission_required(APPROVE)
def commitment_revise(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a commitment of the office's own asks."""
    row = _own(code)
    clause = row.clauses.first()
    return _write(
        request,
        row.item,
        clause=Span(clause.start, clause.end) if clause else None,
        commitment=row,
    )


@require_POST
@permission_required(APPROVE)
def commitment_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a commitment of the office's own out of the ledger, with a reason."""
    row = _own(code)
    try:
        withdraw_commitment(row, by=request.user, reason=request.POST.get("reason", ""))
    except CommitmentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("commitment", code=code)
    messages.success(request, _("Withdrawn. Its clause is open again."))
    return redirect("item", code=row.item.code)


@require_POST
@permission_required(APPROVE)
def clause_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Say of a clause that it cannot be counted, or that it is no duty; with a reason."""
    item = _item(code)
    clause, reason = _span(request, item), request.POST.get("reason", "")
    if clause is None:
        raise Http404("no clause")
    try:
        if request.POST.get("answer") == Outcome.NO_DUTY:
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
        return redirect(_draft_address(item, clause))
    return redirect(_list_address(item))


@require_POST
@permission_required(APPROVE)
def draft_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away, or take back that a clause is no duty."""
    row = get_object_or_404(Draft.objects.select_related("item__ledger"), pk=pk)
    try:
        drop_draft(row, by=request.user)
    except CommitmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The passage is open again."))
    return redirect(_list_address(row.item))


@require_GET
@permission_required(APPROVE)
def formula_completions(request: HttpRequest) -> HttpResponse:
    """What may stand at an offset of a formula that is being written, as JSON."""
    text, at = request.GET.get("text", "")[: 2 * LONGEST_FORMULA], request.GET.get("at", "")
    language = request.GET.get("language", "")
    if language not in tuple(Language) or not (at.isascii() and at.isdecimal() and len(at) < 6):
        raise Http404("no place in a formula")
    current = current_ledger()
    found = completion(text, int(at), Language(language), current.pack, current.catalogue)
    return JsonResponse(
        {
            "start": found.start,
            "end": found.end,
            "options": [
                {"name": each.name, "label": each.label, "kind": each.kind}
                for each in found.options
            ],
        }
    )


def _write(
    request: HttpRequest,
    item: Item,
    *,
    clause: Span | None,
    draft: Draft | None = None,
    commitment: Commitment | None = None,
) -> HttpResponse:
    """The page, and what its buttons do: pick, find, compute, keep, publish."""
    data = request.POST if request.method == "POST" else None
    bench = Workbench(
        item=item,
        current=_current(),
        clause=clause,
        draft=draft,
        commitment=commitment,
        data=data,
        picked=_picked(data, draft),
    )
    if data is not None and "keep" in data:
        return _keep(request, bench)
    trial = None
    if data is not None and bench.is_posted and "find" not in data and bench.form.is_valid():
        if "publish" in data:
            try:
                return _publish(request, bench)
            except CommitmentRefused as refusal:
                bench.form.add_error(None, str(refusal))
        else:
            trial = compute_trial(bench.row(), by=request.user)
    return _page(request, bench, trial)


def _page(request: HttpRequest, bench: Workbench, trial: Trial | None) -> HttpResponse:
    has_errors = bench.is_posted and "find" not in (bench.data or {}) and bool(bench.form.errors)
    context = {
        "bench": bench,
        "form": bench.form,
        "panels": PANELS,
        "own_population": OWN_POPULATION,
        "item": bench.item,
        "commitment": bench.commitment,
        "draft": bench.draft,
        "clause": bench.clause,
        "picked": bench.picked,
        "trial": trial,
        "cancel_url": _back(bench),
    }
    status = 422 if has_errors else 200
    return render(request, "drafting/write.html", context, status=status)


def _keep(request: HttpRequest, bench: Workbench) -> HttpResponse:
    try:
        keep_draft(
            bench.item,
            bench.values,
            by=request.user,
            clause=bench.clause,
            picked=bench.picked,
            draft=bench.draft,
        )
    except CommitmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is kept; nothing is computed for it."))
    return redirect(_list_address(bench.item))


def _publish(request: HttpRequest, bench: Workbench) -> HttpResponse:
    statement = bench.form.statement
    if bench.commitment is not None:
        row = revise_commitment(
            bench.commitment, statement, by=request.user, reason=request.POST.get("reason", "")
        )
        messages.success(request, _("Revised. The figures follow in a moment."))
    else:
        row = publish_commitment(
            bench.item, statement, by=request.user, clause=bench.clause, draft=bench.draft
        )
        messages.success(request, _("Published. The figures follow in a moment."))
    return redirect("commitment", code=row.code)


def _current() -> CurrentLedger:
    try:
        return current_ledger()
    except NoLedger as fault:
        raise Http404(str(fault)) from fault


def _item(code: str) -> Item:
    return get_object_or_404(Item.objects.coded(code))


def _own(code: str) -> Commitment:
    rows = Commitment.objects.in_force().select_related("item__ledger")
    return get_object_or_404(rows, code=code, written_at__isnull=False)


def _picked(data: QueryDict | None, draft: Draft | None) -> str:
    if data is not None:
        return data.get("pick") or data.get("picked", "")
    return draft.picked if draft is not None else ""


def _span(request: HttpRequest, item: Item) -> Span | None:
    """The words that `start` and `end` of the address or the form name; others are not found."""
    given = request.POST if request.method == "POST" else request.GET
    start, end = given.get("start", ""), given.get("end", "")
    if not start and not end:
        return None
    is_number = all(each.isascii() and each.isdecimal() and len(each) < 7 for each in (start, end))
    if not is_number or not int(start) < int(end) <= len(item.text):
        raise Http404("no such passage")
    return Span(int(start), int(end))


def _known_draft(item: Item, clause: Span | None) -> Draft | None:
    if clause is None:
        return None
    return Draft.objects.filter(
        item=item,
        start=clause.start,
        end=clause.end,
        text_hash=text_hash(item.text),
        commitment=None,
    ).first()


def _draft_address(item: Item, clause: Span | None) -> str:
    page = reverse("draft_new", args=[item.code])
    return f"{page}?{urlencode({'start': clause.start, 'end': clause.end})}" if clause else page


def _list_address(item: Item) -> str:
    return f"{reverse('drafts')}?{urlencode({'ledger': item.ledger.key})}#item-{item.code}"


def _back(bench: Workbench) -> str:
    if bench.commitment is not None:
        return reverse("commitment", args=[bench.commitment.code])
    return _list_address(bench.item)


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
