"""Which rows refer to a record: found through the models, for every register there is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.catalogue import offered_registers
from taizhang.registers.spec import REGISTERS, RegisterSpec


@dataclass(frozen=True, slots=True)
class ReferringField:
    """A field of a register that leads to records of another, or of the same."""

    spec: RegisterSpec
    field: models.Field

    def rows(self, record: Record) -> models.QuerySet[Record]:
        """The rows, of any status, in which the field names the record."""
        return self.spec.model.objects.filter(**{self.field.name: record.pk})


def fields_leading_to(model: type[Record]) -> list[ReferringField]:
    """Every field of an offered register that refers to the model, the common ones included."""
    return [
        ReferringField(spec, field)
        for spec in REGISTERS.values()
        for field in (*spec.model._meta.fields, *spec.model._meta.many_to_many)
        if field.related_model is model
    ]


def holding_fields(model: type[Record]) -> list[models.Field]:
    """Foreign keys that hold a record of the model in place, in tables that are no register: roles.

    What would go with the record, such as the lines of a tree, is not among them.
    """
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if (relation.one_to_many or relation.one_to_one)
        and relation.auto_created
        and not issubclass(relation.related_model, Record)
        and relation.on_delete is models.PROTECT
    ]


def standing_references(record: Record) -> Iterator[tuple[RegisterSpec, Record]]:
    """The rows that refer to the record and are not void, each once per field that names it."""
    for referring in fields_leading_to(type(record)):
        rows = referring.rows(record).exclude(record_status=RecordStatus.VOID)
        if referring.spec.model is type(record):
            rows = rows.exclude(pk=record.pk)
        for row in rows.order_by("pk").iterator():
            yield referring.spec, row


def registers_reading(spec: RegisterSpec, record: Record) -> Iterator[str]:
    """The registers whose verified rows name the record.

    To them it is empty unless it is verified (handbook 0.5).
    """
    for slug, register in offered_registers().items():
        rows = REGISTERS[slug].model.objects.verified()
        for field in register.fields.values():
            if field.target == spec.slug and rows.filter(**{field.name: record.pk}).exists():
                yield slug
