"""Records as the interface shows them: references by number, masked as on the pages."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils import timezone

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.registers.authority import hidden_fields
from taizhang.registers.catalogue import offered_registers
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import lists_of, stated

Content = dict[str, object]


def record_content(spec: RegisterSpec, record: Record, by: User) -> Content:
    """One record; restricted fields are shown where the account may read them in this record."""
    prefetch_related_objects([record], *_referred(spec))
    return _content(spec, record, hidden_fields(spec, by, record))


def list_content(spec: RegisterSpec, records: Sequence[Record], by: User) -> list[Content]:
    """Several records in a fixed number of queries.

    As on the page of a list, a restricted field is shown to those alone who may read it
    everywhere.
    """
    prefetch_related_objects(records, *_referred(spec))
    hidden = hidden_fields(spec, by)
    return [_content(spec, record, hidden) for record in records]


def _content(spec: RegisterSpec, record: Record, hidden: Collection[str]) -> Content:
    lists = {name: list(getattr(record, name).all()) for name in lists_of(spec)}
    values = stated(record, spec.fields, lists)
    shown = {name: _plain(spec, name, value) for name, value in values.items()}
    masked = [name for name in spec.fields if name in hidden and values[name] is not None]
    return {
        "record_no": record.record_no,
        "version": record.version,
        "record_status": record.record_status,
        "region": record.region_id,
        "owner_org": record.owner_org.record_no if record.owner_org else None,
        "source": None if "source" in spec.fields else record.source,
        "confidentiality": record.confidentiality,
        "entered_by": _name(record.entered_by),
        "entered_at": timezone.localtime(record.entered_at),
        "verified_by": _name(record.verified_by),
        "verified_at": record.verified_at and timezone.localtime(record.verified_at),
        "hidden": masked,
        "fields": shown | dict.fromkeys(masked),
    }


def _referred(spec: RegisterSpec) -> list[str]:
    """The references whose numbers are shown; an area is its own number."""
    fields = (spec.model._meta.get_field(name) for name in spec.fields)
    named = (
        field.name
        for field in fields
        if field.is_relation and issubclass(field.related_model, Record)
    )
    return [*dict.fromkeys((*named, *lists_of(spec), "owner_org", "entered_by", "verified_by"))]


def _plain(spec: RegisterSpec, name: str, value: object) -> object:
    """Lists that are empty are lists still; decimals are written out."""
    field = offered_registers()[spec.slug].fields.get(name)
    if value is None:
        return [] if field is not None and field.many else None
    return format(value, "f") if isinstance(value, Decimal) else value


def _name(user: User | None) -> str | None:
    return str(user) if user else None
