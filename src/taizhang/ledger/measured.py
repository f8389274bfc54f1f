"""The ledgers as the engine takes them: what is asked, by what the office answered.

Which answer holds is a question of the window: one that holds only from a day after the last of a
window does not touch that window.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from taizhang.core.organisations.models import Area
from taizhang.ledger.models import Commitment, Ledger, ThresholdAnswer
from taizhang.lib.windows import Period
from taizhang.measures import commitments as measures
from taizhang.measures.commitments import Comparator, Kind, Modality, Scope, Target
from taizhang.measures.periods import Body, place, rows_by

# What an answer is about: a commitment or a parameter, and the area that answered for itself.
About = tuple[int | None, str, str | None]
SETTLED = ("target", "target_to", "planned", "confirmed_by_id", "confirmed_at")


def measures_of(
    ledger: Ledger, day: date, proposed: Sequence[ThresholdAnswer] = ()
) -> measures.Ledger:
    """All ledgers in force on a day, by the answers that hold then.

    `ledger` is the current one: those beside it take their numbers (parameters) from it.
    `proposed` answers count as if given just now.
    """
    rows = list(Commitment.objects.in_force())
    answers = _by_subject([*ThresholdAnswer.objects.in_force(), *proposed])
    local = _local_answers(answers)
    for row in rows:
        settle(row, answers.get((row.pk, "", None), ()), day)
    populations: dict[str, str] = {}
    return measures.Ledger(
        commitments=tuple(
            measure_of(row, _population(row, populations), _local_targets(row, local[row.pk], day))
            for row in rows
        ),
        populations=populations,
        parameters=_parameters(ledger, answers, day),
    )


def settle_thresholds(day: date) -> None:
    """Write on each commitment in force what holds on `day`, and who confirmed it."""
    rows = list(Commitment.objects.in_force())
    answers = _by_subject(ThresholdAnswer.objects.in_force().filter(area=None))
    changed = [row for row in rows if settle(row, answers.get((row.pk, "", None), ()), day)]
    Commitment.objects.bulk_update(
        changed, [name.removesuffix("_id") for name in SETTLED], batch_size=200
    )


def settle(row: Commitment, answers: Iterable[ThresholdAnswer], day: date) -> bool:
    """Set, without saving, what holds on `day` by these answers; whether that changed anything."""
    before = [getattr(row, name) for name in SETTLED]
    answer = holding(answers, window_end(row, day))
    row.target, row.target_to, row.planned = (
        row.stated_target,
        row.stated_target_to,
        row.stated_planned,
    )
    if answer is not None and answer.value is not None:
        row.target, row.target_to = answer.value, answer.value_to
    if answer is not None and answer.planned is not None:
        row.planned = answer.planned
    row.confirmed_by_id = answer.by_id if answer else None
    row.confirmed_at = answer.at if answer else None
    return before != [getattr(row, name) for name in SETTLED]


def holding(answers: Iterable[ThresholdAnswer], end: date) -> ThresholdAnswer | None:
    """The answer that holds in a window that ends on `end`, None when none does.

    The one that holds from the latest day; of those from one day, the one given last. `answers`
    stand in the order in which they were given.
    """
    standing = [
        (each.holds_from or date.min, position, each)
        for position, each in enumerate(answers)
        if not each.is_withdrawn and (each.holds_from is None or each.holds_from <= end)
    ]
    return max(standing, key=lambda found: found[:2])[2] if standing else None


def own_answer(commitment: Commitment, area: Area, day: date) -> ThresholdAnswer | None:
    """What the area has set for itself in the window of `day`, None where the ledger's holds."""
    return holding(commitment.answers.filter(area=area), window_end(commitment, day))


def window_end(commitment: Commitment, day: date) -> date:
    """The last day of the window that the commitment has on `day`.

    Terms and five-year windows differ from body to body: of those it is `day` itself.
    """
    period = Period(commitment.period)
    if period in (Period.TERM, Period.FIVE_YEAR):
        return day
    return place(period, rows_by(commitment.by), day).window.last


def _by_subject(answers: Iterable[ThresholdAnswer]) -> Mapping[About, list[ThresholdAnswer]]:
    found: dict[About, list[ThresholdAnswer]] = defaultdict(list)
    for answer in answers:
        found[answer.commitment_id, answer.parameter, answer.area_id].append(answer)
    return found


def _local_answers(
    answers: Mapping[About, list[ThresholdAnswer]],
) -> Mapping[int, list[tuple[str, list[ThresholdAnswer]]]]:
    """Per commitment the areas that answered for themselves."""
    found: dict[int, list[tuple[str, list[ThresholdAnswer]]]] = defaultdict(list)
    for (commitment, _parameter, area), given in answers.items():
        if commitment is not None and area is not None:
            found[commitment].append((area, given))
    return found


def _local_targets(
    row: Commitment, answers: Iterable[tuple[str, list[ThresholdAnswer]]], day: date
) -> tuple[tuple[str, Target], ...]:
    end = window_end(row, day)
    held = [(area, holding(given, end)) for area, given in answers]
    return tuple(
        (area, _pair(answer.value, answer.value_to))
        for area, answer in sorted(held, key=lambda found: found[0])
        if answer is not None
    )


def _parameters(
    ledger: Ledger, answers: Mapping[About, list[ThresholdAnswer]], day: date
) -> dict[str, Decimal]:
    """The numbers that formulas take; those that nobody has set stay out."""
    stated = {
        name: Decimal(value) for name, value in ledger.parameters.items() if value is not None
    }
    given_to_all = [
        (name, [each for each in given if each.ledger_id == ledger.pk])
        for (_, name, _area), given in answers.items()
        if name
    ]
    held = {name: holding(given, day) for name, given in given_to_all}
    return stated | {name: answer.value for name, answer in held.items() if answer is not None}


def _population(row: Commitment, known: dict[str, str]) -> str:
    """The name of the commitment's population among those `known`, where it is added.

    Another definition under a name that is taken, and one that has no name, go by the definition.
    """
    definition = row.population_definition
    if row.population and known.setdefault(row.population, definition) == definition:
        return row.population
    known[definition] = definition
    return definition


def _pair(value: Decimal | None, value_to: Decimal | None) -> Target:
    return value if value is None or value_to is None else (value, value_to)


def measure_of(
    row: Commitment, population: str, local: tuple[tuple[str, Target], ...] = ()
) -> measures.Commitment:
    """The commitment as the engine takes it, by what stands on the row.

    `population` is the name of its population, `local` the targets that areas set for themselves.
    """
    return measures.Commitment(
        code=row.code,
        kind=Kind(row.kind),
        scope=Scope(row.scope),
        population=population,
        numerator=row.numerator,
        denominator=row.denominator,
        comparator=Comparator(row.comparator),
        target=_pair(row.target, row.target_to),
        unit=row.unit_en,
        period=Period(row.period),
        by=tuple(row.by),
        modality=Modality(row.modality),
        threshold_source=row.threshold_source,
        planned=row.planned,
        confirmed=row.is_confirmed,
        term_body=Body(row.term_body),
        local_targets=local,
    )
