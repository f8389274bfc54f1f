"""From the files of a package to rows of text: encoding, cells, row numbers as a spreadsheet's."""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from taizhang.lib.nearest import nearest
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.workbook import NotAWorkbook, read_workbook
from taizhang.registers.spec import REGISTERS

CSV = ".csv"
WORKBOOK = ".xlsx"
OLD_WORKBOOK = ".xls"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells, numbered as in a spreadsheet; the header is row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of a package as text; rows without any text are left out.

    has_addresses: whether its cells have addresses such as D5, as those of a workbook do.
    """

    slug: str
    file: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]
    has_addresses: bool = False


@dataclass(frozen=True, slots=True)
class RawPackage:
    """`sha256` covers the names and bytes of all files, in the order of their names."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    faults: tuple[Fault, ...]


def read_package(folder: Path) -> RawPackage:
    """All files of the folder that are named like tables; others, such as a note, are passed over.

    Sheets come in the order of the registers. A file with a fault is read as far as it can be.
    """
    faults: list[Fault] = []
    if not folder.is_dir():
        return RawPackage(folder.name, "", (), (Fault("no_folder", str(folder)),))
    digest = hashlib.sha256()
    sheets: dict[str, Sheet] = {}
    for path in tables_in(folder):
        slug = path.stem
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
        if slug not in REGISTERS:
            faults.append(_unknown_register(path))
        elif slug in sheets:
            faults.append(Fault("register_twice", path.name))
        elif path.suffix.lower() == OLD_WORKBOOK:
            faults.append(Fault("old_workbook", path.name))
        else:
            read = read_sheet if path.suffix.lower() == WORKBOOK else read_csv
            sheets[slug], found = read(slug, path.name, content)
            faults.extend(found)
    if not sheets and not faults:
        faults.append(Fault("no_files", folder.name))
    ordered = tuple(sheets[slug] for slug in REGISTERS if slug in sheets)
    return RawPackage(folder.resolve().name, digest.hexdigest(), ordered, tuple(faults))


def tables_in(folder: Path) -> list[Path]:
    """The files of the folder that a load would read, in the order of their names."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in {CSV, WORKBOOK, OLD_WORKBOOK}
        and path.is_file()
        and not path.name.startswith((".", "~$"))
    )


def read_csv(slug: str, file: str, content: bytes) -> tuple[Sheet, list[Fault]]:
    """The sheet in a CSV file, and what is wrong with the file as a file."""
    text, faults = _decoded(file, content)
    rows: list[Line] = []
    number = 0
    try:
        for number, cells in enumerate(_parted(text), start=1):
            rows.append(Line(number, tuple(cell.strip() for cell in cells)))
    except csv.Error:
        faults.append(Fault("broken_csv", file, number + 1))
    if not rows and not faults:
        faults.append(Fault("no_header", file))
    return _sheet(slug, file, rows), faults


def read_sheet(slug: str, file: str, content: bytes) -> tuple[Sheet, list[Fault]]:
    """The sheet in a workbook, and what is wrong with the file as a file."""
    try:
        cells = read_workbook(content, slug)
    except NotAWorkbook:
        return Sheet(slug, file, (), ()), [Fault("not_workbook", file)]
    rows = [
        Line(number, tuple(cell.strip() for cell in row))
        for number, row in enumerate(cells, start=1)
    ]
    faults = [] if rows and any(rows[0].cells) else [Fault("no_header", file)]
    return _sheet(slug, file, rows, has_addresses=True), faults


def _sheet(slug: str, file: str, rows: Sequence[Line], *, has_addresses: bool = False) -> Sheet:
    header = rows[0].cells if rows else ()
    lines = tuple(line for line in rows[1:] if any(line.cells))
    return Sheet(slug, file, header, lines, has_addresses)


def _parted(text: str) -> Iterator[Sequence[str]]:
    return csv.reader(io.StringIO(text, newline=""), strict=True)


def _decoded(file: str, content: bytes) -> tuple[str, list[Fault]]:
    """The text of the file. In another known encoding it is read all the same, so that its other
    faults are named with this one."""
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as refusal:
        position = refusal.start + 1
    encoding = "UTF-16" if content.startswith(UTF16_MARKS) else "GB18030"
    try:
        return content.decode(encoding), [Fault("encoding", file, params={"encoding": encoding})]
    except UnicodeDecodeError:
        return "", [Fault("not_text", file, params={"position": position})]


def _unknown_register(path: Path) -> Fault:
    near = nearest(path.stem, REGISTERS)
    if near:
        return Fault("unknown_register_near", path.name, params={"near": near})
    return Fault("unknown_register", path.name, params={"known": ", ".join(REGISTERS)})
