"""Workbooks of strangers: what of an .xlsx may be read, and how large its sheets would become.

Whoever reads a workbook lays each sheet out from A1 to its last filled cell: two cells in far
corners fill the memory. So the cells are looked at first, and only what was looked at is read.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from taizhang.lib.archives import DAMAGED

Fits = Callable[[int, int], bool]  # rows, columns

_CONTENT_TYPES = "[content_types].xml"
_FOLDERS = ("xl/", "_rels/")
_SUFFIXES = (".xml", ".rels")
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ROW = re.compile(r"[0-9]{1,7}")
_HIDING = ("row", "filterColumn")
_FILLING = frozenset({"v", "is"})  # a cell without either is empty, whatever it looks like


class BrokenWorkbook(ValueError):
    """No .xlsx: damaged, under a password, another kind of file, or made to mislead."""


class HugeWorkbook(ValueError):
    """It would take too much memory once it is unpacked."""


class HugeSheet(HugeWorkbook):
    """A sheet would take too much memory once it is laid out."""


def plain_workbook(
    content: bytes, *, unpacked: int, fits: Fits, keeps_hidden_rows: bool = True
) -> bytes:
    """The same workbook with nothing in it but the parts that were looked at: its XML.

    `unpacked`: the most bytes that these parts may have together. `fits(rows, columns)`: may a
    sheet whose last filled cells stand there be laid out? Pictures, macros and parts of other kinds
    of files are left out, and of two parts of one name the first. Rows that somebody hid may be
    left out too; those which only a filter hides stay, since a filter is but a view.
    Raises BrokenWorkbook, HugeWorkbook, HugeSheet.
    """
    made = io.BytesIO()
    seen: set[str] = set()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as plain,
        ):
            for info in archive.infolist():
                name = info.filename.lower()  # parts are found without regard to case
                if not _is_read(name) or name in seen:
                    continue
                seen.add(name)
                # The size that the archive states may be a lie: no more is unpacked than may be.
                with archive.open(info) as part:
                    xml = part.read(unpacked + 1)
                unpacked -= len(xml)
                if unpacked < 0:
                    raise HugeWorkbook(info.filename)
                hidden = _expect_fitting(xml, info.filename, fits)
                if hidden and not keeps_hidden_rows:
                    xml = _without(xml, hidden)
                    _expect_fitting(xml, info.filename, fits)
                plain.writestr(info.filename, xml)
    except HugeWorkbook:
        raise
    except (expat.ExpatError, LookupError, *DAMAGED) as fault:  # LookupError: no such encoding
        raise BrokenWorkbook(str(fault)) from fault
    return made.getvalue()


def _is_read(name: str) -> bool:
    return name == _CONTENT_TYPES or (name.startswith(_FOLDERS) and name.endswith(_SUFFIXES))


def _expect_fitting(xml: bytes, name: str, fits: Fits) -> Sequence[tuple[int, int]]:
    """Where the hidden rows of a part begin and end, in bytes."""
    corner = _Corner()
    hidden = _HiddenRows()
    parser = expat.ParserCreate()

    def begin(element: str, attributes: Mapping[str, str]) -> None:
        corner.begin(element, attributes)
        if element.endswith(_HIDING):
            hidden.begin(element.rpartition(":")[2], attributes, parser.CurrentByteIndex)

    def end(element: str) -> None:
        if element.rpartition(":")[2] == "row":
            at = parser.CurrentByteIndex  # of the tag that ends it; behind one that is its own end
            has_an_end = xml.startswith(f"</{element}".encode(), at)
            hidden.end(xml.find(b">", at) + 1 if has_an_end else at)

    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.Parse(xml, True)
    if not fits(corner.rows, corner.columns):
        raise HugeSheet(name)
    return hidden.places()


def _without(xml: bytes, places: Sequence[tuple[int, int]]) -> bytes:
    """The part without these places; one in UTF-16, as no program writes it, stays whole."""
    if b"\0" in xml[:4]:
        return xml
    kept = []
    done = 0
    for start, end in places:
        kept.append(xml[done:start])
        done = end
    return b"".join((*kept, xml[done:]))


@dataclass(slots=True)
class _HiddenRows:
    """Where rows that are hidden begin and end, as the elements of a sheet are met."""

    _places: list[tuple[int, int]] = field(default_factory=list)
    _start: int | None = None
    _is_filtered: bool = False

    def begin(self, element: str, attributes: Mapping[str, str], at: int) -> None:
        self._is_filtered = self._is_filtered or element == "filterColumn"
        if element == "row":
            self._start = at if attributes.get("hidden") in ("1", "true") else None

    def end(self, at: int) -> None:
        if self._start is not None:
            self._places.append((self._start, at))

    def places(self) -> Sequence[tuple[int, int]]:
        return () if self._is_filtered else self._places


def _refuse_document_type(*_declaration: object) -> None:
    """Office never writes one: it is a sign of an attack (billion laughs)."""
    raise BrokenWorkbook("document type")


class _Corner:
    """The last row and column that are filled, counted from 1, as the elements of a part begin."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = self._passed = 0

    def begin(self, element: str, attributes: Mapping[str, str]) -> None:
        name = element.rpartition(":")[2]
        if name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "c":
            self._begin_cell(attributes.get("r"))
        elif name in _FILLING:
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column)

    def _begin_row(self, number: str | None) -> None:
        if number is not None and not _ROW.fullmatch(number):
            raise BrokenWorkbook(number)
        self._row = self._row + 1 if number is None else int(number)
        self._column = self._passed = 0

    def _begin_cell(self, address: str | None) -> None:
        """Cells need not say where they stand; then they follow one another."""
        self._passed += 1
        if address is None:
            self._column = max(self._column + 1, self._passed)
            return
        found = _ADDRESS.fullmatch(address.upper())
        if found is None:
            raise BrokenWorkbook(address)
        self._column = max(_number(found[1]), self._passed)
        self._row = max(self._row, int(found[2]))


def _number(letters: str) -> int:
    """The number of a column, counted from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
