"""PDF files that hold text: running text and tables, with the breaks of lines and pages undone."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from taizhang.notices.document import Document, DocumentBuilder, Passage, Place
from taizhang.notices.errors import EmptyDocument, ScannedFile
from taizhang.notices.formats.aligned import Aligned, aligned_tables
from taizhang.notices.formats.flow import write_lines
from taizhang.notices.formats.pdf_columns import bands_of, right_column
from taizhang.notices.formats.pdf_page import Grid, Page, TextLine, pages_of
from taizhang.notices.formats.pdf_tables import with_merged_from_above
from taizhang.notices.reading.wording import is_page_number

_FEWEST_CHARACTERS = 8  # on a page: a scan may carry a page number as text
_EDGE_RATIO = 0.12  # of the page's height, above and below, where running heads stand
_REPEATS = 3
_FEWEST_PAGES = 2  # on which a running head can repeat
_NARROWEST = 0.6  # of the page's width, that running text takes
_FULL = 1.6  # characters that a full line may lack at its end
_INDENT = 0.8  # of a character
_BARE_NUMBER = re.compile(r"[0-9０-９]{1,4}(?:\s*/\s*[0-9０-９]{1,4})?")


def read_pdf(content: bytes) -> Document:
    """The document in a PDF.

    Raises `ScannedFile` where its pages are pictures, `EmptyDocument` where nothing is on them,
    `BrokenFile`, `EncryptedFile` or `TooLarge`.
    """
    pages = pages_of(content)
    shown = sum(len(line.text) for page in pages for line in page.lines)
    if shown < _FEWEST_CHARACTERS * len(pages) and not any(page.grids for page in pages):
        raise ScannedFile if any(page.has_pictures for page in pages) else EmptyDocument
    placed = list(_placed(pages))
    writer = _Writer(DocumentBuilder())
    tables = {table.first: table for table in _aligned(placed)}
    at = 0
    while at < len(placed):
        table = tables.get(at)
        if table:
            writer.grid(table.rows, {}, placed[at].page)
        else:
            writer.block(placed[at])
        at = table.end if table else at + 1
    return writer.finish(len(pages))


@dataclass(frozen=True, slots=True)
class _Measure:
    """Where the running text of a page begins and ends from left to right."""

    left: float
    right: float

    def is_full(self, line: TextLine) -> bool:
        """Whether nothing more would have fitted; a date set to the right only ends there."""
        is_set_right = line.start > (self.left + self.right) / 2
        return line.end >= self.right - _FULL * line.size and not is_set_right

    def is_indented(self, line: TextLine) -> bool:
        return line.start > self.left + _INDENT * line.size


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line or table in reading order, with its page and the measure of that page."""

    block: TextLine | Grid
    page: int
    measure: _Measure


def _placed(pages: Sequence[Page]) -> Iterator[_Placed]:
    running = _running_heads(pages)
    texts = [
        [line for line in page.lines if not _is_furniture(line, page, running)] for page in pages
    ]
    spans = [_span(lines) for lines in texts]
    widest = max((right - left for left, right in spans), default=0.0)
    starts = [right_column(lines, page.width) for page, lines in zip(pages, texts, strict=True)]
    common = next((start for start in starts if start), None)
    for number, (page, lines) in enumerate(zip(pages, texts, strict=True)):
        left, right = spans[number]
        # A page of headings and short lines does not show how far its text may reach.
        reach = max(
            left + widest if right - left < 0.9 * widest else right, _NARROWEST * page.width
        )
        # A page with ruled tables is taken to have no columns.
        start = None if page.grids else starts[number] or common
        for band in bands_of(lines, page.width, start):
            blocks: list[TextLine | Grid] = [*band.lines, *page.grids]
            measure = _Measure(*_span(band.lines)) if band.is_column else _Measure(left, reach)
            for block in sorted(blocks, key=lambda block: -block.top):
                yield _Placed(block, number, measure)


def _span(lines: Sequence[TextLine]) -> tuple[float, float]:
    """From where to where lines reach."""
    left = min((line.start for line in lines), default=0.0)
    return left, max((line.end for line in lines), default=left)


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """The texts that stand at the edge of several pages, page numbers aside.

    On a document's only two pages, those which stand in the very same place.
    """
    edges = [[line for line in page.lines if _is_at_the_edge(line, page)] for page in pages]
    if len(pages) == _FEWEST_PAGES:
        first, second = ({(line.text, round(line.top)) for line in edge} for edge in edges)
        return frozenset(_without_digits(text) for text, _ in first & second)
    counts = Counter(text for edge in edges for text in {_without_digits(e.text) for e in edge})
    needed = max(_REPEATS, len(pages) // 2)
    return frozenset(text for text, count in counts.items() if count >= needed)


def _is_furniture(line: TextLine, page: Page, running: frozenset[str]) -> bool:
    """Whether a line is a page number or a running head."""
    if is_page_number(line.text):
        return _is_at_the_edge(line, page, 2 * _EDGE_RATIO)
    is_at_the_edge = _is_at_the_edge(line, page)
    is_number = _BARE_NUMBER.fullmatch(line.text) is not None
    return is_at_the_edge and (is_number or _without_digits(line.text) in running)


def _is_at_the_edge(line: TextLine, page: Page, ratio: float = _EDGE_RATIO) -> bool:
    edge = page.height * ratio
    return line.bottom < edge or line.top > page.height - edge


def _without_digits(text: str) -> str:
    return re.sub(r"[0-9０-９]+", "0", text)


def _aligned(placed: Sequence[_Placed]) -> Iterator[Aligned]:
    """The tables without rules; a ruled one between two lines parts them."""
    first = 0
    for at in range(len(placed) + 1):
        if at < len(placed) and isinstance(placed[at].block, TextLine):
            continue
        lines = [each.block.words for each in placed[first:at] if isinstance(each.block, TextLine)]
        for table in aligned_tables(lines):
            yield Aligned(table.first + first, table.end + first, table.rows)
        first = at + 1


class _Writer:
    """Writes blocks down one after the other.

    A paragraph may go on over the end of a page: all of it stands on the page where it began.
    """

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._pages = 0
        self._paragraph = ""
        self._began_on = 0
        self._last: _Placed | None = None
        self._above: Sequence[Sequence[Passage]] = ()  # the table right above

    def block(self, placed: _Placed) -> None:
        if isinstance(placed.block, Grid):
            self.grid(placed.block.rows, placed.block.merged, placed.page)
            return
        line = placed.block
        if not self._goes_on(line, placed.measure):
            self._end_paragraph()
            self._began_on = placed.page
        needs_space = re.search(r"[A-Za-z,.]$", self._paragraph) and re.match("[A-Za-z]", line.text)
        self._paragraph += f" {line.text}" if needs_space else line.text
        self._last = placed

    def grid(self, rows: Sequence[Sequence[str]], merged: Mapping[Place, Place], page: int) -> None:
        self._end_paragraph()
        self._go_to(page)
        going_on = with_merged_from_above(rows, merged, self._above)
        self._above = self._builder.grid(going_on, merged)

    def finish(self, pages: int) -> Document:
        self._end_paragraph()
        self._go_to(pages - 1)
        return self._builder.build()

    def _go_to(self, page: int) -> None:
        while self._pages <= page:
            self._builder.begin_page()
            self._pages += 1

    def _goes_on(self, line: TextLine, measure: _Measure) -> bool:
        last = self._last
        if last is None or not isinstance(last.block, TextLine):
            return False
        is_same_type = abs(last.block.size - line.size) < 0.15 * line.size
        return is_same_type and last.measure.is_full(last.block) and not measure.is_indented(line)

    def _end_paragraph(self) -> None:
        if self._paragraph:
            self._above = ()
            self._go_to(self._began_on)
            write_lines(self._builder, [self._paragraph])
        self._paragraph = ""
        self._last = None
