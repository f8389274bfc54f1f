"""From a cell as people write it to the value of a field, or why it has none.

What a facts package asks to be written in one way only is understood here in the ways of an
office: 2026年11月24日, 是, a label instead of a key, 1,200.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from unicodedata import normalize

from django.db import models
from django.utils import translation
from django.utils.functional import lazy

from taizhang.core.records.fields import EnumListField, IntListField
from taizhang.lib.nearest import nearest
from taizhang.registers.display import separator
from taizhang.registers.packages.cells import UNPRINTABLE, CellRefused
from taizhang.registers.sheets.workbook import Value
from taizhang.registers.terminal import LANGUAGES

Choices = tuple[tuple[str, object], ...]

_TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(("是", "有", "对", "√", "✓", "y", "yes", "true", "1"), True),
    **dict.fromkeys(("否", "无", "没有", "不是", "×", "✗", "n", "no", "false", "0"), False),
}
_DAYS = (
    re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?: 00:00(?::00)?)?"),
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})(?: 0?0:00(?::00)?)?"),
    re.compile(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})"),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日?"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
)
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
_PERCENT_FIELDS = ("_pct", "_ratio")
_EXACT_DIGITS = 15  # more than a spreadsheet keeps of a number
_STRONG = re.compile(r"[;；\n]")
_WEAK = re.compile(r"[;；\n、,，]")


def text_of(value: Value) -> str:
    """The text of a cell, without the blanks around it; "" for an empty one.

    >>> text_of(13.0), text_of(" 海港区 "), text_of(None), text_of(datetime(2026, 11, 24))
    ('13', '海港区', '', '2026-11-24')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        day_only = value.time() == datetime.min.time()
        return value.date().isoformat() if day_only else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()


def read_value(field: models.Field, value: Value) -> object:
    """The value of a filled cell of a field that is no reference. Raises CellRefused."""
    text = text_of(value)
    if found := UNPRINTABLE.search(text):
        raise CellRefused("character", {"code": f"U+{ord(found[0]):04X}"})
    if isinstance(field, EnumListField):
        return _choices(field, text)
    if isinstance(field, IntListField):
        return [_whole(part) for part in several(text, lambda _part: False)]
    if field.choices:
        return _choice(field, text)
    if isinstance(field, models.BooleanField):
        return _truth(text)
    if isinstance(field, models.DateField):
        return _day(value, text)
    if isinstance(field, models.DecimalField):
        return _decimal(field, value, text)
    if isinstance(field, models.IntegerField):
        return _whole(text)
    return _words(value, text)


def several(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """The parts of a cell that names several; 、 and , part too, unless they belong to a name.

    `is_known(part)`: is the part as it stands the name of something?
    """
    parts: list[str] = []
    for strong in map(str.strip, _STRONG.split(text)):
        parts += [strong] if is_known(strong) else map(str.strip, _WEAK.split(strong))
    return list(dict.fromkeys(part for part in parts if part))


def _truth(text: str) -> bool:
    try:
        return _TRUTHS[normalize("NFKC", text).casefold()]
    except KeyError:
        raise CellRefused("sheet_boolean") from None


def _day(value: Value, text: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = normalize("NFKC", text).replace(" ", " ")
    for form in _DAYS:
        if found := form.fullmatch(written):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                break
    raise CellRefused("sheet_date")


def _number(text: str) -> str:
    """The digits of a number, whatever the width of its signs. Raises CellRefused."""
    written = normalize("NFKC", text).replace(" ", "")
    if not _NUMBER.fullmatch(written):
        raise CellRefused("sheet_number")
    return written.replace(",", "").lstrip("+")


def _whole(text: str) -> int:
    number = Decimal(_number(text))
    if number != number.to_integral_value() or len(text) > 40:
        raise CellRefused("sheet_integer")
    return int(number)


def _decimal(field: models.DecimalField, value: Value, text: str) -> Decimal:
    written = normalize("NFKC", text)
    if written.endswith("%"):
        if not field.name.endswith(_PERCENT_FIELDS):
            raise CellRefused("sheet_percent")
        number = Decimal(_number(written[:-1]))
        return number / 100 if field.name.endswith("_ratio") else number
    number = Decimal(_number(f"{Decimal(text):f}" if isinstance(value, float) else text))
    rounded = round(number, field.decimal_places)
    # 0.1 + 0.2 in a spreadsheet is 0.30000000000000004: noise, not a digit too many.
    is_noise = isinstance(value, float) and abs(rounded - number) <= abs(number) * Decimal("1e-12")
    return rounded if is_noise else number


def _words(value: Value, text: str) -> str:
    if isinstance(value, int | float) and len(text.lstrip("-")) > _EXACT_DIGITS:
        raise CellRefused("sheet_digits")
    return text


def _choice(field: models.Field, text: str) -> str:
    return _chosen(tuple(field.flatchoices), text)


def _choices(field: EnumListField, text: str) -> list[str]:
    names = _names(field.enum)
    found = {
        _chosen(field.enum, part) for part in several(text, lambda part: _plain(part) in names)
    }
    return [value for value, _label in field.enum if value in found]


def _chosen(choices: Choices, text: str) -> str:
    names = _names(choices)
    value = names.get(_plain(text))
    if value is not None:
        return value
    near = _near(choices, _plain(text))
    if near:
        raise CellRefused("sheet_choice_near", {"near": _labels(choices, names[near])})
    raise CellRefused("sheet_choice", {"known": _labels(choices)})


@lru_cache(maxsize=1024)
def _near(choices: Choices, text: str) -> str | None:
    """The name that is meant; a column often has the same wrong word in every row."""
    return nearest(text, _names(choices))


@cache
def _names(choices: Choices) -> Mapping[str, str]:
    """What a value may be called: by itself, and by its label in either language."""
    names: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        with translation.override(language):
            names.update((_plain(str(label)), value) for value, label in choices)
    names.update((_plain(value), value) for value, _label in choices)
    return names


def _joined_labels(choices: Choices, only: str | None = None) -> str:
    return separator().join(str(label) for value, label in choices if only in (None, value))


_labels = lazy(_joined_labels, str)  # a fault is told in the language of whoever reads it


def _plain(text: str) -> str:
    return normalize("NFKC", text).casefold().strip()
