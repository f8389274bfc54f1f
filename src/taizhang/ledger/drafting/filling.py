"""What stands in the form before a person has written anything, and which of it is only a guess."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from taizhang.ledger.drafting.clauses import ENDS, sentence_of
from taizhang.ledger.models import Commitment, Item
from taizhang.ledger.packs import LedgerPack
from taizhang.ledger.proposing import Candidate, Proposal
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Comparator, Modality, Scope

Values = Mapping[str, object]
MAX_DUTY = Commitment._meta.get_field("duty_zh").max_length


@dataclass(frozen=True, slots=True)
class Filling:
    """The fields by name; of `guessed` ones no text says so, and a person should look."""

    values: Values
    guessed: frozenset[str]


def blank(item: Item) -> Filling:
    """The form without any words to go by."""
    values = {
        "modality": Modality.SHOULD.value,
        "scope": Scope.EACH.value,
        "comparator": Comparator.AT_LEAST.value,
        "period": Period.YEAR.value,
        "threshold_source": "default",
        "duty_zh": item.title_zh if not item.text else "",
    }
    return Filling(values, frozenset({"modality", "scope", "comparator", "period"}))


def from_proposal(item: Item, proposal: Proposal) -> Filling:
    """What the words of the clause say, and for what they leave open the most likely."""
    found = proposal.found
    words = sentence_of(item.text, found.start, found.end, clause=True)
    is_dated = proposal.comparator is Comparator.EXISTS
    said: dict[str, object] = {
        "duty_zh": f"{words.before}{words.quote}{words.after}".rstrip(ENDS)[:MAX_DUTY],
        "modality": proposal.modality and proposal.modality.value,
        "comparator": proposal.comparator and proposal.comparator.value,
        "period": proposal.period and proposal.period.value,
        "planned": proposal.planned.isoformat() if is_dated and proposal.planned else None,
        "unit_zh": proposal.unit,
        "threshold_source": "text" if proposal.found.amount or proposal.planned else None,
        **_amounts(proposal.target),
    }
    likely: dict[str, object] = {
        **blank(item).values,
        "scope": Scope.POOL.value if proposal.unit == "%" else Scope.EACH.value,
    }
    if is_dated:
        likely["period"] = Period.POINT_IN_TIME.value
    if proposal.populations:
        likely["population"] = proposal.populations[0].id
    values = {name: value for name, value in said.items() if value is not None}
    guessed = {name for name in likely if name not in values}
    return Filling(likely | values, frozenset(guessed - {"threshold_source", "duty_zh"}))


def from_candidate(candidate: Candidate, pack: LedgerPack) -> Filling:
    """The formulas of a candidate, and of whom its own commitment asks; all of it to be checked.

    How much is enough stays as the text says it.
    """
    known = {entry.code: entry for entry in pack.commitments()}
    values: dict[str, object] = {
        "numerator": candidate.numerator,
        "denominator": candidate.denominator,
        "by": "",
    }
    entry = known.get(candidate.source)
    if entry is not None:
        values |= {
            "population": entry.commitment.population,
            "scope": entry.commitment.scope.value,
            "who_owes": list(entry.who_owes),
            "by": ", ".join(entry.commitment.by),
            "term_body": entry.commitment.term_body.value,
            "evidence_zh": entry.evidence.zh,
            "evidence_en": entry.evidence.en,
        }
    return Filling(values, frozenset(values))


def _amounts(target: Decimal | tuple[Decimal, Decimal] | None) -> dict[str, str | None]:
    if isinstance(target, tuple):
        return {"target": _plain(target[0]), "target_to": _plain(target[1])}
    return {"target": None if target is None else _plain(target)}


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
