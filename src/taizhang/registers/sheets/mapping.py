"""Which row of a grid is the header, and which field each of its columns is."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from unicodedata import normalize

from django.utils import translation

from taizhang.registers.sheets.cells import text_of
from taizhang.registers.sheets.columns import ABOUT, header, known_columns
from taizhang.registers.sheets.marker import marked_fields
from taizhang.registers.sheets.workbook import Grid
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.terminal import LANGUAGES

PASSED_OVER = ""  # the field of a column that is not imported
_HEADER_AMONG = 30
_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the file. `field`: what it is taken for; `is_sure`: nobody need look."""

    place: int
    text: str
    field: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """The header row, counted from 0, and its columns; those without a text are left out."""

    header_row: int
    headings: tuple[Heading, ...]

    @property
    def is_sure(self) -> bool:
        return all(heading.is_sure for heading in self.headings)

    @property
    def columns(self) -> dict[int, str]:
        """Place → field of the columns that are imported."""
        return {each.place: each.field for each in self.headings if each.field}


def suggest(spec: RegisterSpec, grid: Grid, remembered: Mapping[str, str]) -> SheetMapping:
    """The mapping that the words of the header suggest; a field is given to one column only.

    `remembered`: header → field as a person settled it before for this very header.
    """
    names = _names(spec)
    marked = {plain(text): name for text, name in marked_fields(grid.marker, spec.slug).items()}
    row = _header_row(grid, {**names, **marked})
    settled = {plain(text): name for text, name in remembered.items()}
    found = [
        Heading(place, text, *_field(plain(text), marked, settled, names))
        for place, cell in enumerate(grid.rows[row])
        if (text := text_of(cell))
    ]
    certain = {heading.field for heading in found if heading.is_sure}
    headings: list[Heading] = []
    taken: set[str] = set()
    for heading in found:
        field, is_sure = heading.field, heading.is_sure
        if field in taken or (field in certain and not is_sure):
            field, is_sure = PASSED_OVER, False
        taken.update({field} - {PASSED_OVER})
        shown = PASSED_OVER if field in ABOUT and field not in spec.fields else field
        headings.append(Heading(heading.place, heading.text, shown, is_sure))
    return SheetMapping(row, tuple(headings))


def header_key(headings: Sequence[str]) -> str:
    """What a set of headers is remembered by, whatever the order of its columns."""
    return hashlib.sha256("\n".join(sorted(map(plain, headings))).encode()).hexdigest()


def plain(text: str) -> str:
    """A header without the marks and blanks that people put around its words.

    >>> plain("姓 名 ＊"), plain("Held on*")
    ('姓名', 'heldon')
    """
    return normalize("NFKC", text).casefold().replace("*", "").translate(_BLANKS)


_BLANKS = dict.fromkeys(map(ord, " \n\r\t　:："))


def _field(
    text: str, marked: Mapping[str, str], settled: Mapping[str, str], names: Mapping[str, str]
) -> tuple[str, bool]:
    for known in (settled, marked, names):
        if text in known:
            return known[text], True
    return _alike(text, names), False


def _alike(text: str, names: Mapping[str, str]) -> str:
    """The field of a name that is nearly `text`, or that alone ends like it (企业名称 for 名称)."""
    scores = {name: SequenceMatcher(None, text, name).ratio() for name in names}
    best = max(scores, key=scores.__getitem__)
    if scores[best] >= _NEAR:
        return names[best]
    ending = {names[name] for name in names if _ends_like(text, name)}
    return ending.pop() if len(ending) == 1 else PASSED_OVER


def _ends_like(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 1 and longer.endswith(shorter)


def _names(spec: RegisterSpec) -> dict[str, str]:
    """Every way in which a column of the register may be called, as `plain` leaves it."""
    names: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        with translation.override(language):
            for name in known_columns(spec):
                names.setdefault(plain(header(spec, name)), name)
    names.update((plain(name), name) for name in known_columns(spec))
    return names


def _header_row(grid: Grid, names: Mapping[str, str]) -> int:
    """The row with the most known headers; without any, the first with two filled cells.

    Titles, dates of issue and units of measure stand above it in many sheets.
    """
    head = [[plain(text_of(cell)) for cell in row] for row in grid.rows[:_HEADER_AMONG]]
    known = [len({text for text in row if text in names}) for row in head]
    if max(known):
        return known.index(max(known))
    filled = [len({text for text in row if text}) for row in head]
    return next((place for place, count in enumerate(filled) if count > 1), 0)
