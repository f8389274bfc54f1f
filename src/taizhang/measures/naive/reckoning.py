"""One commitment on one day: who owes it, and what comes out for a unit or over an area."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from taizhang.lib.windows import Period, Window
from taizhang.measures.commitments import Commitment, Kind, Ledger
from taizhang.measures.formula import check, parse_formula, parse_population, tree
from taizhang.measures.naive.belonging import belongs, is_taken
from taizhang.measures.naive.city import AREA, City, Row
from taizhang.measures.naive.counting import Counter, Keep, Things
from taizhang.measures.naive.exemptions import Exemptions
from taizhang.measures.naive.milestones import has_draft, last_valid_to
from taizhang.measures.naive.naming import registers_counted_by_rules
from taizhang.measures.naive.terms import term_of
from taizhang.measures.periods import (
    Placement,
    RowsBy,
    place,
    place_before,
    rows_by,
)
from taizhang.measures.verdicts import Findings, Ruling, judge, missing_reason, quotient


@dataclass(frozen=True)
class Measured:
    """The parts of a value, and the rows that count for its numerator; None is unknown."""

    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    rows: Sequence[Row] = ()


@dataclass(frozen=True)
class Outcome:
    """What came out for one unit, or for a pool over one area, by the target that holds there."""

    asked: Commitment
    placed: Placement
    measured: Measured
    previous: Fraction | None
    ruling: Ruling


class Reckoning:
    """Raises FormulaError when a formula of the commitment cannot be read."""

    def __init__(self, counter: Counter, ledger: Ledger, commitment: Commitment, day: date) -> None:
        self.city = city = counter.city
        self.commitment = commitment
        self.day = day
        self._counter = counter
        self._known_units: dict[Placement, list[Row]] = {}
        catalogue = city.catalogue
        definition = ledger.populations[commitment.population]
        self._population = check(parse_population(definition), catalogue)
        self._numerator = _read(commitment.numerator, city)
        self._denominator = _read(commitment.denominator, city)

    # --- Who owes ---

    @property
    def subject(self) -> str:
        """The register the units are rows of; "all" for everything as one unit."""
        path = self._population.path
        return path.fields[-1].target if path.fields else self._population.register

    @cached_property
    def units(self) -> list[Row]:
        """The units; none for `all`, where the one unit is everything."""
        return self._units_in(self._place(None, _no_row))

    @property
    def owing(self) -> Sequence[Row | None]:
        """Who is judged alone (scope each)."""
        return [None] if self._population.is_all else self.units

    @property
    def label(self) -> str:
        """The label of the window where no unit has one of its own."""
        return self._place(None, _no_row).window.label

    @property
    def is_wholly_exempt(self) -> bool:
        """Whether the whole is taken out of the window where no unit has one of its own."""
        return self.exemptions(self._place(None, _no_row)).is_whole

    @property
    def _is_splittable(self) -> bool:
        """Whether a pool can be computed over an area: not with a fixed number to divide by."""
        return not isinstance(self._denominator, tree.EnumSize | tree.Parameter)

    def exemptions(self, placed: Placement) -> Exemptions:
        return Exemptions(self.city, self.commitment.code, placed.window.label)

    def _units_in(self, placed: Placement) -> list[Row]:
        if placed not in self._known_units:
            self._known_units[placed] = self._find_units(placed)
        return self._known_units[placed]

    def _find_units(self, placed: Placement) -> list[Row]:
        source = self._population
        if source.is_all or not self._offers(source.register) or not self._offers(self.subject):
            return []
        rows = self._counter.rows(source, self._by(source.register), placed, _every)
        if source.path.names:
            rows = [unit for row in rows for unit in self.city.referred(row, *source.path.names)]
        return list(dict.fromkeys(rows))

    # --- What comes out ---

    def unit(self, unit: Row | None) -> Outcome:
        """The outcome for one unit (scope each); None is everything as one unit."""

        def is_its_own(row: Row) -> bool:
            return unit is None or belongs(self.city, row, unit)

        placed = self._place(unit, is_its_own)
        exemptions = self.exemptions(placed)
        is_exempt = exemptions.is_whole or (unit is not None and exemptions.names(unit))
        asked = self.commitment.in_area(self.area_of(unit))
        return self._outcome(
            asked, placed, is_its_own, lambda _placed: is_its_own, is_exempt=is_exempt
        )

    def area_of(self, unit: Row | None) -> str | None:
        """The one area a unit lies in; everything is the city's, None when it lies in several."""
        if unit is None:
            return self.city.code
        places = [code for code in self.city.areas if code in self.city.places(unit)]
        return places[0] if len(places) == 1 else None

    def pool(self, area: str) -> Outcome:
        """The outcome of the pool over the rows of an area; the city's code is everything."""

        def lies_here(row: Row) -> bool:
            return area == self.city.code or area in self.city.areas_of(row)

        def keep_at(placed: Placement) -> Keep:
            units = self._units_in(placed)
            exemptions = self.exemptions(placed)
            return lambda row: (
                lies_here(row) and self._takes(row, units) and not exemptions.take_out(row)
            )

        placed = self._place(None, lambda row: lies_here(row) and self._takes(row, self.units))
        exemptions = self.exemptions(placed)
        here = [unit for unit in self.units if lies_here(unit)]
        is_exempt = exemptions.is_whole or exemptions.name_all(here)
        is_city_duty = area != self.city.code and not self._is_splittable
        return self._outcome(
            self.commitment.in_area(area),
            placed,
            lies_here,
            keep_at,
            is_exempt=is_exempt or is_city_duty,
            is_empty=not here and not self._population.is_all,
        )

    def _takes(self, row: Row, units: Sequence[Row]) -> bool:
        return self._population.is_all or is_taken(self.city, row, self.subject, units)

    def _outcome(
        self,
        asked: Commitment,
        placed: Placement,
        is_present: Keep,
        keep_at: Callable[[Placement], Keep],
        *,
        is_exempt: bool,
        is_empty: bool = False,
    ) -> Outcome:
        measured = self._measure(placed, keep_at(placed), self.units)
        previous = None
        if self.commitment.kind is Kind.TREND:
            previous = self._previous(placed, is_present, keep_at)
        found = Findings(
            value=measured.value,
            previous=previous,
            progress=placed.progress,
            missing=self._missing(placed, measured, is_present, is_empty),
            is_exempt=is_exempt,
            has_draft=self._has_draft(placed, is_present),
            expires_on=last_valid_to(measured.rows),
        )
        return Outcome(asked, placed, measured, previous, judge(asked, self.day, found))

    def _missing(
        self, placed: Placement, measured: Measured, is_present: Keep, is_empty: bool
    ) -> str:
        counted = self._counted
        is_silent = counted is not None and not any(
            is_present(row) and self._has_begun(row) for row in self.city.rows(counted.register)
        )
        unset = self._denominator if measured.denominator is None else None
        is_unknown = counted is not None and measured.numerator is None
        return missing_reason(
            unoffered=self.unoffered,
            population_empty=is_empty,
            unset=unset.name if isinstance(unset, tree.Parameter) else "",
            without_rows=counted.register if counted and (is_silent or is_unknown) else "",
            no_term=not placed.has_term,
            denominator_zero=measured.denominator == 0,
            unanchored=not placed.is_anchored and measured.value == 0,
        )

    @cached_property
    def unoffered(self) -> str:
        """The first register that the commitment rests on and nothing offers, else ""."""
        parts = [self._numerator, self._denominator]
        named = [p.register for p in parts if isinstance(p, tree.Aggregate | tree.EnumSize)]
        nodes: list[tree.Aggregate | tree.Population] = []
        nodes += [part for part in parts if isinstance(part, tree.Aggregate)]
        if not self._population.is_all:
            named += [self._population.register, self.subject]
            nodes.append(self._population)
        named += registers_counted_by_rules(self.city, nodes)
        return next((slug for slug in named if not self._offers(slug)), "")

    @property
    def _counted(self) -> tree.Aggregate | None:
        return self._numerator if isinstance(self._numerator, tree.Aggregate) else None

    def _offers(self, slug: str) -> bool:
        return self.city.is_offered(slug)

    def _has_begun(self, row: Row) -> bool:
        """A row is there unless its register dates it after the status date."""
        if row.register == AREA:
            return True
        by = self.city.register(row.register).period
        day = self._counter.reader(self.day).day_of(row, by)
        return day is None or day <= self.day

    # --- Values ---

    def _by(self, slug: str) -> tuple[str, ...]:
        """What dates a row: the commitment's own word for the register it counts, else its own."""
        if self._counted is not None and slug == self._counted.register:
            return self.commitment.by
        return self.city.register(slug).period

    def _measure(
        self, placed: Placement, keep: Keep, units: Sequence[Row], terms_back: int = 0
    ) -> Measured:
        things = Things(self.subject, {unit.key for unit in units})
        numerator, rows = self._part(self._numerator, placed, keep, things, terms_back)
        if self._denominator is None:
            return Measured(numerator, None, numerator, rows)
        denominator, _ = self._part(self._denominator, placed, keep, things, terms_back)
        value = quotient(numerator, denominator, self.commitment.unit)
        return Measured(numerator, denominator, value, rows)

    def _part(
        self,
        formula: tree.Formula | None,
        placed: Placement,
        keep: Keep,
        things: Things,
        terms_back: int,
    ) -> tuple[Fraction | None, Sequence[Row]]:
        if formula is None:
            return None, ()
        if not isinstance(formula, tree.Aggregate):
            return self._counter.constant(formula), ()
        if not self._offers(formula.register):
            return None, ()
        by = self._by(formula.register)
        rows = self._counter.rows(formula, by, placed, keep, terms_back)
        return self._counter.total(formula, rows, by, placed, things), rows

    # --- The window before (trend) ---

    def _previous(
        self, placed: Placement, is_present: Keep, keep_at: Callable[[Placement], Keep]
    ) -> Fraction | None:
        """The value of the window before, None when it is missing."""
        counted = self._counted
        if counted is None or not self._offers(counted.register):
            return None
        if self._rows_by is RowsBy.TERM_NO:
            return self._previous_terms(counted, placed, keep_at(placed))
        before = place_before(self.commitment.period, self._rows_by, placed)
        if before is None or not self._has_past(counted.register):
            return None
        if not any(
            map(is_present, self._counter.placed(counted.register, self.commitment.by, before))
        ):
            return None
        return self._measure(before, keep_at(before), self._units_in(before)).value

    def _has_past(self, slug: str) -> bool:
        """A state without a start date has no past until a kept snapshot tells it."""
        return self._rows_by is not RowsBy.STATE or bool(self.city.register(slug).state_from)

    def _previous_terms(
        self, counted: tree.Aggregate, placed: Placement, keep: Keep
    ) -> Fraction | None:
        """The same bodies one term earlier; missing when one of them has no earlier term."""
        terms = self._counter.terms(counted.register, placed.today)
        earlier = {rows[0]: rows[1] for rows in terms.values() if len(rows) > 1}
        now = self._counter.rows(counted, self.commitment.by, placed, keep)
        if not now or any(body not in earlier for body in now):
            return None
        return self._measure(placed, keep, self.units, terms_back=1).value

    def _has_draft(self, placed: Placement, is_present: Keep) -> bool:
        if self.commitment.kind is not Kind.MILESTONE or self._counted is None:
            return False
        return has_draft(self._counter, self._counted, placed, is_present)

    # --- Windows ---

    @property
    def _rows_by(self) -> RowsBy:
        return rows_by(self.commitment.by)

    def _place(self, unit: Row | None, keep: Keep) -> Placement:
        period = self.commitment.period
        term = None
        if period is Period.TERM:
            term = term_of(self.city, self.commitment.term_body, unit, self.day)
        last_year = self._last_year(keep) if period is Period.FIVE_YEAR else None
        return place(period, self._rows_by, self.day, term=term, last_year=last_year)

    def _last_year(self, keep: Keep) -> int | None:
        """The year of the last matching row before this calendar year."""
        counted = self._counted
        if counted is None or not self._offers(counted.register):
            return None
        ever = Placement(
            window=Window(date.min, date(self.day.year - 1, 12, 31), ""),
            today=self.day,
            progress=Fraction(1),
            counted_to=date(self.day.year - 1, 12, 31),
        )
        rows = self._counter.rows(counted, self.commitment.by, ever, keep)
        reader = self._counter.reader(self.day)
        days = (reader.day_of(row, self.commitment.by) for row in rows)
        return max((day.year for day in days if ever.counts(day) and day), default=None)


def _read(text: str, city: City) -> tree.Formula | None:
    return check(parse_formula(text), city.catalogue) if text else None


def _every(_row: Row) -> bool:
    return True


def _no_row(_row: Row) -> bool:
    return False
