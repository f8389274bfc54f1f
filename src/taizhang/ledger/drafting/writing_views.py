"""The pages on which one commitment is written, revised and withdrawn."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from taizhang.core.access.gate import permission_required
from taizhang.ledger.current import CurrentLedger, NoLedger, current_ledger
from taizhang.ledger.drafting.checks import CommitmentRefused
from taizhang.ledger.drafting.forms import OWN_POPULATION, PANELS
from taizhang.ledger.drafting.keeping import keep_draft
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.drafting.places import item_coded, list_address, span_of
from taizhang.ledger.drafting.publishing import (
    Span,
    publish_commitment,
    revise_commitment,
    withdraw_commitment,
)
from taizhang.ledger.drafting.trial import Trial, compute_trial
from taizhang.ledger.drafting.workbench import Workbench
from taizhang.ledger.models import Commitment, Item
from taizhang.ledger.permissions import APPROVE
from taizhang.notices.normalise import text_hash


@permission_required(APPROVE)
def draft_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write a commitment on an item, about the words from `start` to `end` or about none."""
    item = item_coded(code)
    clause = span_of(request, item)
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
    return _write(request, row.item, clause=_words(row), draft=row)


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
    return redirect(list_address(bench.item))


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


def _own(code: str) -> Commitment:
    row = get_object_or_404(Commitment.objects.coded(code))
    if not row.is_open_to_revision:
        raise Http404(f"a pack states {code}")
    return row


def _picked(data: QueryDict | None, draft: Draft | None) -> str:
    if data is not None:
        return data.get("pick") or data.get("picked", "")
    return draft.picked if draft is not None else ""


def _words(draft: Draft) -> Span | None:
    """Its clause, where the item's text is still the one that it was found in."""
    if draft.start is None or draft.text_hash != text_hash(draft.item.text):
        return None
    return Span(draft.start, draft.end)


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


def _back(bench: Workbench) -> str:
    if bench.commitment is not None:
        return reverse("commitment", args=[bench.commitment.code])
    return list_address(bench.item)
