"""Values of records as people read them."""

from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from taizhang.core.audit.trail import MASK
from taizhang.core.records.fields import EnumListField
from taizhang.core.records.models import Record
from taizhang.registers.spec import REGISTERS, RegisterSpec


def label_of(model: type[Record], name: str) -> str:
    """The name of a field, as a heading."""
    return capfirst(model._meta.get_field(name).verbose_name)


def shown(record: Record, name: str) -> str:
    """The value of a field as text; "" where nothing is stated."""
    field = record._meta.get_field(name)
    if field.many_to_many:
        return separator().join(map(str, getattr(record, name).all()))
    if field.is_relation:
        return str(getattr(record, name) or "")
    return said(field, getattr(record, field.attname))


def said(field: models.Field, value: object) -> str:
    """A value that is not a reference, as text."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        labels = dict(field.enum) if isinstance(field, EnumListField) else {}
        return separator().join(str(labels.get(each, each)) for each in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return f"{value:,}"
    # Years and term numbers are named, not counted: no separators.
    return str(value)


def yes_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def is_number(model: type[Record], name: str) -> bool:
    field = model._meta.get_field(name)
    return (
        isinstance(field, models.IntegerField | models.DecimalField)
        and not field.choices
        and not field.is_relation
    )


def separator() -> str:
    return pgettext("between the entries of a list", ", ")


def spec_of(model: type[models.Model] | None) -> RegisterSpec | None:
    """The register that a reference leads to; None for other fields and for areas."""
    if model is None or not issubclass(model, Record):
        return None
    return REGISTERS.get(model.REGISTER.rpartition(".")[2])


def masked(text: str) -> str:
    return MASK if text else ""
