"""A document as every format reader hands it on: plain text, and the blocks that stand in it.

Whatever a file is, its reader writes the whole of it down as one plain text, without markup. Each
paragraph and each cell is a `Passage` of that text and knows where it stands, so that whatever is
read from it later can be shown in its place.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from taizhang.notices.errors import TooLarge

MAX_CHARACTERS = 1_000_000
"""Characters of a document: about a thousand pages."""

MAX_CELLS = 300_000
"""Cells of the tables of a document, from the first to the last of each row."""

MAX_SHOWN = 5_000_000
"""Characters of its cells, where the text of a merged one counts in each place that it covers."""

Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Offsets into `Document.text`; `end` is the first one that no longer belongs to it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of a document and where it stands there.

    It has several spans where the source is broken, e.g. by the end of a page; `text` is what
    the spans quote, one after the other, with nothing added.
    """

    text: str
    spans: tuple[Span, ...]

    def cut(self, start: int, end: int) -> "Passage":
        """The part from `start` to `end`, counted in `text`.

        >>> broken = Passage("abcd", (Span(10, 12), Span(20, 22)))
        >>> broken.cut(1, 3)
        Passage(text='bc', spans=(Span(start=11, end=12), Span(start=20, end=21)))
        """
        spans = []
        at = 0
        for span in self.spans:
            length = span.end - span.start
            first, last = max(start - at, 0), min(end - at, length)
            if first < last:
                spans.append(Span(span.start + first, span.start + last))
            at += length
        return Passage(self.text[start:end], tuple(spans))

    @property
    def parts(self) -> tuple[str, ...]:
        """The text of each span by itself.

        >>> Passage("宣教部财务部", (Span(0, 3), Span(3, 6))).parts
        ('宣教部', '财务部')
        """
        parts = []
        at = 0
        for span in self.spans:
            parts.append(self.text[at : at + span.end - span.start])
            at += span.end - span.start
        return tuple(parts)

    def strip(self) -> "Passage":
        """The passage without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    @staticmethod
    def joined(passages: Iterable["Passage"]) -> "Passage":
        """One passage of several, in their order."""
        parts = tuple(passages)
        spans = tuple(span for part in parts for span in part.spans)
        return Passage("".join(part.text for part in parts), spans)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as in the source: heads that every page repeats are still among them.

    A cell that is merged over several rows or columns stands in each of them as one and the same
    passage, with the same spans: `is_same_cell` tells it from a text that is only repeated.
    """

    rows: tuple[tuple[Passage, ...], ...]


Block = Passage | Table


def is_same_cell(one: Passage, other: Passage) -> bool:
    """Whether two cells of a table are one merged cell; empty ones are never the same.

    >>> merged = Passage("阵地", (Span(4, 6),))
    >>> is_same_cell(merged, merged), is_same_cell(merged, Passage("阵地", (Span(9, 11),)))
    (True, False)
    """
    return bool(one.text) and one.spans == other.spans


@dataclass(frozen=True, slots=True)
class Document:
    """`blocks` in reading order: a `Passage` is a paragraph, never empty.

    `page_starts` are the offsets at which the pages of a PDF or the sheets of a workbook begin;
    it is empty where the source has no pages of its own.
    """

    text: str
    blocks: tuple[Block, ...]
    page_starts: tuple[int, ...] = ()

    def paragraphs(self) -> tuple[Passage, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Passage))

    def page_of(self, offset: int) -> int | None:
        """The page or sheet, counted from 1, on which the text at `offset` stands.

        >>> Document("一二三四", (), page_starts=(0, 2)).page_of(3)
        2
        """
        return bisect_right(self.page_starts, offset) or None


class DocumentBuilder:
    """Writes a document down block by block; what it returns are the passages just written.

    Raises `TooLarge` as soon as the document has more than MAX_CHARACTERS, MAX_CELLS or MAX_SHOWN.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._cells = 0
        self._shown = 0
        self._blocks: list[Block] = []
        self._rows: list[tuple[Passage, ...]] = []
        self._page_starts: list[int] = []

    def begin_page(self) -> None:
        """What is written next stands on the next page; an open table goes on over it."""
        self._page_starts.append(self._length)

    def line(self, text: str) -> Passage:
        """Writes a line that is not yet a paragraph (one may run over several lines)."""
        self.end_table()
        passage = self._write(text)
        self._write("\n")
        return passage

    def paragraph(self, passages: Iterable[Passage]) -> None:
        """Makes one paragraph of lines that were written before."""
        whole = Passage.joined(passage.strip() for passage in passages)
        if whole.text:
            self._blocks.append(whole)

    def row(self, cells: Sequence[str | Passage]) -> tuple[Passage, ...]:
        """Writes a row of the table that is open, or opens one.

        A cell given as a passage is a merged one that was written before.
        """
        written: list[Passage] = []
        for position, cell in enumerate(cells):
            if position:
                self._write("\t")
            written.append(cell if isinstance(cell, Passage) else self._write(cell).strip())
        self._write("\n")
        self._count(written)
        self._rows.append(tuple(written))
        return self._rows[-1]

    def grid(
        self, rows: Iterable[Sequence[str | Passage]], merged: Mapping[Place, Place]
    ) -> list[tuple[Passage, ...]]:
        """Writes the rows of one table; `merged` leads from covered places to their cell.

        Places are (row, column) from 0, and a cell stands before the places it covers. A cell
        given as a passage goes on from another table.
        """
        self.end_table()
        written: list[tuple[Passage, ...]] = []
        for row_at, row in enumerate(rows):
            cells: list[str | Passage] = []
            repeated: list[tuple[int, int]] = []
            for column_at, text in enumerate(row):
                origin = merged.get((row_at, column_at))
                if origin is None:
                    cells.append(text)
                elif origin[0] == row_at:
                    cells.append("")
                    repeated.append((column_at, origin[1]))
                else:
                    cells.append(written[origin[0]][origin[1]])
            passages = list(self.row(cells))
            for column_at, origin_at in repeated:
                passages[column_at] = passages[origin_at]
            self._rows[-1] = tuple(passages)
            written.append(self._rows[-1])
        self.end_table()
        return written

    def end_table(self) -> None:
        if self._rows:
            self._blocks.append(Table(tuple(self._rows)))
            self._rows = []

    def build(self) -> Document:
        self.end_table()
        return Document("".join(self._pieces), tuple(self._blocks), tuple(self._page_starts))

    def _write(self, text: str) -> Passage:
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        if self._length > MAX_CHARACTERS:
            raise TooLarge(self._length, MAX_CHARACTERS, "characters")
        return Passage(text, (Span(start, self._length),))

    def _count(self, cells: Sequence[Passage]) -> None:
        self._cells += len(cells)
        self._shown += sum(len(cell.text) for cell in cells)
        if self._cells > MAX_CELLS:
            raise TooLarge(self._cells, MAX_CELLS, "cells")
        if self._shown > MAX_SHOWN:
            raise TooLarge(self._shown, MAX_SHOWN, "characters in merged cells")
