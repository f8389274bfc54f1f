"""The page on which one commitment is written: its words, the formulas near them, the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from taizhang.ledger.current import CurrentLedger
from taizhang.ledger.drafting.clauses import Sentence, found_in, proposal_of, proposer, sentence_of
from taizhang.ledger.drafting.completing import FieldLine, fields_listed, registers_listed
from taizhang.ledger.drafting.filling import Filling, blank, from_candidate, from_proposal
from taizhang.ledger.drafting.forms import StatementForm, initial_of
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.drafting.publishing import Span
from taizhang.ledger.drafting.statement import as_row, statement_of
from taizhang.ledger.models import Commitment, Item, in_language
from taizhang.ledger.proposing import Candidate, Proposal
from taizhang.measures.commitments import Kind
from taizhang.notices.commitments import Commitment as Found
from taizhang.notices.commitments import Role

_LISTS = frozenset({"who_owes"})


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A formula that comes near: where it is from, what it measures, and the words it shares."""

    source: str
    label: str
    words: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class Workbench:
    """`clause` None: written without words of the notice. `commitment`: the one to be revised.

    `data` is what was posted; `picked` the candidate whose formulas are taken over.
    """

    item: Item
    current: CurrentLedger
    clause: Span | None = None
    draft: Draft | None = None
    commitment: Commitment | None = None
    data: Mapping[str, Any] | None = None
    picked: str = ""

    @cached_property
    def sentence(self) -> Sentence | None:
        """The words that it is about."""
        clause = self.clause
        return sentence_of(self.item.text, clause.start, clause.end) if clause else None

    @cached_property
    def proposal(self) -> Proposal | None:
        """What the words say in the terms of measures; None where nothing was found in them."""
        if self.clause is None:
            return None
        here = [
            each
            for each in found_in(self.item.ledger, [self.item])[self.item.pk]
            if each.role is Role.COMMITMENT and self._common(each) > 0
        ]
        return proposal_of(self.item, max(here, key=self._common)) if here else None

    @cached_property
    def candidates(self) -> Sequence[Candidate]:
        """The formulas that come nearest, by the words of the clause or else of the duty."""
        if self.proposal is not None:
            return self.proposal.candidates
        words = str((self.data or {}).get("duty_zh", "")) or self.item.title_zh
        return proposer(self.item.ledger.pack_key).nearest(words, Kind.COUNT)

    @property
    def lines(self) -> list[CandidateLine]:
        """The candidates as they are listed."""
        return [
            CandidateLine(
                each.source,
                in_language(each.label.zh, each.label.en),
                "、".join(each.shared),
                each.numerator,
                each.denominator,
            )
            for each in self.candidates
        ]

    @cached_property
    def filling(self) -> Filling:
        """What is proposed, with the formulas of the candidate picked."""
        if self.commitment is not None:
            base = Filling(initial_of(statement_of(self.commitment)), frozenset())
        elif self.proposal is not None:
            base = from_proposal(self.item, self.proposal)
        else:
            base = blank(self.item)
        chosen = next((each for each in self.candidates if each.source == self.picked), None)
        if chosen is None:
            return base
        over = from_candidate(chosen, self.current.pack)
        return Filling({**base.values, **over.values}, base.guessed | over.guessed)

    @property
    def is_posted(self) -> bool:
        return self.data is not None and "pick" not in self.data

    @cached_property
    def form(self) -> StatementForm:
        """Bound to what was posted; after picking, what was written with the formulas picked."""
        nearest = [each.id for each in self.proposal.populations] if self.proposal else []
        if self.is_posted:
            form = StatementForm(self.current, self.data, nearest=nearest)
        else:
            form = StatementForm(self.current, initial=self._initial(), nearest=nearest)
        for name in self.filling.guessed:
            if self._stands(form, name):
                form.fields[name].is_guessed = True
        return form

    @property
    def values(self) -> dict[str, Any]:
        """What was posted, as a draft keeps it."""
        return _as_written(self.data or {}, self.form)

    def row(self) -> Commitment:
        """The commitment as it is written, not saved; only of a form without errors."""
        return as_row(self.form.statement, self.item, self.current.pack, self.current.catalogue)

    @property
    def units(self) -> list[str]:
        return list(dict.fromkeys(label.zh for label in self.current.pack.units.values()))

    @property
    def registers(self) -> list[tuple[str, str]]:
        return registers_listed(self.current.pack, self.current.catalogue)

    @property
    def fields(self) -> list[FieldLine]:
        """The fields of the register that is counted, as far as the formula names one."""
        text = str(self.form["numerator"].value() or "")
        slug = text.partition("(")[2].partition("[")[0].partition(".")[0].strip()
        return fields_listed(slug, self.current.pack, self.current.catalogue)

    def _common(self, found: Found) -> int:
        """How many characters the words and a found commitment have in common."""
        return min(found.end, self.clause.end) - max(found.start, self.clause.start)

    def _initial(self) -> dict[str, Any]:
        written: Mapping[str, Any] = {}
        if self.data is not None:
            written = _as_written(self.data, StatementForm(self.current))
        elif self.draft is not None:
            written = self.draft.values
        base = {**self.filling.values, **written}
        if self.data is not None:  # a candidate was picked just now: its formulas go over all
            chosen = next((e for e in self.candidates if e.source == self.picked), None)
            base |= from_candidate(chosen, self.current.pack).values if chosen else {}
        return base

    def _stands(self, form: StatementForm, name: str) -> bool:
        """Whether the field says something, and it is still the guess."""
        value = _plain(form[name].value())
        return value != "" and value == _plain(self.filling.values.get(name, ""))


def _as_written(data: Mapping[str, Any], form: StatementForm) -> dict[str, Any]:
    """The fields as they were typed, lists as lists."""
    many = getattr(data, "getlist", None)
    return {
        name: many(name) if many and name in _LISTS else data.get(name, "") for name in form.fields
    }


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return ",".join(sorted(map(str, value)))
    return str(value or "").strip()
