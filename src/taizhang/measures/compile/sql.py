"""The few shapes of sqlglot expressions that the compiler is made of."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlglot import exp

DIALECT = "duckdb"
EXACT_WIDTH = 38


def name(text: str) -> exp.Identifier:
    return exp.to_identifier(text, quoted=True)


def table(text: str, alias: str = "") -> exp.Expr:
    source = exp.Table(this=name(text))
    return exp.alias_(source, name(alias), table=True) if alias else source


def column(text: str, of: str = "") -> exp.Column:
    return exp.Column(this=name(text), table=name(of) if of else None)


def named(value: exp.Expr, text: str) -> exp.Expr:
    return exp.alias_(value, name(text))


def text(value: str) -> exp.Expr:
    return exp.Literal.string(value)


def number(value: int | str) -> exp.Expr:
    return exp.Literal.number(value)


def day(value: date) -> exp.Expr:
    return exp.cast(text(value.isoformat()), "date")


def parameter(label: str) -> exp.Expr:
    return exp.Placeholder(this=label)


def call(function: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=function, expressions=list(arguments))


def every(parts: Iterable[exp.Expr]) -> exp.Expr:
    """All hold; true of none."""
    kept = [exp.paren(part) if isinstance(part, exp.Or) else part for part in parts]
    return exp.and_(*kept) if kept else exp.true()


def some(parts: Sequence[exp.Expr]) -> exp.Expr:
    """One holds; false of none."""
    return exp.or_(*parts) if parts else exp.false()


def holds(condition: exp.Expr) -> exp.Expr:
    """Unknown counts as not."""
    return exp.func("COALESCE", condition, exp.false())


def within(value: exp.Expr, query: exp.Query) -> exp.Expr:
    return exp.In(this=value, query=query.subquery())


def is_null(value: exp.Expr) -> exp.Expr:
    return exp.Is(this=value, expression=exp.null())


def is_known(value: exp.Expr) -> exp.Expr:
    return exp.Not(this=is_null(value))


def equal(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.EQ(this=left, expression=right)


def at_most(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.LTE(this=left, expression=right)


def first_of(values: Sequence[exp.Expr]) -> exp.Expr:
    return values[0] if len(values) == 1 else exp.func("COALESCE", *values)


def elements(value: exp.Expr) -> exp.Expr:
    """The different values of a list, each as a row."""
    return call("UNNEST", call("LIST_DISTINCT", value))


def select(*columns: exp.Expr) -> exp.Select:
    return exp.select(*columns)


def create(table_name: str, query: exp.Query) -> str:
    """A temporary table holding what the query gives."""
    statement = exp.Create(
        this=table(table_name),
        kind="TABLE",
        expression=query,
        properties=exp.Properties(expressions=[exp.TemporaryProperty()]),
    )
    return statement.sql(DIALECT)


def statement(query: exp.Query) -> str:
    return query.sql(DIALECT)
