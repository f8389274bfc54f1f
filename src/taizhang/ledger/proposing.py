"""From a commitment found in a notice to a proposal of one that can be computed.

Nothing is bound here: a proposal is what the text says, in the terms of measures, beside the
formulas that come nearest. A person picks one, edits it and publishes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from taizhang.ledger.packs.model import Label, LedgerPack
from taizhang.lib.resemblance import Likeness, Resemblance
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Comparator, Kind, Modality, Target
from taizhang.notices.commitments import Amount
from taizhang.notices.commitments import Commitment as Found
from taizhang.notices.commitments import Comparator as Stated
from taizhang.notices.commitments import Kind as FoundKind
from taizhang.notices.deadlines import last_day

OTHER_KIND = 0.75
"""What the likeness of a formula counts for when it measures another kind of thing."""
NO_SHARE = 0.5
"""What it counts for when one of the two is a share and the other is none."""
_NEAREST = 5
_SHARES = frozenset({Kind.RATIO, Kind.COVERAGE})
_HOW_MUCH = re.compile(
    "每(?:半年|年|季度|月|周|届|五年)|全年|年底前?|累计|至少|不(?:少于|低于|超过|高于)|达到?|超过|以上|以下|以内"
    "|开展|召开|举办|组织"
)
"""Words of how much and how often, and of doing at all: every duty has some, they tell of none."""
_SHORT_NAMES = {"职工代表大会": "职代会"}
"""Notices write the whole name, registers the short one."""
_SENTENCE_ENDS = "。；;！!？?\n"
_CLAUSE_ENDS = "，,：:"
_PERIODS = {
    "year": Period.YEAR,
    "quarter": Period.QUARTER,
    "term": Period.TERM,
    "5 years": Period.FIVE_YEAR,
}
_KINDS = {
    FoundKind.COUNT: Kind.COUNT,
    FoundKind.AMOUNT: Kind.COUNT,
    FoundKind.RATIO: Kind.RATIO,
    FoundKind.COVERAGE: Kind.COVERAGE,
    FoundKind.RANGE: Kind.RANGE,
    FoundKind.TREND: Kind.TREND,
    FoundKind.DEADLINE: Kind.MILESTONE,
}
_COMPARATORS = {
    Stated.AT_LEAST: Comparator.AT_LEAST,
    Stated.EQUAL: Comparator.AT_LEAST,
    Stated.MORE_THAN: Comparator.MORE_THAN,
    Stated.AT_MOST: Comparator.AT_MOST,
    Stated.BETWEEN: Comparator.BETWEEN,
}
"""A date without a year begins with its month."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A formula that may compute the commitment.

    `source` is the code of a commitment of the pack, or the slug of a register whose rows are
    counted. `score` is from 0 to 1; `shared` are the words for which it is proposed.
    """

    source: str
    label: Label
    numerator: str
    denominator: str
    population: str | None
    score: float = 0.0
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedPopulation:
    """A population of the pack with the words that it shares with the subject."""

    id: str
    label: Label
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a found commitment comes to; None is what the text does not say.

    `comparator` None: one that measures do not have (less than). `target` of a share is in per
    cent. `planned` is the last day by which it is due. Candidates and populations are ranked, the
    best first.
    """

    found: Found
    kind: Kind
    comparator: Comparator | None
    target: Target
    unit: str | None
    period: Period | None
    planned: date | None
    modality: Modality | None
    populations: tuple[NamedPopulation, ...]
    candidates: tuple[Candidate, ...]


class Proposer:
    """Proposals against one pack; made once, it serves all commitments of a notice."""

    def __init__(self, pack: LedgerPack) -> None:
        self._known = tuple(_known(pack))
        self._populations = tuple(pack.populations.values())
        self._formulas = Resemblance([_telling(known.words) for known in self._known])
        self._subjects = Resemblance([each.label.zh for each in self._populations])

    def propose(self, found: Found, text: str) -> Proposal:
        """What to start from for a commitment found in `text`, the text of its item."""
        kind = _KINDS[found.kind]
        return Proposal(
            found=found,
            kind=kind,
            comparator=_comparator(found),
            target=_target(found),
            unit=_unit(found.amount),
            period=_period(found),
            planned=last_day(found.deadline) if found.deadline else None,
            modality=Modality(found.strength.value) if found.strength else None,
            populations=self._named(found),
            candidates=self.nearest(_around(found, text), kind),
        )

    def nearest(self, words: str, kind: Kind) -> tuple[Candidate, ...]:
        """The formulas that come nearest to a wording, the best first."""
        ranked = [
            self._candidate(likeness, kind) for likeness in self._formulas.like(_telling(words))
        ]
        return tuple(sorted(ranked, key=lambda candidate: -candidate.score)[:_NEAREST])

    def _candidate(self, likeness: Likeness, kind: Kind) -> Candidate:
        known = self._known[likeness.index]
        weight = _weight(known.kind, kind)
        return replace(known.candidate, score=likeness.score * weight, shared=likeness.shared)

    def _named(self, found: Found) -> tuple[NamedPopulation, ...]:
        subject = "，".join(filter(None, (found.condition, found.subject)))
        return tuple(
            NamedPopulation(population.id, population.label, likeness.score, likeness.shared)
            for likeness in self._subjects.like(subject)[:_NEAREST]
            for population in (self._populations[likeness.index],)
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """A candidate before it is compared: what it measures, and the words for it."""

    candidate: Candidate
    kind: Kind
    words: str


def _known(pack: LedgerPack) -> Iterator[_Known]:
    """Every formula of the pack, and every register with all its rows counted."""
    for entry in pack.commitments():
        commitment = entry.commitment
        if not commitment.numerator:
            continue
        declared = pack.registers.get(entry.register)
        words = (entry.duty.zh, entry.evidence.zh, declared.label.zh if declared else "")
        candidate = Candidate(
            entry.code,
            entry.duty,
            commitment.numerator,
            commitment.denominator,
            commitment.population,
        )
        yield _Known(candidate, commitment.kind, "，".join(words))
    for slug, register in pack.registers.items():
        whole = Candidate(slug, register.label, f"count({slug}[])", "", None)
        yield _Known(whole, Kind.COUNT, register.label.zh)


def _weight(known: Kind, asked: Kind) -> float:
    if (known in _SHARES) is not (asked in _SHARES):
        return NO_SHARE
    return 1.0 if known is asked else OTHER_KIND


def _telling(words: str) -> str:
    """The words without those of how much; a comma in their place keeps neighbours apart."""
    for whole, short in _SHORT_NAMES.items():
        words = words.replace(whole, short)
    return _HOW_MUCH.sub("，", words)


def _around(found: Found, text: str) -> str:
    """The sentence of the quote, its own clause once more: the rest may speak of other duties."""
    sentence = _stretch(found, text, _SENTENCE_ENDS)
    return "，".join((sentence, _stretch(found, text, _SENTENCE_ENDS + _CLAUSE_ENDS)))


def _stretch(found: Found, text: str, ends: str) -> str:
    start = max(text.rfind(end, 0, found.start) for end in ends) + 1
    behind = (text.find(end, found.end) for end in ends)
    return text[start : min((at for at in behind if at >= 0), default=len(text))]


def _comparator(found: Found) -> Comparator | None:
    if found.amount is None:
        return Comparator.EXISTS
    if found.kind is FoundKind.TREND:
        return Comparator.INCREASE
    return _COMPARATORS.get(found.comparator)


def _target(found: Found) -> Target:
    amount = found.amount
    if amount is None or found.kind is FoundKind.TREND:
        return None
    factor = Decimal(100) if not amount.unit and amount.number < 1 else _times(amount.multiplier)
    if amount.upper is None:
        return amount.number * factor
    return amount.number * factor, amount.upper * factor


def _times(multiplier: str) -> Decimal:
    product = Decimal(1)
    for character in multiplier:
        product *= {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}[character]
    return product


def _unit(amount: Amount | None) -> str | None:
    if amount is None:
        return None
    return amount.unit or "%"


def _period(found: Found) -> Period | None:
    if found.recurrence is not None:
        return _PERIODS.get(found.recurrence)
    return Period.POINT_IN_TIME if found.deadline is not None else None
