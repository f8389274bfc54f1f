"""From the text of a cell to the value of its field (handbook 2.6 rule 2), or why it has none."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.utils import timezone

from taizhang.core.records.fields import EnumListField, IntListField
from taizhang.lib.nearest import nearest
from taizhang.registers.texts import UNPRINTABLE, normal_text

SEPARATOR = ";"
TRUTHS = {"true": True, "false": False}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE = re.compile(r"-?[0-9]+")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
LONGEST_NUMBER = 40


class CellRefused(ValueError):
    """A cell that cannot be read; `key` names the text of the fault, `params` fill it."""

    def __init__(self, key: str, params: Mapping[str, object] | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.params = params or {}


def read_cell(field: models.Field, text: str) -> object:
    """The value of a field that is no reference; an empty cell is null.

    `TRUE` and `FALSE` are read too, as spreadsheets write what was typed in small letters.
    Raises CellRefused.
    """
    if not text:
        return empty_value(field)
    if found := UNPRINTABLE.search(text):
        raise CellRefused("character", {"code": f"U+{ord(found[0]):04X}"})
    if isinstance(field, EnumListField):
        return _in_order(field, {_choice(field.enum, part) for part in parts(text)})
    if isinstance(field, IntListField):
        return [_whole(part) for part in parts(text)]
    if field.choices:
        return _choice(field.flatchoices, text)
    return next(read for kind, read in _READINGS if isinstance(field, kind))(text)


def parts(text: str) -> list[str]:
    """The values of a cell that may hold several."""
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]


def empty_value(field: models.Field) -> object:
    """What the database keeps for an empty cell of the field."""
    if isinstance(field, EnumListField | IntListField):
        return []
    if field.null or not isinstance(field, models.CharField | models.TextField):
        return None
    return ""


def _boolean(text: str) -> bool:
    try:
        return TRUTHS[text.lower()]
    except KeyError:
        raise CellRefused("boolean") from None


def _date(text: str) -> date:
    if not DAY.fullmatch(text):
        raise CellRefused("date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellRefused("date") from None


def _moment(text: str) -> datetime:
    """A moment without an offset is one of the installation's time zone."""
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else timezone.make_aware(moment)
    except (ValueError, OverflowError):
        raise CellRefused("moment") from None


def _whole(text: str) -> int:
    if not WHOLE.fullmatch(text) or len(text) > LONGEST_NUMBER:
        raise CellRefused("integer")
    return int(text)


def _decimal(text: str) -> Decimal:
    if not NUMBER.fullmatch(text) or len(text) > LONGEST_NUMBER:
        raise CellRefused("decimal")
    return Decimal(text)


def _choice(choices: Iterable[tuple[str, object]], text: str) -> str:
    labels = dict(choices)
    if text in labels:
        return text
    named = next((value for value, label in labels.items() if str(label) == text), None)
    near = named or nearest(text, labels)
    if near:
        raise CellRefused("choice_near", {"near": near})
    raise CellRefused("choice", {"known": ", ".join(labels)})


def _in_order(field: EnumListField, found: set[str]) -> list[str]:
    return [value for value, _label in field.enum if value in found]


_READINGS: tuple[tuple[type[models.Field], Callable[[str], object]], ...] = (
    (models.BooleanField, _boolean),
    (models.DateTimeField, _moment),
    (models.DateField, _date),
    (models.DecimalField, _decimal),
    (models.IntegerField, _whole),
    (models.CharField, normal_text),
    (models.TextField, normal_text),
)
