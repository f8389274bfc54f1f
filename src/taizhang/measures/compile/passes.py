"""Many formulas fused into one scan of a register: filter early, group once.

A pass reads one register at one grain: its rows, tied to keys (units or areas), with one column per
different condition, then one aggregate per measure and key. Formulas, windows and the limits of
different populations share a pass: each is only a condition more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlglot import exp

from taizhang.lib.windows import Period, add_days, add_months
from taizhang.lib.workdays import shipped_calendar
from taizhang.measures.compile import sql
from taizhang.measures.compile.readings import folded
from taizhang.measures.compile.rows import Rows, Tables, day_of, stands
from taizhang.measures.compile.ties import is_taken
from taizhang.measures.compile.values import Compiler
from taizhang.measures.formula import tree
from taizhang.measures.formula.check import AREA
from taizhang.measures.formula.tree import FieldPath, Function, ShiftUnit, TokenName
from taizhang.measures.periods import Placement, RowsBy, rows_by

KEYED = "w"  # the alias of windows that differ by key


@dataclass(frozen=True)
class Frame:
    """A window as a formula sees it: known by its name, its days are parameters.

    `keyed` is the table of windows when every key has one of its own.
    """

    label: str
    keyed: str = ""


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


@dataclass(frozen=True)
class Statement:
    """A pass as SQL; `parameters` says what each is: a frame's label and what of it."""

    text: str
    parameters: Mapping[str, tuple[str, "Moment"]]


@dataclass(frozen=True)
class Moment:
    """A day or year of a window: a token, moved or not, or the last day that counts."""

    name: TokenName | None
    moves: tuple[tuple[int, ShiftUnit], ...] = ()

    def of(self, placed: Placement) -> date | int:
        match self.name:
            case TokenName.TODAY_YEAR:
                return placed.today.year
            case TokenName.PERIOD_YEAR:
                return placed.window.first.year
        day = {
            TokenName.TODAY: placed.today,
            TokenName.PERIOD_START: placed.window.first,
            TokenName.PERIOD_END: placed.window.last,
            None: placed.counted_to,
        }[self.name]
        for amount, unit in self.moves:
            day = _moved(day, amount, unit)
        return day


COUNTED_TO = Moment(None)
TODAY = Moment(TokenName.TODAY)
FIRST = Moment(TokenName.PERIOD_START)


@dataclass
class Parameters:
    """The parameters a statement has come to use."""

    used: dict[str, tuple[str, Moment]] = field(default_factory=dict)

    def moment(self, frame: Frame, moment: Moment) -> exp.Expr:
        steps = "".join(f"_{unit.value}{amount}" for amount, unit in moment.moves)
        name = f"{frame.label}_{moment.name.value if moment.name else 'counted_to'}{steps}"
        name = name.replace(" ", "_").replace("-", "minus").replace(".", "_")
        self.used[name] = (frame.label, moment)
        return sql.parameter(name)

    def of(self, query: exp.Query) -> Mapping[str, tuple[str, Moment]]:
        """Those that the query names: what was compiled twice is in it once."""
        named = {str(node.this) for node in query.find_all(exp.Placeholder)}
        return {name: moment for name, moment in self.used.items() if name in named}


@dataclass(frozen=True)
class FrameTokens:
    """The tokens of a frame, as parameters or as columns of the windows by key."""

    frame: Frame
    parameters: Parameters

    def token(self, node: tree.Token) -> exp.Expr:
        return self.moment(Moment(node.name))

    def moved(self, node: tree.Moved) -> exp.Expr | None:
        moves = [(node.amount, node.unit)]
        base: tree.Value = node.base
        while isinstance(base, tree.Moved):
            moves.append((base.amount, base.unit))
            base = base.base
        if self.frame.keyed or not isinstance(base, tree.Token):
            return None
        return self.parameters.moment(self.frame, Moment(base.name, tuple(reversed(moves))))

    def moment(self, moment: Moment) -> exp.Expr:
        if not self.frame.keyed:
            return self.parameters.moment(self.frame, moment)
        columns = {
            TokenName.TODAY: "today",
            TokenName.TODAY_YEAR: "today",
            TokenName.PERIOD_START: "first",
            TokenName.PERIOD_YEAR: "first",
            TokenName.PERIOD_END: "last",
            None: "counted_to",
        }
        value = sql.column(columns[moment.name], KEYED)
        is_year = moment.name in (TokenName.TODAY_YEAR, TokenName.PERIOD_YEAR)
        return exp.Year(this=value) if is_year else value


def statement(tables: Tables, key: Pass, measures: Sequence[Measure]) -> Statement:
    """The pass as one statement: a row per key, a column per measure, in their order."""
    return _Builder(tables, key).build(measures)


class _Builder:
    def __init__(self, tables: Tables, key: Pass) -> None:
        self._key = key
        self._rows = tables.rows(key.register)
        self._parameters = Parameters()
        self._columns: dict[str, tuple[str, exp.Expr]] = {}

    def build(self, measures: Sequence[Measure]) -> Statement:
        folds = [
            sql.named(self._fold(measure), f"m{index}") for index, measure in enumerate(measures)
        ]
        inner = self._rows.select(
            sql.named(sql.column("key", "t"), "key"),
            *(sql.named(value, name) for name, value in self._columns.values()),
        ).join(
            sql.table(self._key.ties, "t"),
            on=sql.equal(sql.column("id", "t"), self._rows.id),
        )
        if self._key.keyed:
            on = sql.equal(sql.column("key", KEYED), sql.column("key", "t"))
            inner = inner.join(sql.table(self._key.keyed, KEYED), on=on)
        query = (
            sql.select(sql.column("key"), *folds)
            .from_(inner.subquery("scan"))
            .group_by(sql.column("key"))
        )
        return Statement(sql.statement(query), self._parameters.of(query))

    def _fold(self, measure: Measure) -> exp.Expr:
        match measure.what:
            case What.PRESENT:
                return exp.func("COUNT_IF", self._present(measure.frame))
            case What.PLACED:
                return exp.func("COUNT_IF", self._placed(measure))
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
        """In the window, every condition holds, and the pool takes the row."""
        tokens = FrameTokens(measure.frame, self._parameters)
        compiler = Compiler(self._rows, tokens, {})
        parts = [self._placed(measure)]
        parts += [self._column(compiler.boolean(c)) for c in measure.aggregate.conditions]
        taken = self._taken(measure.taken) if measure.taken else None
        if taken is not None:
            parts.append(self._column(taken))
        if measure.left_out:
            left = sql.within(self._rows.id, _ids(measure.left_out))
            parts.append(self._column(exp.Not(this=left)))
        return sql.every(parts)

    def _taken(self, limit: Limit) -> exp.Expr | None:
        return is_taken(self._rows, limit.subject, limit.units, limit.pairs)

    def _placed(self, measure: Measure) -> exp.Expr:
        tokens = FrameTokens(measure.frame, self._parameters)
        if self._key.register == AREA.slug:
            return exp.true()
        match rows_by(self._key.by):
            case RowsBy.STATE:
                return self._column(stands(self._rows, tokens.moment(TODAY)))
            case RowsBy.TERM_NO:
                rank = sql.number(2 if measure.term is TermOf.BEFORE else 1)
                terms = _ids(self._key.terms).where(sql.equal(sql.column("rank"), rank))
                if measure.term is TermOf.ONLY:
                    terms = terms.where(sql.equal(sql.column("terms"), sql.number(1)))
                return self._column(sql.within(self._rows.id, terms))
        day = day_of(self._rows, self._key.by)
        window = exp.Between(this=day, low=tokens.moment(FIRST), high=tokens.moment(COUNTED_TO))
        return self._column(window)

    def _present(self, frame: Frame) -> exp.Expr:
        """Not dated after the status date; a row without a date is there."""
        if self._key.register == AREA.slug:
            return exp.true()
        today = FrameTokens(frame, self._parameters).moment(TODAY)
        day = day_of(self._rows, self._rows.register.period)
        return self._column(sql.some([sql.is_null(day), sql.at_most(day.copy(), today)]))

    def _column(self, value: exp.Expr) -> exp.Expr:
        """The column of the scan that holds the value; equal values share one."""
        text = value.sql(sql.DIALECT)
        if text not in self._columns:
            self._columns[text] = (f"c{len(self._columns)}", value)
        return sql.column(self._columns[text][0])


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


def frame_label(period: Period, by: RowsBy, *, is_before: bool) -> str:
    return f"{period.value}_{by.value}_{'before' if is_before else 'now'}"


def _ids(table: str) -> exp.Select:
    return sql.select(sql.column("id")).from_(sql.table(table))


def _filtered(aggregate: exp.Expr, condition: exp.Expr) -> exp.Expr:
    return exp.Filter(this=aggregate, expression=exp.Where(this=condition))


def _moved(day: date, amount: int, unit: ShiftUnit) -> date:
    match unit:
        case ShiftUnit.DAYS:
            return add_days(day, amount)
        case ShiftUnit.MONTHS:
            return add_months(day, amount)
    return shipped_calendar().add_workdays(day, amount)
