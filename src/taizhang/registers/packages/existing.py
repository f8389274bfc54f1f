"""Rows of a package that the database holds already: just so, or otherwise under the same key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from taizhang.core.records.models import Record
from taizhang.registers.packages.columns import filled_by_load
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.references import key_fields, stored
from taizhang.registers.packages.rows import Row


def match_existing(rows: Iterable[Row]) -> None:
    """Set `pk` of the rows whose key the database knows, by uscc, else by record number."""
    by_model: dict[type[Record], list[Row]] = defaultdict(list)
    for row in rows:
        by_model[row.spec.model].append(row)
    for model, own in by_model.items():
        for key in key_fields(model):
            found = stored(model, key, {row.texts[key] for row in own if key in row.texts})
            for row in own:
                if row.pk is None and (target := found.get(row.texts.get(key, ""))):
                    row.pk = target.pk


def compare_existing(rows: Iterable[Row]) -> Iterator[Fault]:
    """A fault for each row that says something else than the record of its key.

    A package adds records and never changes one: a verified record is corrected by two persons
    (handbook 4.3). The same row again is no fault, so that a grown package can be loaded anew.
    """
    by_model: dict[type[Record], list[Row]] = defaultdict(list)
    for row in rows:
        if row.pk is not None:
            by_model[row.spec.model].append(row)
    for model, own in by_model.items():
        lists = [field.name for field in model._meta.many_to_many]
        records = model.objects.prefetch_related(*lists).in_bulk([row.pk for row in own])
        for row in own:
            if differing := list(_differing(row, records[row.pk])):
                key = next(key for key in key_fields(model) if key in row.texts)
                yield row.fault("exists", key, params={"fields": ", ".join(differing)})


def _differing(row: Row, record: Record) -> Iterator[str]:
    """The columns of the file, in its words, whose cells are not what is stored.

    An empty cell of a column that the load fills in says nothing.
    """
    filled_in = filled_by_load(row.spec)
    for name in sorted(row.columns - row.faulty):
        says_nothing = name not in row.texts and name in filled_in
        if not says_nothing and _said(row, name) != _stored(record, name):
            yield name


def _said(row: Row, name: str) -> object:
    field = row.spec.model._meta.get_field(name)
    if name in row.named:
        pks = {target.pk for target in row.targets.get(name, ())}
        return pks if field.many_to_many else next(iter(pks), None)
    return (row.area or None) if field.is_relation else row.values[name]


def _stored(record: Record, name: str) -> object:
    field = record._meta.get_field(name)
    if field.many_to_many:
        return {related.pk for related in getattr(record, name).all()}
    return getattr(record, field.attname)
