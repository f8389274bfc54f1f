"""Rows one by one: which tests each passes, and the values it failed with (for `explain`)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from taizhang.measures.compile import sql
from taizhang.measures.compile.frames import Parameters, Statement
from taizhang.measures.compile.passes import Measure, Pass, RowTests, tied
from taizhang.measures.compile.readings import aggregate_columns
from taizhang.measures.compile.rows import Rows, Tables, day_of
from taizhang.measures.compile.rules import RuleBook
from taizhang.measures.compile.values import Compiler, Tokens
from taizhang.measures.formula import tree
from taizhang.measures.formula.tree import FieldPath

PLACED = "placed"
FAILED = "failed"


def scan(tables: Tables, key: Pass, measure: Measure, *, with_value: bool) -> Statement:
    """A row per row and key: `id`, `record_no`, `day`, `placed`, `c0`…, `failed`, `value`.

    `c0`… say whether each condition holds and `failed` how many tests do not; only rows that the
    pool takes are there. `value` is what `distinct` counts, spread over rows where it is many.
    """
    rows = tables.rows(key.register)
    tests = RowTests(key, rows, Parameters())
    placed = sql.holds(tests.placed(measure))
    conditions = [sql.holds(condition) for condition in tests.conditions(measure)]
    failures = [_as_number(exp.Not(this=exp.paren(test.copy()))) for test in (placed, *conditions)]
    value = rows.column(measure.aggregate.path) if with_value else exp.null()
    columns = [
        sql.named(sql.column("key", "t"), "key"),
        sql.named(rows.id, "id"),
        sql.named(sql.column("record_no", rows.alias), "record_no")
        if "record_no" in rows.register.fields
        else sql.named(rows.id, "record_no"),
        sql.named(day_of(rows, key.by), "day"),
        sql.named(placed, PLACED),
        *(sql.named(condition, f"c{index}") for index, condition in enumerate(conditions)),
        sql.named(_sum(failures), FAILED),
        sql.named(value, "value"),
    ]
    limits = tests.limits(measure)
    if measure.things and with_value:
        things = sql.select(sql.column("key")).from_(sql.table(measure.things))
        limits.append(sql.within(value.copy(), things))
    query = tied(rows, key, *columns)
    if limits:
        query = query.where(*limits)
    return Statement(sql.statement(query), tests.parameters.of(query))


def values(
    tables: Tables, register: str, conditions: Sequence[tree.Comparison], tokens: Tokens, ids: str
) -> exp.Select:
    """`id` and, of each condition, the values on its left as text: what it was found to be."""
    rows = tables.rows(register)
    columns = [
        sql.named(_text_of(rows, condition.left, tokens), f"v{index}")
        for index, condition in enumerate(conditions)
    ]
    query = rows.select(sql.named(rows.id, "id"), *columns)
    return query.where(sql.within(rows.id, sql.select(sql.column("id")).from_(sql.table(ids))))


def owners(tables: Tables, register: str, path: FieldPath, ids: str) -> exp.Select:
    """`id` and `owner`: the rows that have the field at the end of a path."""
    rows = tables.rows(register)
    prefix = FieldPath(path.names[:-1], fields=path.fields[:-1])
    owner = rows.column(prefix)
    query = rows.select(sql.named(rows.id, "id"), sql.named(owner, "owner")).distinct()
    ours = sql.within(rows.id, sql.select(sql.column("id")).from_(sql.table(ids)))
    return query.where(ours, sql.is_known(owner.copy()))


@dataclass(frozen=True)
class RuleParts:
    """The comparisons in the rule of a field, and the query of how each came out per row."""

    parts: Sequence[tree.Comparison]
    query: exp.Select


def rule_parts(
    book: RuleBook, tables: Tables, register: str, field: str, tokens: Tokens, ids: str
) -> RuleParts | None:
    """`id`, then `holds` and the left value of every comparison of the field's rule.

    None for a field without a rule. Rows are those in the table `ids` (column `owner`).
    """
    rule = book.rule((register, field))
    if rule is None:
        return None
    parts = _leaves(rule)
    rows = tables.rows(register)
    aggregates, joins = aggregate_columns(tables, rows, [rule], tokens)
    compiler = Compiler(rows, tokens, aggregates)
    columns = [sql.named(rows.id, "id")]
    for index, part in enumerate(parts):
        columns.append(sql.named(sql.holds(compiler.boolean(part)), f"h{index}"))
        value = _left_text(rows, part.left, compiler)
        columns.append(sql.named(value, f"v{index}"))
    query = rows.select(*columns)
    for alias, subquery, on in joins:
        query = query.join(subquery, on=on, join_type="left", join_alias=sql.name(alias))
    ours = sql.within(rows.id, sql.select(sql.column("owner")).from_(sql.table(ids)))
    return RuleParts(parts, query.where(ours))


def unread(
    tables: Tables, key: Pass, measure: Measure, readings: Sequence[FieldPath], area: str
) -> Statement:
    """`id` and `record_no` of rows in an area left out only because a value reads as unknown.

    Every condition on another field holds, and a value of `readings` reads as null.
    """
    rows = tables.rows(key.register)
    tests = RowTests(key, rows, Parameters())
    names = {path.names for path in readings}
    others = [
        test
        for condition, test in zip(
            measure.aggregate.conditions, tests.conditions(measure), strict=True
        )
        if not (isinstance(condition.left, FieldPath) and condition.left.names in names)
    ]
    unknown = [_reads_as_null(rows, path) for path in readings]
    query = tied(
        rows,
        key,
        sql.named(rows.id, "id"),
        sql.named(sql.column("record_no", rows.alias), "record_no"),
    )
    query = query.where(
        sql.equal(sql.column("key", "t"), sql.text(area)),
        tests.placed(measure),
        *others,
        sql.some(unknown),
    ).distinct()
    return Statement(sql.statement(query), tests.parameters.of(query))


def _reads_as_null(rows: Rows, path: FieldPath) -> exp.Expr:
    inner = rows.fresh()
    prefix = FieldPath(path.names[:-1], fields=path.fields[:-1])
    missing = sql.is_null(inner.column(path))
    query = inner.select(inner.id).where(missing, sql.is_known(inner.column(prefix)))
    return sql.within(rows.id, query)


def _leaves(node: tree.Node) -> list[tree.Comparison]:
    """The comparisons of a rule; those inside an aggregate belong to it."""
    if isinstance(node, tree.Comparison):
        return [node]
    if isinstance(node, tree.Aggregate):
        return []
    return [leaf for child in tree.children(node) for leaf in _leaves(child)]


def _text_of(rows: Rows, left: tree.Value, tokens: Tokens) -> exp.Expr:
    return _left_text(rows, left, Compiler(rows, tokens, {}))


def _left_text(rows: Rows, left: tree.Value, compiler: Compiler) -> exp.Expr:
    if not (isinstance(left, FieldPath) and left.is_many):
        return exp.cast(compiler.value(left), "text")
    listed = rows.values_of(left).subquery("v")
    value = exp.cast(sql.column("value", "v"), "text")
    ordered = sql.call("LIST_SORT", sql.call("LIST", value))
    texts = sql.call("ARRAY_TO_STRING", ordered, sql.text(", "))
    query = sql.select(texts).from_(listed)
    return query.where(sql.equal(sql.column("id", "v"), rows.id)).subquery()


def _as_number(test: exp.Expr) -> exp.Expr:
    return exp.cast(test, "int")


def _sum(parts: Sequence[exp.Expr]) -> exp.Expr:
    total = parts[0]
    for part in parts[1:]:
        total = exp.Add(this=total, expression=part)
    return total
