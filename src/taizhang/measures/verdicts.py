"""Verdicts of handbook 5.5 for a unit, a city or area, and of 0.7 for an item: exact arithmetic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from taizhang.measures.commitments import Commitment, Comparator, Flag, Kind, Modality, Verdict

LATE_IN_THE_WINDOW = Fraction(3, 4)
NEAR_THE_TARGET = Fraction(9, 10)
ENOUGH_UNITS_MET = Fraction(9, 10)
TOO_MANY_OF_AN_ITEM = Fraction(1, 3)
EXPIRING_WITHIN = timedelta(days=90)
QUOTIENTS_IN_HUNDREDTHS = frozenset({"%", "percentage points"})
TREND_LIMITS = {
    Comparator.INCREASE: Fraction(98, 100),
    Comparator.NOT_DECREASE: Fraction(95, 100),
    Comparator.NOT_INCREASE: Fraction(110, 100),
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for one unit or pool.

    `error` and `missing` are reasons ("" when there is none); `value` and `previous` are exact and
    None when unknown. `has_draft`: a policy of the same topic and unit is being drafted.
    `expires_on`: the last `valid_to` of the rows that count, None unless every one has one.
    """

    value: Fraction | None = None
    previous: Fraction | None = None
    progress: Fraction = Fraction(1)
    missing: str = ""
    error: str = ""
    is_exempt: bool = False
    has_draft: bool = False
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict with its flags and, where there is no figure, the reason (`Figure.reason`)."""

    verdict: Verdict
    flags: tuple[Flag, ...] = ()
    reason: str = ""


def judge(commitment: Commitment, day: date, found: Findings) -> Ruling:
    """The verdict of one unit or pool on `day`; the first rule of 5.5 that holds."""
    if found.error:
        return Ruling(Verdict.ERROR, reason=found.error)
    if not commitment.numerator:
        return Ruling(Verdict.NOT_QUANTIFIED)
    if found.is_exempt:
        return Ruling(Verdict.NOT_APPLICABLE)
    if not found.missing and found.value == 0 and is_representation_share(commitment):
        return Ruling(_capped(commitment, Verdict.UNMET))
    if found.missing or found.value is None:
        return Ruling(Verdict.NO_DATA, reason=found.missing)
    if commitment.kind is Kind.TREND and found.previous is None:
        return Ruling(Verdict.NO_DATA, reason="no_previous")
    verdict = _capped(commitment, _verdict(commitment, day, found, found.value))
    return Ruling(verdict, _flags(commitment, day, found, verdict))


def roll_up(commitment: Commitment, units: Sequence[Ruling], *, is_exempt: bool = False) -> Ruling:
    """The verdict of a city or area from the units in it (scope each).

    `is_exempt`: the whole commitment is taken out by a row of R42 that names no unit.
    """
    if not commitment.numerator:
        return Ruling(Verdict.NOT_QUANTIFIED)
    verdicts = [unit.verdict for unit in units]
    if Verdict.ERROR in verdicts:
        return Ruling(Verdict.ERROR, reason=_shared_reason(units))
    all_exempt = bool(verdicts) and set(verdicts) == {Verdict.NOT_APPLICABLE}
    if is_exempt or all_exempt:
        return Ruling(Verdict.NOT_APPLICABLE)
    known = [v for v in verdicts if v not in (Verdict.NO_DATA, Verdict.NOT_APPLICABLE)]
    if not known:
        return Ruling(Verdict.NO_DATA, reason=_shared_reason(units) or "population_empty")
    verdict = _capped(commitment, _rolled(known))
    if verdict is not Verdict.MET:
        return Ruling(verdict)
    flags = {flag for unit in units for flag in unit.flags}
    return Ruling(verdict, tuple(sorted(flags)))


def item_verdict(commitments: Iterable[tuple[Modality, Verdict]]) -> Verdict:
    """The verdict of an item from its commitments (handbook 0.7)."""
    judged = [
        (modality, verdict)
        for modality, verdict in commitments
        if verdict not in (Verdict.NOT_APPLICABLE, Verdict.NOT_QUANTIFIED)
    ]
    scored = [pair for pair in judged if pair[0] is not Modality.ENCOURAGE] or judged
    verdicts = [verdict for _, verdict in scored]
    if Verdict.ERROR in verdicts:
        return Verdict.ERROR
    if not verdicts:
        return Verdict.NOT_APPLICABLE
    return _worst_of_item(scored) or _rest_of_item(verdicts)


def quotient(
    numerator: Decimal | Fraction | int | None,
    denominator: Decimal | Fraction | int | None,
    unit: str,
) -> Fraction | None:
    """Numerator by denominator, times 100 where the unit says so; None when unknown or by zero.

    >>> quotient(35, 40, "%"), quotient(1, 3, "CNY per year"), quotient(1, 0, "%")
    (Fraction(175, 2), Fraction(1, 3), None)
    """
    if numerator is None or denominator is None or denominator == 0:
        return None
    scale = 100 if unit in QUOTIENTS_IN_HUNDREDTHS else 1
    return scale * Fraction(numerator) / Fraction(denominator)


def shown(value: Decimal | Fraction | int) -> Decimal:
    """A quotient as it is shown: half-up to one decimal.

    >>> shown(Fraction(400, 7)), shown(Decimal("62.05")), shown(100)
    (Decimal('57.1'), Decimal('62.1'), Decimal('100.0'))
    """
    return Decimal(half_up(Fraction(value) * 10)).scaleb(-1)


def half_up(value: Fraction) -> int:
    """The nearest whole number, a half away from zero.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2)), half_up(Fraction(249, 100))
    (3, -3, 2)
    """
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -whole if value < 0 else whole


def as_decimal(value: Fraction) -> Decimal:
    """The value to 28 digits, half-up: exact for every finite decimal that a register can hold.

    >>> as_decimal(Fraction(175, 2)), as_decimal(Fraction(1, 3))
    (Decimal('87.5'), Decimal('0.3333333333333333333333333333'))
    """
    with localcontext(prec=28, rounding=ROUND_HALF_UP):
        return Decimal(value.numerator) / Decimal(value.denominator)


def is_representation_share(commitment: Commitment) -> bool:
    """Shares of seats by term (2.2 to 2.4), where a share of zero is a finding of its own."""
    return (
        commitment.kind is Kind.TREND
        and commitment.by == ("term_no",)
        and bool(commitment.denominator)
    )


def missing_reason(
    *,
    unoffered: str = "",
    population_empty: bool = False,
    unset: str = "",
    without_rows: str = "",
    no_term: bool = False,
    denominator_zero: bool = False,
    unanchored: bool = False,
) -> str:
    """Why there is no figure, as a key of `Figure.reason`; the first that holds, "" when none does.

    `unoffered` and `without_rows` name a register, `unset` a parameter.
    """
    reasons = (
        (bool(unoffered), f"register_not_offered:{unoffered}"),
        (population_empty, "population_empty"),
        (bool(unset), f"parameter_unset:{unset}"),
        (bool(without_rows), f"no_rows:{without_rows}"),
        (no_term, "no_term"),
        (denominator_zero, "denominator_zero"),
        (unanchored, "no_previous"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def _verdict(commitment: Commitment, day: date, found: Findings, value: Fraction) -> Verdict:
    match commitment.kind:
        case Kind.MILESTONE:
            return _milestone(commitment, day, found, value)
        case Kind.TREND:
            return _trend(commitment, value, found.previous or Fraction(0), found.progress)
        case Kind.COVERAGE | Kind.RATIO:
            return _share(commitment, value, found.progress)
        case _:
            return _count(commitment, value, found.progress)


def _count(commitment: Commitment, value: Fraction, progress: Fraction) -> Verdict:
    target = _least(commitment)
    if commitment.comparator is Comparator.AT_MOST:
        return Verdict.MET if value <= target else Verdict.UNMET
    if value > target or (value == target and commitment.comparator is not Comparator.MORE_THAN):
        return Verdict.MET
    if progress == 1:
        return Verdict.UNMET
    if commitment.kind is Kind.COUNT and target <= 2:
        return Verdict.NOT_DUE if progress < LATE_IN_THE_WINDOW else Verdict.BEHIND
    return Verdict.ON_PACE if value >= half_up(target * progress) else Verdict.BEHIND


def _share(commitment: Commitment, value: Fraction, progress: Fraction) -> Verdict:
    target = _least(commitment)
    strictly = commitment.comparator is Comparator.MORE_THAN
    if value > target or (value == target and not strictly):
        return Verdict.MET
    if progress == 1:
        is_near = not strictly and value >= NEAR_THE_TARGET * target
        return Verdict.BEHIND if is_near else Verdict.UNMET
    if commitment.kind is Kind.COVERAGE and progress < LATE_IN_THE_WINDOW:
        return Verdict.NOT_DUE
    return Verdict.BEHIND


def _milestone(commitment: Commitment, day: date, found: Findings, value: Fraction) -> Verdict:
    if value >= 1:
        return Verdict.MET
    if commitment.planned is not None and day <= commitment.planned:
        return Verdict.NOT_DUE
    return Verdict.BEHIND if found.has_draft else Verdict.UNMET


def _trend(
    commitment: Commitment, value: Fraction, previous: Fraction, progress: Fraction
) -> Verdict:
    comparator = commitment.comparator
    limit = TREND_LIMITS[comparator] * previous
    is_met, is_near = {
        Comparator.INCREASE: (value > previous, value >= limit),
        Comparator.NOT_DECREASE: (value >= previous, value >= limit),
        Comparator.NOT_INCREASE: (value <= previous, value <= limit),
    }[comparator]
    if is_met:
        return Verdict.MET
    return Verdict.BEHIND if is_near or progress < 1 else Verdict.UNMET


def _least(commitment: Commitment) -> Fraction:
    target = commitment.target
    return Fraction((target[0] if isinstance(target, tuple) else target) or 0)


def _flags(
    commitment: Commitment, day: date, found: Findings, verdict: Verdict
) -> tuple[Flag, ...]:
    if verdict is not Verdict.MET:
        return ()
    flags = []
    target = commitment.target
    if isinstance(target, tuple) and found.value is not None and found.value > target[1]:
        flags.append(Flag.ABOVE_RANGE)
    is_milestone = commitment.kind is Kind.MILESTONE
    if is_milestone and found.expires_on is not None and found.expires_on - day <= EXPIRING_WITHIN:
        flags.append(Flag.EXPIRING)
    return tuple(flags)


def _capped(commitment: Commitment, verdict: Verdict) -> Verdict:
    """Support, encourage and our own unconfirmed defaults are never worse than behind."""
    is_mild = commitment.modality in (Modality.SUPPORT, Modality.ENCOURAGE)
    if verdict is Verdict.UNMET and (is_mild or commitment.is_provisional):
        return Verdict.BEHIND
    return verdict


def _rolled(known: Sequence[Verdict]) -> Verdict:
    met = known.count(Verdict.MET)
    if met == len(known):
        return Verdict.MET
    if Verdict.UNMET in known and met < ENOUGH_UNITS_MET * len(known):
        return Verdict.UNMET
    if Verdict.UNMET in known or Verdict.BEHIND in known:
        return Verdict.BEHIND
    return Verdict.ON_PACE if met or Verdict.ON_PACE in known else Verdict.NOT_DUE


def _worst_of_item(scored: Sequence[tuple[Modality, Verdict]]) -> Verdict | None:
    verdicts = [verdict for _, verdict in scored]
    should = [verdict for modality, verdict in scored if modality is Modality.SHOULD]
    missed = should.count(Verdict.UNMET)
    too_many = missed > 0 and missed >= TOO_MANY_OF_AN_ITEM * len(should)
    if (Modality.MUST, Verdict.UNMET) in scored or too_many:
        return Verdict.UNMET
    if Verdict.UNMET in verdicts or Verdict.BEHIND in verdicts:
        return Verdict.BEHIND
    if verdicts.count(Verdict.NO_DATA) >= TOO_MANY_OF_AN_ITEM * len(verdicts):
        return Verdict.NO_DATA
    return None


def _rest_of_item(verdicts: Sequence[Verdict]) -> Verdict:
    if all(verdict is Verdict.MET for verdict in verdicts):
        return Verdict.MET
    if all(verdict in (Verdict.NOT_DUE, Verdict.NO_DATA) for verdict in verdicts):
        return Verdict.NOT_DUE
    return Verdict.ON_PACE


def _shared_reason(units: Sequence[Ruling]) -> str:
    """The reason of the units; of several the first by name, whatever their order."""
    return min((unit.reason for unit in units if unit.reason), default="")
