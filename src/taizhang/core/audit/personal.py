"""Personal values in the change log: masked before they are written (handbook 7.4, point 10)."""

import re
from collections.abc import Collection, Mapping

MASK = "••••"

# Resident identity numbers (GB 11643) and mobile numbers, wherever somebody typed them into a text.
_RESIDENT_ID = r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
_MOBILE = r"1[3-9]\d{9}"
_NUMBERS = re.compile(rf"(?<![0-9A-Za-z])(?:{_RESIDENT_ID}|{_MOBILE})(?![0-9A-Za-z])")


def masked_text(text: str) -> str:
    """The text with identity and mobile numbers masked.

    >>> masked_text("联系人 13800138000，统一社会信用代码 91130302MA0000001X")
    '联系人 ••••，统一社会信用代码 91130302MA0000001X'
    """
    return _NUMBERS.sub(MASK, text)


def masked_changes(
    changes: Mapping[str, tuple[object, object]], personal: Collection[str]
) -> dict[str, list[object]]:
    """Field → [old, new], with every value of a personal field masked; what is empty stays empty.

    >>> masked_changes({"person_name": (None, "张某"), "full_time": (False, True)}, {"person_name"})
    {'person_name': [None, '••••'], 'full_time': [False, True]}
    """
    return {
        field: [_hidden(value) if field in personal else _scanned(value) for value in pair]
        for field, pair in changes.items()
    }


def _hidden(value: object) -> object:
    return value if value in (None, "") else MASK


def _scanned(value: object) -> object:
    """The value with the texts in it masked, however deep they lie."""
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, Mapping):
        return {key: _scanned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_scanned(each) for each in value]
    return value
