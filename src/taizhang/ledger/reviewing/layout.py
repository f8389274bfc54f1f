"""The document of a notice as it was laid out, with marks that lead to what was read.

What a mark holds may be marked again: an item's text holds its commitments. Each place leads to
the narrowest mark around it, and the first place of a mark can be led to.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from taizhang.ledger.reviewing.page import Mark
from taizhang.notices.document import Document, Passage, Span, Table, is_same_cell


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one link: under these marks, the widest first. `opens` are those that begin here."""

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its extent in the table."""

    pieces: tuple[Piece, ...]
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table where `rows` are given."""

    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def laid_out(document: Document, marks: Sequence[Mark]) -> Iterator[Block]:
    """The blocks of the document in reading order, cut where a mark begins or ends."""
    layer = _Layer(marks)
    for block in document.blocks:
        if isinstance(block, Table):
            yield Block(rows=tuple(_rows(block, layer)))
        else:
            yield Block(pieces=tuple(layer.pieces(block)))


class _Layer:
    """The marks over a document; remembers which of them have begun."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))
        self._starts = [mark.span.start for mark in self._marks]
        # How far the marks up to each one reach: those before the first that reaches are over.
        self._reach = list(accumulate((mark.span.end for mark in self._marks), max))
        self._begun: set[str] = set()

    def pieces(self, passage: Passage) -> Iterator[Piece]:
        text = passage.text
        at = 0
        for span in passage.spans:
            length = span.end - span.start
            yield from self._cut(text[at : at + length], span)
            at += length

    def _cut(self, text: str, span: Span) -> Iterator[Piece]:
        over = self._over(span)
        edges = {span.start, span.end}
        for mark in over:
            edges |= {max(mark.span.start, span.start), min(mark.span.end, span.end)}
        places = sorted(edges)
        for start, end in pairwise(places):
            here = sorted(
                (mark for mark in over if mark.span.start <= start < mark.span.end),
                key=lambda mark: mark.span.start - mark.span.end,
            )
            opens = tuple(mark for mark in here if mark.key not in self._begun)
            self._begun.update(mark.key for mark in opens)
            yield Piece(text[start - span.start : end - span.start], tuple(here), opens)

    def _over(self, span: Span) -> list[Mark]:
        """The marks that share text with the span."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self._starts, span.end)
        return [mark for mark in self._marks[first:last] if mark.span.end > span.start]


def _rows(table: Table, layer: _Layer) -> Iterator[tuple[Cell, ...]]:
    rows = table.rows
    for row_at, row in enumerate(rows):
        cells = []
        for column_at, cell in enumerate(row):
            left = column_at and is_same_cell(row[column_at - 1], cell)
            above = row_at and _same_at(rows[row_at - 1], column_at, cell)
            if left or above:
                continue
            columns = 1
            while _same_at(row, column_at + columns, cell):
                columns += 1
            below = 1
            while row_at + below < len(rows) and _same_at(rows[row_at + below], column_at, cell):
                below += 1
            cells.append(Cell(tuple(layer.pieces(cell)), below, columns))
        yield tuple(cells)


def _same_at(row: Sequence[Passage], column: int, cell: Passage) -> bool:
    return column < len(row) and is_same_cell(row[column], cell)
