"""Workbooks of strangers: what of an .xlsx may be read, and how large its sheets would become.

Whoever reads a workbook lays each sheet out from A1 to its last filled cell: two cells in far
corners fill the memory. So the cells are looked at first, and only what was looked at is read.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

from taizhang.lib.archives import DAMAGED

Fits = Callable[[int, int], bool]  # rows, columns

_CONTENT_TYPES = "[content_types].xml"
_FOLDERS = ("xl/", "_rels/")
_SUFFIXES = (".xml", ".rels")
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ROW = re.compile(r"[0-9]{1,7}")
_FILLING = frozenset({"v", "is"})  # a cell without either is empty, whatever it looks like


class BrokenWorkbook(ValueError):
    """No .xlsx: damaged, under a password, another kind of file, or made to mislead."""


class HugeWorkbook(ValueError):
    """It would take too much memory once it is unpacked."""


class HugeSheet(HugeWorkbook):
    """A sheet would take too much memory once it is laid out."""


def plain_workbook(content: bytes, *, unpacked: int, fits: Fits) -> bytes:
    """The same workbook with nothing in it but the parts that were looked at: its XML.

    `unpacked`: the most bytes that these parts may have together. `fits(rows, columns)`: may a
    sheet whose last filled cells stand there be laid out? Pictures, macros and parts of other kinds
    of files are left out, and of two parts of one name the first.
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
                _expect_fitting(xml, info.filename, fits)
                plain.writestr(info.filename, xml)
    except HugeWorkbook:
        raise
    except (expat.ExpatError, LookupError, *DAMAGED) as fault:  # LookupError: no such encoding
        raise BrokenWorkbook(str(fault)) from fault
    return made.getvalue()


def _is_read(name: str) -> bool:
    return name == _CONTENT_TYPES or (name.startswith(_FOLDERS) and name.endswith(_SUFFIXES))


def _expect_fitting(xml: bytes, name: str, fits: Fits) -> None:
    corner = _Corner()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = corner.begin
    parser.Parse(xml, True)
    if not fits(corner.rows, corner.columns):
        raise HugeSheet(name)


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
