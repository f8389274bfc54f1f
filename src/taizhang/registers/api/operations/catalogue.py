"""What registers there are, what their fields are, and what the account may do there."""

from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router
from pydantic import BaseModel, Field

from taizhang.core.access.models import User
from taizhang.measures.catalogue import FieldType
from taizhang.registers.api.addressing import Register, register_of
from taizhang.registers.api.faults import OF_READING, Fault
from taizhang.registers.catalogue import offered_registers
from taizhang.registers.display import label_of
from taizhang.registers.spec import REGISTERS, VERBS, RegisterSpec

router = Router(tags=["Registers 登记簿"])


class RegisterEntry(BaseModel):
    slug: str = Field(description="Its name in addresses and formulas.")
    code: str = Field(description="Its number in the handbook of registers.")
    label: str
    purpose: str = Field(description="Why these facts are asked for, and on what basis.")
    may: list[Literal[tuple(VERBS)]] = Field(description="What the account may do somewhere.")


class Choice(BaseModel):
    value: str | int
    label: str


class FieldEntry(BaseModel):
    name: str
    label: str
    help: str
    type: Literal[tuple(FieldType)]
    many: bool = Field(description="Whether it holds a list of values.")
    required: bool
    personal: bool = Field(description="It never enters a snapshot or the change log in clear.")
    restricted: bool = Field(description="Reading it needs a permission of its own.")
    refers_to: str | None = Field(description="The register that a reference leads to.")
    choices: list[Choice] | None


class RegisterDetail(RegisterEntry):
    fields: list[FieldEntry]
    columns: list[str] = Field(description="The fields on the page of the list.")
    filters: list[str] = Field(description="The fields by which the list can be narrowed.")


@router.get(
    "/registers",
    response={200: list[RegisterEntry], OF_READING: Fault},
    operation_id="registers",
    summary=gettext_noop("List the registers"),
)
def registers(request: HttpRequest):
    """The registers that the account may read and that the token is not kept from."""
    return [
        _entry(spec, request.user)
        for spec in REGISTERS.values()
        if request.user.holds(spec.permission("read")) and request.auth.opens(spec.key)
    ]


@router.get(
    "/registers/{slug}",
    response={200: RegisterDetail, OF_READING: Fault},
    operation_id="register",
    summary=gettext_noop("Describe a register"),
)
def register(request: HttpRequest, slug: str = Register):
    """The fields of a register with their labels, in the language of the request."""
    spec = register_of(request, slug)
    return _entry(spec, request.user) | {
        "fields": [_field(spec, name, request.user) for name in spec.fields],
        "columns": spec.columns,
        "filters": spec.filters,
    }


def _entry(spec: RegisterSpec, by: User) -> dict[str, object]:
    return {
        "slug": spec.slug,
        "code": spec.code,
        "label": str(spec.label),
        "purpose": str(spec.purpose),
        "may": [verb for verb in VERBS if by.holds(spec.permission(verb))],
    }


def _field(spec: RegisterSpec, name: str, by: User) -> dict[str, object]:
    described = offered_registers()[spec.slug].fields[name]
    field = spec.model._meta.get_field(name)
    choices = getattr(field, "enum", None) or field.flatchoices or None
    return {
        "name": name,
        "label": str(label_of(spec.model, name)),
        "help": str(field.help_text),
        "type": described.type,
        "many": described.many,
        "required": not field.blank,
        "personal": described.personal,
        "restricted": name in spec.restricted,
        "refers_to": described.target or None,
        "choices": choices and [{"value": key, "label": str(label)} for key, label in choices],
    }
