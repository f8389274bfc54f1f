"""What the form would ask of a row, asked of all rows of a package at once (handbook 2.5)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BooleanField, CheckConstraint, Field, Q, UniqueConstraint

from taizhang.core.organisations.models import Area, Organisation
from taizhang.core.records.models import Record
from taizhang.registers.packages.constraints import applies, fields_read, holds
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.references import key_fields
from taizhang.registers.packages.rows import Row, Target
from taizhang.registers.texts import check_texts
from taizhang.registers.values import standing_lists

EMPTY = frozenset({"null", "blank"})
Lists = Mapping[str, list[Record]]
LINES = ("parent", "industry_parent")  # the two trees of organisations


def build_records(rows: Iterable[Row]) -> None:
    """Give every row its unsaved record.

    Rows of the package have no ids yet; a reference to one holds its place, a number below zero,
    so that no rule takes it for an empty one.
    """
    rows = list(rows)
    areas = Area.objects.in_bulk()
    for place, row in enumerate(rows, start=1):
        row.place = -place
    for row in rows:
        row.record = row.spec.model(**row.values)
        if row.area in areas:
            row.record.region = areas[row.area]
        for column, targets in row.targets.items():
            field = row.record._meta.get_field(column)
            if targets and not field.many_to_many:
                _refer(row.record, field, targets[0])
        row.record.fill_defaults()


def check_rows(
    rows: Iterable[Row], checked: Callable[[int], None] = lambda _count: None
) -> Iterator[Fault]:
    """The faults that the rules of field, record and register find in new rows.

    `checked` is told the number of rows done, after each.
    """
    rows = list(rows)
    yield from _repeated(rows)
    yield from _twofold([row for row in rows if row.pk is None])
    lists = _lists(rows)
    for count, row in enumerate(rows, start=1):
        if row.pk is None:
            yield from check_record(row, lists[row.place])
        checked(count)
    yield from _cycles([row for row in rows if row.spec.model is Organisation])


def check_rows_among(rows: Iterable[Row]) -> Iterator[Fault]:
    """The faults that only show beside the other rows: asked again once all are in the database."""
    for row in rows:
        for check in row.spec.checks_among:
            try:
                check(row.record, standing_lists(row.spec, row.record, {}))
            except ValidationError as refusal:
                yield from refused(row, refusal)


def check_record(row: Row, lists: Lists) -> Iterator[Fault]:
    """The faults of one record by itself; which others stand beside it is asked elsewhere.

    Rules of cells first: a rule over several cells is not asked when one of them is faulty.
    """
    checks = (
        lambda: _clean_fields(row),
        lambda: check_texts(row.spec, row.record),
        row.record.clean,
        *(
            partial(check, row.record, lists)
            for check in (*row.spec.checks, *row.spec.checks_among)
        ),
    )
    for check in checks:
        try:
            check()
        except ValidationError as refusal:
            yield from refused(row, refusal)
    for constraint in row.record._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            columns = fields_read(constraint)
            if row.faulty.isdisjoint(columns) and not holds(constraint, row.record):
                yield _broken(row, constraint, columns)


def _clean_fields(row: Row) -> None:
    """References are looked up already; the load itself fills in what is not in the file."""
    meta = row.record._meta
    skipped = {field.name for field in meta.fields if field.is_relation or not field.editable}
    unnumbered = set() if row.record.record_no else {"record_no"}
    faults: dict[str, list[ValidationError]] = {
        column: [ValidationError("", code="null")]
        for column in _empty_columns(row)
        if column not in row.faulty
    }
    try:
        row.record.clean_fields(exclude=skipped | row.faulty | unnumbered | faults.keys())
    except ValidationError as refusal:
        refusal.update_error_dict(faults)
    if faults:
        raise ValidationError(faults)


def _empty_columns(row: Row) -> Iterator[str]:
    """Required columns without a value whose field would not say so, or not in these words."""
    for field in row.record._meta.fields:
        silent = field.is_relation or isinstance(field, BooleanField)
        needed = silent and field.editable and not field.blank
        if needed and getattr(row.record, field.attname) is None:
            yield field.name


def _lists(rows: Iterable[Row]) -> Mapping[int, Lists]:
    """Place of a row → the records that its references with several values name."""
    wanted: dict[type[Record], set[int]] = defaultdict(set)
    for row, field in _many_valued(rows):
        targets = row.targets.get(field.name, ())
        wanted[field.related_model].update(each.pk for each in targets if each.row is None)
    stored = {model: model.objects.in_bulk(pks) for model, pks in wanted.items()}
    lists: dict[int, dict[str, list[Record]]] = defaultdict(dict)
    for row, field in _many_valued(rows):
        lists[row.place][field.name] = [
            stored[field.related_model][each.stored_pk] if each.row is None else each.row.record
            for each in row.targets.get(field.name, ())
        ]
    return lists


def _many_valued(rows: Iterable[Row]) -> Iterator[tuple[Row, Field]]:
    return ((row, field) for row in rows for field in row.spec.model._meta.many_to_many)


def refused(row: Row, refusal: ValidationError) -> Iterator[Fault]:
    """One fault per refused cell; none where the cell has a fault already."""
    by_column = (
        refusal.error_dict
        if hasattr(refusal, "error_dict")
        else {NON_FIELD_ERRORS: refusal.error_list}
    )
    for column, errors in by_column.items():
        if column in row.faulty:
            continue
        place = "" if column == NON_FIELD_ERRORS else column
        for error in errors:
            if error.code in EMPTY:
                yield row.fault("required", place)
            else:
                yield row.fault("refused", place, params=error.params or {}, message=error.message)


def _broken(
    row: Row, constraint: CheckConstraint | UniqueConstraint, columns: tuple[str, ...]
) -> Fault:
    """A rule over several cells: their names and values stand where one cell's would."""
    named = [column for column in columns if column in row.texts]
    value = ", ".join(row.texts[column] for column in named)
    return Fault(
        "refused",
        row.file,
        row.number,
        ", ".join(named or columns),
        value,
        message=constraint.violation_error_message,
    )


def _repeated(rows: Iterable[Row]) -> Iterator[Fault]:
    """A key that stands twice in one file."""
    first: dict[tuple[str, str, str], int] = {}
    for row in rows:
        for key in key_fields(row.spec.model):
            if text := row.texts.get(key):
                number = first.setdefault((row.spec.slug, key, text), row.number)
                if number != row.number:
                    yield row.fault("repeated", key, params={"first": number})


def _twofold(rows: Iterable[Row]) -> Iterator[Fault]:
    """Rows that stand where a constraint of the register lets only one record stand."""
    by_model: dict[type[Record], list[Row]] = defaultdict(list)
    for row in rows:
        by_model[row.spec.model].append(row)
    for model, own in by_model.items():
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                yield from _taken(model, own, constraint)


def _taken(
    model: type[Record], rows: Iterable[Row], constraint: UniqueConstraint
) -> Iterator[Fault]:
    columns = [model._meta.get_field(name).attname for name in constraint.fields]
    standing = model.objects.filter(constraint.condition or Q())
    taken = set(standing.values_list(*columns))
    for row in rows:
        key = tuple(getattr(row.record, column) for column in columns)
        if None in key or not applies(constraint, row.record):
            continue
        if key in taken and row.faulty.isdisjoint(constraint.fields):
            yield _broken(row, constraint, constraint.fields)
        taken.add(key)


def _cycles(rows: Iterable[Row]) -> Iterator[Fault]:
    """Organisations that come back to themselves by their higher unions."""
    rows = list(rows)
    for line in LINES if rows else ():
        above = dict(Organisation.objects.values_list("pk", line))
        above.update((row.place, getattr(row.record, f"{line}_id")) for row in rows)
        for row in rows:
            if line not in row.faulty and _comes_back(above, row.place):
                yield row.fault("cycle", line)


def _comes_back(above: Mapping[int, int | None], start: int) -> bool:
    passed: set[int] = set()
    at = above.get(start)
    while at is not None and at != start and at not in passed:
        passed.add(at)
        at = above.get(at)
    return at == start


def _refer(record: Record, field: Field, target: Target) -> None:
    """A row of the package is given as it will stand, for rules that look at what it refers to."""
    if target.row is None:
        setattr(record, field.attname, target.stored_pk)
        return
    setattr(record, field.attname, target.row.place)
    field.set_cached_value(record, target.row.record)
