"""A document as every format reader hands it on: plain text, and the blocks that stand in it.

Whatever a file is, its reader writes the whole of it down as one plain text, without markup. Each
paragraph and each cell is a `Passage` of that text and knows where it stands, so that whatever is
read from it later can be shown in its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


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
    """Rows of cells, as in the source: heads that every page repeats are still among them."""

    rows: tuple[tuple[Passage, ...], ...]


Block = Passage | Table


@dataclass(frozen=True, slots=True)
class Document:
    """`blocks` in reading order: a `Passage` is a paragraph, never empty."""

    text: str
    blocks: tuple[Block, ...]

    def paragraphs(self) -> tuple[Passage, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Passage))


class DocumentBuilder:
    """Writes a document down block by block; what it returns are the passages just written."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._rows: list[tuple[Passage, ...]] = []

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

    def row(self, cells: Sequence[str]) -> None:
        """Writes a row of the table that is open, or opens one."""
        written = []
        for position, cell in enumerate(cells):
            if position:
                self._write("\t")
            written.append(self._write(cell).strip())
        self._write("\n")
        self._rows.append(tuple(written))

    def end_table(self) -> None:
        if self._rows:
            self._blocks.append(Table(tuple(self._rows)))
            self._rows = []

    def build(self) -> Document:
        self.end_table()
        return Document("".join(self._pieces), tuple(self._blocks))

    def _write(self, text: str) -> Passage:
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return Passage(text, (Span(start, self._length),))
