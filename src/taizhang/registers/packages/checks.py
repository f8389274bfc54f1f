"""What the form would ask of a row, asked of all rows of a package at once (handbook 2.5)."""

from collections.abc import Iterable, Iterator, Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint

from taizhang.core.organisations.models import Area, Organisation
from taizhang.core.organisations.organisations import check_employers
from taizhang.registers.packages.constraints import fields_read, holds
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.references import key_fields
from taizhang.registers.packages.rows import Row

EMPTY = frozenset({"null", "blank"})


def build_records(rows: Iterable[Row]) -> None:
    """Give every row its unsaved record.

    Rows of the package have no ids yet; for the checks each stands under a negative one, so that a
    reference to it is not taken for an empty one.
    """
    rows = list(rows)
    areas = Area.objects.in_bulk()
    for place, row in enumerate(rows, start=1):
        row.record = row.spec.model(**row.values)
        row.record.pk = -place
    for row in rows:
        if row.area in areas:
            row.record.region = areas[row.area]
        for column, targets in row.targets.items():
            field = row.record._meta.get_field(column)
            if targets and not field.many_to_many:
                target = targets[0]
                pk = target.stored_pk if target.row is None else target.row.record.pk
                setattr(row.record, field.attname, pk)
        row.record.fill_defaults()


def check_rows(rows: Iterable[Row]) -> Iterator[Fault]:
    """The faults that the rules of field, record and register find in new rows."""
    rows = list(rows)
    yield from _repeated(rows)
    for row in rows:
        if row.pk is None:
            yield from _check_record(row)
    yield from _cycles([row for row in rows if row.spec.model is Organisation])


def _check_record(row: Row) -> Iterator[Fault]:
    """Rules of cells first: a rule over several cells is not asked when one of them is faulty."""
    for check in (_clean_fields, _clean, _count_employers):
        try:
            check(row)
        except ValidationError as refusal:
            yield from _refused(row, refusal)
    for constraint in row.record._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            columns = fields_read(constraint)
            if row.faulty.isdisjoint(columns) and not holds(constraint, row.record):
                yield _broken(row, constraint, columns)


def _clean_fields(row: Row) -> None:
    """References are looked up already; the load itself fills in what is not in the file."""
    meta = row.record._meta
    skipped = {field.name for field in meta.fields if field.is_relation or not field.editable}
    required = {
        column: [ValidationError("", code="null")]
        for column in _required_references(row)
        if column not in row.faulty
    }
    faults: dict[str, list[ValidationError]] = dict(required)
    try:
        row.record.clean_fields(exclude=skipped | row.faulty | {"record_no"})
    except ValidationError as refusal:
        refusal.update_error_dict(faults)
    if faults:
        raise ValidationError(faults)


def _required_references(row: Row) -> Iterator[str]:
    for field in row.record._meta.fields:
        needed = field.is_relation and field.editable and not field.blank
        if needed and getattr(row.record, field.attname) is None:
            yield field.name


def _clean(row: Row) -> None:
    row.record.clean()


def _count_employers(row: Row) -> None:
    if row.spec.model is Organisation:
        check_employers(row.record.org_type, len(row.targets.get("employer", ())))


def _refused(row: Row, refusal: ValidationError) -> Iterator[Fault]:
    """One fault per refused cell; none where the cell has a fault already."""
    refused = (
        refusal.error_dict
        if hasattr(refusal, "error_dict")
        else {NON_FIELD_ERRORS: refusal.error_list}
    )
    for column, errors in refused.items():
        if column in row.faulty:
            continue
        place = "" if column == NON_FIELD_ERRORS else column
        for error in errors:
            if error.code in EMPTY:
                yield row.fault("required", place)
            else:
                yield row.fault("refused", place, params=error.params or {}, message=error.message)


def _broken(row: Row, constraint: CheckConstraint, columns: tuple[str, ...]) -> Fault:
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


def _cycles(rows: Iterable[Row]) -> Iterator[Fault]:
    """Organisations that come back to themselves by their higher unions."""
    rows = list(rows)
    if not rows:
        return
    above = dict(Organisation.objects.values_list("pk", "parent"))
    above.update((row.record.pk, row.record.parent_id) for row in rows)
    for row in rows:
        if "parent" not in row.faulty and _comes_back(above, row.record.pk):
            yield row.fault("cycle", "parent")


def _comes_back(above: Mapping[int, int | None], start: int) -> bool:
    passed: set[int] = set()
    at = above.get(start)
    while at is not None and at != start and at not in passed:
        passed.add(at)
        at = above.get(at)
    return at == start
