"""The board 台账总览, and the part of it that refreshes itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.core.access.sessions import polled
from taizhang.ledger.board import Board, latest_run, read_board
from taizhang.ledger.models import Ledger
from taizhang.ledger.permissions import APPROVE, READ_BOARD
from taizhang.ledger.thresholds import unconfirmed_count
from taizhang.ui.verdicts import VERDICTS


@require_GET
@permission_required(READ_BOARD)
def board(request: HttpRequest) -> HttpResponse:
    """All items of the ledger in force; `department` leaves those of one department."""
    run = latest_run()
    ledger = run.ledger if run else Ledger.objects.filter(is_current=True).first()
    if ledger is None:
        return render(request, "ledger/no_ledger.html")
    shown = read_board(ledger, run, _department(request))
    open_thresholds = unconfirmed_count(ledger) if request.user.holds(APPROVE) else None
    context = {**_context(shown), "open_thresholds": open_thresholds}
    return render(request, "ledger/board.html", context)


@polled
@require_GET
@permission_required(READ_BOARD)
def board_rows(request: HttpRequest) -> HttpResponse:
    """The table alone, or 204 while the run is still the one that the page shows (`since`)."""
    run = latest_run()
    if run is None or str(run.pk) == request.GET.get("since"):
        return HttpResponse(status=204)
    shown = read_board(run.ledger, run, _department(request))
    return render(request, "ledger/board_rows.html", _context(shown))


def _department(request: HttpRequest) -> str:
    return request.GET.get("department", "")


def _context(board: Board) -> dict[str, object]:
    query = urlencode({"since": board.run.pk if board.run else "", "department": board.department})
    return {
        "board": board,
        "summary": [(key, board.summary[key]) for key in VERDICTS if key in board.summary],
        "verdicts": list(VERDICTS),
        "refresh_url": f"{reverse('board_rows')}?{query}",
    }
