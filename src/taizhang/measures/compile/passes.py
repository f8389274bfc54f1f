"""Many formulas fused into one scan of a register: filter early, group once.

A pass reads one register at one grain: its rows, tied to keys (units or areas), with one column per
different condition, then one aggregate per measure and key. Formulas, windows and the limits of
different populations share a pass: each is only a condition more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlglot import exp

from taizhang.measures.compile import sql
from taizhang.measures.compile.frames import (
    COUNTED_TO,
    FIRST,
    KEYED,
    TODAY,
    Frame,
    FrameTokens,
    Parameters,
    Statement,
)
from taizhang.measures.compile.readings import folded
from taizhang.measures.compile.rows import Rows, Tables, day_of, stands
from taizhang.measures.compile.ties import is_taken
from taizhang.measures.compile.values import Compiler
from taizhang.measures.formula import tree
from taizhang.measures.formula.check import AREA
from taizhang.measures.formula.tree import FieldPath, Function
from taizhang.measures.periods import RowsBy, rows_by


class TermOf(StrEnum):
    """Which term's row of each body, for rows by `term_no` (handbook 0.4)."""

    NOW = "now"
    BEFORE = "before"
    ONLY = "only"  # the present one, where no earlier one is recorded


class What(StrEnum):
    """What a pass can tell of the rows that satisfy a formula's conditions."""

    VALUE = "value"  # the formula itself
    PRESENT = "present"  # rows of the register dated up to the status date, whatever they say
    PLACED = "placed"  # rows in the window, whatever they say
    LAST_DAY = "last_day"
    LAST_VALID = "last_valid"  # the last valid_to, when every row has one


@dataclass(frozen=True)
class Limit:
    """A pool's limit: the table of its units, rows of `subject`, and of the rows tied to them."""

    subject: str
    units: str
    pairs: str | None


@dataclass(frozen=True)
class Measure:
    """One aggregate of a pass.

    `taken` limits the rows to those a pool takes; the tables `things` and `left_out` limit the
    values counted to those of a population, and the rows to those without an exemption.
    `term` matters only for rows by `term_no`.
    """

    what: What
    aggregate: tree.Aggregate
    frame: Frame
    taken: Limit | None = None
    things: str = ""
    left_out: str = ""
    term: TermOf = TermOf.NOW


@dataclass(frozen=True)
class Pass:
    """What measures must share to be read in one scan.

    `by` dates the rows; `ties` is the table of ids and keys; `slot` names the day the register is
    read on; `spread` is the many-valued path whose different values are counted.
    """

    register: str
    by: tuple[str, ...]
    ties: str
    slot: str
    spread: FieldPath | None = None
    keyed: str = ""
    terms: str = ""


def statement(tables: Tables, key: Pass, measures: Sequence[Measure]) -> Statement:
    """The pass as one statement: a row per key, a column per measure, in their order."""
    return _Builder(tables, key).build(measures)


@dataclass(frozen=True)
class RowTests:
    """The tests that decide whether a row of a pass counts for a measure, each an expression."""

    key: Pass
    rows: Rows
    parameters: Parameters

    def placed(self, measure: Measure) -> exp.Expr:
        """The row lies in the window, or stands on the day."""
        tokens = FrameTokens(measure.frame, self.parameters)
        if self.key.register == AREA.slug:
            return exp.true()
        match rows_by(self.key.by):
            case RowsBy.STATE:
                return stands(self.rows, tokens.moment(TODAY))
            case RowsBy.TERM_NO:
                rank = sql.number(2 if measure.term is TermOf.BEFORE else 1)
                terms = _ids(self.key.terms).where(sql.equal(sql.column("rank"), rank))
                if measure.term is TermOf.ONLY:
                    terms = terms.where(sql.equal(sql.column("terms"), sql.number(1)))
                return sql.within(self.rows.id, terms)
        day = day_of(self.rows, self.key.by)
        return exp.Between(this=day, low=tokens.moment(FIRST), high=tokens.moment(COUNTED_TO))

    def conditions(self, measure: Measure) -> list[exp.Expr]:
        """The conditions of the formula, in its order."""
        compiler = Compiler(self.rows, FrameTokens(measure.frame, self.parameters), {})
        return [compiler.boolean(condition) for condition in measure.aggregate.conditions]

    def limits(self, measure: Measure) -> list[exp.Expr]:
        """The pool takes the row, and no decision leaves it out."""
        limits = []
        limit = measure.taken
        if limit is not None:
            taken = is_taken(self.rows, limit.subject, limit.units, limit.pairs)
            limits += [taken] if taken is not None else []
        if measure.left_out:
            limits.append(exp.Not(this=sql.within(self.rows.id, _ids(measure.left_out))))
        return limits

    def present(self, frame: Frame) -> exp.Expr:
        """Not dated after the status date; a row without a date is there."""
        if self.key.register == AREA.slug:
            return exp.true()
        today = FrameTokens(frame, self.parameters).moment(TODAY)
        day = day_of(self.rows, self.rows.register.period)
        return sql.some([sql.is_null(day), sql.at_most(day.copy(), today)])


class _Builder:
    def __init__(self, tables: Tables, key: Pass) -> None:
        self._key = key
        self._rows = tables.rows(key.register)
        self._tests = RowTests(key, self._rows, Parameters())
        self._columns: dict[str, tuple[str, exp.Expr]] = {}

    def build(self, measures: Sequence[Measure]) -> Statement:
        folds = [
            sql.named(self._fold(measure), f"m{index}") for index, measure in enumerate(measures)
        ]
        columns = [sql.named(value, name) for name, value in self._columns.values()]
        inner = tied(self._rows, self._key, sql.named(sql.column("key", "t"), "key"), *columns)
        query = (
            sql.select(sql.column("key"), *folds)
            .from_(inner.subquery("scan"))
            .group_by(sql.column("key"))
        )
        return Statement(sql.statement(query), self._tests.parameters.of(query))

    def _fold(self, measure: Measure) -> exp.Expr:
        match measure.what:
            case What.PRESENT:
                return exp.func("COUNT_IF", self._column(self._tests.present(measure.frame)))
            case What.PLACED:
                return exp.func("COUNT_IF", self._column(self._tests.placed(measure)))
            case What.LAST_DAY:
                day = self._column(day_of(self._rows, self._key.by))
                return _filtered(exp.Max(this=day), self._counted(measure))
            case What.LAST_VALID:
                return self._last_valid(measure)
        return self._value(measure)

    def _value(self, measure: Measure) -> exp.Expr:
        node, counted = measure.aggregate, self._counted(measure)
        if node.function is Function.COUNT:
            return exp.func("COUNT_IF", counted)
        value = self._column(self._rows.column(node.path))
        if node.function is Function.LATEST:
            return self._latest(value, counted)
        if measure.things:
            things = sql.select(sql.column("key")).from_(sql.table(measure.things))
            thing = sql.within(self._rows.column(node.path), things)
            counted = sql.every([counted, self._column(thing)])
        return folded(node, self._rows, counted, value)

    def _latest(self, value: exp.Expr, counted: exp.Expr) -> exp.Expr:
        start = exp.cast(sql.text("0001-01-01"), "date")
        day = self._column(exp.func("COALESCE", day_of(self._rows, self._key.by), start))
        number = sql.column("record_no", self._rows.alias)
        number_or_none = self._column(exp.func("COALESCE", number, sql.text("")))
        last = sql.call("ARG_MAX", value, exp.Tuple(expressions=[day, number_or_none]))
        return _filtered(last, sql.every([counted, sql.is_known(value.copy())]))

    def _last_valid(self, measure: Measure) -> exp.Expr:
        valid_to = self._column(sql.column("valid_to", self._rows.alias))
        counted = self._counted(measure)
        endless = exp.func("COUNT_IF", sql.every([counted.copy(), sql.is_null(valid_to.copy())]))
        last = _filtered(exp.Max(this=valid_to), counted)
        return exp.case().when(sql.equal(endless, sql.number(0)), last)

    def _counted(self, measure: Measure) -> exp.Expr:
        tests = self._tests
        parts = [tests.placed(measure), *tests.conditions(measure), *tests.limits(measure)]
        return sql.every([self._column(part) for part in parts])

    def _column(self, value: exp.Expr) -> exp.Expr:
        """The column of the scan that holds the value; equal values share one."""
        text = value.sql(sql.DIALECT)
        if text not in self._columns:
            self._columns[text] = (f"c{len(self._columns)}", value)
        return sql.column(self._columns[text][0])


def tied(rows: Rows, key: Pass, *columns: exp.Expr) -> exp.Select:
    """The rows of a pass with the keys (`t.key`) they are tied to."""
    on = sql.equal(sql.column("id", "t"), rows.id)
    query = rows.select(*columns).join(sql.table(key.ties, "t"), on=on)
    if key.keyed:
        same_key = sql.equal(sql.column("key", KEYED), sql.column("key", "t"))
        query = query.join(sql.table(key.keyed, KEYED), on=same_key)
    return query


def term_ranks(rows: Rows, today: exp.Expr) -> exp.Select:
    """`id` of the last row of each term up to the day, `rank` of the term (1 the latest) and
    `terms`, how many its body has.

    Source: handbook 0.4, rows by `term_no`.
    """
    columns = {
        name: sql.column(name, rows.alias)
        for name in ("body", "region", "term_no", "as_of", "record_no")
    }
    body = [columns["body"], columns["region"]]
    newest_first = [
        exp.Ordered(this=columns["as_of"], desc=True),
        exp.Ordered(this=columns["record_no"], desc=True),
    ]
    rank = exp.Window(
        this=exp.DenseRank(),
        partition_by=[value.copy() for value in body],
        order=exp.Order(expressions=[exp.Ordered(this=columns["term_no"].copy(), desc=True)]),
    )
    last = exp.Window(
        this=exp.RowNumber(),
        partition_by=[*(value.copy() for value in body), columns["term_no"].copy()],
        order=exp.Order(expressions=newest_first),
    )
    ranked = rows.select(
        sql.named(rows.id, "id"),
        sql.named(columns["body"].copy(), "body"),
        sql.named(columns["region"].copy(), "region"),
        sql.named(rank, "rank"),
        sql.named(last, "place"),
    ).where(
        sql.is_known(columns["term_no"].copy()),
        sql.at_most(columns["as_of"].copy(), today),
    )
    terms = exp.Window(
        this=exp.Count(this=exp.Star()), partition_by=[sql.column("body"), sql.column("region")]
    )
    return (
        sql.select(sql.column("id"), sql.column("rank"), sql.named(terms, "terms"))
        .from_(ranked.subquery("ranked"))
        .where(sql.equal(sql.column("place"), sql.number(1)))
    )


def unit_keys(
    tables: Tables, population: tree.Population, by: tuple[str, ...], frame: Frame, terms: str
) -> Statement:
    """`key` of every unit of a population in a window."""
    parameters = Parameters()
    rows = tables.rows(population.register)
    tokens = FrameTokens(frame, parameters)
    compiler = Compiler(rows, tokens, {})
    conditions = [compiler.boolean(condition) for condition in population.conditions]
    match rows_by(by):
        case _ if population.register == AREA.slug:
            pass
        case RowsBy.STATE:
            conditions.append(stands(rows, tokens.moment(TODAY)))
        case RowsBy.TERM_NO:
            latest = _ids(terms).where(sql.equal(sql.column("rank"), sql.number(1)))
            conditions.append(sql.within(rows.id, latest))
        case _:
            day = day_of(rows, by)
            conditions.append(
                exp.Between(this=day, low=tokens.moment(FIRST), high=tokens.moment(COUNTED_TO))
            )
    key = rows.column(population.path)
    conditions.append(sql.is_known(key.copy()))
    query = rows.select(sql.named(key, "key")).distinct().where(*conditions)
    return Statement(sql.statement(query), parameters.of(query))


def _ids(table: str) -> exp.Select:
    return sql.select(sql.column("id")).from_(sql.table(table))


def _filtered(aggregate: exp.Expr, condition: exp.Expr) -> exp.Expr:
    return exp.Filter(this=aggregate, expression=exp.Where(this=condition))
