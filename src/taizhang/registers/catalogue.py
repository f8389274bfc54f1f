"""What the offered registers look like to formulas: read off their models and specs."""

from functools import cache

from django.db import models
from django.utils.encoding import force_str

from taizhang.core.organisations.models import Area
from taizhang.core.records.fields import EncryptedTextField, EnumListField, IntListField
from taizhang.core.records.models import Record
from taizhang.measures import catalogue as measures
from taizhang.measures.catalogue import Field, FieldType, Register
from taizhang.registers.spec import REGISTERS, RegisterSpec

_COMMON = frozenset(field.name for field in Record._meta.get_fields())
_TYPES: tuple[tuple[type[models.Field], FieldType], ...] = (
    (models.BooleanField, FieldType.BOOL),
    (models.DateTimeField, FieldType.DATETIME),
    (models.DateField, FieldType.DATE),
    (models.DecimalField, FieldType.DECIMAL),
    (models.IntegerField, FieldType.INT),
    (models.TextField, FieldType.TEXT),
    (models.CharField, FieldType.TEXT),
)


@cache
def offered_registers() -> dict[str, Register]:
    """Every offered register by slug, with entered and derived fields."""
    return {spec.slug: describe(spec) for spec in REGISTERS.values()}


def describe(spec: RegisterSpec) -> Register:
    """The register of a spec, in the words of the catalogue; labels are in English."""
    entered = {field.name: _field(spec, field) for field in _own_fields(spec)}
    derived = {
        name: Field(
            name,
            entry.type,
            label=force_str(entry.label),
            derived=entry.rule,
        )
        for name, entry in spec.derived.items()
    }
    return Register(
        slug=spec.slug,
        fields=entered | derived,
        period=spec.period,
        state_from=spec.state_from,
        state_to=spec.state_to,
        state_to_is=spec.state_to_is,
        label=force_str(spec.label),
        code=spec.code,
    )


def _own_fields(spec: RegisterSpec) -> list[models.Field]:
    """The fields of the register itself; `region` only where it is its own."""
    meta = spec.model._meta
    return [
        field
        for field in (*meta.fields, *meta.many_to_many)
        if (field.name not in _COMMON or field.name in spec.fields) and field.name != "id"
    ]


def known_areas() -> tuple[measures.Area, ...]:
    """The areas of handbook 3.3 by code, as formulas and evaluations read them."""
    return tuple(
        measures.Area(
            code=area.code,
            name=area.name_zh,
            parent=area.parent_id,
            has_congress=area.has_congress,
            has_government=area.has_government,
        )
        for area in Area.objects.order_by("code")
    )


def _field(spec: RegisterSpec, field: models.Field) -> Field:
    """One model field; a foreign key to an area is its code, to a record a reference."""
    personal = field.name in spec.personal or isinstance(field, EncryptedTextField)
    common = {
        "read_as": spec.read_as.get(field.name, ""),
        "label": force_str(field.verbose_name),
        "personal": personal,
    }
    if isinstance(field, EnumListField):
        values = tuple(value for value, _label in field.enum)
        return Field(field.name, FieldType.ENUM, many=True, values=values, **common)
    if isinstance(field, IntListField):
        return Field(field.name, FieldType.INT, many=True, **common)
    if field.is_relation:
        if field.related_model is Area:
            return Field(field.name, FieldType.AREA, **common)
        target = field.related_model.REGISTER.rpartition(".")[2]
        return Field(field.name, FieldType.REF, many=field.many_to_many, target=target, **common)
    if field.choices:
        values = tuple(value for value, _label in field.flatchoices)
        return Field(field.name, FieldType.ENUM, values=values, **common)
    kind = next(kind for cls, kind in _TYPES if isinstance(field, cls))
    return Field(field.name, kind, **common)
