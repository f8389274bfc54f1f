"""The ledger's values as the interface shows them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from taizhang.ledger.board import Board, BoardRow
from taizhang.ledger.deadlines import Deadline
from taizhang.ledger.explanation import Lines, RecordLine, SubjectLine
from taizhang.ledger.figures import ShownFigure
from taizhang.ledger.models import EvaluationRun, Ledger
from taizhang.ledger.owing import Owed

Content = dict[str, object]


def ledger_content(ledger: Ledger) -> Content:
    names = ("key", "prefix", "title", "basis", "is_current")
    return {name: getattr(ledger, name) for name in names}


def board_content(board: Board) -> Content:
    return {
        "ledger": board.ledger.title,
        "key": board.ledger.key,
        "computed": _computed(board.run),
        "items": [_item(row) for row in board.rows],
    }


def figure_content(shown: ShownFigure, area: str) -> Content:
    figure = shown.figure
    return {
        "area": area,
        "verdict": shown.verdict,
        "window": shown.window,
        "numerator": _decimal(figure and figure.numerator),
        "denominator": _decimal(figure and figure.denominator),
        "value": _decimal(figure and figure.value),
        "owed": figure and figure.owed,
        "met": figure and figure.met,
        "no_data": figure and figure.no_data,
        "flags": figure.flags if figure else [],
        "reason": shown.reason,
    }


def commitment_content(shown: ShownFigure, area: str) -> Content:
    row = shown.commitment
    return {
        "code": row.code,
        "duty": row.duty,
        "owing": row.owing_bodies,
        "subject": row.subject,
        "modality": shown.modality,
        "target": shown.target,
        "window": shown.window,
        "unit": shown.unit,
        "threshold_source": shown.source,
        "is_provisional": row.is_provisional,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "figure": figure_content(shown, area),
    }


def records_content(lines: Lines) -> Content:
    """A page of the records behind a figure."""
    return _page(lines) | {"records": [_behind(line) for line in lines.rows], "lacking": []}


def lacking_content(lines: Lines) -> Content:
    """A page of those who lack something."""
    return _page(lines) | {"records": [], "lacking": [_lacking(line) for line in lines.rows]}


def owed_content(owed: Sequence[Owed]) -> list[Content]:
    return [
        {
            "commitment": each.commitment.code,
            "item": each.commitment.item.number,
            "item_code": each.commitment.item.code,
            "duty": each.commitment.duty,
            "unit": str(each.unit),
            "verdict": each.verdict,
            "value": each.value,
            "target": each.target,
            "window": each.window,
            "due": _due(each.due),
        }
        for each in owed
    ]


def _computed(run: EvaluationRun | None) -> Content | None:
    if run is None:
        return None
    finished = timezone.localtime(run.finished_at)
    return {"as_of": run.as_of, "snapshot": run.snapshot, "finished_at": finished}


def _item(row: BoardRow) -> Content:
    return {
        "number": row.number,
        "code": row.code,
        "title": row.title,
        "lead": row.lead,
        "others": row.others,
        "verdict": row.verdict,
        "commitments": dict(row.counts),
        "due": _due(row.due),
        "areas": [
            {"area": tile.area, "name": tile.name, "verdict": tile.verdict or None}
            for tile in row.tiles
        ],
    }


def _due(due: Deadline | None) -> dict[str, date | bool | None] | None:
    return due and {"on": due.on, "is_missed": due.is_missed}


def _decimal(value: Decimal | None) -> str | None:
    """Without the zeros that the database pads it with.

    >>> _decimal(Decimal("60.000000")), _decimal(Decimal("59.9")), _decimal(None)
    ('60', '59.9', None)
    """
    return None if value is None else format(value.normalize(), "f")


def _page(lines: Lines) -> Content:
    return {"total": lines.total, "hidden": lines.hidden, "next": lines.after or None}


def _behind(line: RecordLine) -> Content:
    return {
        "slug": line.slug,
        "record_no": line.number,
        "text": line.text,
        "why_not": [fault.text for fault in line.faults],
    }


def _lacking(line: SubjectLine) -> Content:
    return {
        "name": line.name,
        "verdict": line.verdict or None,
        "nearest": [_behind(each) for each in line.nearest],
    }
