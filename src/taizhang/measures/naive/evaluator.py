"""Every figure of a ledger, worked out unit by unit and area by area (handbook 0.4, 5.5)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from taizhang.measures.catalogue import Area, Catalogue
from taizhang.measures.commitments import (
    Assessment,
    Commitment,
    Evaluation,
    Figure,
    Kind,
    Ledger,
    Scope,
    Target,
    Unit,
    Verdict,
)
from taizhang.measures.formula import FormulaError
from taizhang.measures.naive.city import City, Row
from taizhang.measures.naive.counting import Counter
from taizhang.measures.naive.reckoning import Outcome, Reckoning
from taizhang.measures.periods import place, rows_by, shown_label
from taizhang.measures.verdicts import (
    Ruling,
    as_decimal,
    missing_reason,
    quotient,
    roll_up,
    shown,
)

UNJUDGED = (Verdict.NO_DATA, Verdict.NOT_APPLICABLE)
WITHOUT_VALUE = (*UNJUDGED, Verdict.NOT_QUANTIFIED, Verdict.ERROR)
EVERYTHING = Unit("all", "all")

Units = Sequence[tuple[Row | None, Outcome]]


def evaluate_naively(
    ledger: Ledger,
    catalogue: Catalogue,
    areas: Sequence[Area],
    facts: Mapping[str, Sequence[Mapping[str, object]]],
    as_of: date,
    only: Collection[str] | None = None,
) -> Evaluation:
    """The figures and assessments that `evaluate` gives for the same rows.

    `facts` holds the verified rows of each register; `only` limits the commitments by code.
    """
    city = City(catalogue, areas, facts)
    counter = Counter(city, ledger.parameters)
    figures: list[Figure] = []
    assessments: list[Assessment] = []
    for commitment in ledger.commitments:
        if only is not None and commitment.code not in only:
            continue
        try:
            reckoning = Reckoning(counter, ledger, commitment, as_of)
        except FormulaError as refusal:
            figures.extend(_refused(commitment, city, as_of, refusal))
            continue
        of_each = commitment.scope is Scope.EACH
        rows, units = (_each if of_each else _pool)(reckoning)
        figures.extend(rows)
        assessments.extend(units)
    return Evaluation(as_of, tuple(figures), tuple(assessments))


def _refused(
    commitment: Commitment, city: City, day: date, refusal: FormulaError
) -> Iterator[Figure]:
    ruling = Ruling(Verdict.ERROR, reason=f"formula:{refusal.message}")
    label = place(commitment.period, rows_by(commitment.by), day).window.label
    for code in city.areas:
        yield Figure(
            code=commitment.code,
            area=code,
            window=label,
            numerator=None,
            denominator=None,
            value=None,
            target=_target(commitment, None),
            owed=0,
            met=0,
            no_data=0,
            verdict=ruling.verdict,
            reason=ruling.reason,
        )


# --- Scope each ---


def _each(reckoning: Reckoning) -> tuple[list[Figure], list[Assessment]]:
    owing = reckoning.owing
    units = [(unit, reckoning.unit(unit)) for unit in owing]
    figures = []
    for code in reckoning.city.areas:
        here = [(unit, out) for unit, out in units if _lies_in(reckoning.city, unit, code)]
        figures.append(_row_of_units(reckoning, code, here))
    return figures, [_assessment_of_unit(reckoning, unit, out) for unit, out in units]


def _row_of_units(reckoning: Reckoning, code: str, units: Units) -> Figure:
    commitment = reckoning.commitment
    verdicts = [out.ruling.verdict for _, out in units]
    met = verdicts.count(Verdict.MET)
    judged = sum(verdict not in UNJUDGED for verdict in verdicts)
    ruling = roll_up(
        commitment.in_area(code),
        [out.ruling for _, out in units],
        is_exempt=not units and reckoning.is_wholly_exempt,
    )
    reason = ruling.reason
    if reckoning.unoffered and ruling.verdict is Verdict.NO_DATA:
        reason = missing_reason(unoffered=reckoning.unoffered)
    value = quotient(met, judged, "%")
    label = shown_label(
        commitment.period, [out.placed.window.label for _, out in units], reckoning.label
    )
    return Figure(
        code=commitment.code,
        area=code,
        window=label,
        numerator=Decimal(met),
        denominator=Decimal(judged),
        value=None if value is None else shown(value),
        target=Decimal(100),
        owed=len(units),
        met=met,
        no_data=verdicts.count(Verdict.NO_DATA),
        verdict=ruling.verdict,
        flags=ruling.flags,
        reason=reason,
    )


def _assessment_of_unit(reckoning: Reckoning, unit: Row | None, out: Outcome) -> Assessment:
    named = EVERYTHING if unit is None else Unit(unit.register, str(unit.key))
    return _assessment(reckoning.commitment, named, reckoning.area_of(unit), out)


def _lies_in(city: City, unit: Row | None, code: str) -> bool:
    return code == city.code or (unit is not None and code in city.areas_of(unit))


# --- Scope pool ---


def _pool(reckoning: Reckoning) -> tuple[list[Figure], list[Assessment]]:
    city = reckoning.city
    outcomes = {code: reckoning.pool(code) for code in city.areas}
    figures = [_row_of_pool(reckoning.commitment, code, out) for code, out in outcomes.items()]
    whole = outcomes[city.code]
    return figures, [_assessment(reckoning.commitment, EVERYTHING, city.code, whole)]


def _row_of_pool(commitment: Commitment, code: str, out: Outcome) -> Figure:
    is_quotient = bool(commitment.denominator)
    ruling, measured = out.ruling, out.measured
    has_value = ruling.verdict not in WITHOUT_VALUE
    return Figure(
        code=commitment.code,
        area=code,
        window=out.placed.window.label,
        numerator=_decimal(measured.numerator) if has_value else None,
        denominator=_decimal(measured.denominator) if has_value else None,
        value=_shown(measured.value, is_quotient) if has_value else None,
        target=_target(out.asked, _shown(out.previous, is_quotient)),
        owed=1,
        met=int(ruling.verdict is Verdict.MET),
        no_data=int(ruling.verdict is Verdict.NO_DATA),
        verdict=ruling.verdict,
        flags=ruling.flags,
        reason=ruling.reason,
    )


# --- Both ---


def _assessment(commitment: Commitment, unit: Unit, area: str | None, out: Outcome) -> Assessment:
    has_value = out.ruling.verdict not in WITHOUT_VALUE
    return Assessment(
        code=commitment.code,
        unit=unit,
        area=area,
        window=out.placed.window,
        numerator=_decimal(out.measured.numerator) if has_value else None,
        denominator=_decimal(out.measured.denominator) if has_value else None,
        value=_decimal(out.measured.value) if has_value else None,
        target=_target(out.asked, _decimal(out.previous)),
        verdict=out.ruling.verdict,
        flags=out.ruling.flags,
    )


def _target(commitment: Commitment, previous: Decimal | None) -> Target:
    if commitment.kind is Kind.TREND:
        return previous
    return Decimal(1) if commitment.kind is Kind.MILESTONE else commitment.target


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else as_decimal(value)


def _shown(value: Fraction | None, is_quotient: bool) -> Decimal | None:
    if value is None:
        return None
    return shown(value) if is_quotient else as_decimal(value)
