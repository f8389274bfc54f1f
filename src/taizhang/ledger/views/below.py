"""What the units below an organisation owe, by area and by industry, down to the single unit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.core.organisations.models import Organisation
from taizhang.ledger.asking import asked
from taizhang.ledger.board import latest_run
from taizhang.ledger.current import current_ledger
from taizhang.ledger.explanation import tells_hidden_values, unit_names
from taizhang.ledger.models import Commitment
from taizhang.ledger.owing import WORST_FIRST
from taizhang.ledger.permissions import READ_BOARD
from taizhang.ledger.rollup import (
    TERRITORIAL,
    TREES,
    assessed,
    members,
    rolled_up,
    shares,
    shares_are_kept,
    subjects,
    trees_below,
    units,
)
from taizhang.measures.commitments import Scope, Verdict
from taizhang.ui.components import Pager, Tab, number

ROWS = 50


@dataclass(frozen=True, slots=True)
class UnitLine:
    """`url` "" for an area, which has no page of its own; `verdict` "" where none is given it."""

    name: str
    url: str
    verdict: str
    value: str


@dataclass(frozen=True, slots=True)
class _Found:
    subject: str
    key: str
    verdict: str
    value: str


def organisation_tabs(row: Organisation, current: str) -> list[Tab]:
    """The organisation by itself (`current` ""), and the trees in which something is below it."""
    trees = trees_below(row)
    if not trees:
        return []
    own = Tab(_("Itself"), reverse("organisation", args=[row.record_no]), current == "")
    return [own, *(Tab(TREES[tree], below_url(row, tree), current == tree) for tree in trees)]


def below_url(row: Organisation, tree: str, **place: str) -> str:
    here = reverse("organisation_below", args=[row.record_no])
    return f"{here}?{urlencode({'tree': tree, **place})}"


@require_GET
@permission_required(READ_BOARD)
def organisation_below(request: HttpRequest, record_no: str) -> HttpResponse:
    """All commitments in one `tree`, or with `code` the units that owe that one."""
    row = get_object_or_404(
        Organisation.objects.visible_to(request.user).select_related("region"),
        record_no=record_no,
    )
    tree = request.GET.get("tree", TERRITORIAL)
    if tree not in TREES:
        raise Http404(f"no tree {tree!r}")
    context = {
        "organisation": row,
        "tree": tree,
        "tree_label": TREES[tree],
        "tabs": organisation_tabs(row, tree),
    }
    if code := request.GET.get("code"):
        return render(
            request, "ledger/below_units.html", context | _units(request, row, tree, code)
        )
    bodies = members(row, tree)
    run = latest_run()
    may_wait = bool(request.htmx) or "shares" in request.GET
    rolled = rolled_up(current_ledger(), row, tree) if run else []
    is_whole = run is not None and (may_wait or shares_are_kept(run, bodies))
    if is_whole:
        rolled += shares(run, bodies)
    rolled.sort(key=lambda each: WORST_FIRST.index(each.verdict))
    context |= {
        "rolled": [(each, below_url(row, tree, code=each.commitment.code)) for each in rolled],
        "shares_url": "" if is_whole or run is None else below_url(row, tree, shares="1"),
    }
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "ledger/below_rows.html" if is_part else "ledger/below.html", context)


def _units(request: HttpRequest, row: Organisation, tree: str, code: str) -> dict[str, object]:
    """The units that owe a commitment, the worst first, from the one that `after` counts to.

    Of a commitment that judges a share of all: those that lack what it asks for.
    """
    commitment = get_object_or_404(Commitment.objects.coded(code))
    bodies = members(row, tree)
    is_each = commitment.scope == Scope.EACH
    found = _judged(commitment, bodies) if is_each else _lacking(commitment, bodies)
    start = _place(request)
    here = found[start : start + ROWS]
    lines = _lines(request, commitment, here)
    is_more = len(found) > start + ROWS
    return {
        "commitment": commitment,
        "is_each": is_each,
        "total": len(found),
        "lines": lines,
        "hidden": len(here) - len(lines),
        "pager": Pager(
            first_url=below_url(row, tree, code=code) if start else "",
            next_url=below_url(row, tree, code=code, after=str(start + ROWS)) if is_more else "",
        ),
    }


def _judged(commitment: Commitment, bodies: Collection[int]) -> list[_Found]:
    found = [
        each for rows in assessed(subjects(bodies)) for each in rows.filter(commitment=commitment)
    ]
    found.sort(key=lambda each: (WORST_FIRST.index(Verdict(each.verdict)), each.pk))
    return [_Found(each.subject, each.key, each.verdict, number(each.value)) for each in found]


def _lacking(commitment: Commitment, bodies: Collection[int]) -> list[_Found]:
    run = latest_run()
    if run is None:
        return []
    return [
        _Found(unit.subject, unit.key, "", "")
        for share in asked(run, units(subjects(bodies)))
        if share.code == commitment.code
        for unit in share.lacking
    ]


def _place(request: HttpRequest) -> int:
    """Units are as many as the assessments of one run: counted, not keyed."""
    after = request.GET.get("after", "0")
    if not (after.isascii() and after.isdecimal() and len(after) < 10):
        raise Http404(f"no page after {after!r}")
    return int(after)


def _lines(request: HttpRequest, commitment: Commitment, found: Sequence[_Found]) -> list[UnitLine]:
    """Those that the account may see; of none of them where names alone would tell too much."""
    if tells_hidden_values(commitment, request.user):
        return []
    names = unit_names(((each.subject, each.key) for each in found), request.user)
    return [
        UnitLine(*names[each.subject, each.key], each.verdict, each.value)
        for each in found
        if (each.subject, each.key) in names
    ]
