"""What of a superseded ledger may be carried over, what a person has to say, and what follows.

An offer is about one commitment: where the new notice states it, and what may become of it. What
is the same is carried over unless a person says otherwise; where an item changed nothing is
chosen for them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from taizhang.ledger.models import Clause, Commitment, Duty, Item, Ledger
from taizhang.ledger.reviewing.reading import ReadItem
from taizhang.ledger.superseding.laying import Laid
from taizhang.notices.comparing import Sameness
from taizhang.notices.document import Span
from taizhang.notices.normalise import normalise, text_hash

# Shorter words stand in many items, and say nothing about where a commitment went.
LONG_ENOUGH = 6


Places = Mapping[int, int]
"""By position in the reading the place among the new items, from 0."""


class Choice(StrEnum):
    CARRY = "carry"
    LOOK = "look"  # carried over, without a clause, for a person to look at
    END = "end"


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


@dataclass(frozen=True)
class Choices:
    """By code of an old commitment, and by code of an old item whether its lead is kept."""

    commitments: Mapping[str, Choice] = field(default_factory=dict)
    leads: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Carried:
    """A commitment that goes on as `code` in the new item at `place`."""

    offer: Offer
    place: Place
    code: str
    wants_a_look: bool


def with_offers(laid: Sequence[Laid], ledger: Ledger | None) -> tuple[LaidItem, ...]:
    """The pairs in their order, with what of the ledger may be carried over in each."""
    if ledger is None:
        return tuple(LaidItem(pair) for pair in laid)
    by_item: dict[int, list[Commitment]] = {}
    rows = Commitment.objects.filter(item__ledger=ledger).order_by("item__number", "position")
    for row in rows.select_related("item__ledger").prefetch_related("clauses", "answers__area"):
        by_item.setdefault(row.item_id, []).append(row)
    news = [pair.new for pair in laid if pair.new is not None]
    places = {item.position: at for at, item in enumerate(news)}
    return tuple(
        LaidItem(
            pair,
            tuple(_offer(pair, row, news, places) for row in _rows_of(pair, by_item)),
            _lead_offer(pair),
        )
        for pair in laid
    )


def missing(laid: Iterable[LaidItem], choices: Choices) -> list[str]:
    """The codes of commitments and items about which nothing was chosen, in their order."""
    return [
        code
        for each in laid
        for code, chosen in (
            *((o.commitment.code, chosen_of(o, choices)) for o in each.offers),
            *(((each.lead.item.code, lead_of(each.lead, choices)),) if each.lead else ()),
        )
        if chosen is None
    ]


def chosen_of(offer: Offer, choices: Choices) -> Choice | None:
    """What was chosen for the commitment, else what holds unless a person says otherwise."""
    chosen = choices.commitments.get(offer.commitment.code)
    return chosen if chosen in offer.options else offer.default


def lead_of(lead: LeadOffer, choices: Choices) -> bool | None:
    return choices.leads.get(lead.item.code, lead.default)


def carried(laid: Sequence[LaidItem], choices: Choices, prefix: str) -> list[Carried]:
    """What goes on, by the order of the new items, with the codes it has there.

    A commitment keeps its number within the item; one that came from another item, and finds its
    number taken, gets the next free one.
    """
    going = [
        (offer, offer.place, chosen_of(offer, choices) is Choice.LOOK)
        for each in laid
        for offer in each.offers
        if offer.place is not None and chosen_of(offer, choices) in (Choice.CARRY, Choice.LOOK)
    ]
    going.sort(key=lambda one: (one[1].at, one[1].is_elsewhere))
    taken: set[str] = set()
    found = []
    for offer, place, wants_a_look in going:
        code = free_code(f"{prefix}{place.number}", offer.commitment.code, taken)
        taken.add(code)
        found.append(Carried(offer, place, code, wants_a_look))
    return found


def free_code(item_code: str, old_code: str, taken: set[str]) -> str:
    """The code in the new item, by the number that the commitment had in the old one.

    >>> free_code("A7", "5.2", set()), free_code("7", "5.2", {"7.1", "7.2", "7.3"})
    ('A7.2', '7.4')
    """
    wanted = f"{item_code}.{old_code.rpartition('.')[2]}"
    if wanted not in taken:
        return wanted
    following = 1
    while f"{item_code}.{following}" in taken:
        following += 1
    return f"{item_code}.{following}"


def _rows_of(pair: Laid, by_item: Mapping[int, list[Commitment]]) -> list[Commitment]:
    return by_item.get(pair.old.row.pk, []) if pair.old and pair.old.row else []


def _offer(pair: Laid, row: Commitment, news: Sequence[ReadItem], places: Places) -> Offer:
    old_text = pair.old.text if pair.old else ""
    quotes = _quotes(old_text, row.clauses.all())
    if pair.new is not None:
        own = Place(places[pair.new.position], _standing(quotes, pair.new.text))
        if pair.sameness is Sameness.SAME:
            return Offer(row, quotes, own, (Choice.CARRY, Choice.END), Choice.CARRY)
        if own.spans:
            return Offer(row, quotes, own, tuple(Choice), None)
    elsewhere = _elsewhere(quotes, news, places)
    if elsewhere is not None:
        return Offer(row, quotes, elsewhere, tuple(Choice), None)
    if pair.new is not None:
        return Offer(row, quotes, own, (Choice.LOOK, Choice.END), None)
    return Offer(row, quotes, None, (Choice.END,), Choice.END)


def _quotes(text: str, clauses: Iterable[Clause]) -> tuple[Quote, ...]:
    """What the old text says of the commitment; nothing where its clauses are of another text."""
    digest = text_hash(text)
    return tuple(
        Quote(text[each.start : each.end], text.count(text[each.start : each.end], 0, each.start))
        for each in clauses
        if each.text_hash == digest
    )


def _standing(quotes: Iterable[Quote], text: str) -> tuple[Span, ...]:
    """Where the new text has all these words; empty where it lacks some, or none are known."""
    plain = normalise(text)
    spans = []
    for quote in quotes:
        words = normalise(quote.text).text
        starts = [found.start() for found in re.finditer(f"(?={re.escape(words)})", plain.text)]
        if not words or not starts:
            return ()
        at = starts[min(quote.before, len(starts) - 1)]
        spans.append(Span(*plain.original_span(at, at + len(words))))
    return tuple(spans)


def _elsewhere(quotes: Sequence[Quote], news: Sequence[ReadItem], places: Places) -> Place | None:
    """The one other item that has all the words, where they are long enough to tell."""
    if not quotes or min(len(normalise(quote.text).text) for quote in quotes) < LONG_ENOUGH:
        return None
    found = [
        Place(places[item.position], spans, is_elsewhere=True)
        for item in news
        if (spans := _standing(quotes, item.text))
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
