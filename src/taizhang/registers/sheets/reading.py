"""The rows of a sheet on their way into a register: cells read, records and references found."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import models

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area
from taizhang.core.records.models import Record
from taizhang.registers.authority import closed_fields
from taizhang.registers.packages.cells import CellRefused
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.references import LOOKUP_SIZE
from taizhang.registers.packages.rows import Row, Target
from taizhang.registers.sheets.cells import read_value, text_of
from taizhang.registers.sheets.columns import NUMBER
from taizhang.registers.sheets.references import Directory, areas_by_name
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import lists_of

KEYS = (NUMBER, "uscc")  # by which a row names the record that it is about
Steps = Callable[[str, int, int], None]  # phase, done, of how many
Cells = Sequence[Sequence[object]]


@dataclass(frozen=True)
class ReadSheet:
    """`rows` with what can be read in them; a row of a known record has its `pk` and `record`."""

    rows: list[Row]
    faults: list[Fault]
    records: Mapping[tuple[type[models.Model], object], models.Model]

    def records_of(self, row: Row, name: str) -> list[Record]:
        """What the cell of a reference names."""
        model = row.spec.model._meta.get_field(name).related_model
        return [self.records[model, target.stored_pk] for target in row.targets.get(name, ())]

    def record_of(self, row: Row, name: str) -> models.Model | None:
        """The area or record that a cell names."""
        if row.spec.model._meta.get_field(name).related_model is Area:
            return self.records[Area, row.area] if row.area else None
        return next(iter(self.records_of(row, name)), None)


def read_sheet(
    spec: RegisterSpec,
    cells: Cells,
    header_row: int,
    columns: Mapping[int, str],
    *,
    by: User,
    steps: Steps,
) -> ReadSheet:
    """The filled rows below the header. What is wrong with a cell is a fault, and no end."""
    reading = _Reading(spec, columns, by)
    lines = [
        (number, line)
        for number, line in enumerate(cells[header_row + 1 :], start=header_row + 2)
        if any(text_of(cell) for cell in line)
    ]
    for done, (number, line) in enumerate(lines, start=1):
        reading.read_row(number, line)
        steps("reading", done, len(lines))
    reading.find_records()
    reading.find_references()
    return ReadSheet(reading.rows, reading.faults, reading.records)


class _Reading:
    """One pass over the rows of a sheet, gathering rows and faults."""

    def __init__(self, spec: RegisterSpec, columns: Mapping[int, str], by: User) -> None:
        self.spec, self.by = spec, by
        self.fields = {place: spec.model._meta.get_field(name) for place, name in columns.items()}
        self.names = frozenset(columns.values())
        self.closed = closed_fields(spec, by, None)
        self.areas = areas_by_name()
        self.rows: list[Row] = []
        self.faults: list[Fault] = []
        self.records: dict[tuple[type[models.Model], object], models.Model] = {
            (Area, area.code): area for found in self.areas.values() for area in found
        }

    def read_row(self, number: int, line: Sequence[object]) -> None:
        filled = {place: line[place] for place in self.fields if place < len(line)}
        texts = {self.fields[place].name: text_of(cell) for place, cell in filled.items()}
        row = Row(self.spec, "", number, {k: v for k, v in texts.items() if v}, self.names)
        for place, cell in filled.items():
            field = self.fields[place]
            if field.name in row.texts and field.name != NUMBER:
                self._read_cell(row, field, cell)
        self.rows.append(row)

    def find_records(self) -> None:
        """Set `pk` and `record` of the rows whose number or credit code is known."""
        seen: dict[int, int] = {}
        known = self._known_records()
        for row in self.rows:
            self._find_record(row, known)
            if row.pk is not None:
                first = seen.setdefault(row.pk, row.number)
                if first != row.number:
                    self.faults.append(row.fault("sheet_twice", _key(row), params={"first": first}))

    def find_references(self) -> None:
        """Set `targets` of every reference that a cell names."""
        for field in self.fields.values():
            if not field.is_relation or field.related_model is Area:
                continue
            rows = [row for row in self.rows if field.name in row.texts]
            texts = {row.texts[field.name] for row in rows}
            kept = {pk for row in rows if row.record for pk in _standing(row.record, field)}
            directory = Directory(field.related_model, self.by, texts, kept)
            for row in rows:
                self._refer(row, field, directory)

    def _read_cell(self, row: Row, field: models.Field, cell: object) -> None:
        if field.related_model is Area:
            self._read_area(row, field)
        elif field.is_relation:
            row.named[field.name] = [row.texts[field.name]]
        else:
            try:
                row.values[field.name] = read_value(field, cell)
            except CellRefused as refusal:
                self._fault(row, refusal.key, field.name, params=refusal.params)

    def _read_area(self, row: Row, field: models.Field) -> None:
        found = self.areas.get(row.texts[field.name], [])
        if len(found) == 1:
            row.area = found[0].code
        elif found:
            numbers = ", ".join(area.code for area in found)
            self._fault(row, "sheet_several_areas", field.name, params={"numbers": numbers})
        else:
            self._fault(row, "sheet_area", field.name)

    def _refer(self, row: Row, field: models.Field, directory: Directory) -> None:
        text = row.texts[field.name]
        named = directory.find_all(text) if field.many_to_many else [(text, directory.find(text))]
        for _part, found in named:
            if not found:
                self._fault(row, "sheet_unknown", field.name)
            elif len(found) > 1:
                numbers = ", ".join(sorted(record.record_no for record in found))
                self._fault(row, "sheet_several", field.name, params={"numbers": numbers})
            else:
                self.records[field.related_model, found[0].pk] = found[0]
                target = Target(stored_pk=found[0].pk, stored_area=found[0].region_id or "")
                row.targets.setdefault(field.name, []).append(target)

    def _known_records(self) -> dict[str, dict[str, Record]]:
        """Key → text → the record, for the keys that the sheet has a column for."""
        relations = [
            field.name
            for field in map(self.spec.model._meta.get_field, self.spec.fields)
            if field.is_relation and not field.many_to_many
        ]
        rows = self.spec.model.objects.select_related("owner_org", *relations)
        rows = rows.prefetch_related(*lists_of(self.spec))
        known: dict[str, dict[str, Record]] = defaultdict(dict)
        for key in self.names.intersection(KEYS):
            texts = sorted({row.texts[key] for row in self.rows if key in row.texts})
            for start in range(0, len(texts), LOOKUP_SIZE):
                for record in rows.filter(**{f"{key}__in": texts[start : start + LOOKUP_SIZE]}):
                    known[key][getattr(record, key)] = record
        self.visible = self._visible(known)
        return known

    def _visible(self, known: Mapping[str, Mapping[str, Record]]) -> frozenset[int]:
        keys = [record.pk for found in known.values() for record in found.values()]
        seen: set[int] = set()
        for start in range(0, len(keys), LOOKUP_SIZE):
            rows = self.spec.model.objects.visible_to(self.by)
            chunk = rows.filter(pk__in=keys[start : start + LOOKUP_SIZE])
            seen.update(chunk.values_list("pk", flat=True))
        return frozenset(seen)

    def _find_record(self, row: Row, known: Mapping[str, Mapping[str, Record]]) -> None:
        key = _key(row)
        record = known[key].get(row.texts[key]) if key else None
        if record is not None and record.pk in self.visible:
            row.pk, row.record = record.pk, record
        elif key == NUMBER:
            self._fault(row, "sheet_no_number", NUMBER)
        elif record is not None:
            self._fault(row, "sheet_elsewhere", key)
        if row.pk is None:
            for name in sorted(self.closed & row.texts.keys()):
                self._fault(row, "sheet_closed", name)

    def _fault(self, row: Row, key: str, column: str, **rest: object) -> None:
        if column not in row.faulty:
            self.faults.append(row.fault(key, column, **rest))


def _key(row: Row) -> str:
    """The column by which the row names its record; "" where none is filled."""
    return next((key for key in KEYS if key in row.texts), "")


def _standing(record: Record, field: models.Field) -> Iterator[int]:
    """The ids to which the record refers already."""
    if field.many_to_many:
        yield from (row.pk for row in getattr(record, field.name).all())
    elif key := getattr(record, field.attname):
        yield key
