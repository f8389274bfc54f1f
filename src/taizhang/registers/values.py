"""The entered values of a record: taken off, put on, and told to the change log."""

from collections.abc import Collection, Iterable, Mapping

from django.core.exceptions import ValidationError

from taizhang.core.audit.trail import MASK
from taizhang.core.records.fields import EncryptedTextField
from taizhang.core.records.models import Record
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.texts import check_texts, normal_value

Values = Mapping[str, object]
Changes = dict[str, tuple[object, object]]


def lists_of(spec: RegisterSpec) -> tuple[str, ...]:
    """The fields that refer to several records."""
    return tuple(field.name for field in spec.model._meta.many_to_many)


def put(spec: RegisterSpec, record: Record, values: Values) -> None:
    """Set the single-valued fields as they are kept; lists of references wait for the row."""
    for name, value in values.items():
        if name not in lists_of(spec):
            setattr(record, name, normal_value(spec.model._meta.get_field(name), value))


def standing_lists(spec: RegisterSpec, record: Record, values: Values) -> dict[str, list[Record]]:
    """The lists of references as they will stand once `values` are saved."""
    return {
        name: list(values[name])
        if name in values
        else (list(getattr(record, name).all()) if record.pk else [])
        for name in lists_of(spec)
    }


def stated(
    record: Record, names: Iterable[str], lists: Mapping[str, Collection[Record]]
) -> dict[str, object]:
    """The values of the fields as the change log says them: references by number, empty as None."""
    return {
        name: _numbers(lists[name]) if name in lists else _plain(record, name) for name in names
    }


def difference(spec: RegisterSpec, before: Values, after: Values) -> Changes:
    """What differs between two statements, field → (old, new); personal values as masks."""
    return {
        name: _masked(spec, name, before.get(name), after[name])
        for name in after
        if before.get(name) != after[name]
    }


def is_private(spec: RegisterSpec, name: str) -> bool:
    """Whether the value stays out of the change log."""
    return (
        name in spec.personal
        or name in spec.restricted
        or isinstance(spec.model._meta.get_field(name), EncryptedTextField)
    )


def validate(
    spec: RegisterSpec,
    record: Record,
    lists: Mapping[str, Collection[Record]],
    *,
    exclude: Iterable[str] = (),
) -> None:
    """Check the record as it would stand, by the rules of its fields, its row and its register.

    `exclude`: fields already known to be wrong. Raises ValidationError with all faults by field.
    """
    faults: dict[str, list[ValidationError]] = {}
    excluded = set(exclude)
    for check in (
        lambda: record.full_clean(exclude=excluded),
        lambda: check_texts(spec, record),
        *(lambda rule=rule: rule(record, lists) for rule in (*spec.checks, *spec.checks_among)),
    ):
        try:
            check()
        except ValidationError as fault:
            fault.update_error_dict(faults)
    if faults:
        raise ValidationError(faults)


def _plain(record: Record, name: str) -> object:
    field = record._meta.get_field(name)
    if field.is_relation and issubclass(field.related_model, Record):
        target = getattr(record, name)
        return target.record_no if target else None
    value = getattr(record, field.attname)
    return None if value in ("", []) else value


def _numbers(rows: Collection[Record]) -> list[str] | None:
    return sorted(row.record_no for row in rows) or None


def _masked(spec: RegisterSpec, name: str, old: object, new: object) -> tuple[object, object]:
    if not is_private(spec, name):
        return old, new
    return (None if old is None else MASK), (None if new is None else MASK)
