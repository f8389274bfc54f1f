"""Values of a record as JSON and back, nothing lost: how a proposal keeps them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import models

from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import Values


def packed(spec: RegisterSpec, values: Values) -> dict[str, object]:
    """The values, references by id, as `json.dumps` takes them."""
    return {name: _plain(value) for name, value in values.items()}


def unpacked(spec: RegisterSpec, kept: Mapping[str, object]) -> dict[str, object]:
    """The values that were packed, with the records that they refer to as they stand now."""
    return {name: _value(spec.model._meta.get_field(name), kept[name]) for name in kept}


def expect_no_void_references(spec: RegisterSpec, values: Values) -> None:
    """Raises ReferenceGone for the first record among the values that is void by now."""
    for name, value in values.items():
        for row in value if isinstance(value, list) else [value]:
            if getattr(row, "record_status", None) == RecordStatus.VOID:
                raise ReferenceGone(spec.model._meta.get_field(name), row)


class ReferenceGone(LookupError):
    """A record that was named when the proposal was made does not stand any more."""

    def __init__(self, field: models.Field, record: Record) -> None:
        super().__init__(field.name, record)
        self.field, self.record = field, record


def _plain(value: object) -> object:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Collection) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value


def _value(field: models.Field, kept: object) -> object:
    if not field.is_relation:
        return field.to_python(kept)
    if kept is None:
        return None
    rows = field.related_model.objects
    return list(rows.filter(pk__in=kept)) if field.many_to_many else rows.get(pk=kept)
