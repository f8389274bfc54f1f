"""Reads the pages of an explanation from the session of one commitment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlglot import exp

from taizhang.measures.catalogue import FieldType
from taizhang.measures.commitments import Assessment, Unit, Verdict
from taizhang.measures.compile import sql
from taizhang.measures.compile.passes import What
from taizhang.measures.compile.scans import scan, unread
from taizhang.measures.details import Details, Scan
from taizhang.measures.explanation import (
    Cursor,
    Explanation,
    Page,
    Record,
    Subject,
)
from taizhang.measures.formula import tree
from taizhang.measures.formula.check import AREA
from taizhang.measures.formula.tree import FieldPath, Function
from taizhang.measures.found import EVERYTHING, Found
from taizhang.measures.gather import Gatherer
from taizhang.measures.session import Session

NEAREST = 3  # records shown for a subject that lacks one
OUTSIDE = 1000  # ranks a row outside the window behind every row inside it
COUNTING = "rows of the numerator"
OWED = "rows of the denominator"


class Tracer:
    def __init__(
        self,
        session: Session,
        gatherer: Gatherer,
        found: Found,
        assessments: Sequence[Assessment],
        area: str,
        limit: int,
    ) -> None:
        self._session = session
        self._gatherer = gatherer
        self._found = found
        self._assessments = assessments
        self._area = area
        self._limit = limit
        self._frame = gatherer.frame(found)
        known = found.plan
        is_distinct = known.counted is not None and known.counted.function is Function.DISTINCT
        can_ask = not found.unoffered and (known.population.is_all or bool(found.units_table))
        table = f"{COUNTING} of {known.commitment.code}"
        self._counting = self._scan(table, known.counted if can_ask else None, is_distinct)

    def explanation(self, area: str | None, after: Cursor) -> Explanation:
        found = self._found
        windows = dict.fromkeys(
            found.window(found.key(unit)).window for unit in found.units or (EVERYTHING,)
        )
        reason = f"register_not_offered:{found.unoffered}" if found.unoffered else ""
        return Explanation(
            found.plan.commitment.code,
            area,
            tuple(windows),
            counted=self._counted(after.counted),
            uncounted=self._uncounted(after.uncounted),
            subjects=self._subjects(after.subjects),
            unknown=self._unknown(after.unknown),
            reason=reason,
        )

    @property
    def is_silent(self) -> bool:
        """Whether nothing can count at all: its register is not offered, or holds no row."""
        return self._counting is None

    def counts(self, key: int) -> bool:
        """Whether the numerator counts the row of this id."""
        if self._counting is None:
            return False
        ids = self._passing(self._counting, "id")
        return bool(self._session.fetch(ids.where(sql.equal(sql.column("id"), sql.number(key)))))

    # --- Records ---

    def _counted(self, after: str) -> Page[Record]:
        if self._counting is None:
            return Page()
        return self._page(self._counting, sql.equal(sql.column("rank"), sql.number(0)), after)

    def _uncounted(self, after: str) -> Page[Record]:
        """Those nearest to counting first."""
        if self._counting is None:
            return Page()
        return self._page(self._counting, sql.column("rank") > 0, after)

    def _page(self, tested: Scan, condition: exp.Expr, after: str) -> Page[Record]:
        """A row tied to several units is shown once, where it fails least."""
        rows = (
            sql.select(*tested.columns(), sql.named(_rank(), "rank"))
            .from_(sql.table(tested.table))
            .where(self._is_ours())
            .qualify(_first_by(sql.column("id"), _rank()))
            .subquery("rows")
        )
        kept = exp.select("*").from_(rows).where(condition)
        total = self._count(kept.subquery("k"))
        page = kept.order_by("rank", "id").limit(self._limit + 1)
        if after:
            rank, key = after.split("|", 1)
            last = self._literal(tested.register, key)
            page = page.where(_beyond("rank", int(rank), "id", last))
        found = self._session.fetch(page)
        shown = found[: self._limit]
        more = f"{shown[-1][-1]}|{shown[-1][0]}" if len(found) > self._limit else ""
        return Page(tuple(self._records(tested, [row[:-1] for row in shown])), total, more)

    def _count(self, source: exp.Expr) -> int:
        return int(self._session.fetch(sql.select(exp.Count(this=exp.Star())).from_(source))[0][0])

    def _records(self, tested: Scan, rows: Sequence[tuple[Any, ...]]) -> list[Record]:
        """Rows of the columns of `Scan.columns`, with everything that they failed."""
        details = Details(self._session, self._found.placed, tested, rows)
        return [details.record(row) for row in rows]

    # --- Subjects ---

    def _subjects(self, after: str) -> Page[Subject]:
        if self._found.plan.is_each:
            return self._units(after)
        denominator = self._found.plan.denominator
        if self._counting is None:
            return Page()
        if isinstance(denominator, tree.EnumSize):
            return self._enum_values(denominator, after)
        if isinstance(denominator, tree.Aggregate):
            owed = self._owed(denominator)
            return self._page_of(owed, after, *self._naming(denominator)) if owed else Page()
        return Page()

    def _units(self, after: str) -> Page[Subject]:
        """The units of scope each, those without the verdict met first."""
        found = self._found
        here = [
            one
            for one in self._assessments
            if self._area in found.areas_of.get(one.unit.key, (found.city,))
        ]
        entries = [Subject(one.unit, None, one.verdict is Verdict.MET, one.verdict) for one in here]
        # The whole city as one unit goes by its area code.
        is_text = found.plan.population.is_all or found.plan.subject == AREA.slug
        return self._page_of(entries, after, "key", is_text)

    def _enum_values(self, size: tree.EnumSize, after: str) -> Page[Subject]:
        """The values that are counted: which are there, which are not."""
        kind = f"{size.register}.{size.path}"
        listed = [str(value) for value in size.values] or list(size.path.fields[-1].values)
        there = self._values_there()
        entries = [Subject(Unit(kind, value), value, value in there) for value in listed]
        return self._page_of(entries, after, "value", True)

    def asked(self, units: Collection[Unit]) -> Sequence[Subject]:
        """Those of the units that the denominator counts, by whether the numerator does too."""
        denominator = self._found.plan.denominator
        if self._found.plan.is_each or not isinstance(denominator, tree.Aggregate):
            return ()
        return self._owed(denominator, units)

    def lacking(self, subjects: Sequence[Subject]) -> Sequence[Subject]:
        """The subjects of `asked`, those that lack something first and with what comes nearest."""
        denominator = self._found.plan.denominator
        if not isinstance(denominator, tree.Aggregate):
            return subjects
        return self._page_of(subjects, "", *self._naming(denominator)).items

    def _owed(
        self, denominator: tree.Aggregate, only: Collection[Unit] | None = None
    ) -> Sequence[Subject]:
        """What the denominator counts: rows, or different things that rows refer to."""
        known = self._found.plan
        counting = self._counting
        link = _link(known.counted, denominator)
        if link is None or (counting is None and only is None):
            return ()
        subject, subject_column, column = link
        wanted = None if only is None else {one.key for one in only if one.subject == subject}
        if wanted is not None and not wanted:
            return ()
        is_distinct = denominator.function is Function.DISTINCT
        owed = self._scan(f"{OWED} of {known.commitment.code}", denominator, is_distinct)
        if owed is None:
            return ()
        keys = {str(key) for (key,) in self._session.fetch(self._passing(owed, subject_column))}
        there: set[str] = set()
        if counting is not None:
            there = {str(key) for (key,) in self._session.fetch(self._passing(counting, column))}
        return [
            Subject(Unit(subject, key), None, key in there)
            for key in (keys if wanted is None else keys & wanted)
        ]

    def _naming(self, denominator: tree.Aggregate) -> tuple[str, bool]:
        """The column in which the numerator names its subjects, and whether their keys are text."""
        link = _link(self._found.plan.counted, denominator)
        subject, _column, column = link or ("", "", "")
        return column, subject not in self._session.book.registers or subject == AREA.slug

    def _page_of(
        self, entries: Sequence[Subject], after: str, column: str, is_text: bool
    ) -> Page[Subject]:
        """Those that lack something first, then by key; only the page is looked at closely."""

        def place(subject: Subject) -> tuple[bool, int, str]:
            key = subject.unit.key
            return subject.is_satisfied, 0 if is_text or not key.isdecimal() else int(key), key

        ordered = sorted(entries, key=place)
        start = 0
        if after:
            start = next((i for i, s in enumerate(ordered, 1) if s.unit.key == after), len(ordered))
        shown = ordered[start : start + self._limit]
        is_more = start + self._limit < len(ordered)
        lacking = [subject.unit.key for subject in shown if not subject.is_satisfied]
        nearest = self._nearest(lacking, column, is_text)
        numbers = self._record_numbers(shown)
        items = tuple(
            self._with_nearest(subject, numbers, nearest)
            if not subject.is_satisfied
            else replace(subject, record_no=numbers.get(subject.unit.key, subject.record_no))
            for subject in shown
        )
        return Page(items, len(ordered), shown[-1].unit.key if is_more else "")

    def _with_nearest(
        self,
        subject: Subject,
        numbers: Mapping[str, str],
        nearest: Mapping[str, Sequence[Record]],
    ) -> Subject:
        records = nearest.get(self._value_key(subject.unit))
        known = self._found.plan.counted
        return replace(
            subject,
            record_no=numbers.get(subject.unit.key, subject.record_no),
            nearest=tuple(r for r in records or () if r.failures),
            no_record_in=known.register if known is not None and not records else "",
        )

    def _value_key(self, unit: Unit) -> str:
        return self._found.key(unit)

    def _nearest(self, keys: Sequence[str], column: str, is_text: bool) -> dict[str, list[Record]]:
        """The records nearest to counting of each subject, by key; one statement for all."""
        tested = self._counting
        if tested is None or not keys:
            return {}
        wanted = self._session.listed(
            "key", [self._found.city if k == EVERYTHING.key else k for k in keys], is_text
        )
        key = sql.column(column)
        ours = sql.within(key.copy(), sql.select(sql.column("key")).from_(sql.table(wanted)))
        query = (
            sql.select(sql.named(key, "subject"), *tested.columns())
            .from_(sql.table(tested.table))
            .where(ours, *([] if column == "key" else [self._is_ours()]))
            .qualify(_among_first(key.copy(), _rank(), NEAREST))
            .order_by(_rank(), sql.column("id"))
        )
        rows = list(dict.fromkeys(self._session.fetch(query)))
        records = self._records(tested, [row[1:] for row in rows])
        found: dict[str, list[Record]] = defaultdict(list)
        for row, record in zip(rows, records, strict=True):
            found[str(row[0])].append(record)
        return found

    def _record_numbers(self, subjects: Iterable[Subject]) -> dict[str, str]:
        by_register: dict[str, list[str]] = defaultdict(list)
        for subject in subjects:
            by_register[subject.unit.subject].append(subject.unit.key)
        numbers: dict[str, str] = {}
        for slug, keys in by_register.items():
            if slug == AREA.slug:
                numbers |= {key: key for key in keys}
            elif slug in self._session.book.registers:
                ids = self._session.listed("id", keys, False)
                query = sql.select(sql.column("id"), sql.column("record_no")).from_(sql.table(slug))
                mine = sql.within(
                    sql.column("id"), sql.select(sql.column("id")).from_(sql.table(ids))
                )
                numbers |= {str(key): no for key, no in self._session.fetch(query.where(mine))}
        return numbers

    # --- Unknown ---

    def _unknown(self, after: str) -> Page[Record]:
        """Rows that a reading hides: every other condition on them holds."""
        source = self._judged_rows()
        readings = [] if source is None else _readings(source)
        if source is None or not readings or self._found.unoffered:
            return Page()
        asked = self._gatherer.question(
            self._found, What.VALUE, source, self._found.plan.frame, is_limited=False
        )
        if asked is None:
            return Page()
        session, (key, measure) = self._session, asked
        key = replace(key, spread=None, ties=session.lying(source.register))
        query = unread(session.tables(key.slot), key, measure, readings, self._area)
        table = sql.table(session.keep("rows read as unknown", query))
        rows = sql.select(sql.column("id"), sql.column("record_no")).from_(table)
        if after:
            last = self._literal(source.register, after)
            rows = rows.where(exp.GT(this=sql.column("id"), expression=last))
        found = session.fetch(rows.order_by("id").limit(self._limit + 1))
        shown = [Record(source.register, str(i), no, None) for i, no in found[: self._limit]]
        more = shown[-1].id if len(found) > self._limit else ""
        return Page(tuple(shown), self._count(table.copy()), more)

    def _judged_rows(self) -> tree.Aggregate | None:
        """The rows that make up the denominator, or who owes."""
        known = self._found.plan
        if not known.is_each and isinstance(known.denominator, tree.Aggregate):
            return known.denominator
        population = known.population
        if population.is_all:
            return None
        return tree.Aggregate(
            Function.COUNT, population.register, FieldPath(()), population.conditions
        )

    # --- Tables ---

    def _scan(self, table: str, node: tree.Aggregate | None, with_value: bool) -> Scan | None:
        if node is None:
            return None
        asked = self._gatherer.question(self._found, What.VALUE, node, self._frame)
        if asked is None:
            return None
        key, measure = asked
        statement = scan(self._session.tables(key.slot), key, measure, with_value=with_value)
        self._session.keep(table, statement)
        return Scan(table, key, measure)

    def _passing(self, tested: Scan, column: str) -> exp.Select:
        value = sql.column(column)
        return (
            sql.select(value)
            .from_(sql.table(tested.table))
            .where(
                self._is_ours(),
                sql.equal(sql.column("failed"), sql.number(0)),
                sql.is_known(value.copy()),
            )
            .distinct()
        )

    def _values_there(self) -> set[str]:
        if self._counting is None:
            return set()
        return {
            str(value) for (value,) in self._session.fetch(self._passing(self._counting, "value"))
        }

    def _is_ours(self) -> exp.Expr:
        """Tied to a unit of the area, or lying in it."""
        found = self._found
        if not found.plan.is_each or found.plan.population.is_all:
            return sql.equal(sql.column("key"), sql.text(self._area))
        units = sql.select(sql.column("key")).from_(sql.table(found.units_table))
        ours = sql.within(sql.column("key"), units)
        if self._area == found.city:
            return ours
        lying = sql.select(sql.column("id")).from_(
            sql.table(self._session.lying(found.plan.subject))
        )
        here = lying.where(sql.equal(sql.column("key"), sql.text(self._area)))
        return sql.every([ours, sql.within(sql.column("key"), here)])

    def _literal(self, register: str, key: str) -> exp.Expr:
        return sql.text(key) if register == AREA.slug else sql.number(key)


def _link(
    counted: tree.Aggregate | None, denominator: tree.Aggregate
) -> tuple[str, str, str] | None:
    """The subject of a coverage, and in which columns the denominator and numerator name it."""
    if counted is None:
        return None
    subject, column = denominator.register, "id"
    if denominator.function is Function.DISTINCT:
        subject, column = _things(denominator), "value"
    elif denominator.function is not Function.COUNT:
        return None
    if counted.function is Function.COUNT and counted.register == subject:
        return subject, column, "id"
    if counted.function is Function.DISTINCT and _things(counted) == subject:
        return subject, column, "value"
    return None


def _things(node: tree.Aggregate) -> str:
    """The register of what `distinct` counts, or the field itself where it refers to none."""
    last = node.path.fields[-1]
    if last.type is FieldType.AREA:
        return AREA.slug
    return last.target or f"{node.register}.{node.path}"


def _readings(source: tree.Aggregate) -> list[FieldPath]:
    """Paths in the conditions to fields that may read as null where something was entered."""
    return [
        condition.left
        for condition in source.conditions
        if isinstance(condition.left, FieldPath)
        and condition.left.fields
        and condition.left.fields[-1].read_as.startswith("null ")
    ]


def _rank() -> exp.Expr:
    """Failed tests, with the window before all conditions."""
    outside = exp.case().when(sql.column("placed"), sql.number(0)).else_(sql.number(OUTSIDE))
    return exp.Add(this=sql.column("failed"), expression=outside)


def _first_by(key: exp.Expr, rank: exp.Expr) -> exp.Expr:
    return _among_first(key, rank, 1)


def _among_first(key: exp.Expr, rank: exp.Expr, count: int) -> exp.Expr:
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[key],
        order=exp.Order(expressions=[exp.Ordered(this=rank), exp.Ordered(this=sql.column("id"))]),
    )
    return sql.at_most(place, sql.number(count))


def _beyond(first: str, value: int, second: str, key: exp.Expr) -> exp.Expr:
    columns = exp.Tuple(expressions=[sql.column(first), sql.column(second)])
    return exp.GT(this=columns, expression=exp.Tuple(expressions=[sql.number(value), key]))
