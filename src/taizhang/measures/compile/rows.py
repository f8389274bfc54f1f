"""The rows of one register as a source of a query, with the joins that paths from them need."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from taizhang.measures.catalogue import Bound, Field, FieldType, Register
from taizhang.measures.compile import sql
from taizhang.measures.formula.tree import FieldPath
from taizhang.measures.periods import RowsBy, rows_by

STATE = ("state",)
TERM_NO = ("term_no",)


@dataclass(frozen=True)
class Tables:
    """The table that holds each register as it is read now."""

    registers: Mapping[str, Register]
    names: Mapping[str, str]

    def rows(self, slug: str, alias: str = "r") -> "Rows":
        return Rows(self, self.registers[slug], alias)


class Rows:
    """One register under an alias. References to one row are joined, and never multiply rows;
    many-valued ones give a row per value, in a query of their own (`values_of`)."""

    def __init__(self, tables: Tables, register: Register, alias: str) -> None:
        self.tables = tables
        self.register = register
        self.alias = alias
        self._joins: dict[tuple[str, ...], tuple[str, exp.Expr, exp.Expr]] = {}

    @property
    def id(self) -> exp.Expr:
        return sql.column("id", self.alias)

    def column(self, path: FieldPath) -> exp.Expr:
        """The value at the end of a path; many-valued steps are spread over rows."""
        if not path.names:
            return self.id
        at = self.alias
        table = self.tables.names[self.register.slug]
        steps = list(zip(path.names, path.fields, strict=True))
        for depth, (name, field) in enumerate(steps, 1):
            value: exp.Expr = sql.column(name, at)
            if field.many:
                value = self._spread(path.names[:depth], table, name, at)
            if depth == len(steps):
                return value
            at, table = self._follow(path.names[:depth], field, value)
        raise AssertionError("a path ends at its last step")

    def select(self, *columns: exp.Expr) -> exp.Select:
        """A query of these rows. Call it after the columns are compiled: they add the joins."""
        source = sql.table(self.tables.names[self.register.slug], self.alias)
        query = sql.select(*columns).from_(source)
        for alias, joined, on in self._joins.values():
            query = query.join(joined, on=on, join_type="left", join_alias=sql.name(alias))
        return query

    def fresh(self) -> "Rows":
        """The same rows for a query within the query."""
        return Rows(self.tables, self.register, f"{self.alias}_")

    def values_of(self, path: FieldPath) -> exp.Select:
        """`id` and `value`: the different values at the end of a many-valued path."""
        inner = self.fresh()
        value = inner.column(path)
        query = inner.select(sql.named(inner.id, "id"), sql.named(value, "value")).distinct()
        return query.where(sql.is_known(value.copy()))

    def _follow(self, prefix: tuple[str, ...], field: Field, value: exp.Expr) -> tuple[str, str]:
        table = self.tables.names[field.target]
        alias = f"{self.alias}.{'.'.join(prefix)}"
        if prefix not in self._joins:
            on = sql.equal(sql.column("id", alias), value)
            self._joins[prefix] = (alias, sql.table(table), on)
        return alias, table

    def _spread(self, prefix: tuple[str, ...], table: str, name: str, at: str) -> exp.Expr:
        alias = f"{self.alias}.{'.'.join(prefix)}[]"
        key = (*prefix, "[]")
        if key not in self._joins:
            values = sql.select(
                sql.named(sql.column("id"), "id"),
                sql.named(sql.elements(sql.column(name)), "value"),
            ).from_(sql.table(table))
            on = sql.equal(sql.column("id", alias), sql.column("id", at))
            self._joins[key] = (alias, values.subquery(), on)
        return sql.column("value", alias)


def day_of(rows: Rows, by: tuple[str, ...]) -> exp.Expr:
    """The day a row is dated by: the first filled of `by`; of `state`, the start of the state.

    A year is dated by its last day (periods.day_of), the row of a term by its `as_of`.
    """
    starts: dict[tuple[str, ...], tuple[str, ...]] = {
        STATE: rows.register.state_from,
        TERM_NO: ("as_of",),
    }
    names = starts.get(by, by)
    days = [_as_day(rows, path) for path in (_path(rows, text) for text in names) if path]
    return sql.first_of(days) if days else exp.cast(exp.null(), "date")


def stands(rows: Rows, today: exp.Expr) -> exp.Expr:
    """Whether a state row stands on the day (periods.stands)."""
    register = rows.register
    parts: list[exp.Expr] = []
    if register.state_from:
        start = day_of(rows, STATE)
        parts.append(sql.some([sql.is_null(start), sql.at_most(start.copy(), today)]))
    if register.state_to:
        end: exp.Expr = sql.column(register.state_to, rows.alias)
        first_out = register.state_to_is is Bound.FIRST_DAY_OUT
        compare = exp.GT if first_out else exp.GTE
        ends = compare(this=end.copy(), expression=today.copy())
        parts.append(sql.some([sql.is_null(end), ends]))
    return sql.every(parts)


def is_read_on(rows: Rows, today: exp.Expr) -> exp.Expr:
    """Whether a rule reads the row: state rows that stand on the day, dated rows up to it."""
    if rows_by(rows.register.period) is RowsBy.STATE:
        return stands(rows, today)
    return sql.holds(sql.at_most(day_of(rows, rows.register.period), today))


def path_of(register: Register, registers: Mapping[str, Register], names: str) -> FieldPath | None:
    """The path of dotted `names`, None when the register has no such field."""
    fields: list[Field] = []
    at: Register | None = register
    for step in names.split("."):
        field = at.fields.get(step) if at else None
        if field is None:
            return None
        fields.append(field)
        at = registers.get(field.target)
    return FieldPath(tuple(names.split(".")), fields=tuple(fields))


def _path(rows: Rows, names: str) -> FieldPath | None:
    return path_of(rows.register, rows.tables.registers, names)


def _as_day(rows: Rows, path: FieldPath) -> exp.Expr:
    value = rows.column(path)
    match path.fields[-1].type:
        case FieldType.INT:
            year = exp.cast(value, "int")
            is_year = exp.Between(this=value.copy(), low=sql.number(1), high=sql.number(9999))
            last_day = sql.call("MAKE_DATE", year, sql.number(12), sql.number(31))
            return exp.case().when(is_year, last_day)
        case FieldType.DATE | FieldType.MONTH:
            return value
        case FieldType.DATETIME:
            return exp.cast(value, "date")
    return exp.cast(exp.null(), "date")
