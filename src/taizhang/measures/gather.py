"""What all commitments ask of a snapshot, asked in as few passes as possible."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlglot import exp

from taizhang.lib.windows import Period, Window
from taizhang.measures.catalogue import Area, Catalogue
from taizhang.measures.commitments import Kind, Unit
from taizhang.measures.compile import sql
from taizhang.measures.compile.frames import Frame
from taizhang.measures.compile.passes import Limit, Measure, Pass, TermOf, What, statement
from taizhang.measures.compile.rules import RuleBook, Use
from taizhang.measures.compile.ties import EMPLOYER, LOCAL_FEDERATIONS, ORG
from taizhang.measures.exemptions import Exempted, exempted, read_exemptions
from taizhang.measures.formula import FormulaError, tree
from taizhang.measures.formula.check import AREA
from taizhang.measures.formula.tree import Comparison, FieldPath, Function, Operator
from taizhang.measures.periods import (
    Placement,
    RowsBy,
    Term,
    current_term,
    place,
    rows_by,
    term_body,
    term_region,
)
from taizhang.measures.plan import Plan, term_uses
from taizhang.measures.session import NOW, Session
from taizhang.measures.snapshot import Snapshot

EVERYTHING = Unit("all", "all")
EVER = "ever"
POLICY = "policy"
DRAFTING = ("drafting", "consulting")


class Part(StrEnum):
    """What is asked for a commitment, per unit or area."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    NUMERATOR_BEFORE = "numerator_before"
    DENOMINATOR_BEFORE = "denominator_before"
    PRESENT = "present"
    PLACED_BEFORE = "placed_before"
    BODIES = "bodies"
    BODIES_ALONE = "bodies_alone"
    DRAFTS = "drafts"
    LAST_VALID = "last_valid"
    LAST_DAY = "last_day"


@dataclass
class Found:
    """What was found for one commitment; filled by the gatherer step by step.

    `values` are by key: an area code, or a row's id as text; of a pool always by area code.
    `placed` is the window of the whole, `windows` those of single keys that have their own.
    `in_area` counts the units by area, `areas_of` gives those a unit lies in (the city among
    them), `located` its own ones.
    """

    plan: Plan
    placed: Placement
    before: Placement | None
    unoffered: str
    city: str
    exempted: Exempted = field(default_factory=Exempted)
    units: Sequence[Unit] = ()
    units_table: str = ""
    units_table_before: str = ""
    areas_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    in_area: Mapping[str, int] = field(default_factory=dict)
    located: Mapping[str, Sequence[str]] = field(default_factory=dict)
    employers_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    stands_for: Mapping[str, str] = field(default_factory=dict)
    windows: Mapping[str, Placement] = field(default_factory=dict)
    values: dict[Part, Mapping[str, Any]] = field(default_factory=dict)

    def key(self, unit: Unit) -> str:
        """Where the values of a unit are: those of everything are the city's."""
        return self.city if unit == EVERYTHING else unit.key

    @property
    def lists_units(self) -> bool:
        """Whether each unit is looked at; of a pool it is enough to count them."""
        return self.plan.is_each or bool(self.exempted.named)

    def window(self, key: str) -> Placement:
        return self.windows.get(key, self.placed)

    def number(self, part: Part, formula: tree.Formula | None, key: str) -> Fraction | None:
        """The value of a formula; nothing counted is zero, but for `latest`, which is unknown."""
        value = self.values.get(part, {}).get(key)
        if value is None:
            is_latest = isinstance(formula, tree.Aggregate) and formula.function is Function.LATEST
            return None if is_latest else Fraction(0)
        return Fraction(value)

    def amount(self, part: Part, key: str) -> int:
        return int(self.values.get(part, {}).get(key) or 0)

    def is_exempt(self, unit: Unit) -> bool:
        """Whether a decision takes the unit out of the window it has."""
        stands_for = self.stands_for.get(unit.key) if unit.subject == ORG else None
        employers = self.employers_of.get(unit.key, ())
        return self.exempted.names(unit, stands_for, employers)


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
        results: dict[tuple[Pass, Measure], dict[str, Any]] = {}
        for key, measures in self._measures.items():
            listed = tuple(measures)
            compiled = session.compiled(
                ("pass", key, listed),
                lambda key=key, listed=listed: statement(session.tables(key.slot), key, listed),
            )
            rows = session.run(compiled)
            for index, measure in enumerate(listed, 1):
                results[key, measure] = {str(row[0]): row[index] for row in rows}
        for found, part, key, measure in self._wanted:
            found.values[part] = results[key, measure]


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
        self._known_pairs: dict[tuple[str, str], Mapping[str, Sequence[str]]] = {}

    def gather(self, plans: Sequence[Plan]) -> list[Found]:
        found = [self._start(known) for known in plans]
        self._count_units([f for f in found if not (f.lists_units or f.plan.population.is_all)])
        computable = [one for one in found if _is_computable(one)]
        self._anchor([one for one in computable if one.plan.commitment.period is Period.FIVE_YEAR])
        for one in computable:
            self._ask(one)
        self._asked.run(self._session)
        return found

    # --- Windows and units ---

    def _start(self, known: Plan) -> Found:
        placed = self._whole(known)
        self._session.placements[known.frame.label] = placed
        before = known.before(placed) if known.has_before else None
        if before is not None:
            self._session.placements[known.frame_before.label] = before
        found = Found(
            known,
            placed,
            before,
            known.unoffered(self._session.is_offered),
            self._session.city,
            exempted(self._exemptions, known.commitment.code, placed.window.label),
            stands_for=self.stands_for,
        )
        self._find_units(found)
        if known.commitment.period is Period.TERM and known.is_each:
            found.windows = {found.key(unit): self._term_of(known, unit) for unit in found.units}
        return found

    def _whole(self, known: Plan) -> Placement:
        """The window of the commitment as a whole: of a term, the city's."""
        period = known.commitment.period
        term = None
        if period is Period.TERM:
            term = self._term(known, self._session.city, self._city_federation)
        return place(period, known.rows_by, self._as_of, term=term)

    def _term_of(self, known: Plan, unit: Unit) -> Placement:
        region, org = self._whose_term(known, unit)
        term = self._term(known, region, org)
        return place(Period.TERM, known.rows_by, self._as_of, term=term)

    def _whose_term(self, known: Plan, unit: Unit) -> tuple[str | None, str]:
        if unit == EVERYTHING:
            return self._session.city, self._city_federation
        if unit.subject == ORG:
            code = self.stands_for.get(unit.key)
            return self._region_of_term(code), unit.key
        code = unit.key if unit.subject == AREA.slug else None
        return self._region_of_term(code), ""

    def _region_of_term(self, code: str | None) -> str | None:
        area = next((area for area in self._session.areas if area.code == code), None)
        return term_region(area, self._session.city) if area else None

    def _term(self, known: Plan, region: str | None, org: str) -> tuple[date, date] | None:
        commitment = known.commitment
        body = term_body(commitment.code, commitment.population)
        own = self._own_terms.get(org, (None, None))
        return current_term(self._terms, body, region, self._as_of, own)

    def _find_units(self, found: Found) -> None:
        known, session = found.plan, self._session
        if known.population.is_all:
            found.units = (EVERYTHING,)
            found.in_area = {session.city: 1}
            return
        if not (
            session.is_offered(known.population.register) and session.is_offered(known.subject)
        ):
            return
        found.units_table = self._units(known, known.frame, NOW)
        if found.before is not None:
            slot = session.slot_of(found.before.today)
            found.units_table_before = self._units(known, known.frame_before, slot)
        if found.lists_units:
            self._list_units(found)

    def _has_rows(self, slug: str) -> bool:
        return self._session.is_offered(slug) and self._session.has_rows(slug)

    def _units(self, known: Plan, frame: Frame, slot: str) -> str:
        """The table of the units; where the window does not matter it is the same for all."""
        session = self._session
        by = known.by(known.population.register, session.book)
        read = session.slot(session.book.uses(known.population), slot)
        return session.units(
            known.population, by, frame if known.has_dated_units(by) else Frame(slot), read
        )

    def _list_units(self, found: Found) -> None:
        """Every unit with its own areas and all those it lies in."""
        session, subject = self._session, found.plan.subject
        found.areas_of = self._pairs(found, session.lying(subject))
        found.units = tuple(Unit(subject, unit) for unit in found.areas_of)
        found.in_area = Counter(code for codes in found.areas_of.values() for code in codes)
        located = session.located(subject)
        if located is not None:
            found.located = self._pairs(found, located)
        employers = session.belonging(subject, EMPLOYER)
        if found.exempted.named and subject not in (AREA.slug, ORG) and employers is not None:
            found.employers_of = self._pairs(found, employers)

    def _pairs(self, found: Found, ties: str) -> Mapping[str, Sequence[str]]:
        """What the units are tied to, by key; asked once for the same units."""
        wanted = (found.units_table, ties)
        if wanted not in self._known_pairs:
            pairs: dict[str, list[str]] = defaultdict(list)
            unit, other = sql.column("key", "u"), sql.column("key", "l")
            query = self._units_in(found, ties, unit, other)
            for key, value in self._session.fetch(query.order_by(unit.copy(), other.copy())):
                pairs[str(key)].append(str(value))
            self._known_pairs[wanted] = pairs
        return self._known_pairs[wanted]

    def _count_units(self, pools: Sequence[Found]) -> None:
        """How many units of each pool lie in each area, all asked at once."""
        tables = {found.units_table: found for found in pools if found.units_table}
        counts: dict[str, dict[str, int]] = {table: {} for table in tables}
        area = sql.column("key", "l")
        queries = [
            self._units_in(
                found,
                self._session.lying(found.plan.subject),
                sql.named(sql.text(table), "table"),
                area.copy(),
                exp.Count(this=exp.Star()),
            ).group_by(area.copy())
            for table, found in tables.items()
        ]
        if queries:
            query = exp.union(*queries, distinct=False) if len(queries) > 1 else queries[0]
            for table, code, count in self._session.fetch(query):
                counts[table][code] = count
        for found in pools:
            found.in_area = counts.get(found.units_table, {})

    def _units_in(self, found: Found, ties: str, *columns: exp.Expr) -> exp.Select:
        on = sql.equal(sql.column("id", "l"), sql.column("key", "u"))
        return (
            sql.select(*columns)
            .from_(sql.table(found.units_table, "u"))
            .join(sql.table(ties, "l"), on=on)
        )

    # --- Terms ---

    @cached_property
    def _terms(self) -> list[Term]:
        if not self._session.is_offered("term"):
            return []
        names = ("body", "region", "no", "start", "end")
        rows = self._session.fetch(sql.select(*map(sql.column, names)).from_(sql.table("term")))
        return [
            Term(str(b), str(r), no, start, end) for b, r, no, start, end in rows if start and end
        ]

    @cached_property
    def _orgs(self) -> list[tuple[str, str, str | None, date | None, date | None]]:
        """Local federations, and organisations with a term of their own."""
        if not self._session.is_offered(ORG):
            return []
        names = ("id", "org_type", "region", "term_start", "term_end")
        fields = self._session.book.registers[ORG].fields
        columns = [
            sql.column(name) if name in ("id", *fields) else sql.named(exp.null(), name)
            for name in names
        ]
        query = sql.select(*columns).from_(sql.table(ORG)).order_by(sql.column("id"))
        return [(str(row[0]), *row[1:]) for row in self._session.fetch(query)]

    @cached_property
    def _own_terms(self) -> dict[str, tuple[date | None, date | None]]:
        return {key: (start, end) for key, _, _, start, end in self._orgs}

    @cached_property
    def stands_for(self) -> dict[str, str]:
        """The area of each local federation, by the row's id as text."""
        return {
            key: region
            for key, kind, region, _, _ in self._orgs
            if kind in LOCAL_FEDERATIONS and region is not None
        }

    @cached_property
    def _city_federation(self) -> str:
        return next((key for key, kind, *_ in self._orgs if kind == "city_federation"), "")

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
        decisions = exempted(self._exemptions, code, window.label)
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
