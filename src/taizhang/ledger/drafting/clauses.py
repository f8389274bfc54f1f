"""What each passage of an item came to that seems to state a commitment, the open ones first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from taizhang.ledger.current import shipped_pack
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.models import Clause, Commitment, Item, Ledger
from taizhang.ledger.proposing import Proposal, Proposer
from taizhang.ledger.reviewing.commitments import commitments_of
from taizhang.notices.commitments import Commitment as Found
from taizhang.notices.commitments import Role, find_commitments
from taizhang.notices.normalise import text_hash

SENTENCE_ENDS = "。；;！!？?\n"
ENDS = SENTENCE_ENDS + "，,：:"
"""Of sentences, and of the clauses in them."""


class Outcome(StrEnum):
    """In the order in which a person should look."""

    OPEN = "open"
    DRAFT = "draft"
    BOUND = "bound"
    UNCOUNTED = "uncounted"
    NO_DUTY = "no_duty"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A passage found in an item, and what became of it.

    `commitments` are those whose clauses overlap it; a condition says only whom the commitment
    beside it reaches, and comes to none of its own.
    """

    found: Found
    outcome: Outcome
    commitments: tuple[Commitment, ...] = ()
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class ItemClauses:
    """An item with its passages in the order of the text, and the drafts written without one."""

    item: Item
    clauses: tuple[FoundClause, ...]
    others: tuple[Draft, ...]

    @property
    def open_count(self) -> int:
        return sum(each.outcome in (Outcome.OPEN, Outcome.DRAFT) for each in self.clauses)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence of a passage in three pieces; the passage itself in the middle."""

    before: str
    quote: str
    after: str


def clauses_of(ledger: Ledger) -> list[ItemClauses]:
    """Every item of the ledger with what was found in its text, in a fixed number of queries."""
    items = list(ledger.items.all())
    for item in items:
        item.ledger = ledger
    found = found_in(ledger, items)
    bound = _bound(Clause.objects.filter(commitment__item__in=items))
    drafts: dict[int, list[Draft]] = defaultdict(list)
    for draft in Draft.objects.filter(item__in=items).select_related("commitment", "by"):
        drafts[draft.item_id].append(draft)
    return [
        _item_clauses(item, found[item.pk], bound.get(item.pk, ()), drafts[item.pk])
        for item in items
    ]


def found_in(ledger: Ledger, items: Iterable[Item]) -> Mapping[int, Sequence[Found]]:
    """What was found in the text of each item, by its key: as corrected where its notice has it.

    In a text that no notice has, what the reader finds there.
    """
    read = commitments_of(ledger.notice) if ledger.notice else ()
    corrected = {each.item.text: each.commitments for each in read}
    return {
        item.pk: corrected[item.text]
        if item.text in corrected
        else find_commitments(item.text, issued_on=ledger.basis_on)
        for item in items
    }


def proposal_of(item: Item, found: Found) -> Proposal:
    """What a found commitment comes to in the terms of measures, beside the nearest formulas."""
    return proposer(item.ledger.pack_key).propose(found, item.text)


def sentence_of(text: str, start: int, end: int, *, clause: bool = False) -> Sentence:
    """The sentence around a passage, or the clause alone.

    >>> sentence_of("一是建会。二是每年开会。三是走访。", 7, 11)
    Sentence(before='二是', quote='每年开会', after='。')
    """
    marks = ENDS if clause else SENTENCE_ENDS
    first = max(text.rfind(mark, 0, start) for mark in marks) + 1
    ends = [at + 1 for mark in marks if (at := text.find(mark, end)) >= 0]
    last = min(ends, default=len(text))
    return Sentence(text[first:start].lstrip(), text[start:end], text[end:last].rstrip())


@cache
def proposer(pack_key: str) -> Proposer:
    """Made once, it serves all drafts on the pack."""
    return Proposer(shipped_pack(pack_key))


def _bound(clauses: Iterable[Clause]) -> Mapping[int, Sequence[Clause]]:
    """The clauses of commitments in force by item."""
    found: dict[int, list[Clause]] = defaultdict(list)
    for clause in clauses.filter(commitment__retired_in="").select_related("commitment"):
        found[clause.commitment.item_id].append(clause)
    return found


def _item_clauses(
    item: Item, found: Sequence[Found], bound: Sequence[Clause], drafts: Sequence[Draft]
) -> ItemClauses:
    digest = text_hash(item.text)
    bound = [clause for clause in bound if clause.text_hash == digest]
    placed = [draft for draft in drafts if draft.start is not None and draft.text_hash == digest]
    clauses = tuple(_clause(each, bound, placed) for each in found)
    shown = {each.draft.pk for each in clauses if each.draft}
    others = tuple(
        draft for draft in drafts if draft.pk not in shown and draft.state == Draft.State.OPEN
    )
    return ItemClauses(item, clauses, others)


def _clause(found: Found, bound: Sequence[Clause], drafts: Sequence[Draft]) -> FoundClause:
    if found.role is Role.CONDITION:
        return FoundClause(found, Outcome.CONDITION)
    draft = next((each for each in drafts if _overlap(found, each.start, each.end)), None)
    commitments = tuple(
        clause.commitment for clause in bound if _overlap(found, clause.start, clause.end)
    )
    return FoundClause(found, _outcome(draft, commitments), commitments, draft)


def _outcome(draft: Draft | None, commitments: Sequence[Commitment]) -> Outcome:
    if draft is not None and draft.state == Draft.State.NO_DUTY:
        return Outcome.NO_DUTY
    if draft is not None and draft.state == Draft.State.UNCOUNTED and commitments:
        return Outcome.UNCOUNTED
    if commitments:
        return Outcome.BOUND
    return Outcome.DRAFT if draft is not None else Outcome.OPEN


def _overlap(found: Found, start: int, end: int) -> bool:
    return found.start < end and start < found.end
