"""What was chosen of what may be carried over, what is missing, and the codes that follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from taizhang.ledger.superseding.offering import Choice, LaidItem, LeadOffer, Offer, Place


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


def not_offered(laid: Sequence[LaidItem], choices: Choices) -> list[str]:
    """The codes for which something was chosen that cannot be, such as one that was mistyped."""
    options = {offer.commitment.code: offer.options for each in laid for offer in each.offers}
    leads = {each.lead.item.code for each in laid if each.lead}
    return [
        *(
            code
            for code, chosen in choices.commitments.items()
            if chosen not in options.get(code, ())
        ),
        *(code for code in choices.leads if code not in leads),
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
