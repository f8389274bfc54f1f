"""Two notices side by side as the page shows them: what needs a person first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from taizhang.ledger.figures import target_text
from taizhang.ledger.models import Commitment, ThresholdAnswer
from taizhang.ledger.superseding.carrying import Choices, carried, chosen_of, lead_of
from taizhang.ledger.superseding.models import CarriedCommitment, Supersession
from taizhang.ledger.superseding.offering import Choice, LaidItem, Offer
from taizhang.ledger.superseding.succession import Beside
from taizhang.measures.exemptions import EXEMPTION
from taizhang.notices.comparing import Sameness
from taizhang.notices.document import Span
from taizhang.notices.model import Departments
from taizhang.registers.spec import REGISTERS

HEADINGS: Mapping[Sameness, Promise] = {
    Sameness.CHANGED: gettext_lazy("Changed items"),
    Sameness.GONE: gettext_lazy("Items that are gone"),
    Sameness.NEW: gettext_lazy("New items"),
    Sameness.SAME: gettext_lazy("Items that stay the same"),
}
CHOICES: Mapping[Choice, Promise] = {
    Choice.CARRY: pgettext_lazy("commitment", "Carry over"),
    Choice.LOOK: pgettext_lazy("commitment", "Carry over, to be looked at"),
    Choice.END: pgettext_lazy("commitment", "Ends with the old ledger"),
}


@dataclass(frozen=True)
class Piece:
    text: str
    differs: bool


@dataclass(frozen=True)
class ShownOffer:
    """`code`: what it would be named by in the new ledger; `became` what it is named by.

    `exemptions`: how many decisions (R42) name a code that it will not have any more.
    """

    offer: Offer
    chosen: Choice | None
    code: str
    exemptions: int
    is_missing: bool = False
    became: CarriedCommitment | None = None

    @property
    def commitment(self) -> Commitment:
        return self.offer.commitment

    @property
    def target(self) -> str:
        return target_text(self.commitment)

    @property
    def answer(self) -> ThresholdAnswer | None:
        """The last standing answer for all areas."""
        standing = [each for each in self.commitment.answers.all() if not each.is_withdrawn]
        return next((each for each in reversed(standing) if each.area_id is None), None)

    @property
    def local(self) -> int:
        """How many areas have set their own target."""
        return len(
            {e.area_id for e in self.commitment.answers.all() if e.area_id and not e.is_withdrawn}
        )

    @property
    def options(self) -> list[tuple[str, Promise]]:
        """What may be chosen; nothing where it can only end."""
        options = self.offer.options
        return [(each.value, CHOICES[each]) for each in options] if len(options) > 1 else []

    @property
    def outcome(self) -> Promise | None:
        return CHOICES[self.chosen] if self.chosen else None


@dataclass(frozen=True)
class ShownItem:
    """A pair with its texts in pieces, its departments in words, and its offers."""

    laid: LaidItem
    old: Sequence[Piece]
    new: Sequence[Piece]
    offers: Sequence[ShownOffer]
    keeps_lead: bool | None
    misses_lead: bool

    @property
    def old_departments(self) -> str:
        return _departments(self.laid.pair.old.departments) if self.laid.pair.old else ""

    @property
    def new_departments(self) -> str:
        return _departments(self.laid.pair.new.departments) if self.laid.pair.new else ""


@dataclass(frozen=True)
class Section:
    key: str
    heading: Promise
    items: Sequence[ShownItem]


@dataclass(frozen=True)
class Decision:
    """Decisions (R42) that name a code which now means another commitment, or none.

    `now` is the code under which the commitment goes on; "" where it ended.
    """

    code: str
    now: str
    count: int
    means_another: bool


def sections(
    shown: Beside,
    choices: Choices,
    missing: Iterable[str] = (),
    supersession: Supersession | None = None,
) -> list[Section]:
    """The pairs under what became of the item, what changed first; none without items."""
    codes = _codes(shown)
    named = decisions_by_code()
    became = _became(supersession)
    lacking = set(missing)
    items: dict[Sameness, list[ShownItem]] = {sameness: [] for sameness in HEADINGS}
    for each in shown.items:
        offers = [
            ShownOffer(
                offer,
                chosen_of(offer, choices),
                codes.get(offer.commitment.code, ""),
                _naming(offer, codes, named),
                offer.commitment.code in lacking,
                became.get(offer.commitment.pk),
            )
            for offer in each.offers
        ]
        items[each.pair.sameness].append(_shown_item(each, offers, choices, lacking))
    return [Section(s.value, HEADINGS[s], found) for s, found in items.items() if found]


def counts(shown: Beside) -> dict[str, int]:
    """How many items are the same, changed, new and gone."""
    counted = Counter(each.pair.sameness for each in shown.items)
    return {sameness.value: counted[sameness] for sameness in Sameness}


def decisions_by_code() -> Mapping[str, int]:
    """How many verified decisions (R42) name each code."""
    spec = REGISTERS.get(EXEMPTION)
    if spec is None:
        return {}
    rows = spec.model.objects.verified().values_list("commitment").annotate(Count("pk"))
    return dict(rows.order_by("commitment"))


def misnamed(supersession: Supersession) -> list[Decision]:
    """The decisions whose code is not that of the commitment any more, by their codes."""
    named = decisions_by_code()
    rows = Commitment.objects.filter(item__ledger=supersession.old).order_by(
        "item__number", "position"
    )
    went = {each.old_id: each.new.code for each in supersession.carried.select_related("new")}
    taken = set(
        Commitment.objects.filter(item__ledger=supersession.new).values_list("code", flat=True)
    )
    return [
        Decision(row.code, went.get(row.pk, ""), named[row.code], row.code in taken)
        for row in rows
        if row.code in named and went.get(row.pk) != row.code
    ]


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The text cut at the spans, which differ from what the other side has."""
    found, at = [], 0
    for span in spans:
        found += [Piece(text[at : span.start], False), Piece(text[span.start : span.end], True)]
        at = span.end
    return [piece for piece in (*found, Piece(text[at:], False)) if piece.text]


def _shown_item(
    each: LaidItem, offers: Sequence[ShownOffer], choices: Choices, lacking: set[str]
) -> ShownItem:
    pair = each.pair
    keeps = lead_of(each.lead, choices) if each.lead else None
    return ShownItem(
        laid=each,
        old=pieces(pair.old.text, (found.old for found in pair.differences)) if pair.old else [],
        new=pieces(pair.new.text, (found.new for found in pair.differences)) if pair.new else [],
        offers=offers,
        keeps_lead=keeps,
        misses_lead=each.lead is not None and each.lead.item.code in lacking,
    )


def _codes(shown: Beside) -> dict[str, str]:
    """By old code the one that each commitment would have if all went over."""
    if shown.ledger is None:
        return {}
    every = Choices(
        {o.commitment.code: Choice.CARRY for each in shown.items for o in each.offers if o.place}
    )
    items = [
        replace(each, offers=tuple(_open(offer) for offer in each.offers)) for each in shown.items
    ]
    return {
        each.offer.commitment.code: each.code for each in carried(items, every, shown.ledger.prefix)
    }


def _open(offer: Offer) -> Offer:
    """The offer as if it could always be carried."""
    return replace(offer, options=tuple(Choice))


def _naming(offer: Offer, codes: Mapping[str, str], named: Mapping[str, int]) -> int:
    code = offer.commitment.code
    return 0 if codes.get(code) == code else named.get(code, 0)


def _became(supersession: Supersession | None) -> dict[int, CarriedCommitment]:
    if supersession is None:
        return {}
    rows = supersession.carried.select_related("new__item__ledger")
    return {each.old_id: each for each in rows}


def _departments(said: Departments) -> str:
    """Who leads and who co-operates; one list where the notice does not say who leads."""
    mark = _("; ")
    lead = _(", ").join(said.lead)
    parts = []
    if lead:
        parts.append(_("Lead: %(names)s") % {"names": lead} if said.lead_is_stated else lead)
    if said.cooperating:
        names = _(", ").join(said.cooperating)
        parts.append(_("Co-operating: %(names)s") % {"names": names})
    return mark.join(parts) or "—"
