"""What all commitments ask of a snapshot, asked in as few passes as possible."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

import duckdb

from taizhang.lib.windows import Period, Window
from taizhang.measures.catalogue import Area, Catalogue
from taizhang.measures.commitments import Kind
from taizhang.measures.compile import passes
from taizhang.measures.compile.frames import Frame
from taizhang.measures.compile.passes import Limit, Measure, Pass, TermOf, What
from taizhang.measures.compile.rules import RuleBook, Use
from taizhang.measures.exemptions import read_exemptions
from taizhang.measures.formula import FormulaError, tree
from taizhang.measures.formula.check import AREA
from taizhang.measures.formula.tree import Comparison, FieldPath, Function, Operator
from taizhang.measures.found import Found, Part
from taizhang.measures.owing import Owing
from taizhang.measures.periods import (
    Placement,
    RowsBy,
    place,
    rows_by,
)
from taizhang.measures.plan import Plan, term_uses
from taizhang.measures.session import NOW, Session
from taizhang.measures.snapshot import Snapshot
from taizhang.measures.terms import Terms

EVER = "ever"
# What concerns one formula only: the others of its pass are then computed without it.
UNCOMPUTABLE = (FormulaError, duckdb.DataError)
POLICY = "policy"
DRAFTING = ("drafting", "consulting")


class Asked:
    """Measures by the pass they share, and who wants them."""

    def __init__(self) -> None:
        self._measures: dict[Pass, dict[Measure, None]] = defaultdict(dict)
        self._wanted: list[tuple[Found, Part, Pass, Measure]] = []

    def ask(self, found: Found, part: Part, key: Pass, measure: Measure) -> None:
        self._measures[key][measure] = None
        self._wanted.append((found, part, key, measure))

    def run(self, session: Session) -> None:
        """Run every pass once and hand out what it gave."""
        results: dict[tuple[Pass, Measure], Mapping[str, Any]] = {}
        errors: dict[tuple[Pass, Measure], str] = {}
        for key, measures in self._measures.items():
            listed = tuple(measures)
            try:
                results |= _run(session, key, listed)
            except UNCOMPUTABLE:
                for measure in listed:
                    try:
                        results |= _run(session, key, (measure,))
                    except UNCOMPUTABLE as refusal:
                        errors[key, measure] = _message(refusal)
        for found, part, key, measure in self._wanted:
            found.values[part] = results.get((key, measure), {})
            found.error = found.error or errors.get((key, measure), "")


def _run(
    session: Session, key: Pass, measures: tuple[Measure, ...]
) -> dict[tuple[Pass, Measure], Mapping[str, Any]]:
    """One pass; what each measure gave, by key."""
    compiled = session.compiled(
        ("pass", key, measures),
        partial(passes.statement, session.tables(key.slot), key, measures),
    )
    rows = session.run(compiled)
    return {
        (key, measure): {str(row[0]): row[index] for row in rows}
        for index, measure in enumerate(measures, 1)
    }


def _message(refusal: FormulaError | duckdb.DataError) -> str:
    if isinstance(refusal, FormulaError):
        return refusal.message
    return str(refusal).splitlines()[0]


def open_session(
    catalogue: Catalogue,
    areas: Sequence[Area],
    snapshot: Snapshot,
    as_of: date,
    plans: Sequence[Plan],
) -> tuple[Session, dict[str, FormulaError]]:
    """A session with everything the plans read, and the plans whose rules cannot be read."""
    slots: dict[date, str] = {as_of: NOW}
    needed: dict[str, set[Use]] = {NOW: set()}
    session = Session(catalogue, areas, snapshot, as_of)
    needed[NOW] |= term_uses(session.book)
    failed: dict[str, FormulaError] = {}
    for known in plans:
        try:
            uses = _readable(session.book, known)
        except FormulaError as refusal:
            failed[known.commitment.code] = refusal
            continue
        needed[NOW] |= uses
        day = day_before(known, as_of)
        if day is not None:
            slot = slots.setdefault(day, known.frame_before.label)
            needed.setdefault(slot, set()).update(uses)
    session.load({day: needed[slot] for day, slot in slots.items()}, slots)
    return session, failed


def gather(session: Session, plans: Sequence[Plan], as_of: date) -> list[Found]:
    """What was found for each plan, in their order."""
    return Gatherer(session, as_of).gather(plans)


def day_before(known: Plan, as_of: date) -> date | None:
    """The day on which the window before is read, None when there is none."""
    if not known.has_before:
        return None
    before = known.before(place(known.commitment.period, known.rows_by, as_of))
    return None if before is None else before.today


class Gatherer:
    """Asks for everything first and runs it then, so that whatever can be fused is."""

    def __init__(self, session: Session, as_of: date) -> None:
        self._session = session
        self._as_of = as_of
        self._asked = Asked()
        self._exemptions = read_exemptions(session)
        self._owing = Owing(session)
        self._terms = Terms(session, as_of)

    def gather(self, plans: Sequence[Plan]) -> list[Found]:
        found = [self._start(known) for known in plans]
        self._owing.count([f for f in found if not (f.lists_units or f.plan.population.is_all)])
        computable = [one for one in found if _is_computable(one)]
        self._anchor([one for one in computable if one.plan.commitment.period is Period.FIVE_YEAR])
        for one in computable:
            self._ask(one)
        self._asked.run(self._session)
        return found

    # --- Windows and units ---

    def _start(self, known: Plan) -> Found:
        placed = self._terms.of_city(known)
        self._session.placements[known.frame.label] = placed
        before = known.before(placed) if known.has_before else None
        if before is not None:
            self._session.placements[known.frame_before.label] = before
        found = Found(
            known,
            placed,
            before,
            known.unoffered(self._session.book, self._session.is_offered),
            self._session.city,
            [row for row in self._exemptions if row.commitment == known.commitment.code],
            stands_for=self._terms.stands_for,
        )
        self._owing.find(found)
        if known.commitment.period is Period.TERM and known.is_each:
            found.windows = {
                found.key(unit): self._terms.of_unit(known, unit) for unit in found.units
            }
        return found

    # --- Asking ---

    def _anchor(self, five_years: Sequence[Found]) -> None:
        """Five-year windows begin after the year of the last row that counted before this year."""
        last_day = date(self._as_of.year - 1, 12, 31)
        ever = Window(date.min, last_day, "")
        self._session.placements[EVER] = Placement(ever, self._as_of, Fraction(1), last_day)
        for found in five_years:
            part = found.plan.counted
            if part is not None:
                self._ask_for(found, Part.LAST_DAY, What.LAST_DAY, part, Frame(EVER))
        self._asked.run(self._session)
        self._asked = Asked()
        for found in five_years:
            days = found.values.get(Part.LAST_DAY, {})
            keys = [found.key(u) for u in found.units] if found.plan.is_each else list(self._codes)
            found.windows = {
                key: place(
                    Period.FIVE_YEAR,
                    found.plan.rows_by,
                    self._as_of,
                    last_year=days[key].year if days.get(key) else None,
                )
                for key in keys
            }

    def _ask(self, found: Found) -> None:
        known = found.plan
        frame = self.frame(found)
        for part, node in (
            (Part.NUMERATOR, known.numerator),
            (Part.DENOMINATOR, known.denominator),
        ):
            if isinstance(node, tree.Aggregate):
                self._ask_for(found, part, What.VALUE, node, frame)
        counted = known.counted
        if counted is None:
            return
        rows = tree.Aggregate(Function.COUNT, counted.register, FieldPath(()))
        self._ask_for(found, Part.PRESENT, What.PRESENT, rows, Frame(NOW), is_limited=False)
        if known.commitment.kind is Kind.MILESTONE:
            self._ask_milestone(found, counted, frame)
        if known.commitment.kind is Kind.TREND:
            self._ask_before(found, counted, rows, frame)

    def _ask_milestone(self, found: Found, counted: tree.Aggregate, frame: Frame) -> None:
        if "valid_to" in self._session.book.registers[counted.register].fields:
            self._ask_for(found, Part.LAST_VALID, What.LAST_VALID, counted, frame)
        if counted.register != POLICY:
            return
        state = self._session.book.registers[POLICY].fields["state"]
        drafted = Comparison(
            FieldPath(("state",), fields=(state,)),
            Operator.IN,
            tree.OneOf(tuple(map(tree.EnumValue, DRAFTING))),
        )
        topic = tuple(c for c in counted.conditions if str(c.left) == "topic")
        drafts = tree.Aggregate(Function.COUNT, POLICY, FieldPath(()), (*topic, drafted))
        self._ask_for(
            found, Part.DRAFTS, What.VALUE, drafts, frame, by=("state",), is_limited=False
        )

    def _ask_before(
        self, found: Found, counted: tree.Aggregate, rows: tree.Aggregate, frame: Frame
    ) -> None:
        known = found.plan
        parts = (
            (Part.NUMERATOR_BEFORE, known.numerator),
            (Part.DENOMINATOR_BEFORE, known.denominator),
        )
        if known.rows_by is RowsBy.TERM_NO:
            bodies = tree.Aggregate(
                Function.COUNT, counted.register, FieldPath(()), counted.conditions
            )
            self._ask_for(found, Part.BODIES, What.VALUE, bodies, frame)
            self._ask_for(found, Part.BODIES_ALONE, What.VALUE, bodies, frame, term=TermOf.ONLY)
            for part, node in parts:
                if isinstance(node, tree.Aggregate):
                    self._ask_for(found, part, What.VALUE, node, frame, term=TermOf.BEFORE)
        elif found.before is not None and self._has_past(known, counted.register):
            for part, node in parts:
                if isinstance(node, tree.Aggregate):
                    self._ask_for(found, part, What.VALUE, node, known.frame_before)
            self._ask_for(
                found, Part.PLACED_BEFORE, What.PLACED, rows, known.frame_before, is_limited=False
            )

    def _has_past(self, known: Plan, slug: str) -> bool:
        """A state without a start date has no past until a kept snapshot tells it."""
        register = self._session.book.registers[slug]
        return known.rows_by is not RowsBy.STATE or bool(register.state_from)

    def frame(self, found: Found) -> Frame:
        """The window of a commitment, by key where units have their own."""
        known = found.plan
        if not known.is_keyed:
            return known.frame
        table = f"windows of {known.commitment.code}"
        is_text = not known.is_each or known.population.is_all or known.subject == AREA.slug
        self._session.windows(table, found.windows, is_text=is_text)
        return Frame(known.frame.label, table)

    def _ask_for(
        self,
        found: Found,
        part: Part,
        what: What,
        node: tree.Aggregate,
        frame: Frame,
        *,
        by: tuple[str, ...] = (),
        is_limited: bool = True,
        term: TermOf = TermOf.NOW,
    ) -> None:
        asked = self.question(found, what, node, frame, by=by, is_limited=is_limited, term=term)
        if asked is not None:
            self._asked.ask(found, part, *asked)

    def question(
        self,
        found: Found,
        what: What,
        node: tree.Aggregate,
        frame: Frame,
        *,
        by: tuple[str, ...] = (),
        is_limited: bool = True,
        term: TermOf = TermOf.NOW,
    ) -> tuple[Pass, Measure] | None:
        """A measure with the pass it belongs to; None when no row can count.

        `is_limited`: only rows that a pool takes and no decision leaves out.
        """
        session, known = self._session, found.plan
        ties = self._ties(known, node.register) if session.has_rows(node.register) else None
        if ties is None:
            return None
        is_before = frame.label == known.frame_before.label
        units = found.units_table_before if is_before else found.units_table
        day = session.slot_of(found.before.today) if is_before and found.before else NOW
        by = by or known.by(node.register, session.book)
        reads_rules = is_limited or bool(node.conditions)
        key = Pass(
            register=node.register,
            by=by,
            ties=ties,
            slot=session.slot(session.book.uses(node), day) if reads_rules else NOW,
            spread=node.path if what is What.VALUE and node.path.is_many else None,
            keyed=frame.keyed,
            terms=session.terms(node.register) if rows_by(by) is RowsBy.TERM_NO else "",
        )
        is_of_things = node.function is Function.DISTINCT and known.counts_things_of(node.path)
        measure = Measure(
            what,
            node,
            frame,
            taken=self._taken(known, node.register, units) if is_limited else None,
            things=units if is_of_things and what is What.VALUE else "",
            left_out=self._left_out(found, node.register, is_before) if is_limited else "",
            term=term,
        )
        return key, measure

    def _ties(self, known: Plan, slug: str) -> str | None:
        if known.is_each and not known.population.is_all:
            return self._session.belonging(slug, known.subject)
        return self._session.lying(slug)

    def _taken(self, known: Plan, slug: str, units: str) -> Limit | None:
        if known.is_each or known.population.is_all:
            return None
        return Limit(known.subject, units, self._session.belonging(slug, known.subject))

    def _left_out(self, found: Found, slug: str, is_before: bool) -> str:
        known = found.plan
        if known.is_each:
            return ""
        window = (found.before if is_before and found.before else found.placed).window
        code = known.commitment.code
        decisions = found.exempted(window.label)
        if not decisions.named:
            return ""
        name = f"{code} in {window.label}"
        return self._session.left_out(slug, name, sorted(decisions.named))

    @property
    def _codes(self) -> list[str]:
        return [area.code for area in self._session.areas]


def _readable(book: RuleBook, known: Plan) -> set[Use]:
    uses = known.uses(book)
    book.closure(uses)
    return uses


def _is_computable(found: Found) -> bool:
    """Whether anything has to be asked: without units everything is unknown anyway."""
    has_units = found.plan.population.is_all or bool(found.units_table)
    return has_units and not found.unoffered and found.plan.numerator is not None
