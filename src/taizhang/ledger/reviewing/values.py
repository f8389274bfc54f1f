"""The values of a reading as the page shows them: how sure, what a person said, what was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from taizhang.ledger.reviewing.models import ReadingCorrection
from taizhang.ledger.reviewing.reading import ReadItem
from taizhang.notices.commitments import Commitment
from taizhang.notices.model import Sureness

LABELS: Mapping[str, Promise | str] = dict(ReadingCorrection.Field.choices)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the reading; `key` names it in the addresses inside the page.

    `was` is what was read where a person has spoken of it; such a value is nobody's guess.
    """

    key: str
    name: str
    value: Any
    sureness: Sureness | None
    has_place: bool
    correction: ReadingCorrection | None = None
    was: Any = None

    @property
    def label(self) -> Promise | str:
        return LABELS[self.name]


@dataclass(frozen=True, slots=True)
class FoundCommitment:
    """A number or date that an item's text commits to; `was` as in `Value`."""

    key: str
    found: Commitment
    sureness: Sureness | None
    has_place: bool
    correction: ReadingCorrection | None = None
    was: Commitment | None = None


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item with what was read of it. `is_added`: a person added it."""

    item: ReadItem
    text: Value
    departments: Value
    deadline: Value
    number: Value
    commitments: tuple[FoundCommitment, ...]
    dropped: tuple[Commitment, ...]
    is_added: bool

    @property
    def values(self) -> tuple[Value, ...]:
        return (self.number, self.text, self.departments, self.deadline)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all its values, in the order of the page."""
        return tuple(each.key for each in (*self.values, *self.commitments))
