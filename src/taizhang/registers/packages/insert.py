"""Writing the rows of a package that refer to each other, in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import models

from taizhang.core.records.models import Record
from taizhang.registers.lists.search_index import index_records
from taizhang.registers.packages.rows import Row, Target

BATCH_SIZE = 500


def insert_rows(rows: list[Row]) -> None:
    """Insert the rows and set their ids.

    Rows go in waves: each after those that it refers to. Where rows refer to each other in a ring,
    or one to itself, an optional reference is empty at first and filled at the end.
    """
    waiting = rows
    postponed = [(row, column) for row in waiting for column in _to_itself(row)]
    while waiting:
        wave = [row for row in waiting if not any(_unstored(row))]
        if not wave:
            wave = _first_of_rings(waiting)
            postponed.extend((row, column) for row in wave for column in _unstored(row))
        _insert(wave)
        waiting = [row for row in waiting if row.pk is None]
    _fill_postponed(postponed)
    _insert_links(rows)
    _index(rows)


def _to_itself(row: Row) -> Iterator[str]:
    return (column for column, target in _single(row) if target.row is row)


def _unstored(row: Row) -> Iterator[str]:
    """The columns that refer to another row without an id."""
    return (
        column for column, target in _single(row) if target.pk is None and target.row is not row
    )


def _single(row: Row) -> Iterator[tuple[str, Target]]:
    """The references with one value; those with several are written at the end."""
    for column, targets in row.targets.items():
        if targets and not row.record._meta.get_field(column).many_to_many:
            yield column, targets[0]


def _first_of_rings(waiting: list[Row]) -> list[Row]:
    """The rows of the first register whose open references may all be empty for a moment."""
    free = [
        row
        for row in waiting
        if all(row.record._meta.get_field(column).null for column in _unstored(row))
    ]
    return [row for row in free if row.spec is free[0].spec]


def _insert(rows: Iterable[Row]) -> None:
    by_model: dict[type[Record], list[Row]] = defaultdict(list)
    for row in rows:
        by_model[row.spec.model].append(row)
    for model, own in by_model.items():
        for row in own:
            _set_references(row)
        created = model.objects.bulk_create([row.record for row in own], batch_size=BATCH_SIZE)
        for row, record in zip(own, created, strict=True):
            row.pk = record.pk


def _set_references(row: Row) -> None:
    for column, target in _single(row):
        setattr(row.record, row.record._meta.get_field(column).attname, target.pk)


def _fill_postponed(postponed: Iterable[tuple[Row, str]]) -> None:
    by_column: dict[tuple[type[Record], str], list[Record]] = defaultdict(list)
    for row, column in postponed:
        _set_references(row)
        by_column[row.spec.model, column].append(row.record)
    for (model, column), records in by_column.items():
        model.objects.bulk_update(records, [column], batch_size=BATCH_SIZE)


def _insert_links(rows: Iterable[Row]) -> None:
    """The rows of the tables between, for references with several values."""
    links: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        for column, targets in row.targets.items():
            field = row.record._meta.get_field(column)
            if field.many_to_many:
                through = field.remote_field.through
                near, far = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
                links[through].extend(
                    through(**{near: row.pk, far: target.pk}) for target in targets
                )
    for through, entries in links.items():
        through.objects.bulk_create(entries, batch_size=BATCH_SIZE)


def _index(rows: Iterable[Row]) -> None:
    """So that the rows are found by a search."""
    by_register: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_register[row.spec.slug].append(row)
    for own in by_register.values():
        index_records(own[0].spec, (row.record for row in own))
