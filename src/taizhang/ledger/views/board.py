"""The board 台账总览, and the part of it that refreshes itself."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.core.access.sessions import polled
from taizhang.ledger.board import Board, latest_run, ledger_url, ledgers_in_force, read_board
from taizhang.ledger.models import Ledger
from taizhang.ledger.permissions import APPROVE, READ_BOARD
from taizhang.ledger.thresholds import unconfirmed_count
from taizhang.ui.components import Tab
from taizhang.ui.verdicts import VERDICTS


@require_GET
@permission_required(READ_BOARD)
def board(request: HttpRequest) -> HttpResponse:
    """All items of the current ledger, or of the one in force that `ledger` names by its key.

    `department` leaves those of one department.
    """
    run = latest_run()
    ledgers = ledgers_in_force(run)
    if not ledgers:
        return render(request, "ledger/no_ledger.html")
    shown = read_board(chosen_ledger(request, ledgers), run, _department(request))
    open_thresholds = unconfirmed_count(shown.ledger) if request.user.holds(APPROVE) else None
    context = {
        **_context(shown),
        "ledgers": _tabs(ledgers, shown.ledger) if len(ledgers) > 1 else (),
        "open_thresholds": open_thresholds,
    }
    return render(request, "ledger/board.html", context)


@polled
@require_GET
@permission_required(READ_BOARD)
def board_rows(request: HttpRequest) -> HttpResponse:
    """The table alone, or 204 while the run is still the one that the page shows (`since`)."""
    run = latest_run()
    if run is None or str(run.pk) == request.GET.get("since"):
        return HttpResponse(status=204)
    shown = read_board(chosen_ledger(request, ledgers_in_force(run)), run, _department(request))
    return render(request, "ledger/board_rows.html", _context(shown))


def chosen_ledger(request: HttpRequest, ledgers: Sequence[Ledger]) -> Ledger:
    """The one of these that `?ledger=` names, else the first; an unknown key is not found."""
    key = request.GET.get("ledger")
    for ledger in ledgers:
        if not key or ledger.key == key:
            return ledger
    raise Http404(f"no ledger {key!r}")


def _tabs(ledgers: Sequence[Ledger], shown: Ledger) -> list[Tab]:
    return [
        Tab(f"{ledger.prefix} {ledger.title}", ledger_url(ledger), ledger == shown)
        for ledger in ledgers
    ]


def _department(request: HttpRequest) -> str:
    return request.GET.get("department", "")


def _context(board: Board) -> dict[str, object]:
    query = {"since": board.run.pk if board.run else "", "department": board.department}
    if not board.ledger.is_current:
        query["ledger"] = board.ledger.key
    return {
        "board": board,
        "summary": [(key, board.summary[key]) for key in VERDICTS if key in board.summary],
        "verdicts": list(VERDICTS),
        "refresh_url": f"{reverse('board_rows')}?{urlencode(query)}",
    }
