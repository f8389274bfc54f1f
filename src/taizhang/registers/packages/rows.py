"""From lines of text to unsaved records, with the rows that they refer to still by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import models

from taizhang.core.audit.personal import MASK, masked_text
from taizhang.core.organisations.models import Area
from taizhang.core.records.fields import EncryptedTextField
from taizhang.core.records.models import Record
from taizhang.registers.packages.cells import CellRefused, parts, read_cell
from taizhang.registers.packages.columns import Columns
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.read import Line, Sheet
from taizhang.registers.spec import RegisterSpec


@dataclass(eq=False, slots=True)
class Row:
    """One row on its way into the database.

    texts: the filled cells by column. values: those that are no references, read.
    named: the references by column, as texts. targets: the same, found.
    faulty: columns that have a fault already, so that no second one follows from it.
    place: its number among all rows, below zero: it stands for the id until there is one.
    pk: its id once it is stored; the one of the record that it repeats.
    """

    spec: RegisterSpec
    file: str
    number: int
    texts: Mapping[str, str]
    columns: frozenset[str]
    values: dict[str, object] = field(default_factory=dict)
    area: str = ""
    named: dict[str, list[str]] = field(default_factory=dict)
    targets: dict[str, list["Target"]] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    record: Record | None = None
    place: int = 0
    pk: int | None = None

    def fault(self, key: str, column: str = "", **rest: object) -> Fault:
        """A fault in this row; the column counts as faulty from now on."""
        self.faulty.add(column)
        return Fault(key, self.file, self.number, column, self._told(column), **rest)

    def _told(self, column: str) -> str:
        """What the cell says, as far as a list of faults may say it: it is kept, and sent on."""
        text = masked_text(self.texts.get(column, ""))
        fields = {field.name: field for field in self.spec.model._meta.fields}
        return MASK if text and isinstance(fields.get(column), EncryptedTextField) else text


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference means: a row of the package, or a record of the database by id and area."""

    row: Row | None = None
    stored_pk: int | None = None
    stored_area: str = ""

    @property
    def pk(self) -> int | None:
        return self.stored_pk if self.row is None else self.row.pk

    @property
    def area(self) -> str:
        return self.stored_area if self.row is None else self.row.area


def read_rows(sheet: Sheet, spec: RegisterSpec, columns: Columns) -> tuple[list[Row], list[Fault]]:
    """The rows of a sheet, each with its values; a cell that cannot be read is a fault."""
    rows: list[Row] = []
    faults: list[Fault] = []
    missing = {fault.column for fault in columns.faults if fault.key == "column_missing"}
    for line in sheet.lines:
        if wrong := _width_fault(sheet, line):
            faults.append(wrong)
            continue
        texts = {
            column.name: line.cells[place]
            for place, column in columns.fields.items()
            if line.cells[place]
        }
        names = frozenset(column.name for column in columns.fields.values())
        row = Row(spec, sheet.file, line.number, texts, names, faulty=set(missing))
        faults.extend(_read_values(row, columns))
        rows.append(row)
    return rows, faults


def _width_fault(sheet: Sheet, line: Line) -> Fault | None:
    """Empty cells beyond the header do not matter, as spreadsheets leave them behind."""
    expected = len(sheet.header)
    found = len(line.cells)
    if found == expected or (found > expected and not any(line.cells[expected:])):
        return None
    params = {"found": found, "expected": expected}
    return Fault("row_width", sheet.file, line.number, params=params)


def _read_values(row: Row, columns: Columns) -> Iterator[Fault]:
    for column in columns.fields.values():
        text = row.texts.get(column.name, "")
        if column.related_model is Area:
            row.area = text
        elif column.is_relation:
            row.named[column.name] = _named(column, text)
        else:
            try:
                row.values[column.name] = read_cell(column, text)
            except CellRefused as refusal:
                yield row.fault(refusal.key, column.name, params=refusal.params)


def _named(column: models.Field, text: str) -> list[str]:
    if column.many_to_many:
        return list(dict.fromkeys(parts(text)))
    return [text] if text else []
