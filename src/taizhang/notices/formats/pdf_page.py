"""What stands on the pages of a PDF and where: lines of text, words and ruled tables.

Places are in points as a reader sees the page, from its lower left corner. PDFium gives the
characters, since it keeps full-width digits beside the text they belong to, where pdfminer makes
lines of their own out of them (decision 0070).
"""

import ctypes
import re
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # ships no types

from taizhang.notices.document import MAX_CHARACTERS, Place
from taizhang.notices.errors import BrokenFile, EncryptedFile, TooLarge
from taizhang.notices.formats.aligned import Word, joined_lines
from taizhang.notices.formats.pdf_rules import Rule, RuledGrid, ruled_grids

MAX_PAGES = 600
_MOST_CHARACTERS = 60_000  # on a page
_MOST_OBJECTS = 20_000  # on a page
_THINNEST = 3.0  # points: a filled shape no wider is a drawn line
_CELL_PADDING = 5.5  # points between a cell's text and its border, as Word sets them
_WIDE_GAP = 1.0  # of the size of a character: parts words that belong to different columns
_LATIN_GAP = 0.25
_CELL_GAP = 0.35  # may part columns where it stands under others; no justified line has it
_BEGINS_NO_LINE = "，。、；：！？）〕》”’%"
_ONE_AT_A_TIME = threading.Lock()  # PDFium is not safe to call from two threads


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and the box that its font gives it."""

    character: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of running text; `words` are its parts between wide gaps, `size` is that of a
    Chinese character in it."""

    text: str
    words: tuple[Word, ...]
    bottom: float
    top: float
    size: float

    @property
    def start(self) -> float:
        return self.words[0].start

    @property
    def end(self) -> float:
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table with the texts of its cells; `merged` as `DocumentBuilder.grid` takes it."""

    top: float
    rows: tuple[tuple[str, ...], ...]
    merged: dict[Place, Place]


@dataclass(frozen=True, slots=True)
class Page:
    """`lines` are those outside the tables, from the top down."""

    width: float
    height: float
    lines: tuple[TextLine, ...]
    grids: tuple[Grid, ...]
    has_pictures: bool


def pages_of(content: bytes) -> list[Page]:
    """The pages of a PDF. Raises `BrokenFile`, `EncryptedFile` or `TooLarge`."""
    with _ONE_AT_A_TIME:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise EncryptedFile from error
            raise BrokenFile("the PDF") from error
        try:
            if len(pdf) > MAX_PAGES:
                raise TooLarge(len(pdf), MAX_PAGES, "pages")
            return list(_read_pages(pdf))
        except pypdfium2.PdfiumError as error:
            raise BrokenFile("a page of the PDF") from error
        finally:
            pdf.close()


def _read_pages(pdf: "pypdfium2.PdfDocument") -> Iterator[Page]:
    read = 0
    for at in range(len(pdf)):
        page = _page(pdf[at])
        read += sum(len(line.text) for line in page.lines)
        read += sum(len(cell) for grid in page.grids for row in grid.rows for cell in row)
        if read > MAX_CHARACTERS:
            raise TooLarge(read, MAX_CHARACTERS, "characters")
        yield page


def _page(page: "pypdfium2.PdfPage") -> Page:
    upright = _Upright(page)
    glyphs = list(_glyphs(page, upright))
    rules, has_pictures = _drawn(page, upright)
    grids = ruled_grids(rules)
    in_cells: dict[tuple[int, Place], list[Glyph]] = defaultdict(list)
    outside: list[Glyph] = []
    for glyph in glyphs:
        middle_x = (glyph.left + glyph.right) / 2
        found = next(
            (
                (at, cell)
                for at, grid in enumerate(grids)
                if (cell := grid.cell_at(middle_x, glyph.middle)) is not None
            ),
            None,
        )
        (in_cells[found] if found else outside).append(glyph)
    filled = [
        _filled(grid, {cell: in_cells[of, cell] for of, cell in list(in_cells) if of == at})
        for at, grid in enumerate(grids)
    ]
    page.close()
    return Page(upright.width, upright.height, tuple(_lines(outside)), tuple(filled), has_pictures)


class _Upright:
    """Turns places of a page that is stored lying on its side to what a reader sees."""

    def __init__(self, page: "pypdfium2.PdfPage") -> None:
        self.width: float
        self.height: float
        self.width, self.height = page.get_size()
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self._rotation = page.get_rotation()

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self._rotation == 90:
            return y - self._bottom, self._right - x
        if self._rotation == 180:
            return self._right - x, self._top - y
        if self._rotation == 270:
            return self._top - y, x - self._left
        return x - self._left, y - self._bottom

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        (x, y), (other_x, other_y) = self.point(left, bottom), self.point(right, top)
        return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)

    def shows(self, glyph: Glyph) -> bool:
        return 0 <= glyph.left <= self.width and 0 <= glyph.middle <= self.height


def _glyphs(page: "pypdfium2.PdfPage", upright: _Upright) -> Iterator[Glyph]:
    """The characters on a page in the order of its content, spaces that are written included."""
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    count = min(text.count_chars(), _MOST_CHARACTERS)
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code < 32 or pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, at, box):
            continue
        character = chr(code) if code < 0x110000 else ""
        if unicodedata.category(character or "\0") in ("Cc", "Cf", "Cs", "Cn"):
            continue
        glyph = Glyph(character, *upright.box(box.left, box.bottom, box.right, box.top))
        if upright.shows(glyph):
            yield glyph
    text.close()


def _drawn(page: "pypdfium2.PdfPage", upright: _Upright) -> tuple[list[Rule], bool]:
    """The straight lines on a page, and whether there are pictures on it."""
    rules: list[Rule] = []
    has_pictures = False
    for count, drawn in enumerate(page.get_objects(max_depth=4)):
        if count > _MOST_OBJECTS:
            break
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            has_pictures = True
        elif drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
            for points in _outlines(drawn):
                rules += _rules([upright.point(x, y) for x, y in points])
    return rules, has_pictures


def _outlines(drawn: "pypdfium2.PdfObject") -> Iterator[list[tuple[float, float]]]:
    """The corners of the shapes of a path; curves leave nothing that a table could be made of."""
    place = drawn.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for at in range(min(pdfium.FPDFPath_CountSegments(drawn.raw), _MOST_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield points
            points = []
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            points = []
            continue
        points.append(place.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    yield points


def _rules(points: Sequence[tuple[float, float]]) -> Iterator[Rule]:
    """The sides of a shape along the axes; a thin filled shape is one line."""
    if len(points) < 2:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if min(width, height) <= _THINNEST:
        is_vertical = height > width
        across, along = (xs, ys) if is_vertical else (ys, xs)
        yield Rule(is_vertical, (min(across) + max(across)) / 2, min(along), max(along))
        return
    for (x, y), (next_x, next_y) in pairwise(points):
        if abs(x - next_x) <= 1:
            yield Rule(True, x, min(y, next_y), max(y, next_y))
        elif abs(y - next_y) <= 1:
            yield Rule(False, y, min(x, next_x), max(x, next_x))


def _filled(grid: RuledGrid, glyphs: dict[Place, list[Glyph]]) -> Grid:
    rights = grid.right_edges()
    texts = {cell: _cell_text(_lines(inside), rights[cell]) for cell, inside in glyphs.items()}
    return Grid(
        grid.top,
        tuple(
            tuple(texts.get((row, column), "") for column in range(len(grid.columns) - 1))
            for row in range(len(grid.rows) - 1)
        ),
        {place: origin for place, origin in grid.origins.items() if place != origin},
    )


def _cell_text(lines: Sequence[TextLine], right: float) -> str:
    """The lines of a cell put together: one is full when nothing more would have fitted on it."""
    limit = right - _CELL_PADDING
    parts = []
    for line, following in zip_longest(lines, lines[1:]):
        # No line begins with a comma: then a character more went down with it.
        is_pulled = following is not None and following.text[1:2] in _BEGINS_NO_LINE
        room = (2.1 if is_pulled else 1.05) * line.size
        parts.append((line.text, line.end + room > limit))
    return joined_lines(parts)


def _lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The characters in lines from the top down.

    Characters whose boxes overlap in height by more than half are in one line: digits of another
    font often stand a little higher or lower than the text around them.
    """
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.middle):
        height = min(glyph.top - glyph.bottom, 1.2 * max(glyph.right - glyph.left, 8.0))
        if rows and abs(middle - glyph.middle) <= 0.5 * height:
            rows[-1].append(glyph)
            middle += (glyph.middle - middle) / len(rows[-1])
        else:
            rows.append([glyph])
            middle = glyph.middle
    return [line for row in rows if (line := _line(row))]


def _line(glyphs: Sequence[Glyph]) -> TextLine | None:
    seen = [glyph for glyph in glyphs if not glyph.character.isspace()]
    if not seen:
        return None
    ordered = sorted(glyphs, key=lambda glyph: (glyph.left, glyph.right))
    wide = [g.right - g.left for g in seen if unicodedata.east_asian_width(g.character) in "WF"]
    size = median(wide) if wide else 0.75 * median(g.top - g.bottom for g in seen)
    words = tuple(_words(ordered, size))
    return TextLine(
        "  ".join(word.text for word in words),
        words,
        min(glyph.bottom for glyph in seen),
        max(glyph.top for glyph in seen),
        size,
    )


def _words(glyphs: Sequence[Glyph], size: float) -> Iterator[Word]:
    text = ""
    gaps: list[tuple[int, float, float]] = []
    start = end = 0.0
    last: Glyph | None = None
    spaces = 0
    for glyph in glyphs:
        if glyph.character.isspace():
            spaces += 1
            continue
        if last and glyph.character == last.character and glyph.left - last.left < 0.2 * size:
            continue  # bold type is often drawn twice
        gap = glyph.left - end
        if text and (gap > _WIDE_GAP * size or (spaces > 1 and gap > 0.5 * size)):
            yield _word(text, start, end, gaps)
            text = ""
            gaps = []
        elif text and (spaces or (gap > _LATIN_GAP * size and _are_latin(last, glyph))):
            text += " "
        if text and gap > _CELL_GAP * size:
            gaps.append((len(text), end, glyph.left))
        start = start if text else glyph.left
        text += glyph.character
        end = max(glyph.right, end if text != glyph.character else glyph.right)
        last, spaces = glyph, 0
    yield _word(text, start, end, gaps)


def _word(text: str, start: float, end: float, gaps: list[tuple[int, float, float]]) -> Word:
    shown = _shown(text)
    # Where a glyph was left out, the lengths before the gaps no longer hold.
    return Word(shown, start, end, tuple(gaps) if len(shown) == len(text) else ())


def _are_latin(one: Glyph | None, other: Glyph) -> bool:
    return one is not None and one.character.isascii() and other.character.isascii()


_LOST_POINT = re.compile(r"(?<=[0-9０-９])[ ]*[\ue000-\uf8ff][ ]*(?=[0-9０-９])")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")


def _shown(text: str) -> str:
    """The text without glyphs of private use; between two digits such a one is their point.

    Founder's typesetting writes the decimal point so. Other private glyphs are ornaments.
    """
    return _PRIVATE.sub("", _LOST_POINT.sub(_point, text))


def _point(lost: re.Match[str]) -> str:
    is_full_width = lost.string[lost.start() - 1] >= "０"
    return "．" if is_full_width else "."
