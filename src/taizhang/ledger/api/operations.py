"""Board, item, commitment, what is behind its figure, and what an organisation owes."""

from collections.abc import Mapping
from typing import Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop
from ninja import Query, Router

from taizhang.core.organisations.models import Area, Organisation
from taizhang.core.parameters.clock import fixed_status_date, status_date
from taizhang.ledger.api.addressing import Code, ItemCode
from taizhang.ledger.api.answers import (
    BehindPage,
    BoardAnswer,
    CommitmentDetail,
    ItemAnswer,
    LedgerAnswer,
    OwedAnswer,
    StatusDate,
)
from taizhang.ledger.api.contents import (
    board_content,
    commitment_content,
    figure_content,
    lacking_content,
    ledger_content,
    owed_content,
    records_content,
)
from taizhang.ledger.api.permission import expect_permission
from taizhang.ledger.board import latest_run, read_board
from taizhang.ledger.explanation import (
    explained,
    lacking_lines,
    record_lines,
    tells_hidden_values,
)
from taizhang.ledger.figures import ShownFigure
from taizhang.ledger.models import Commitment, FigureRow, Item, ItemVerdict, Ledger
from taizhang.ledger.owing import owed_by
from taizhang.ledger.permissions import READ_BOARD
from taizhang.ledger.views.commitment import PLACES
from taizhang.measures.explanation import Cursor
from taizhang.measures.snapshot import SnapshotError
from taizhang.registers.api.addressing import RecordNo
from taizhang.registers.api.faults import OF_READING, Fault, not_found
from taizhang.registers.api.schemas import Text

router = Router(tags=["Ledger 工作台账"])

AreaCode = Query(None, max_length=12, description="Code of an area; else the whole city.")
LedgerKey = Query(None, max_length=60, description="Key of a ledger; else the current one.")
Department = Query(None, max_length=60, description="Chinese name of a department.")
Place = Query(None, max_length=80, description="`next` of the page before.")


@router.get(
    "/status-date",
    response={200: StatusDate, OF_READING: Fault},
    operation_id="status_date",
    summary=gettext_noop("The day as of which everything is read"),
)
def read_status_date(request: HttpRequest):
    expect_permission(request, READ_BOARD)
    return {"as_of": status_date(), "is_fixed": fixed_status_date() is not None}


@router.get(
    "/ledgers",
    response={200: list[LedgerAnswer], OF_READING: Fault},
    operation_id="ledgers",
    summary=gettext_noop("The ledgers in force, the current one first"),
)
def read_ledgers(request: HttpRequest):
    expect_permission(request, READ_BOARD)
    return [ledger_content(ledger) for ledger in Ledger.objects.in_force()]


@router.get(
    "/ledger",
    response={200: BoardAnswer, OF_READING: Fault},
    operation_id="board",
    summary=gettext_noop("The board: every item with its verdict, by area"),
)
def read_the_board(
    request: HttpRequest,
    department: Text | None = Department,
    ledger: Text | None = LedgerKey,
):
    """The items of a ledger in force; `department` leaves those in which it has a part."""
    expect_permission(request, READ_BOARD)
    rows = Ledger.objects.in_force()
    chosen = rows.filter(key=ledger).first() if ledger else rows.first()
    if chosen is None:
        raise not_found()
    return board_content(read_board(chosen, latest_run(), department or ""))


@router.get(
    "/ledger/items/{code}",
    response={200: ItemAnswer, OF_READING: Fault},
    operation_id="item",
    summary=gettext_noop("An item with its commitments and their figures"),
)
def read_item(
    request: HttpRequest,
    code: str = ItemCode,
    area: Text | None = AreaCode,
):
    expect_permission(request, READ_BOARD)
    row = get_object_or_404(Item.objects.coded(code).prefetch_related("duties"))
    place = _area(area)
    commitments = list(row.commitments.order_by("position"))
    figures = {
        figure.commitment_id: figure
        for figure in FigureRow.objects.filter(commitment__in=commitments, area=place)
    }
    verdict = ItemVerdict.objects.filter(item=row, area=place).values_list("verdict", flat=True)
    return {
        "number": row.number,
        "code": row.code,
        "title": row.title,
        "text": row.text,
        "deadline": row.deadline,
        "due_on": row.due_on,
        "area": place.code,
        "verdict": verdict.first() or "no_data",
        "departments": [duty.department for duty in row.duties.all()],
        "commitments": [
            commitment_content(
                ShownFigure(each, figures.get(each.pk), row.ledger.pack_key), place.code
            )
            for each in commitments
        ],
    }


@router.get(
    "/ledger/commitments/{code}",
    response={200: CommitmentDetail, OF_READING: Fault},
    operation_id="commitment",
    summary=gettext_noop("A commitment with its figure in every area"),
)
def read_commitment(request: HttpRequest, code: str = Code, area: Text | None = AreaCode):
    expect_permission(request, READ_BOARD)
    row, place = get_object_or_404(Commitment.objects.coded(code)), _area(area)
    figures = {each.area_id: each for each in FigureRow.objects.filter(commitment=row)}
    return commitment_content(_shown(row, figures, place), place.code) | {
        "item": row.item.number,
        "item_code": row.item.code,
        "areas": [
            figure_content(_shown(row, figures, each), each.code)
            for each in Area.objects.order_by("code")
        ],
    }


@router.get(
    "/ledger/commitments/{code}/behind",
    response={200: BehindPage, OF_READING: Fault},
    operation_id="behind",
    summary=gettext_noop("The records behind a figure, and who lacks one"),
)
def read_behind(
    request: HttpRequest,
    code: str = Code,
    list: Literal[tuple(PLACES)] = Query(  # noqa: A002
        "counted", description="`counted`, `uncounted` or `unknown` records, or lacking `subjects`."
    ),
    area: Text | None = AreaCode,
    after: Text | None = Place,
):
    """One page, from the snapshot that the figure was computed of; 404 once it is not kept."""
    expect_permission(request, READ_BOARD)
    row, place, run = get_object_or_404(Commitment.objects.coded(code)), _area(area), latest_run()
    if run is None or not row.numerator or (after and not PLACES[list].fullmatch(after)):
        raise not_found()
    try:
        found = explained(
            run, row.code, None if place.is_city else place.code, Cursor(**{list: after or ""})
        )
    except SnapshotError as fault:
        raise not_found() from fault
    withheld = tells_hidden_values(row, request.user)
    page = getattr(found, list)
    if list == "subjects":
        return lacking_content(lacking_lines(page, request.user, withheld=withheld))
    return records_content(record_lines(page, request.user, withheld=withheld))


@router.get(
    "/organisations/{path:record_no}/owed",
    response={200: list[OwedAnswer], OF_READING: Fault},
    operation_id="owed",
    summary=gettext_noop("What an organisation owes, the worst first"),
)
def read_owed(request: HttpRequest, record_no: str = RecordNo):
    expect_permission(request, READ_BOARD)
    rows = Organisation.objects.visible_to(request.user)
    # PostgreSQL does not compare with a null character.
    row = None if "\x00" in record_no else rows.filter(record_no=record_no).first()
    if row is None:
        raise not_found()
    run = latest_run()
    return owed_content(owed_by(row, run, request.user, status_date()) if run else [])


def _area(code: str | None) -> Area:
    """The area, the city without a code. Raises Http404."""
    found = Area.objects.filter(code=code) if code else Area.objects.filter(parent=None)
    area = found.first()
    if area is None:
        raise Http404(code)
    return area


def _shown(row: Commitment, figures: Mapping[str, FigureRow], area: Area) -> ShownFigure:
    return ShownFigure(row, figures.get(area.code), row.item.ledger.pack_key)
