"""From what was found to verdicts, figures and assessments (handbook 0.4 "Shown", 5.5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from taizhang.measures.catalogue import Area
from taizhang.measures.commitments import (
    Assessment,
    Commitment,
    Figure,
    Kind,
    Target,
    Unit,
    Verdict,
)
from taizhang.measures.formula import FormulaError, tree
from taizhang.measures.found import EVERYTHING, Found, Part
from taizhang.measures.periods import Placement, RowsBy, place, rows_by, shown_label
from taizhang.measures.verdicts import (
    Findings,
    Ruling,
    as_decimal,
    judge,
    missing_reason,
    quotient,
    roll_up,
    shown,
)

UNJUDGED = (Verdict.NO_DATA, Verdict.NOT_APPLICABLE)
WITHOUT_VALUE = (*UNJUDGED, Verdict.NOT_QUANTIFIED, Verdict.ERROR)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out for one unit, or for a pool over one area; None is unknown.

    `asked` is the commitment with the target that holds there.
    """

    asked: Commitment
    placed: Placement
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    previous: Fraction | None
    ruling: Ruling


@dataclass(frozen=True)
class Reckoner:
    """Judges what was found; `areas` in the order in which figures are given."""

    areas: Sequence[Area]
    parameters: Mapping[str, Decimal]
    day: date

    def reckon(self, found: Found) -> tuple[list[Figure], list[Assessment]]:
        """The figure of every area and the assessment of every unit, of a pool the one unit."""
        return self._each(found) if found.plan.is_each else self._pool(found)

    # --- Scope each ---

    def _each(self, found: Found) -> tuple[list[Figure], list[Assessment]]:
        outcomes = {unit: self._of_unit(found, unit) for unit in found.units}
        lying: dict[str, list[Outcome]] = {area.code: [] for area in self.areas}
        for unit, outcome in outcomes.items():
            for code in found.areas_of.get(unit.key, (found.city,)):
                lying[code].append(outcome)
        figures = [_row_of_units(found, code, here) for code, here in lying.items()]
        return figures, [_of_one(found, unit, out) for unit, out in outcomes.items()]

    def _of_unit(self, found: Found, unit: Unit) -> Outcome:
        label = found.window(found.key(unit)).window.label
        is_exempt = found.exempted(label).is_whole or found.is_exempt(unit, label)
        asked = found.plan.commitment.in_area(_own_area(found, unit))
        return self._outcome(found, found.key(unit), asked, is_exempt=is_exempt)

    # --- Scope pool ---

    def _pool(self, found: Found) -> tuple[list[Figure], list[Assessment]]:
        outcomes = {area.code: self._of_area(found, area.code) for area in self.areas}
        figures = [_row_of_pool(found, code, out) for code, out in outcomes.items()]
        whole = _assessment(found, EVERYTHING, found.city, outcomes[found.city])
        return figures, [whole]

    def _of_area(self, found: Found, code: str) -> Outcome:
        label = found.window(code).window.label
        is_whole = found.exempted(label).is_whole
        is_city_duty = code != found.city and not found.plan.is_splittable
        return self._outcome(
            found,
            code,
            found.plan.commitment.in_area(code),
            is_exempt=is_whole or is_city_duty or _all_exempt(found, code, label),
            is_empty=not found.plan.population.is_all and not found.in_area.get(code),
        )

    # --- Both ---

    def _outcome(
        self,
        found: Found,
        key: str,
        asked: Commitment,
        *,
        is_exempt: bool,
        is_empty: bool = False,
    ) -> Outcome:
        plan, placed = found.plan, found.window(key)
        numerator = self._part(found, Part.NUMERATOR, plan.numerator, key)
        denominator = self._part(found, Part.DENOMINATOR, plan.denominator, key)
        value = numerator
        if plan.denominator is not None:
            value = quotient(numerator, denominator, plan.commitment.unit)
        findings = Findings(
            value=value,
            previous=self._previous(found, key),
            progress=placed.progress,
            missing=self._missing(found, key, (numerator, denominator, value), is_empty),
            error=f"formula:{found.error}" if found.error else "",
            is_exempt=is_exempt,
            has_draft=found.amount(Part.DRAFTS, key) > 0,
            expires_on=found.values.get(Part.LAST_VALID, {}).get(key),
        )
        ruling = judge(asked, self.day, findings)
        return Outcome(asked, placed, numerator, denominator, value, findings.previous, ruling)

    def _part(
        self, found: Found, part: Part, formula: tree.Formula | None, key: str
    ) -> Fraction | None:
        match formula:
            case tree.Aggregate():
                return found.number(part, formula, key)
            case tree.EnumSize():
                return Fraction(len(formula.values or formula.path.fields[-1].values))
            case tree.Parameter() if formula.name in self.parameters:
                return Fraction(self.parameters[formula.name])
        return None

    def _previous(self, found: Found, key: str) -> Fraction | None:
        """The value of the window before, None when it is missing (handbook 0.4)."""
        plan = found.plan
        if plan.commitment.kind is not Kind.TREND or plan.counted is None:
            return None
        if plan.rows_by is RowsBy.TERM_NO:
            if not found.amount(Part.BODIES, key) or found.amount(Part.BODIES_ALONE, key):
                return None
        elif not found.amount(Part.PLACED_BEFORE, key):
            return None
        numerator = self._part(found, Part.NUMERATOR_BEFORE, plan.numerator, key)
        if plan.denominator is None:
            return numerator
        denominator = self._part(found, Part.DENOMINATOR_BEFORE, plan.denominator, key)
        return quotient(numerator, denominator, plan.commitment.unit)

    def _missing(
        self,
        found: Found,
        key: str,
        values: tuple[Fraction | None, Fraction | None, Fraction | None],
        is_empty: bool,
    ) -> str:
        numerator, denominator, value = values
        plan, placed = found.plan, found.window(key)
        counted = plan.counted
        is_silent = not found.amount(Part.PRESENT, key) or numerator is None
        parameter = plan.denominator
        is_unset = isinstance(parameter, tree.Parameter) and denominator is None
        return missing_reason(
            unoffered=found.unoffered,
            population_empty=is_empty,
            unset=parameter.name if isinstance(parameter, tree.Parameter) and is_unset else "",
            without_rows=counted.register if counted and is_silent else "",
            no_term=not placed.has_term,
            denominator_zero=denominator == 0,
            unanchored=not placed.is_anchored and value == 0,
        )


def target_of(commitment: Commitment, previous: Decimal | None) -> Target:
    """The target of a pool or a single unit; a trend has the value of the window before (0.4)."""
    if commitment.kind is Kind.TREND:
        return previous
    return Decimal(1) if commitment.kind is Kind.MILESTONE else commitment.target


def refuse(
    commitment: Commitment, areas: Sequence[Area], day: date, refusal: FormulaError
) -> Iterator[Figure]:
    """The figures of a commitment whose formulas cannot be read."""
    label = place(commitment.period, rows_by(commitment.by), day).window.label
    for area in areas:
        yield Figure(
            code=commitment.code,
            area=area.code,
            window=label,
            numerator=None,
            denominator=None,
            value=None,
            target=target_of(commitment, None),
            owed=0,
            met=0,
            no_data=0,
            verdict=Verdict.ERROR,
            reason=f"formula:{refusal.message}",
        )


def _all_exempt(found: Found, code: str, label: str) -> bool:
    """Whether every unit of the area (there is one) is taken out of the window of the label."""
    if not found.exempted(label).named or found.plan.population.is_all:
        return False
    here = [unit for unit in found.units if code in found.areas_of[unit.key]]
    return bool(here) and all(found.is_exempt(unit, label) for unit in here)


def _row_of_units(found: Found, code: str, units: Sequence[Outcome]) -> Figure:
    commitment = found.plan.commitment
    verdicts = [out.ruling.verdict for out in units]
    met = verdicts.count(Verdict.MET)
    judged = sum(verdict not in UNJUDGED for verdict in verdicts)
    asked = commitment.in_area(code)
    # Where there are units, each knows by its own window whether the whole is taken out.
    is_exempt = not units and found.exempted(found.placed.window.label).is_whole
    ruling = roll_up(asked, [out.ruling for out in units], is_exempt=is_exempt)
    value = quotient(met, judged, "%")
    reason = ruling.reason
    if found.unoffered and ruling.verdict is Verdict.NO_DATA:
        reason = missing_reason(unoffered=found.unoffered)
    return Figure(
        code=commitment.code,
        area=code,
        window=shown_label(
            commitment.period,
            [out.placed.window.label for out in units],
            found.placed.window.label,
        ),
        numerator=Decimal(met),
        denominator=Decimal(judged),
        value=None if value is None else shown(value),
        target=HUNDRED,
        owed=len(units),
        met=met,
        no_data=verdicts.count(Verdict.NO_DATA),
        verdict=ruling.verdict,
        flags=ruling.flags,
        reason=reason,
    )


def _row_of_pool(found: Found, code: str, out: Outcome) -> Figure:
    is_quotient = found.plan.denominator is not None
    has_value = out.ruling.verdict not in WITHOUT_VALUE
    verdict = out.ruling.verdict
    return Figure(
        code=found.plan.commitment.code,
        area=code,
        window=out.placed.window.label,
        numerator=_decimal(out.numerator) if has_value else None,
        denominator=_decimal(out.denominator) if has_value else None,
        value=_shown(out.value, is_quotient) if has_value else None,
        target=target_of(out.asked, _shown(out.previous, is_quotient)),
        owed=1,
        met=int(verdict is Verdict.MET),
        no_data=int(verdict is Verdict.NO_DATA),
        verdict=verdict,
        flags=out.ruling.flags,
        reason=out.ruling.reason,
    )


def _of_one(found: Found, unit: Unit, out: Outcome) -> Assessment:
    return _assessment(found, unit, _own_area(found, unit), out)


def _own_area(found: Found, unit: Unit) -> str | None:
    """The one area the unit lies in; everything is the city's, None when it lies in several."""
    if unit == EVERYTHING:
        return found.city
    own = found.located.get(unit.key, ())
    return own[0] if len(own) == 1 else None


def _assessment(found: Found, unit: Unit, area: str | None, out: Outcome) -> Assessment:
    has_value = out.ruling.verdict not in WITHOUT_VALUE
    return Assessment(
        code=found.plan.commitment.code,
        unit=unit,
        area=area,
        window=out.placed.window,
        numerator=_decimal(out.numerator) if has_value else None,
        denominator=_decimal(out.denominator) if has_value else None,
        value=_decimal(out.value) if has_value else None,
        target=target_of(out.asked, _decimal(out.previous)),
        verdict=out.ruling.verdict,
        flags=out.ruling.flags,
    )


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else as_decimal(value)


def _shown(value: Fraction | None, is_quotient: bool) -> Decimal | None:
    if value is None:
        return None
    return shown(value) if is_quotient else as_decimal(value)
