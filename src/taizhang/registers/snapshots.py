"""Writing the verified rows of the registers into a snapshot, for the engine to read."""

import fcntl
from collections import defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path

import pyarrow as pa

from taizhang.measures.catalogue import Field, FieldType
from taizhang.measures.snapshot import Snapshot, SnapshotError, arrow_schema, write_snapshot
from taizhang.registers.catalogue import offered_registers
from taizhang.registers.spec import REGISTERS, RegisterSpec


def take_snapshot(folder: Path, changed: Collection[str] | None = None) -> Snapshot:
    """A snapshot of all offered registers; only the `changed` ones are read where one exists.

    One process at a time: whoever comes later reads later, so no snapshot goes back in time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "LOCK").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        previous = _current(folder)
        if previous is None or changed is None or not _fits(previous):
            previous, changed = None, tuple(REGISTERS)
        if previous is not None and not changed:
            return previous
        known = VerifiedIds()
        tables = {
            slug: verified_rows(REGISTERS[slug], known) for slug in changed if slug in REGISTERS
        }
        return write_snapshot(folder, tables, previous)


class VerifiedIds(dict[str, frozenset[int]]):
    """The ids of the verified rows by register, each register asked once."""

    def __missing__(self, slug: str) -> frozenset[int]:
        rows = REGISTERS[slug].model.objects.verified()
        self[slug] = frozenset(rows.values_list("pk", flat=True))
        return self[slug]


def verified_rows(spec: RegisterSpec, known: VerifiedIds) -> pa.Table:
    """The verified rows of a register with the columns of `arrow_schema`.

    References to rows that are not verified read as null, or drop out of a list (handbook 0.5).
    """
    register = offered_registers()[spec.slug]
    schema = arrow_schema(register)
    entered = {
        field.name: field for field in register.fields.values() if field.name in schema.names
    }
    lists = [field for field in entered.values() if field.many and field.type is FieldType.REF]
    single = [name for name in schema.names if name not in {field.name for field in lists}]
    attributes = [_attribute(spec, name) for name in single]
    rows = list(spec.model.objects.verified().order_by("pk").values_list(*attributes))
    columns = {
        name: [_plain(value) for value in values]
        for name, values in zip(single, _transposed(rows, len(single)), strict=True)
    }
    for field in entered.values():
        if field.type is FieldType.REF and not field.many:
            columns[field.name] = _verified_only(columns[field.name], known[field.target])
    for field in lists:
        linked = _linked(spec, field, known[field.target])
        columns[field.name] = [linked.get(pk, []) for pk in columns["id"]]
    return pa.table({name: columns[name] for name in schema.names}, schema=schema)


def _current(folder: Path) -> Snapshot | None:
    try:
        return Snapshot.open(folder)
    except SnapshotError:
        return None


def _fits(snapshot: Snapshot) -> bool:
    """Has it the registers and columns of today? A new version of the product may bring others."""
    found = {slug: table.columns for slug, table in snapshot.tables.items()}
    registers = offered_registers()
    return found == {slug: tuple(arrow_schema(registers[slug]).names) for slug in registers}


def _attribute(spec: RegisterSpec, name: str) -> str:
    """The name under which `values_list` gives the raw value: the id of a reference."""
    field = spec.model._meta.get_field(name)
    return field.attname if field.is_relation else name


def _transposed(rows: list[tuple], width: int) -> Iterable[tuple]:
    return zip(*rows, strict=True) if rows else [()] * width


def _plain(value: object) -> object:
    """An empty cell is null to a formula, whatever the database keeps for it."""
    return None if value == "" else value


def _verified_only(ids: list[int | None], known: frozenset[int]) -> list[int | None]:
    return [pk if pk in known else None for pk in ids]


def _linked(spec: RegisterSpec, field: Field, known: frozenset[int]) -> dict[int, list[int]]:
    """The verified rows that each row's list of references holds, in the order of their ids."""
    relation = spec.model._meta.get_field(field.name)
    through = relation.remote_field.through
    source, target = relation.m2m_column_name(), relation.m2m_reverse_name()
    linked: dict[int, list[int]] = defaultdict(list)
    for row, other in through.objects.order_by(target).values_list(source, target):
        if other in known:
            linked[row].append(other)
    return linked
