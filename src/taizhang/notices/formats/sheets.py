"""Workbooks (.xlsx, .xls) and their rows as text (.csv): a table below the lines of its title."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

from taizhang.lib.workbooks import BrokenWorkbook, HugeWorkbook, plain_workbook
from taizhang.notices.document import MAX_CELLS, Document, DocumentBuilder, Place
from taizhang.notices.errors import BrokenFile, EncryptedFile, TooLarge
from taizhang.notices.formats.archive import MAX_UNPACKED
from taizhang.notices.formats.encoding import decode
from taizhang.notices.formats.flow import write_lines
from taizhang.notices.reading.columns import read_head
from taizhang.notices.reading.wording import number_mark

_Value = int | float | str | bool | time | date | datetime | timedelta


def read_xlsx(content: bytes) -> Document:
    """The document in an .xlsx workbook, hidden rows and sheets left out.

    Raises `BrokenFile`, `EncryptedFile` or `TooLarge`.
    """
    try:
        shown = plain_workbook(
            content, unpacked=MAX_UNPACKED, fits=_may_be_laid_out, keeps_hidden_rows=False
        )
        return read_sheets(shown)
    except BrokenWorkbook as error:
        raise BrokenFile("the workbook") from error
    except HugeWorkbook as error:
        raise TooLarge(len(content), MAX_UNPACKED) from error


def read_sheets(content: bytes) -> Document:
    """The document in a workbook of any kind, hidden sheets left out."""
    builder = DocumentBuilder()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheets_metadata:
            is_shown = sheet.visible == SheetVisibleEnum.Visible
            if is_shown and sheet.typ == SheetTypeEnum.WorkSheet:
                builder.begin_page()
                _write(builder, workbook.get_sheet_by_name(sheet.name))
    except PasswordError as error:
        raise EncryptedFile from error
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise BrokenFile("the workbook") from error
    except BaseException as panic:
        # calamine panics over some damaged .xls files, and the class of a panic of Rust cannot
        # be imported; it is told by its name, all else goes on its way.
        if type(panic).__name__ != "PanicException":
            raise
        raise BrokenFile("the workbook") from panic
    return builder.build()


def read_csv(content: bytes) -> Document:
    """The document in rows whose cells commas, semicolons or tabs part. Raises `NotText`."""
    text = decode(content)
    between = max(",;\t", key=text.partition("\n\n")[0].count)
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=between)]
    except csv.Error as error:  # a cell of more than 131,072 characters
        raise BrokenFile("the rows") from error
    builder = DocumentBuilder()
    _write_rows(builder, rows, {})
    return builder.build()


def _may_be_laid_out(rows: int, columns: int) -> bool:
    return rows * columns <= MAX_CELLS


def _write(builder: DocumentBuilder, sheet: CalamineSheet) -> None:
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise TooLarge(sheet.total_height * sheet.total_width, MAX_CELLS, "cells")
    rows = [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    _write_rows(builder, rows, _merged(sheet, rows))


def _write_rows(
    builder: DocumentBuilder, rows: Sequence[Sequence[str]], merged: Mapping[Place, Place]
) -> None:
    starts = [0, *_further_titles(rows)]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        above, table = _above_table(rows[start:end])
        write_lines(builder, above)
        first = start + len(above)
        lowered = {
            (row - first, column): (origin[0] - first, origin[1])
            for (row, column), origin in merged.items()
            if first <= origin[0] and row < end
        }
        builder.grid(table, lowered)


def _further_titles(rows: Sequence[Sequence[str]]) -> Iterator[int]:
    """The rows at which another ledger begins below the first: its title, right above its head.

    A numbered heading above a head that is repeated goes on with the same ledger.
    """
    filled = [[cell for cell in row if cell.strip()] for row in rows]
    heads = [at for at, cells in enumerate(filled) if len(cells) > 2 and read_head(cells)]
    for head in heads[1:]:
        title = head - 1
        if len(filled[title]) == 1 and number_mark(filled[title][0]) is None:
            yield title


def _above_table(rows: Sequence[Sequence[str]]) -> tuple[list[str], Sequence[Sequence[str]]]:
    """The lines above the table, and its rows: it begins where a row has several cells."""
    for at, row in enumerate(rows):
        if sum(bool(cell.strip()) for cell in row) > 1:
            return _lines(rows[:at]), rows[at:]
    return _lines(rows), []


def _lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """One line for each row, so that a row's place stays its line's place."""
    return ["".join(row).replace("\n", "") for row in rows]


def _merged(sheet: CalamineSheet, rows: Sequence[Sequence[str]]) -> Mapping[Place, Place]:
    return dict(_covered(sheet.merged_cell_ranges or [], rows))


def _covered(
    ranges: Sequence[tuple[Place, Place]], rows: Sequence[Sequence[str]]
) -> Iterator[tuple[Place, Place]]:
    covered = 0  # ranges do not overlap, unless somebody made them to take time
    for (top, left), (bottom, right) in ranges:
        for row in range(top, min(bottom + 1, len(rows))):
            columns = range(left, min(right + 1, len(rows[row])))
            covered += len(columns)
            if covered > MAX_CELLS:
                raise TooLarge(covered, MAX_CELLS, "merged cells")
            for column in columns:
                if (row, column) != (top, left):
                    yield (row, column), (top, left)


def _shown(value: _Value) -> str:
    """A value as a reader sees it: whole numbers without a fraction, days in Chinese."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, date):  # a datetime too
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).replace("\r\n", "\n").replace("\r", "\n")
