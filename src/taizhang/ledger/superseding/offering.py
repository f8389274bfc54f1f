"""What of a superseded ledger may be carried over, and where the new notice states it.

An offer is about one commitment. What is the same is carried over unless a person says otherwise;
where an item changed nothing is chosen for them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from taizhang.ledger.models import Commitment, Duty, Item, Ledger
from taizhang.ledger.superseding.laying import Laid
from taizhang.notices.comparing import Sameness
from taizhang.notices.document import Span
from taizhang.notices.normalise import Normalised, normalise, text_hash

# Shorter words stand in many items, and say nothing about where a commitment went.
LONG_ENOUGH = 6


class Choice(StrEnum):
    CARRY = "carry"
    LOOK = "look"  # carried over, without a clause, for a person to look at
    END = "end"


class Spanning(Protocol):
    """What is said of a span of an item's text: a clause, or a person's answer on one."""

    start: int
    end: int
    text_hash: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the old text, and how often it had them before this place."""

    text: str
    before: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """The position of a new item, and the spans of its text that state the commitment.

    `is_elsewhere`: it is not the item that continues the commitment's own.
    """

    at: int
    spans: tuple[Span, ...] = ()
    is_elsewhere: bool = False

    @property
    def number(self) -> int:
        """The number of the item on the new ledger."""
        return self.at + 1


@dataclass(frozen=True)
class Offer:
    """`place` None: it can only end. `default` None: a person has to choose."""

    commitment: Commitment
    quotes: tuple[Quote, ...]
    place: Place | None
    options: tuple[Choice, ...]
    default: Choice | None

    @property
    def quoted(self) -> str:
        """All of its words, as they are shown."""
        return " … ".join(quote.text for quote in self.quotes)

    @property
    def quote_stands(self) -> bool:
        return bool(self.place and self.place.spans)


@dataclass(frozen=True)
class LeadOffer:
    """The lead that the office confirmed, where the new notice names it and no other."""

    item: Item
    department: str
    default: bool | None


@dataclass(frozen=True)
class LaidItem:
    """A pair of items with what it offers."""

    pair: Laid
    offers: tuple[Offer, ...] = ()
    lead: LeadOffer | None = None


def with_offers(laid: Sequence[Laid], ledger: Ledger | None) -> tuple[LaidItem, ...]:
    """The pairs in their order, with what of the ledger may be carried over in each."""
    if ledger is None:
        return tuple(LaidItem(pair) for pair in laid)
    by_item: dict[int, list[Commitment]] = {}
    rows = Commitment.objects.filter(item__ledger=ledger).order_by("item__number", "position")
    for row in rows.select_related("item__ledger").prefetch_related("clauses", "answers__area"):
        by_item.setdefault(row.item_id, []).append(row)
    texts = [normalise(pair.new.text) for pair in laid if pair.new is not None]
    found = []
    at = 0
    for pair in laid:
        own = by_item.get(pair.old.row.pk, ()) if pair.old and pair.old.row else ()
        found.append(LaidItem(pair, _offers(pair, own, texts, at), _lead_offer(pair)))
        at += pair.new is not None
    return tuple(found)


def quotes_in(text: str, digest: str, clauses: Iterable[Spanning]) -> tuple[Quote, ...]:
    """What the old text, which has the hash `digest`, says there; nothing of another text."""
    return tuple(
        Quote(text[each.start : each.end], text.count(text[each.start : each.end], 0, each.start))
        for each in clauses
        if each.text_hash == digest
    )


def standing(quotes: Iterable[Quote], text: Normalised) -> tuple[Span, ...]:
    """Where the new text has all these words; empty where it lacks some, or none are known."""
    spans = []
    for quote in quotes:
        words = normalise(quote.text).text
        starts = [found.start() for found in re.finditer(f"(?={re.escape(words)})", text.text)]
        if not words or not starts:
            return ()
        at = starts[min(quote.before, len(starts) - 1)]
        spans.append(Span(*text.original_span(at, at + len(words))))
    return tuple(spans)


def _offers(
    pair: Laid, rows: Sequence[Commitment], texts: Sequence[Normalised], at: int
) -> tuple[Offer, ...]:
    """`texts` are those of the new items, `at` the place of the pair's own if it has one."""
    if not rows or pair.old is None:
        return ()
    old = pair.old.text
    digest = text_hash(old)
    own = at if pair.new is not None else None
    is_same = pair.sameness is Sameness.SAME
    return tuple(
        _offer(
            row, quotes_in(pair.old.text, digest, row.clauses.all()), texts, own, is_same=is_same
        )
        for row in rows
    )


def _offer(
    row: Commitment,
    quotes: Sequence[Quote],
    texts: Sequence[Normalised],
    own: int | None,
    *,
    is_same: bool,
) -> Offer:
    place = None if own is None else Place(own, standing(quotes, texts[own]))
    if is_same:
        return Offer(row, tuple(quotes), place, (Choice.CARRY, Choice.END), Choice.CARRY)
    if place is None or not place.spans:
        place = _elsewhere(quotes, texts) or place
    if place is None:
        return Offer(row, tuple(quotes), None, (Choice.END,), Choice.END)
    options = tuple(Choice) if place.spans else (Choice.LOOK, Choice.END)
    return Offer(row, tuple(quotes), place, options, None)


def _elsewhere(quotes: Sequence[Quote], texts: Sequence[Normalised]) -> Place | None:
    """The one item that has all the words, where they are long enough to tell."""
    if not quotes or min(len(normalise(quote.text).text) for quote in quotes) < LONG_ENOUGH:
        return None
    found = [
        Place(at, spans, is_elsewhere=True)
        for at, text in enumerate(texts)
        if (spans := standing(quotes, text))
    ]
    return found[0] if len(found) == 1 else None


def _lead_offer(pair: Laid) -> LeadOffer | None:
    if pair.old is None or pair.old.row is None or pair.new is None:
        return None
    duties = pair.old.row.duties.all()
    lead = next((duty for duty in duties if duty.confirmed and duty.part == Duty.Part.LEAD), None)
    said = pair.new.departments
    if lead is None or said.lead_is_stated or lead.department_zh not in said.lead:
        return None
    default = True if pair.sameness is Sameness.SAME else None
    return LeadOffer(pair.old.row, lead.department_zh, default)
