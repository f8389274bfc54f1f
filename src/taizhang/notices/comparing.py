"""Two notices side by side: which items are the same, changed, new or gone.

Items are paired by what they say, since a later notice numbers them anew, moves and splits them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from taizhang.lib.resemblance import Resemblance
from taizhang.notices.differences import Difference, differences
from taizhang.notices.model import Departments
from taizhang.notices.normalise import normalise

# Items of one notice on related matters are alike up to some 0.4; the same item in other words
# lies above that, or keeps at least its number.
ALIKE = 0.4
SAME_NUMBER = 0.1


class Comparable(Protocol):
    """An item as far as comparing looks at it: of a notice as read, corrected or published."""

    @property
    def number(self) -> int: ...

    @property
    def text(self) -> str: ...

    @property
    def departments(self) -> Departments: ...

    @property
    def deadline(self) -> str | None: ...


class Sameness(StrEnum):
    SAME = "same"
    CHANGED = "changed"  # in its text, its departments or its deadline
    NEW = "new"
    GONE = "gone"


Old = TypeVar("Old", bound=Comparable)
New = TypeVar("New", bound=Comparable)


@dataclass(frozen=True, slots=True)
class Pair(Generic[Old, New]):
    """An old item and the new one that continues it; one of them is None where there is no other.

    The spans of `differences` count in the texts of both items.
    """

    old: Old | None
    new: New | None
    differences: tuple[Difference, ...] = ()
    departments_differ: bool = False
    deadline_differs: bool = False

    @property
    def sameness(self) -> Sameness:
        """An item that only got another number is the same."""
        if self.new is None:
            return Sameness.GONE
        if self.old is None:
            return Sameness.NEW
        is_changed = self.differences or self.departments_differ or self.deadline_differs
        return Sameness.CHANGED if is_changed else Sameness.SAME

    @property
    def is_renumbered(self) -> bool:
        return self.old is not None and self.new is not None and self.old.number != self.new.number


def compare(old_items: Sequence[Old], new_items: Sequence[New]) -> tuple[Pair[Old, New], ...]:
    """Each item in one pair, in the order of the new items; those that are gone where they stood.

    Two items are paired where their texts agree in normalised form, else where they are alike, the
    most alike first. One that was split is continued by the part most like it; the others are new.
    """
    matches = _matches(old_items, new_items)
    pairs: list[Pair[Old, New]] = [
        _pair(old_items[matches[at]], item) if at in matches else Pair(None, item)
        for at, item in enumerate(new_items)
    ]
    places = {old: new for new, old in matches.items()}
    gone = [at for at in range(len(old_items)) if at not in places]
    behind: dict[int, list[Pair[Old, New]]] = {}
    for at in gone:
        before = max((old for old in places if old < at), default=None)
        place = -1 if before is None else places[before]
        behind.setdefault(place, []).append(Pair(old_items[at], None))
    ordered = behind.get(-1, [])
    for at, pair in enumerate(pairs):
        ordered += [pair, *behind.get(at, ())]
    return tuple(ordered)


def _pair(old: Old, new: New) -> Pair[Old, New]:
    return Pair(
        old,
        new,
        differences(old.text, new.text),
        _differ(old.departments, new.departments),
        _plain(old.deadline) != _plain(new.deadline),
    )


def _plain(text: str | None) -> str:
    return normalise(text or "").text


def _differ(old: Departments, new: Departments) -> bool:
    """Other departments, or another lead: the stated one, else where both say none, the first."""
    if _all(old) != _all(new):
        return True
    if old.lead_is_stated and new.lead_is_stated:
        return set(map(_plain, old.lead)) != set(map(_plain, new.lead))
    if old.lead_is_stated or new.lead_is_stated:
        return False
    return [*map(_plain, old.lead[:1])] != [*map(_plain, new.lead[:1])]


def _all(departments: Departments) -> set[str]:
    return {_plain(name) for name in (*departments.lead, *departments.cooperating)}


def _matches(old_items: Sequence[Old], new_items: Sequence[New]) -> dict[int, int]:
    """By position of a new item that of the old one it continues."""
    matches: dict[int, int] = {}
    for candidates in (_equal, _alike):
        taken = set(matches.values())
        for old, new in candidates(
            {at: item for at, item in enumerate(old_items) if at not in taken},
            {at: item for at, item in enumerate(new_items) if at not in matches},
        ):
            if new not in matches and old not in taken:
                matches[new] = old
                taken.add(old)
    return matches


Placed = Mapping[int, Comparable]
"""Items by their position in the notice."""
Candidate = tuple[int, int]
"""Positions of an old and a new item."""


def _equal(olds: Placed, news: Placed) -> list[Candidate]:
    """Items of equal text; of several, those that have departments, number and place in common."""
    by_text: dict[str, list[int]] = {}
    for at, item in olds.items():
        by_text.setdefault(_plain(item.text), []).append(at)
    found = [(old, new) for new, item in news.items() for old in by_text.get(_plain(item.text), ())]
    return sorted(
        found,
        key=lambda at: (
            _differ(olds[at[0]].departments, news[at[1]].departments),
            olds[at[0]].number != news[at[1]].number,
            *_nearness(*at),
        ),
    )


def _alike(olds: Placed, news: Placed) -> list[Candidate]:
    """Items whose texts are alike enough, the most alike first."""
    found = [
        (-likeness, *_nearness(old, new), old, new)
        for old, new, likeness in _likenesses(olds, news)
        if likeness >= ALIKE
    ]
    return [(old, new) for *_, old, new in sorted(found)]


def _likenesses(olds: Placed, news: Placed) -> Iterator[tuple[int, int, float]]:
    """Rounded, since what a sum comes to in its last places depends on the order of its parts."""
    places = list(olds)
    texts = Resemblance([_plain(item.text) for item in (*olds.values(), *news.values())])
    for new, item in news.items():
        for index, score in texts.scores(_plain(item.text)).items():
            if index < len(places):
                old = places[index]
                is_same = olds[old].number == item.number
                yield old, new, round(score, 6) + (SAME_NUMBER if is_same else 0)


def _nearness(old: int, new: int) -> tuple[int, int]:
    """The same either way round: who is compared with whom decides nothing."""
    return abs(old - new), min(old, new)
