"""The forms of a register's JSON, made from its spec: entry, record, page of a list, filters."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Literal

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import override
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from taizhang.core.organisations.models import Area
from taizhang.core.records.fields import EncryptedTextField, EnumListField, IntListField
from taizhang.core.records.models import Confidentiality, Record, RecordStatus, Source
from taizhang.registers.lists.filters import (
    ANY_STATUS,
    FROM,
    SEARCH,
    STATUS,
    TO,
    UNDER,
    UNSTATED,
    ranges,
)
from taizhang.registers.lists.ordering import SORT, sortable
from taizhang.registers.lists.page import CURSOR
from taizhang.registers.spec import REGISTERS, Label, RegisterSpec

CURSOR_LENGTH = 300
SEARCH_LENGTH = 100
NUMBER_LENGTH = 60
_MOST = {
    models.SmallIntegerField: 2**15 - 1,
    models.PositiveSmallIntegerField: 2**15 - 1,
    models.BigIntegerField: 2**63 - 1,
    models.PositiveBigIntegerField: 2**63 - 1,
}
_POSITIVE = (
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.PositiveBigIntegerField,
)


def _without_null(text: str) -> str:
    if "\x00" in text:
        raise ValueError("null character")
    return text


# No database keeps the null character, and PostgreSQL does not even compare with it.
Text = Annotated[str, AfterValidator(_without_null)]
Year = Annotated[int, Field(ge=0, le=9999)]


@dataclass(frozen=True)
class RegisterSchemas:
    """`entry` is what is sent to create a record, `change` to change one; `page` one of a list."""

    entry: type[BaseModel]
    change: type[BaseModel]
    change_fields: type[BaseModel]
    record: type[BaseModel]
    page: type[BaseModel]
    filters: type[BaseModel]


class Closed(BaseModel):
    """Refuses names that it does not have: a misspelt field is not silently lost."""

    model_config = ConfigDict(extra="forbid")


@cache
def schemas_of(slug: str) -> RegisterSchemas:
    """The forms of one register; titles and values are described in English and Chinese."""
    spec = REGISTERS[slug]
    stem = "".join(part.title() for part in spec.slug.split("_"))
    with override("en"):
        entered = {name: _entered(spec, name) for name in spec.fields}
        changed = {name: _changed(spec, name) for name in spec.fields}
        shown = {name: _shown(spec, name) for name in spec.fields}
        entry_fields = create_model(f"{stem}Entry", __base__=Closed, **entered)
        change_fields = create_model(f"{stem}Change", __base__=Closed, **changed)
        shown_fields = create_model(f"{stem}Fields", **shown)
        record = create_model(f"{stem}Record", **_envelope(), fields=(shown_fields, ...))
        return RegisterSchemas(
            entry=create_model(f"{stem}Creation", __base__=Closed, fields=(entry_fields, ...)),
            change=create_model(
                f"{stem}Changes",
                __base__=Closed,
                version=(int, Version),
                fields=(change_fields, Field(description="Only the fields that change.")),
            ),
            change_fields=change_fields,
            record=record,
            page=create_model(
                f"{stem}Page", records=(list[record], ...), next=(str | None, NextPage)
            ),
            filters=create_model(f"{stem}Filters", **_filters(spec)),
        )


Version = Field(
    ge=0,
    le=2**31 - 1,
    description="The version you read. When the record has another by now, nothing is written.",
)
NextPage = Field(description="What to send as `after` for the next page; null on the last.")


def in_both(label: Label) -> str:
    """The label in English and in Chinese, for whoever reads the description of the interface."""
    with override("en"):
        english = capfirst(str(label))
    with override("zh-hans"):
        chinese = str(label)
    return english if chinese == str(label) == english else f"{english} {chinese}"


def _envelope() -> dict[str, object]:
    """What every record has beside its fields."""
    day = datetime | None
    who = str | None
    return {
        "record_no": (str, Field(description="The record number: its name in this interface.")),
        "version": (int, Field(description="Grows with every change.")),
        "record_status": (
            Literal[tuple(RecordStatus.values)],
            Field(description=f"Measures read verified records only. {_values(RecordStatus)}"),
        ),
        "region": (str | None, Field(description="Code of the area in which it is seen.")),
        "owner_org": (str | None, Field(description="Record number of the union that entered it.")),
        "source": (
            Literal[tuple(Source.values)] | None,
            Field(description=f"{_values(Source)} Null where a field has that name."),
        ),
        "confidentiality": (Literal[tuple(Confidentiality.values)], ...),
        "entered_by": (who, ...),
        "entered_at": (datetime, ...),
        "verified_by": (who, ...),
        "verified_at": (day, ...),
        "hidden": (
            list[str],
            Field(description="Fields that hold something which this account may not read."),
        ),
    }


def _entered(spec: RegisterSpec, name: str) -> tuple[object, object]:
    """As sent to create a record; null says that nothing is stated."""
    field = spec.model._meta.get_field(name)
    if _is_required(field, name):
        return _type(field), Field(**_about(field))
    return _type(field) | None, Field(None, **_about(field))


def _changed(spec: RegisterSpec, name: str) -> tuple[object, object]:
    """As sent to change a record; what values mean is said once, where they are created."""
    field = spec.model._meta.get_field(name)
    return _type(field) | None, Field(None, title=in_both(field.verbose_name))


def _shown(spec: RegisterSpec, name: str) -> tuple[object, object]:
    field = spec.model._meta.get_field(name)
    kind = _type(field, shown=True)
    title = Field(title=in_both(field.verbose_name))
    return (kind if _is_list(field) else kind | None), title


def _is_required(field: models.Field, name: str) -> bool:
    """Must it be sent? The area has a default for most accounts, other fields have their own."""
    return not field.blank and not field.null and not field.has_default() and name != "region"


def _is_list(field: models.Field) -> bool:
    return bool(field.many_to_many) or isinstance(field, EnumListField | IntListField)


def _type(field: models.Field, *, shown: bool = False) -> object:
    """The type of a field's value; what is shown was checked when it was entered."""
    if isinstance(field, EnumListField):
        return list[Literal[tuple(key for key, _label in field.enum)]]
    if isinstance(field, IntListField):
        return list[Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]]
    if field.is_relation:
        number = str if shown else Annotated[Text, Field(max_length=NUMBER_LENGTH)]
        return list[number] if field.many_to_many else number
    if field.choices:
        return Literal[tuple(key for key, _label in field.flatchoices)]
    return _plain_type(field, shown)


def _plain_type(field: models.Field, shown: bool) -> object:
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.DateTimeField):
        return datetime
    if isinstance(field, models.DateField):
        return date
    if isinstance(field, models.DecimalField):
        return Annotated[str, Field(pattern=_decimals(field), examples=["12.5"])]
    if isinstance(field, models.IntegerField):
        most = _MOST.get(type(field), 2**31 - 1)
        least = 0 if isinstance(field, _POSITIVE) else -most
        return int if shown else Annotated[int, Field(ge=least, le=most)]
    if shown or field.max_length is None or isinstance(field, EncryptedTextField):
        return str if shown else Text
    return Annotated[Text, Field(max_length=field.max_length)]


def _decimals(field: models.DecimalField) -> str:
    whole = field.max_digits - field.decimal_places
    return rf"^-?[0-9]{{1,{whole}}}(\.[0-9]{{1,{field.decimal_places}}})?$"


def _about(field: models.Field) -> dict[str, str]:
    """Title and description of a field."""
    parts = [str(field.help_text)]
    if isinstance(field, EnumListField):
        parts.append(_values(field.enum))
    elif field.is_relation and field.related_model is Area:
        parts.append("Code of an area.")
    elif field.is_relation and issubclass(field.related_model, Record):
        slug = field.related_model.REGISTER.rpartition(".")[2]
        parts.append(f"Record numbers of `{slug}`." if field.many_to_many else _reference(slug))
    elif field.choices:
        parts.append(_values(field.flatchoices))
    elif isinstance(field, models.DecimalField):
        parts.append("A decimal number, written as text so that no digit is lost.")
    about = {"title": in_both(field.verbose_name)}
    return about | {"description": text} if (text := " ".join(filter(None, parts))) else about


def _reference(slug: str) -> str:
    return f"Record number of a record of `{slug}`."


def _values(choices: object) -> str:
    pairs = choices.choices if hasattr(choices, "choices") else choices
    return "; ".join(f"`{key}` {in_both(label)}" for key, label in pairs) + "."


def _filters(spec: RegisterSpec) -> dict[str, object]:
    """The query of a list: what its page can be asked for."""
    found: dict[str, object] = {}
    if spec.search:
        found[SEARCH] = _asked(Text, "Search in names and numbers.", SEARCH_LENGTH)
    for name in spec.filters:
        field = spec.model._meta.get_field(name)
        title = in_both(field.verbose_name)
        found[name] = (_filter_type(field) | None, Field(None, title=title))
    for name in ranges(spec):
        field = spec.model._meta.get_field(name)
        kind = date if isinstance(field, models.DateField) else Year
        label = in_both(field.verbose_name)
        found[name + FROM] = _asked(kind, f"{label}: on this or later.")
        found[name + TO] = _asked(kind, f"{label}: on this or earlier.")
    found[UNDER] = _asked(Text, "Record number of a union: what it or one below it entered.")
    orders = [sign + name for name in sorted(sortable(spec)) for sign in ("", "-")]
    found[SORT] = _asked(Literal[tuple(orders)], f"Else by `{spec.ordering}`; minus is downwards.")
    found[CURSOR] = _asked(Text, "`next` of the page before.", CURSOR_LENGTH)
    return found


def _asked(kind: object, description: str, length: int | None = None) -> tuple[object, object]:
    limit = {} if length is None else {"max_length": length}
    return kind | None, Field(None, description=description, **limit)


def _filter_type(field: models.Field) -> object:
    if field.name == STATUS:
        return Literal[*RecordStatus.values, ANY_STATUS]
    if isinstance(field, models.BooleanField):
        return Literal["true", "false", UNSTATED] if field.null else Literal["true", "false"]
    if field.is_relation:
        return Annotated[Text, Field(max_length=NUMBER_LENGTH)]
    return Literal[tuple(str(key) for key, _label in field.flatchoices)]
