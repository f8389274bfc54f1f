"""A notice laid upon its pack: which words of each item state which commitment.

The pack keeps offsets into the normalised text of an item and a hash of that text. Where the
notice has the same text, the offsets are led back to the verbatim one. Where it has another,
nothing is bound: a person has to look.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from taizhang.ledger.packs.model import LedgerPack, PackItem
from taizhang.notices.normalise import normalise, text_hash


class Numbered(Protocol):
    """An item of a notice, as far as binding looks at it."""

    @property
    def number(self) -> int: ...

    @property
    def text(self) -> str: ...


class Listed(Protocol):
    """A notice as read, or as corrected since."""

    @property
    def items(self) -> Sequence[Numbered]: ...


class BindingState(StrEnum):
    BOUND = "bound"
    TEXT_DIFFERS = "text_differs"  # the notice words this item in another way
    NOT_IN_NOTICE = "not_in_notice"  # the pack has an item that the notice has not
    NOT_IN_PACK = "not_in_pack"  # the notice has an item that the pack has not
    AMBIGUOUS = "ambiguous"  # the notice has several items of this number


@dataclass(frozen=True, slots=True)
class ClauseBinding:
    """Commitment `code` is stated by the item's verbatim text from `start` to `end`."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ItemBinding:
    """How an item of the notice and one of the pack agree; `clauses` only where they are bound."""

    number: int
    state: BindingState
    clauses: tuple[ClauseBinding, ...] = ()


def bind(pack: LedgerPack, notice: Listed) -> list[ItemBinding]:
    """One binding for each item number of the pack or of the notice, in the order of numbers."""
    of_pack = {item.number: item for item in pack.items}
    of_notice: dict[int, list[Numbered]] = {}
    for item in notice.items:
        of_notice.setdefault(item.number, []).append(item)
    numbers = sorted(of_pack.keys() | of_notice.keys())
    return [_bind(number, of_pack.get(number), of_notice.get(number, ())) for number in numbers]


def clauses_in(packed: PackItem, text: str) -> tuple[ClauseBinding, ...] | None:
    """Where the verbatim text states the commitments of the item; None when it is another text."""
    if text_hash(text) != packed.text_hash:
        return None
    normalised = normalise(text)
    return tuple(
        ClauseBinding(entry.code, *normalised.original_span(entry.clause.start, entry.clause.end))
        for entry in packed.commitments
    )


def _bind(number: int, ours: PackItem | None, theirs: Iterable[Numbered]) -> ItemBinding:
    found = tuple(theirs)
    if ours is None:
        return ItemBinding(number, BindingState.NOT_IN_PACK)
    if not found:
        return ItemBinding(number, BindingState.NOT_IN_NOTICE)
    if len(found) > 1:
        return ItemBinding(number, BindingState.AMBIGUOUS)
    clauses = clauses_in(ours, found[0].text)
    if clauses is None:
        return ItemBinding(number, BindingState.TEXT_DIFFERS)
    return ItemBinding(number, BindingState.BOUND, clauses)
