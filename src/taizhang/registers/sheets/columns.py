"""Which columns a sheet of a register has, and what stands above them."""

from collections import Counter
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.registers.authority import closed_fields, hidden_fields
from taizhang.registers.display import label_of
from taizhang.registers.spec import RegisterSpec

NUMBER = "record_no"
# What a sheet tells of a record besides its facts; read past when the sheet comes back.
ABOUT = ("record_status", "owner_org", "entered_by", "entered_at", "verified_by", "verified_at")

# Accounts have no name of their own in the record.
_ACCOUNTS = {"entered_by": _("Entered by"), "verified_by": _("Verified by")}


def exported_columns(spec: RegisterSpec, by: User) -> tuple[str, ...]:
    """The columns of an export; fields that the account may not read are left out.

    Left out rather than masked: a mask that comes back would be taken for a value.
    """
    hidden = hidden_fields(spec, by)
    return (NUMBER, *(name for name in spec.fields if name not in hidden), *ABOUT)


def entered_columns(spec: RegisterSpec, by: User) -> tuple[str, ...]:
    """The columns that the account may fill in: those of the template."""
    closed = closed_fields(spec, by, None)
    return (NUMBER, *(name for name in spec.fields if name not in closed))


def known_columns(spec: RegisterSpec) -> tuple[str, ...]:
    """Every column that a sheet of the register may have."""
    return (NUMBER, *spec.fields, *ABOUT)


def header(spec: RegisterSpec, name: str) -> str:
    """The label of a column in the active language; with the field's name where two are alike."""
    label = _label(spec, name)
    alike = Counter(_label(spec, each) for each in known_columns(spec))[label]
    return f"{label}（{name}）" if alike > 1 else label


def headers(spec: RegisterSpec, names: Iterable[str]) -> list[str]:
    return [header(spec, name) for name in names]


def is_needed(spec: RegisterSpec, name: str) -> bool:
    """Does every new row need a value in this column?"""
    field = field_of(spec, name)
    return name != NUMBER and not field.blank and not field.has_default()


def field_of(spec: RegisterSpec, name: str) -> models.Field:
    return spec.model._meta.get_field(name)


def _label(spec: RegisterSpec, name: str) -> str:
    return str(_ACCOUNTS.get(name) or label_of(spec.model, name))
