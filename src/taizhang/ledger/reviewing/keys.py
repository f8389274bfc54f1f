"""The names of values in the addresses inside the page, and of what a person says is right."""

import re
from dataclasses import dataclass

from taizhang.ledger.reviewing.reading import HEAD, OF_ITEM, Field

_KEY = re.compile(
    r"item-(?P<position>\d{1,5})(?:-(?:(?P<name>[a-z]+)|c(?P<start>\d{1,7})-(?P<end>\d{1,7})))?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a reading; `quoted` are the ends of a commitment's quote in its item's text."""

    position: int | None
    field: str
    quoted: tuple[int, int] | None = None

    @property
    def key(self) -> str:
        if self.position is not None and self.quoted is not None:
            return commitment_key(self.position, *self.quoted)
        return key_of(self.position, self.field)


def key_of(position: int | None, field: str = Field.TEXT) -> str:
    """The key of a value; an item's own is that of its text.

    >>> key_of(None, "title"), key_of(3), key_of(3, "deadline")
    ('title', 'item-3', 'item-3-deadline')
    """
    if position is None:
        return str(field)
    return f"item-{position}" if field == Field.TEXT else f"item-{position}-{field}"


def commitment_key(position: int, start: int, end: int) -> str:
    """The key of the commitment whose quote stands there.

    >>> commitment_key(3, 0, 6)
    'item-3-c0-6'
    """
    return f"item-{position}-c{start}-{end}"


def place_of(key: str) -> Place | None:
    """The value of a key; None for what is no key.

    >>> place_of("item-3-c0-6")
    Place(position=3, field=ReadingCorrection.Field.COMMITMENT, quoted=(0, 6))
    >>> place_of("item-3").field, place_of("title").position, place_of("elsewhere")
    (ReadingCorrection.Field.TEXT, None, None)
    """
    if key in HEAD:
        return Place(None, Field(key))
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    position = int(found["position"])
    if found["start"]:
        return Place(position, Field.COMMITMENT, (int(found["start"]), int(found["end"])))
    name = found["name"] or Field.TEXT
    return Place(position, Field(name)) if name in OF_ITEM else None
