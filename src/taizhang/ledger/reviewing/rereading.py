"""Kept files read again by the present reader, held against what persons have said they contain."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.db.models import Q

from taizhang.ledger.models import Notice
from taizhang.ledger.reviewing.commitments import commitments_of
from taizhang.ledger.reviewing.models import ReadingCorrection
from taizhang.ledger.reviewing.reading import (
    HEAD,
    OF_ITEM,
    Field,
    Reading,
    ReadItem,
    as_read,
    corrected,
)
from taizhang.notices.commitments import Commitment
from taizhang.notices.errors import ReadingError
from taizhang.notices.kept import as_kept, as_kept_commitment
from taizhang.notices.read import read_notice

_ALIKE = 0.6  # share of common characters from which two texts are the same item
# What is right of a commitment; where it stands and how sure the reader is are no part of it.
_SAID = (
    *("quote", "kind", "role", "comparator", "amount"),
    *("recurrence", "deadline", "subject", "condition"),
)


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
            read = read_notice(file.read(), filename=notice.file_name)
    except FileNotFoundError:
        return NotReread(notice, "file_missing")
    except ReadingError as refusal:
        return NotReread(notice, refusal.key)
    right = _Side(corrected(notice), _found(notice, notice.corrections.all()))
    kept = _Side(as_read(notice.reading), _found(notice, ()))
    present = _Side(
        as_read(as_kept(read)),
        {at: _said(item.commitments) for at, item in enumerate(read.items)},
    )
    head = _head(notice, right.reading, kept.reading, present.reading)
    return [*head, *_items(notice, right, kept, present)]


@dataclass(frozen=True, slots=True)
class _Side:
    """A reading with what its items commit to, by their positions."""

    reading: Reading
    commitments: Mapping[int, list[dict[str, Any]]]

    def values(self, item: ReadItem | None) -> Mapping[str, Any]:
        """What is compared of an item; nothing of one that it does not have."""
        if item is None:
            return {}
        return {**item.values, Field.COMMITMENT: self.commitments.get(item.position, [])}


def _found(
    notice: Notice, corrections: Iterable[ReadingCorrection]
) -> dict[int, list[dict[str, Any]]]:
    shown = commitments_of(notice, corrections)
    return {each.item.position: _said(each.commitments) for each in shown}


def _said(commitments: Iterable[Commitment]) -> list[dict[str, Any]]:
    kept = map(as_kept_commitment, commitments)
    return [{name: each[name] for name in _SAID} for each in kept]


def _head(notice: Notice, right: Reading, kept: Reading, present: Reading) -> Iterator[Reread]:
    for name in HEAD:
        values = (right.head[name], kept.head[name], present.head[name])
        yield Reread(notice, None, name, _outcome(*values), *values)


def _items(notice: Notice, right: _Side, kept: _Side, present: _Side) -> Iterator[Reread]:
    left = list(present.reading.items)
    standing = {item.position for item in right.reading.items}
    dropped = [item for item in kept.reading.items if item.position not in standing]
    for item in right.reading.items:
        new = _like(item, left)
        if new is not None:
            left.remove(new)
        is_right, was = right.values(item), kept.values(kept.reading.item(item.position))
        now = present.values(new)
        for name in (*OF_ITEM, Field.COMMITMENT):
            values = (is_right[name], was.get(name), now.get(name))
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
        if any(isinstance(each, dict) for each in (*one, *other)):
            return _likeness_of_commitments(one, other)
        return SequenceMatcher(None, one, other, autojunk=False).ratio()
    if isinstance(one, dict) and isinstance(other, dict):
        return sum(_likeness(one[name], other.get(name)) for name in one) / max(len(one), 1)
    return 0.0


def _likeness_of_commitments(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> float:
    """What those of the same words have in common; one that the other list has not, nothing."""
    by_quote = {each["quote"]: each for each in other}
    common = sum(_likeness(each, by_quote.get(each["quote"])) for each in one)
    return common / max(len(one), len(other))
