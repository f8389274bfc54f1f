"""Which columns a register's file may have, and which of them a header names."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from taizhang.core.records.models import Record
from taizhang.lib.nearest import nearest
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.read import Sheet
from taizhang.registers.spec import RegisterSpec

COMMON = (
    "record_no",
    "owner_org",
    "region",
    "record_status",
    "entered_at",
    "source",
    "external_ref",
    "confidentiality",
)
NOT_IN_PACKAGES = frozenset({"evidence", "corrections"})  # fields of 2.1 that 2.6 leaves out
FILLED = frozenset(
    {"record_no", "record_status", "entered_at", "source", "confidentiality", "person_key"}
)
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Columns:
    """Position → field of the columns that are stored; derived ones are left out (2.6 rule 6)."""

    fields: Mapping[int, models.Field]
    faults: tuple[Fault, ...]


@cache
def entered_fields(model: type[Record]) -> Mapping[str, models.Field]:
    """The fields of 2.5 and the common ones of a package, by name, in the order of the handbook."""
    own = [
        field
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if not field.primary_key and (field.name in COMMON or not _is_common(field.name))
    ]
    order = {name: place for place, name in enumerate(COMMON)}
    own.sort(key=lambda field: order.get(field.name, len(order)))
    return {field.name: field for field in own}


def filled_by_load(spec: RegisterSpec) -> frozenset[str]:
    """The columns that the load itself fills in where the cell is empty.

    A field that the register has of its own takes the place of the common one of that name
    (handbook 2.1), such as the source of special money: nothing is filled in there.
    """
    return FILLED - set(spec.fields)


def is_required(spec: RegisterSpec, field: models.Field) -> bool:
    """Does every row need a value that the load cannot fill in itself?"""
    return not (field.blank or field.name in filled_by_load(spec) or field.has_default())


def read_header(sheet: Sheet, spec: RegisterSpec) -> Columns:
    """The columns of a sheet; each that cannot be is a fault, named with its letter."""
    known = entered_fields(spec.model)
    fields: dict[int, models.Field] = {}
    faults: list[Fault] = []
    places: dict[str, int] = {}
    for place, name in enumerate(sheet.header):
        if fault := _header_fault(sheet, spec, place, places):
            faults.append(fault)
            name = _meant(sheet, fault)
        if name in known and name not in places:
            fields[place] = known[name]
        places.setdefault(name, place)
    if sheet.header:
        faults.extend(
            Fault("column_missing", sheet.file, 1, field.name)
            for field in known.values()
            if is_required(spec, field) and field.name not in places and sheet.lines
        )
    return Columns(fields, tuple(faults))


def letter(place: int) -> str:
    """The letter that a spreadsheet gives to the column at a place counted from 0.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    higher, own = divmod(place, LETTERS)
    return (letter(higher - 1) if higher else "") + chr(ord("A") + own)


def _is_common(name: str) -> bool:
    try:
        Record._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _header_fault(
    sheet: Sheet, spec: RegisterSpec, place: int, places: Mapping[str, int]
) -> Fault | None:
    name = sheet.header[place]
    if not name:
        has_values = any(line.cells[place] for line in sheet.lines if place < len(line.cells))
        return _fault(sheet, "column_unnamed", place) if has_values else None
    if name in places:
        return _fault(sheet, "column_twice", place, first=letter(places[name]))
    if name in entered_fields(spec.model) or name in spec.derived:
        return None
    return _unknown(sheet, spec, place)


def _meant(sheet: Sheet, fault: Fault) -> str:
    """The name that a mistyped one stands for: its cells are read, so that their faults show."""
    near = str(fault.params.get("near", ""))
    return "" if near in sheet.header else near


def _unknown(sheet: Sheet, spec: RegisterSpec, place: int) -> Fault:
    name = sheet.header[place]
    if name == "id" or _is_common(name):
        return _fault(sheet, "system_column", place)
    if name in NOT_IN_PACKAGES:
        return _fault(sheet, "not_in_packages", place)
    known = (*entered_fields(spec.model), *spec.derived)
    near = nearest(name, known)
    if near:
        return _fault(sheet, "unknown_column_near", place, near=near)
    return _fault(sheet, "unknown_column", place, known=", ".join(known))


def _fault(sheet: Sheet, key: str, place: int, **params: object) -> Fault:
    return Fault(
        key, sheet.file, 1, sheet.header[place], params={"letter": letter(place), **params}
    )
