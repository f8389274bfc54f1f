"""From an uploaded file to a grid of cells: .xlsx and .xls by calamine, .csv by the csv reader.

A file is refused before it is read whole when it is too large, holds macros, or would grow too
much when it is unpacked.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePath

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from taizhang.lib.refusal import Refused
from taizhang.lib.workbooks import BrokenWorkbook, HugeSheet, HugeWorkbook, plain_workbook
from taizhang.registers.sheets.formulas import GUARD, is_formula
from taizhang.registers.sheets.marker import MARKER_SHEET

Value = str | float | bool | date | datetime | time | timedelta | None

EXTENSIONS = (".xlsx", ".xls", ".csv")
ROWS_LIMIT = 100_000
COLUMNS_LIMIT = 300
UNPACKED_LIMIT = 200 * 1024 * 1024
_SEPARATORS = (",", "\t", ";")


class SheetRefused(Refused):
    """A file that cannot be read as a sheet; nothing was stored."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, from A1 on; `marker` are the cells of our own hidden sheet."""

    sheet: str
    rows: Sequence[Sequence[Value]]
    marker: Sequence[Sequence[Value]] = ()


def read_grid(name: str, content: bytes) -> Grid:
    """The first sheet with cells, or the one that our own template names.

    Raises SheetRefused.
    """
    extension = PurePath(name).suffix.lower()
    if extension == ".xlsm":
        raise _refused(
            _("It holds macros, which are not accepted."),
            _("Save it as “Excel workbook (.xlsx)” and choose it again."),
        )
    if extension not in EXTENSIONS:
        raise _refused(
            _("It is no spreadsheet."), _("Save it as .xlsx or .csv and choose it again.")
        )
    expect_size(len(content))
    grid = _csv_grid(content) if extension == ".csv" else _workbook_grid(content)
    _require_limits(grid)
    return grid


def expect_size(size: int) -> None:
    """Raises SheetRefused for a file of more bytes than an upload may have."""
    if size > settings.UPLOAD_LIMIT_BYTES:
        raise _refused(
            format_lazy(
                _("It is larger than {limit} MB."), limit=settings.UPLOAD_LIMIT_BYTES // 1024**2
            ),
            _("Leave pictures out, or divide it into several files."),
        )


def _workbook_grid(content: bytes) -> Grid:
    if zipfile.is_zipfile(io.BytesIO(content)):
        content = _plain(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
        ]
        marker = (
            workbook.get_sheet_by_name(MARKER_SHEET).to_python()
            if MARKER_SHEET in workbook.sheet_names
            else ()
        )
        for name in names:
            sheet = workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            if any(any(cell != "" for cell in row) for row in rows):
                return Grid(name, rows, marker)
    except CalamineError:
        raise _damaged() from None
    raise _empty()


def _plain(content: bytes) -> bytes:
    """The workbook once it is known to be small and without macros. Raises SheetRefused."""
    try:
        plain = plain_workbook(content, unpacked=UNPACKED_LIMIT, fits=_is_within_limits)
    except HugeSheet:
        raise _too_long() from None
    except HugeWorkbook:
        raise _refused(
            _("It becomes too large when it is unpacked."),
            _("Copy the rows into a new workbook, or divide them among several files."),
        ) from None
    except BrokenWorkbook:
        raise _damaged() from None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
            raise _refused(
                _("It holds macros, which are not accepted."),
                _("Save it as “Excel workbook (.xlsx)” and choose it again."),
            )
    return plain


def _csv_grid(content: bytes) -> Grid:
    text = _decoded(content)
    head = text[: text.find("\n")] if "\n" in text else text
    separator = max(_SEPARATORS, key=head.count)
    try:
        rows = [
            [_unguarded(cell) for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        ]
    except csv.Error:
        raise _refused(
            _("It cannot be parted into cells: a quotation mark is not closed."),
            _("Open it in a spreadsheet program and save it as .xlsx."),
        ) from None
    if not any(any(row) for row in rows):
        raise _empty()
    return Grid("", rows)


def _decoded(content: bytes) -> str:
    """UTF-8, or GB18030 as spreadsheet programs of Chinese computers write it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(
        _("Its text is in an encoding that is not known."),
        _("Save it as “CSV UTF-8 (comma delimited)”."),
    )


def _unguarded(cell: str) -> str:
    """The cell without the apostrophe that an export puts before what looks like a formula."""
    return cell[1:] if cell.startswith(GUARD) and is_formula(cell) else cell


def _require_limits(grid: Grid) -> None:
    if not _is_within_limits(len(grid.rows), max(map(len, grid.rows))):
        raise _too_long()


def _is_within_limits(rows: int, columns: int) -> bool:
    """A hundred rows more than the limit: titles stand above a header."""
    return rows <= ROWS_LIMIT + 100 and columns <= COLUMNS_LIMIT


def _too_long() -> SheetRefused:
    return _refused(
        format_lazy(
            _("It has more than {rows} rows or {columns} columns."),
            rows=f"{ROWS_LIMIT:,}",
            columns=COLUMNS_LIMIT,
        ),
        _("Divide it into several files, and delete empty columns at the edge."),
    )


def _damaged() -> SheetRefused:
    return _refused(
        _("It is damaged, or protected by a password."),
        _("Open it on your computer, save it as .xlsx without a password, and try again."),
    )


def _empty() -> SheetRefused:
    return _refused(_("It holds no rows."), _("Check that it is the right file, and was saved."))


def _refused(why: object, what_next: object) -> SheetRefused:
    return SheetRefused(_("The file was not taken."), why, what_next)
