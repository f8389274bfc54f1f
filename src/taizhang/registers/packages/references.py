"""Finding the row that a cell names: by uscc, else by record number (handbook 2.6 rule 3)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.core.exceptions import FieldDoesNotExist

from taizhang.core.organisations.models import Area
from taizhang.core.records.models import Record
from taizhang.lib.nearest import nearest
from taizhang.registers.merging.aliases import survivors
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.rows import Row, Target

KEYS = ("uscc", "record_no")  # in the order in which a reference is looked up
LOOKUP_SIZE = 500
NEAR_AMONG = 5000

Directory = Mapping[str, Mapping[str, Target]]  # key field → text → what has it


def key_fields(model: type[Record]) -> tuple[str, ...]:
    """The fields by which rows of a register are named."""
    return tuple(name for name in KEYS if _has_field(model, name))


def find_references(rows: Iterable[Row]) -> list[Fault]:
    """Set `targets` of every row; a name that nothing has is a fault."""
    rows = list(rows)
    wanted = _wanted(rows)
    directories = {
        model: _directory(model, texts, [row for row in rows if row.spec.model is model])
        for model, texts in wanted.items()
    }
    return [
        *_area_faults(rows),
        *(fault for row in rows for fault in _find_targets(row, directories)),
    ]


def stored(model: type[Record], key: str, texts: Collection[str]) -> dict[str, Target]:
    """The records of the database that have one of the texts as their key."""
    found: dict[str, Target] = {}
    ordered = sorted(texts)
    own_area = "region_id" if _has_field(model, "region") else "pk"
    for start in range(0, len(ordered), LOOKUP_SIZE):
        chunk = ordered[start : start + LOOKUP_SIZE]
        records = model.objects.filter(**{f"{key}__in": chunk}).values_list(key, "pk", own_area)
        found.update(
            (text, Target(stored_pk=pk, stored_area=str(area or ""))) for text, pk, area in records
        )
    return _standing(model, found, own_area)


def _standing(model: type[Record], found: dict[str, Target], own_area: str) -> dict[str, Target]:
    """With the record that stands for it in place of each that was merged away."""
    into = survivors(model, {target.stored_pk for target in found.values()})
    if not into:
        return found
    areas = dict(model.objects.filter(pk__in=into.values()).values_list("pk", own_area))
    standing = {
        loser: Target(stored_pk=pk, stored_area=str(areas[pk] or "")) for loser, pk in into.items()
    }
    return {text: standing.get(target.stored_pk, target) for text, target in found.items()}


def _wanted(rows: Iterable[Row]) -> dict[type[Record], set[str]]:
    wanted: dict[type[Record], set[str]] = defaultdict(set)
    for row in rows:
        for column, names in row.named.items():
            wanted[row.spec.model._meta.get_field(column).related_model].update(names)
    return wanted


def _directory(model: type[Record], texts: set[str], rows: list[Row]) -> Directory:
    """Rows of the package go before the records of the database that they repeat."""
    directory: dict[str, dict[str, Target]] = {}
    for key in key_fields(model):
        directory[key] = stored(model, key, texts)
        directory[key].update((row.texts[key], Target(row=row)) for row in rows if key in row.texts)
    return directory


def _find_targets(row: Row, directories: Mapping[type[Record], Directory]) -> Iterator[Fault]:
    for column, names in row.named.items():
        model = row.spec.model._meta.get_field(column).related_model
        targets: list[Target] = []
        for name in names:
            target = _find(directories[model], name)
            if target is None:
                yield _unknown(row, column, name, model, directories[model])
            else:
                targets.append(target)
        row.targets[column] = targets


def _find(directory: Directory, name: str) -> Target | None:
    for targets in directory.values():
        if name in targets:
            return targets[name]
    return None


def _unknown(row: Row, column: str, name: str, model: type[Record], directory: Directory) -> Fault:
    register = model.REGISTER.rpartition(".")[2]
    row.faulty.add(column)
    known = {text for targets in directory.values() for text in targets}
    near = nearest(name, known) if len(known) <= NEAR_AMONG else None
    if near:
        params = {"register": register, "near": near}
        return Fault("unknown_row_near", row.file, row.number, column, name, params)
    return Fault("unknown_row", row.file, row.number, column, name, {"register": register})


def _area_faults(rows: Iterable[Row]) -> Iterator[Fault]:
    known = set(Area.objects.values_list("code", flat=True))
    for row in rows:
        if row.area and row.area not in known:
            yield row.fault("unknown_area", "region", params={"known": ", ".join(sorted(known))})


def _has_field(model: type[Record], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
