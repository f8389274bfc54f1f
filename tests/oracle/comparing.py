"""One city asked of both evaluators: what they answer, where they differ, and the rows it takes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.measures.catalogue import Area, Catalogue
from taizhang.measures.commitments import Assessment, Evaluation, Figure, Ledger, Verdict
from taizhang.measures.evaluate import evaluate
from taizhang.measures.naive import evaluate_naively
from taizhang.measures.snapshot import arrow_schema, write_snapshot
from taizhang.registers.catalogue import offered_registers
from tests.oracle.cities import City, Facts

SEVEN_ITEMS = frozenset({1, 3, 5, 13, 17, 22, 24})
Answer = Figure | Assessment


@dataclass(frozen=True)
class Question:
    """A ledger with the registers and areas that it is asked over."""

    ledger: Ledger
    catalogue: Catalogue
    areas: tuple[Area, ...]


@cache
def seven_items() -> Question:
    """The items with numbers of the notice, over the registers that the product offers."""
    every = every_item()
    own = tuple(c for c in every.ledger.commitments if int(c.code.split(".")[0]) in SEVEN_ITEMS)
    populations = {c.population: every.ledger.populations[c.population] for c in own}
    offered = {slug: replace(r, offered=False) for slug, r in every.catalogue.registers.items()}
    catalogue = Catalogue({**offered, **offered_registers()})
    return Question(Ledger(own, populations, {}), catalogue, every.areas)


@cache
def every_item() -> Question:
    """The whole pack, as if every register that it declares were offered already."""
    pack = shipped_pack(DEFAULT_PACK)
    declared = {slug: replace(r, offered=True) for slug, r in pack.catalogue.registers.items()}
    catalogue = Catalogue({**declared, **offered_registers()})
    return Question(pack.ledger, catalogue, tuple(entry.area for entry in pack.areas))


@dataclass(frozen=True)
class Comparison:
    """`different`: what each evaluator answers where they disagree, the engine's answer first.

    `answers` holds those of the naive one.
    """

    different: Sequence[tuple[Answer | None, Answer | None]]
    answers: Sequence[Answer]

    @property
    def verdicts(self) -> Counter[Verdict]:
        return Counter(answer.verdict for answer in self.answers)

    @property
    def codes_with_value(self) -> set[str]:
        """The commitments of which some unit or area has a value."""
        return {answer.code for answer in self.answers if answer.value is not None}


def compare(question: Question, city: City) -> Comparison:
    engine = dict(_answers(_by_engine(question, city)))
    oracle = dict(_answers(_by_hand(question, city)))
    keys = [*engine, *(key for key in oracle if key not in engine)]
    pairs = [(engine.get(key), oracle.get(key)) for key in keys]
    return Comparison(
        different=[(ours, theirs) for ours, theirs in pairs if ours != theirs],
        answers=tuple(oracle.values()),
    )


def smallest(question: Question, city: City) -> City:
    """The city with as few rows as still make the evaluators differ on one commitment."""
    code = _code(compare(question, city).different[0])
    asked = tuple(c for c in city.ledger.commitments if c.code == code)
    city = replace(city, ledger=replace(city.ledger, commitments=asked))
    step = max((len(rows) for rows in city.facts.values()), default=0)
    while step:
        for slug in city.facts:
            city = _without(question, city, slug, step)
        step //= 2
    return city


def _without(question: Question, city: City, slug: str, step: int) -> City:
    start = 0
    while start < len(city.facts[slug]):
        rows = city.facts[slug]
        fewer = replace(city, facts={**city.facts, slug: [*rows[:start], *rows[start + step :]]})
        if compare(question, fewer).different:
            city = fewer
        else:
            start += step
    return city


def _code(pair: tuple[Answer | None, Answer | None]) -> str:
    return next(answer.code for answer in pair if answer is not None)


def _by_engine(question: Question, city: City) -> Evaluation:
    with TemporaryDirectory() as folder:
        snapshot = write_snapshot(Path(folder), _tables(question.catalogue, city.facts))
        return evaluate(city.ledger, question.catalogue, question.areas, snapshot, city.day)


def _tables(catalogue: Catalogue, facts: Facts) -> dict[str, pa.Table]:
    return {
        slug: pa.Table.from_pylist(list(rows), schema=arrow_schema(catalogue.registers[slug]))
        for slug, rows in facts.items()
    }


def _by_hand(question: Question, city: City) -> Evaluation:
    return evaluate_naively(city.ledger, question.catalogue, question.areas, city.facts, city.day)


def _answers(evaluation: Evaluation) -> Iterator[tuple[tuple[str, object], Answer]]:
    for figure in evaluation.figures:
        yield (figure.code, figure.area), figure
    for each in evaluation.assessments:
        yield (each.code, each.unit), each
