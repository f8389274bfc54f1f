"""Kept files read again by the present reader, held against what persons have said they contain."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.db.models import Q

from taizhang.ledger.models import Notice
from taizhang.ledger.reviewing.reading import (
    HEAD,
    OF_ITEM,
    Field,
    Reading,
    ReadItem,
    as_read,
    corrected,
)
from taizhang.notices.errors import ReadingError
from taizhang.notices.kept import as_kept
from taizhang.notices.read import read_notice

_ALIKE = 0.6  # share of common characters from which two texts are the same item


class Outcome(StrEnum):
    """The present reading beside the kept one, both measured against what is right."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Reread:
    """How the present reader does with one value of a notice; `position` as in a correction."""

    notice: Notice
    position: int | None
    field: str
    outcome: Outcome
    right: Any
    was_read: Any
    is_read: Any


@dataclass(frozen=True, slots=True)
class NotReread:
    """A notice whose file is gone or is refused by the present reader, and why."""

    notice: Notice
    reason: str


def judged_notices() -> Iterator[Notice]:
    """The notices that a person has spoken of: corrected them, or published what was read."""
    spoken_of = Q(corrections__isnull=False) | Q(state=Notice.State.PUBLISHED)
    yield from Notice.objects.filter(spoken_of).distinct().order_by("pk").iterator()


def reread(notice: Notice) -> list[Reread] | NotReread:
    """Every value of the notice, read by the present reader and compared with what is right.

    Right is what stands after the corrections. An item that one of the readings does not have
    counts as one that it got wrong; one that only the present reader finds counts as worse.
    """
    try:
        with notice.file.open("rb") as file:
            present = as_read(as_kept(read_notice(file.read(), filename=notice.file_name)))
    except FileNotFoundError:
        return NotReread(notice, "file_missing")
    except ReadingError as refusal:
        return NotReread(notice, refusal.key)
    right, kept = corrected(notice), as_read(notice.reading)
    return [*_head(notice, right, kept, present), *_items(notice, right, kept, present)]


def _head(notice: Notice, right: Reading, kept: Reading, present: Reading) -> Iterator[Reread]:
    for name in HEAD:
        values = (right.head[name], kept.head[name], present.head[name])
        yield Reread(notice, None, name, _outcome(*values), *values)


def _items(notice: Notice, right: Reading, kept: Reading, present: Reading) -> Iterator[Reread]:
    left = list(present.items)
    dropped = [item for item in kept.items if right.item(item.position) is None]
    for item in right.items:
        old, new = kept.item(item.position), _like(item, left)
        if new is not None:
            left.remove(new)
        for name in OF_ITEM:
            values = (
                item.values[name],
                old.values[name] if old else None,
                new.values[name] if new else None,
            )
            yield Reread(notice, item.position, name, _outcome(*values), *values)
    for item in dropped:
        again = _like(item, left)
        if again is not None:
            left.remove(again)
        outcome = Outcome.SAME if again else Outcome.BETTER
        found = again.values if again else None
        yield Reread(notice, item.position, Field.ITEM, outcome, None, item.values, found)
    for item in left:
        yield Reread(notice, None, Field.ITEM, Outcome.WORSE, None, None, item.values)


def _like(item: ReadItem, among: list[ReadItem]) -> ReadItem | None:
    """The item that says the same: with the very text, else the most alike one of that number."""
    same = [each for each in among if each.text == item.text]
    numbered = [each for each in among if each.number == item.number]
    alike = [each for each in numbered if _likeness(each.text, item.text) >= _ALIKE]
    return next(iter((*same, *alike)), None)


def _outcome(right: Any, was: Any, now: Any) -> Outcome:
    before, after = _likeness(right, was), _likeness(right, now)
    if after == before:
        return Outcome.SAME
    return Outcome.BETTER if after > before else Outcome.WORSE


def _likeness(one: Any, other: Any) -> float:
    """From 0 to 1; texts and lists by what they have in common, anything else whole or not."""
    if one == other:
        return 1.0
    if isinstance(one, str) and isinstance(other, str):
        return SequenceMatcher(None, one, other, autojunk=False).ratio()
    if isinstance(one, list) and isinstance(other, list):
        return SequenceMatcher(None, one, other, autojunk=False).ratio()
    if isinstance(one, dict) and isinstance(other, dict):
        return sum(_likeness(one[name], other.get(name)) for name in one) / max(len(one), 1)
    return 0.0
