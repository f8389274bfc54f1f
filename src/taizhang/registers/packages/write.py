"""Writing a facts package: the counterpart of reading one; the same rows give the same bytes."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from taizhang.registers.packages.cells import SEPARATOR
from taizhang.registers.packages.columns import entered_fields
from taizhang.registers.spec import REGISTERS

Value = bool | int | Decimal | date | datetime | str | None
Row = Mapping[str, "Value | Iterable[Value]"]


def write_package(folder: Path, tables: Mapping[str, Iterable[Row]]) -> None:
    """Write `<slug>.csv` for each table into the folder, which is made where it is missing.

    A reference is written as the uscc or record number that it stands for. A column that no row
    fills is left out. Raises UnknownKey for a register nobody offers, KeyError for a column that
    the register does not have.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for slug, rows in tables.items():
        _write_table(folder / f"{slug}.csv", slug, list(rows))


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


def _write_table(path: Path, slug: str, rows: list[Row]) -> None:
    known = entered_fields(REGISTERS[slug].model)
    unknown = {name for row in rows for name in row} - known.keys()
    if unknown:
        raise KeyError(f"{slug} has no column {', '.join(sorted(unknown))}")
    texts = [{name: cell_text(value) for name, value in row.items()} for row in rows]
    filled = [name for name in known if any(row.get(name) for row in texts)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(filled)
        writer.writerows([row.get(name, "") for name in filled] for row in texts)
