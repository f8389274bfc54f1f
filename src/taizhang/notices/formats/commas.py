"""Tables in a text whose cells commas part: comma-separated values under another name."""

import csv
from collections.abc import Iterator, Sequence

from taizhang.notices.formats.aligned import Aligned
from taizhang.notices.reading.columns import read_head

_FEWEST_COLUMNS = 3


def comma_tables(lines: Sequence[str]) -> Iterator[Aligned]:
    """The tables among `lines`: below the head of a ledger, rows of as many cells.

    A sentence has commas too, but no head above it. A cell in quotes may run over several lines.
    """
    at = 0
    while at < len(lines):
        table = _table(lines, at) if lines[at].count(",") >= _FEWEST_COLUMNS - 1 else None
        if table:
            yield table
        at = table.end if table else at + 1


def _table(lines: Sequence[str], at: int) -> Aligned | None:
    head = next(csv.reader([lines[at]]))
    if len(head) < _FEWEST_COLUMNS or read_head(head) is None:
        return None
    reader = csv.reader(f"{line}\n" for line in lines[at:])
    rows: list[tuple[str, ...]] = []
    end = at
    try:
        for row in reader:
            if len(row) != len(head):
                break
            rows.append(tuple(row))
            end = at + reader.line_num
    except csv.Error:  # a cell of more than 131,072 characters: what stands before it is read
        pass
    return Aligned(at, end, tuple(rows)) if len(rows) > 1 else None
