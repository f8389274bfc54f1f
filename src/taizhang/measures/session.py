"""One evaluation's DuckDB session: registers are loaded and read once, ties and units kept."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa
from sqlglot import exp

from taizhang.lib.windows import Period
from taizhang.measures.catalogue import Area, Catalogue
from taizhang.measures.compile import sql
from taizhang.measures.compile.frames import Frame, FrameTokens, Parameters, Statement
from taizhang.measures.compile.passes import term_ranks, unit_keys
from taizhang.measures.compile.readings import Source, entered, nothing_of, stages
from taizhang.measures.compile.rows import Tables
from taizhang.measures.compile.rules import RuleBook, Use, rule_book
from taizhang.measures.compile.ties import belonging, located, lying
from taizhang.measures.formula import tree
from taizhang.measures.formula.check import AREA
from taizhang.measures.periods import Placement, RowsBy, place
from taizhang.measures.snapshot import Snapshot

NOW = "now"
STATEMENTS_KEPT = 4000
_statements: dict[Hashable, Any] = {}


class Session:
    """Tables of one snapshot; a slot is a day on which the registers are read, `now` the first."""

    def __init__(
        self,
        catalogue: Catalogue,
        areas: Sequence[Area],
        snapshot: Snapshot,
        as_of: date,
    ) -> None:
        self.book: RuleBook = rule_book(catalogue)
        self.areas = tuple(areas)
        self.city = next(area.code for area in areas if area.parent is None)
        self.placements: dict[str, Placement] = {}
        self.snapshot = snapshot
        self._version = catalogue.version
        self._as_of = as_of
        self._slot_of: dict[date, str] = {}
        self._made: dict[str, str | None] = {}
        self._slots: dict[str, Tables] = {}
        self._shape: Hashable = ()
        self._cursor = _database().cursor()

    def close(self) -> None:
        self._cursor.close()

    # --- What there is ---

    def is_offered(self, slug: str) -> bool:
        """Whether the register is offered and its rows are in the snapshot."""
        if slug == AREA.slug:
            return True
        register = self.book.registers.get(slug)
        return register is not None and register.offered and slug in self.snapshot.tables

    def has_rows(self, slug: str) -> bool:
        return slug == AREA.slug or (
            slug in self.snapshot.tables and self.snapshot.tables[slug].rows > 0
        )

    def tables(self, slot: str = NOW) -> Tables:
        return self._slots[slot]

    @property
    def as_entered(self) -> Tables:
        """The registers without their rules: what ties rows to units."""
        return self._slots[""]

    def slot(self, uses: Iterable[Use], slot: str) -> str:
        """The slot to read on: `now` serves for every day when no rule reads differently."""
        return slot if any(map(self.book.is_daily, uses)) else NOW

    # --- Loading ---

    def load(self, needed: Mapping[date, Collection[Use]], slots: Mapping[date, str]) -> None:
        """Create the tables of the registers; `needed` names the fields read on each day."""
        self._slot_of = dict(slots)
        for day, slot in slots.items():
            self.placements[slot] = place(Period.POINT_IN_TIME, RowsBy.STATE, day)
        everything = self.book.closure(use for uses in needed.values() for use in uses)
        names = self._load_entered(everything)
        self._slots[""] = Tables(self.book.registers, names)
        filled = {slug for slug, _ in everything if self.has_rows(slug)}
        self._slots[NOW] = self._read(everything, NOW, names, filled)
        for day, uses in needed.items():
            if slots[day] != NOW:
                fields = self.book.closure(uses)
                daily = {s for s, name in fields if s in filled and self.book.is_daily((s, name))}
                start = {**self._slots[NOW].names, **{slug: names[slug] for slug in daily}}
                self._slots[slots[day]] = self._read(fields, slots[day], start, daily)

        # Statements name tables, and which there are depends on what is read and what is empty.
        self._shape = tuple(
            (slot, tuple(sorted(tables.names.items()))) for slot, tables in self._slots.items()
        )

    def slot_of(self, day: date) -> str:
        """The slot in which the registers are read on that day."""
        return self._slot_of[day]

    def _load_entered(self, needed: Collection[Use]) -> dict[str, str]:
        """The tables as entered; an empty one gets its derived fields at once."""
        fields: dict[str, set[str]] = {slug: set() for slug in self.book.registers}
        for slug, name in needed:
            fields[slug].add(name)
        sources = {
            slug: Source(self.snapshot.path(slug), table.columns)
            for slug, table in self.snapshot.tables.items()
            if self.is_offered(slug) and self.has_rows(slug)
        }
        empty = {
            slug: frozenset(names)
            for slug, names in fields.items()
            if slug not in sources and slug != AREA.slug
        }

        def declared() -> str:
            registers = self.book.registers
            return ";".join(nothing_of(registers[slug], names) for slug, names in empty.items())

        self._cursor.execute(self._kept(("nothing", *empty.items()), declared))
        for slug in sources:
            self._create(slug, entered(self.book.registers[slug], fields[slug], sources))
        self._create(AREA.slug, _areas(self.areas))
        return {slug: slug for slug in self.book.registers}

    def _read(
        self, needed: Collection[Use], slot: str, names: Mapping[str, str], rebuilt: set[str]
    ) -> Tables:
        def compiled() -> list[tuple[str, str, Statement]]:
            parameters = Parameters()
            tokens = FrameTokens(Frame(slot), parameters)
            return [
                (
                    s.slug,
                    s.table,
                    Statement(sql.create(s.table, s.query), parameters.of(s.query)),
                )
                for level in stages(self.book, needed, slot, names, tokens, rebuilt)
                for s in level
            ]

        key = ("read", slot, frozenset(needed), tuple(sorted(names.items())), frozenset(rebuilt))
        current = dict(names)
        for slug, table, statement in self._kept(key, compiled):
            self.run(statement)
            current[slug] = table
        return Tables(self.book.registers, current)

    # --- Ties, units, terms: tables made when first asked for ---

    def belonging(self, slug: str, subject: str) -> str | None:
        """The table of rows and the units they belong to; None when they can belong to none."""
        return self._table(
            f"{slug} of {subject}", lambda: belonging(self.as_entered, slug, subject)
        )

    def lying(self, slug: str) -> str:
        """The table of rows and the areas they lie in, the city among them."""
        name = f"{slug} lying"
        self._table(name, lambda: lying(self.as_entered, slug, self.areas), key=self.areas)
        return name

    def located(self, slug: str) -> str | None:
        """The table of rows and their own areas; None when they can have none."""
        return self._table(f"{slug} located", lambda: located(self.as_entered, slug))

    def units(
        self,
        population: tree.Population,
        by: tuple[str, ...],
        frame: Frame,
        slot: str,
    ) -> str:
        """The table of the units of a population in a window."""
        name = f"units {population} by {','.join(by)} in {frame.label}"
        if name not in self._made:
            terms = self.terms(population.register) if by == ("term_no",) else ""
            statement: Statement = self._kept(
                ("units", name, slot),
                lambda: _creating(name, unit_keys(self.tables(slot), population, by, frame, terms)),
            )
            self.run(statement)
            self._made[name] = name
        return name

    def terms(self, slug: str) -> str:
        """The table of the last row of each term, with the rank of the term."""
        name = f"terms {slug}"
        if name not in self._made:
            today = sql.day(self._as_of)
            self._create(name, term_ranks(self.as_entered.rows(slug), today))
            self._made[name] = name
        return name

    def windows(self, name: str, placed: Mapping[str, Placement], *, is_text: bool) -> str:
        """The table of the windows of single keys."""
        if name not in self._made:
            kind = pa.string() if is_text else pa.int64()
            columns = {
                "key": pa.array([key if is_text else int(key) for key in placed], kind),
                "first": _days(p.window.first for p in placed.values()),
                "last": _days(p.window.last for p in placed.values()),
                "today": _days(p.today for p in placed.values()),
                "counted_to": _days(p.counted_to for p in placed.values()),
            }
            self._cursor.register(f"{name} given", pa.table(columns))
            self._create(name, exp.select("*").from_(sql.table(f"{name} given")))
            self._made[name] = name
        return name

    def left_out(self, slug: str, name: str, named: Iterable[tuple[str, str]]) -> str:
        """The table of the rows that belong to one of the named units; "" when none can."""
        table = f"left out {slug} {name}"

        def query() -> exp.Query | None:
            parts = [
                sql.select(sql.column("id")).from_(sql.table(pairs)).where(_is_key(subject, key))
                for subject, key in named
                if (pairs := self.belonging(slug, subject)) is not None
            ]
            return exp.union(*parts) if len(parts) > 1 else next(iter(parts), None)

        if table not in self._made:
            made = query()
            if made is not None:
                self._create(table, made)
            self._made[table] = table if made is not None else None
        return self._made[table] or ""

    def keep(self, name: str, statement: Statement) -> str:
        """A table of what the statement gives."""
        self.run(_creating(name, statement))
        return name

    def listed(self, column: str, keys: Collection[str], is_text: bool) -> str:
        """A new table of given keys."""
        name = f"list {len(self._made)}"
        kind = pa.string() if is_text else pa.int64()
        given = pa.array([key if is_text else int(key) for key in keys], kind)
        self._cursor.register(f"{name} given", pa.table({column: given}))
        self._create(name, exp.select("*").from_(sql.table(f"{name} given")))
        self._made[name] = name
        return name

    # --- Running ---

    def run(self, statement: Statement) -> list[tuple[Any, ...]]:
        """The rows of a statement, its parameters filled from `placements`."""
        values = {
            name: moment.of(self.placements[label])
            for name, (label, moment) in statement.parameters.items()
        }
        return self._cursor.execute(statement.text, values or None).fetchall()

    def fetch(self, query: exp.Query) -> list[tuple[Any, ...]]:
        return self._cursor.execute(sql.statement(query)).fetchall()

    def fetch_kept(self, key: Hashable, make: Callable[[], exp.Query]) -> list[tuple[Any, ...]]:
        """The rows of a query without parameters that is written out once per catalogue."""
        text = self._kept(("fetch", key), lambda: sql.statement(make()))
        return self._cursor.execute(text).fetchall()

    def compiled(self, key: Hashable, make: Callable[[], Statement]) -> Statement:
        """The statement of that key, compiled once per catalogue."""
        statement: Statement = self._kept(key, make)
        return statement

    def _table(
        self, name: str, make: Callable[[], exp.Query | None], key: Hashable = None
    ) -> str | None:
        if name not in self._made:

            def text() -> str | None:
                query = make()
                return None if query is None else sql.create(name, query)

            statement = self._kept(("table", name, key), text)
            if statement is not None:
                self._cursor.execute(statement)
            self._made[name] = None if statement is None else name
        return self._made[name]

    def _kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        whole = (self._version, self._shape, key)
        if whole not in _statements:
            if len(_statements) >= STATEMENTS_KEPT:
                _statements.clear()
            _statements[whole] = make()
        return _statements[whole]

    def _create(self, name: str, query: exp.Query) -> None:
        self._cursor.execute(sql.create(name, query))


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Opened once per process: it takes longer than a small evaluation."""
    return duckdb.connect()


def _creating(name: str, statement: Statement) -> Statement:
    marks = sql.table(name).sql(sql.DIALECT)
    return Statement(f"CREATE TEMPORARY TABLE {marks} AS {statement.text}", statement.parameters)


def _days(days: Iterable[date]) -> pa.Array:
    return pa.array(list(days), pa.date32())


def _areas(areas: Sequence[Area]) -> exp.Select:
    rows = [
        exp.Tuple(
            expressions=[
                sql.text(area.code),
                sql.text(area.code),
                exp.true() if area.has_congress else exp.false(),
                exp.true() if area.has_government else exp.false(),
            ]
        )
        for area in areas
    ]
    columns = [sql.name(name) for name in ("id", "code", "has_congress", "has_government")]
    alias = exp.TableAlias(this=sql.name("a"), columns=columns)
    return exp.select("*").from_(exp.Values(expressions=rows, alias=alias))


def _is_key(subject: str, key: str) -> exp.Expr:
    value = sql.text(key) if subject == AREA.slug else sql.number(key)
    return sql.equal(sql.column("key"), value)
