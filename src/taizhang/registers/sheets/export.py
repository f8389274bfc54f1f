"""Exports: exactly the rows of a list as CSV or XLSX, in a form that can be imported again."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import IO

import xlsxwriter
from django.db import models
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from xlsxwriter.worksheet import Worksheet

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.core.records.fields import EnumListField
from taizhang.core.records.models import Record
from taizhang.registers.display import yes_no
from taizhang.registers.references import naming
from taizhang.registers.sheets.columns import exported_columns, headers
from taizhang.registers.sheets.formulas import GUARD, is_formula
from taizhang.registers.sheets.marker import MARKER_SHEET, marker_cells
from taizhang.registers.spec import RegisterSpec

Cell = str | int | Decimal | date | datetime | None

SEPARATOR = "；"
_ROWS_AT_ONCE = 1000
_EXACT_DIGITS = 15  # more than a spreadsheet keeps of a number
_LONGEST_CELL = 32_767


def note_export(
    spec: RegisterSpec, rows: QuerySet[Record], query: QueryDict, form: str, *, by: User
) -> int:
    """Write down who takes which rows out of the product, and how many; before the first leaves."""
    count = rows.count()
    asked = {name: query.getlist(name) for name in sorted(query)}
    write_audit(
        by=by,
        action="export_sheet",
        subject=spec.key,
        changes={
            "form": (None, form),
            "rows": (None, count),
            "query": (None, asked or None),
            "columns": (None, list(exported_columns(spec, by))),
        },
    )
    return count


def csv_chunks(spec: RegisterSpec, rows: QuerySet[Record], by: User) -> Iterator[bytes]:
    """The sheet as CSV in UTF-8 with a mark by which Excel knows it, a thousand rows at a time."""
    names = exported_columns(spec, by)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    yield b"\xef\xbb\xbf"
    writer.writerow(headers(spec, names))
    for count, row in enumerate(exported_rows(spec, rows, names), start=1):
        writer.writerow([_guarded(cell) for cell in row])
        if count % _ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def workbook_file(spec: RegisterSpec, rows: QuerySet[Record], by: User) -> IO[bytes]:
    """The sheet as a workbook in a temporary file, written row by row and open at its start."""
    names = exported_columns(spec, by)
    file = tempfile.TemporaryFile(prefix="taizhang-sheet-")  # noqa: SIM115 - the caller closes it
    with xlsxwriter.Workbook(file, WRITER_OPTIONS) as workbook:
        sheet = workbook.add_worksheet(sheet_name(spec))
        head = workbook.add_format({"bold": True, "bg_color": "#F2F2F2", "bottom": 1})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(names) - 1, 16)
        labels = headers(spec, names)
        sheet.write_row(0, 0, labels, head)
        for number, row in enumerate(exported_rows(spec, rows, names), start=1):
            for place, cell in enumerate(row):
                _write_cell(sheet, number, place, cell, day)
        add_marker(workbook, spec, dict(zip(labels, names, strict=True)))
    file.seek(0)
    return file


# Cells are text unless written as something else: nothing that somebody typed becomes a formula.
WRITER_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


def sheet_name(spec: RegisterSpec) -> str:
    """The label of the register without what a sheet's name may not have; 31 characters at most."""
    return str(spec.label).translate(dict.fromkeys(map(ord, "[]:*?/\\'"), " "))[:31].strip()


def add_marker(
    workbook: xlsxwriter.Workbook, spec: RegisterSpec, fields: Mapping[str, str]
) -> None:
    """The hidden sheet by which the columns (header → field) are known when it comes back."""
    sheet = workbook.add_worksheet(MARKER_SHEET)
    for row, text in enumerate(marker_cells(spec.slug, fields)):
        sheet.write_string(row, 0, text)
    sheet.very_hidden()


def exported_rows(
    spec: RegisterSpec, rows: QuerySet[Record], names: Iterable[str]
) -> Iterator[list[Cell]]:
    """The cells of each record; a reference by name and number, so that it is found again."""
    fields = [spec.model._meta.get_field(name) for name in names]
    single = [field for field in fields if field.is_relation and not field.many_to_many]
    lists = [field.name for field in fields if field.many_to_many]
    joined = [
        *(field.name for field in single),
        *(f"{f.name}__{n}" for f in single for n in getattr(f.related_model, "NAMED_BY", ())),
    ]
    readers = [_reader(field) for field in fields]
    wanted = rows.select_related(*joined).prefetch_related(*lists)
    for record in wanted.iterator(chunk_size=_ROWS_AT_ONCE):
        yield [read(record) for read in readers]


def _reader(field: models.Field) -> Callable[[Record], Cell]:
    """How the cell of a field is read off a record."""
    name = field.name
    if field.many_to_many:
        return lambda record: SEPARATOR.join(map(naming, getattr(record, name).all()))
    if field.is_relation:
        return lambda record: _named(getattr(record, name))
    if isinstance(field, EnumListField):
        labels = {value: str(label) for value, label in field.enum}
        return lambda record: SEPARATOR.join(labels.get(v, v) for v in getattr(record, name))
    if field.choices:
        labels = {value: str(label) for value, label in field.flatchoices}
        return lambda record: labels.get(getattr(record, name), getattr(record, name))
    return lambda record: _plain(getattr(record, name))


def _named(target: models.Model | None) -> str:
    if target is None:
        return ""
    return naming(target) if isinstance(target, Record) else str(target)


def _plain(value: object) -> Cell:
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, list):
        return SEPARATOR.join(map(str, value))
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    return value


def _guarded(cell: Cell) -> object:
    """A text that a spreadsheet program would take for a formula, behind an apostrophe.

    A negative number is a number: it stands as it is.
    """
    if isinstance(cell, str) and is_formula(cell):
        return f"{GUARD}{cell}"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return "" if cell is None else cell


def _write_cell(sheet: Worksheet, row: int, place: int, cell: Cell, day: object) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, place, cell, day)
    elif isinstance(cell, int | Decimal):
        if len(str(cell).lstrip("-").replace(".", "")) > _EXACT_DIGITS:
            sheet.write_string(row, place, f"{cell:f}" if isinstance(cell, Decimal) else str(cell))
        else:
            sheet.write_number(row, place, cell)
    else:
        sheet.write_string(row, place, cell[:_LONGEST_CELL])


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
