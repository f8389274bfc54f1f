"""Writing a facts package: the counterpart of reading one; the same rows give the same bytes."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from taizhang.registers.packages.cells import SEPARATOR
from taizhang.registers.packages.columns import entered_fields
from taizhang.registers.packages.workbook import write_workbook
from taizhang.registers.spec import REGISTERS

Value = bool | int | Decimal | date | datetime | str | None
Row = Mapping[str, "Value | Iterable[Value]"]


class Form(StrEnum):
    """The kinds of files of which a package is made."""

    CSV = "csv"
    XLSX = "xlsx"


def write_package(folder: Path, tables: Mapping[str, Iterable[Row]], form: Form = Form.CSV) -> None:
    """Write a file for each table into the folder, which is made where it is missing.

    A reference is written as the uscc or record number that it stands for. A column that no row
    fills is left out. Raises UnknownKey for a register nobody offers, KeyError for a column that
    the register does not have, TooLarge for what a workbook has no room for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for slug, rows in tables.items():
        _write_table(folder / f"{slug}.{form}", slug, list(rows), form)


def cell_text(value: "Value | Iterable[Value]") -> str:
    """The text of a value in a cell.

    >>> cell_text(True), cell_text(None), cell_text(["model_worker", "frontline"])
    ('true', '', 'model_worker;frontline')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str | int):
        return str(value)
    return SEPARATOR.join(map(cell_text, value))


def _write_table(path: Path, slug: str, rows: list[Row], form: Form) -> None:
    known = entered_fields(REGISTERS[slug].model)
    unknown = {name for row in rows for name in row} - known.keys()
    if unknown:
        raise KeyError(f"{slug} has no column {', '.join(sorted(unknown))}")
    filled = [name for name in known if any(cell_text(row.get(name)) for row in rows)]
    if form is Form.XLSX:
        cells = [[_cell(row.get(name)) for name in filled] for row in rows]
        write_workbook(path, slug, [filled, *cells])
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(filled)
        writer.writerows([cell_text(row.get(name)) for name in filled] for row in rows)


def _cell(value: "Value | Iterable[Value]") -> Value:
    """A value that has a cell of its own kind; everything else is text."""
    if isinstance(value, bool | int | Decimal | date):
        return value
    return cell_text(value) or None
