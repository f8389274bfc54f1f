"""Workbooks of a package: their cells as the text that a CSV file would hold, and back.

Numbers, dates and truths are cells of their own kind, so that a spreadsheet can sort and add them.
"""

import io
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import python_calamine
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from taizhang.lib.workbooks import BrokenWorkbook, HugeWorkbook, plain_workbook

MOST_ROWS = 1_048_576
MOST_CELLS = 50_000_000  # and bytes: what a load may take of the memory
MOST_BYTES = 1_000_000_000
LONGEST_TEXT = 32_767
DIGITS = 15  # a spreadsheet keeps no more of a number
FIRST_YEAR = 1901  # before March 1900 spreadsheets count a day that never was
MADE_ON = datetime(
    2000, 1, 1, tzinfo=UTC
)  # no moment of writing: the same rows give the same bytes

Value = bool | int | Decimal | date | datetime | str


class NotAWorkbook(ValueError):
    """The file cannot be read as a workbook; it may be damaged, locked by a password or huge."""


class TooLarge(ValueError):
    """A text, or the rows of a register, that a sheet has no room for: write CSV instead."""


def read_workbook(content: bytes, name: str) -> list[tuple[str, ...]]:
    """The rows of the sheet called `name`, else of the first that is not hidden, from A1.

    Raises NotAWorkbook.
    """
    try:
        plain = plain_workbook(content, unpacked=MOST_BYTES, fits=_may_be_laid_out)
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(plain)) as book:
            sheet = book.get_sheet_by_name(_sheet_of(book, name))
            rows = sheet.to_python(skip_empty_area=False)
    except (
        BrokenWorkbook,
        HugeWorkbook,
        python_calamine.CalamineError,
        IndexError,
    ) as refusal:
        raise NotAWorkbook(str(refusal)) from refusal
    return [tuple(map(text_of, row)) for row in rows]


def write_workbook(path: Path, name: str, rows: Collection[Sequence[Value | None]]) -> None:
    """A workbook with one sheet called `name`. Raises TooLarge, and then leaves no file."""
    if len(rows) > MOST_ROWS or any(_is_too_long(value) for row in rows for value in row):
        raise TooLarge(name)
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE_ON})
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is not None:
                _write(sheet, number, place, value, day)
    sheet.freeze_panes(1, 0)
    book.close()


def text_of(cell: object) -> str:
    """The text that a CSV file would hold in the place of a cell.

    >>> text_of(3.0), text_of(1200000.5), text_of(True), text_of(datetime(2026, 9, 30, 8, 30))
    ('3', '1200000.5', 'true', '2026-09-30T08:30:00')
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.{DIGITS}g}'):f}"
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _may_be_laid_out(rows: int, columns: int) -> bool:
    return rows * columns <= MOST_CELLS


def _sheet_of(book: python_calamine.CalamineWorkbook, name: str) -> str:
    """Names are compared without regard to case, as a spreadsheet does."""
    visible = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible is python_calamine.SheetVisibleEnum.Visible
        and sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
    ]
    named = (sheet for sheet in visible if sheet.strip().lower() == name.lower())
    return next(named, visible[0])


def _write(sheet: Worksheet, row: int, place: int, value: Value, day: Format) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, datetime):
        sheet.write_string(row, place, value.isoformat())  # a cell keeps no offset
    elif isinstance(value, date) and value.year >= FIRST_YEAR:
        sheet.write_datetime(row, place, value, day)
    elif isinstance(value, int | Decimal) and text_of(float(value)) == _plain(value):
        sheet.write_number(row, place, float(value))
    else:
        sheet.write_string(row, place, f"{value:f}" if isinstance(value, Decimal) else str(value))


def _is_too_long(value: Value | None) -> bool:
    return isinstance(value, str) and len(value.encode("utf-16-le")) > 2 * LONGEST_TEXT


def _plain(value: int | Decimal) -> str:
    """The number without zeros at its end, as a cell gives it back."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
