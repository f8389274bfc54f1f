"""The registers as they are read on a day: entered values, readings and derived fields.

Fields whose rules read other such fields come in stages: a stage reads only the tables before it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp

from taizhang.measures.catalogue import Field, FieldType, Register
from taizhang.measures.compile import sql
from taizhang.measures.compile.rows import Rows, Tables, day_of, is_read_on
from taizhang.measures.compile.rules import Key, Rule, RuleBook, Use, key_of
from taizhang.measures.compile.values import Compiler, Tokens
from taizhang.measures.formula import tree
from taizhang.measures.formula.tree import FieldPath, Function

TYPES = {
    FieldType.TEXT: "VARCHAR",
    FieldType.INT: "BIGINT",
    FieldType.DECIMAL: "DECIMAL(18, 4)",
    FieldType.BOOL: "BOOLEAN",
    FieldType.DATE: "DATE",
    FieldType.MONTH: "DATE",
    FieldType.DATETIME: "DATE",  # a moment is read by its day
    FieldType.ENUM: "VARCHAR",
    FieldType.REF: "BIGINT",
    FieldType.AREA: "VARCHAR",
}


@dataclass(frozen=True)
class Source:
    """The Parquet file of a register, with the columns it has."""

    path: Path
    columns: Collection[str]


def entered(
    register: Register, names: Collection[str], sources: Mapping[str, Source]
) -> exp.Select:
    """The named fields as entered; a reference to a row that is not there reads as null.

    `sources` holds the registers that have rows; a field that a source lacks is null.
    """
    fields = [field for field in _fields(register, names) if not field.derived]
    source = sources[register.slug]
    columns = [sql.named(sql.column("id", "r"), "id")]
    query = sql.select().from_(exp.alias_(_parquet(source), sql.name("r"), table=True))
    for field in fields:
        if field.name not in source.columns:
            columns.append(sql.named(_typed_null(field), field.name))
        elif field.many and field.type is FieldType.REF:
            alias = f"r.{field.name}"
            lists = _known_lists(field, source, sources).subquery()
            on = sql.equal(sql.column("id", alias), sql.column("id", "r"))
            query = query.join(lists, on=on, join_type="left", join_alias=sql.name(alias))
            columns.append(sql.named(sql.column("values", alias), field.name))
        else:
            columns.append(sql.named(_cell(field, sources), field.name))
    return query.select(*columns)


def nothing_of(register: Register, names: Collection[str]) -> str:
    """The statement that makes the table of a register without rows, derived fields included."""
    columns = [("id", TYPES[FieldType.INT])]
    columns += [(field.name, _type(field)) for field in _fields(register, names)]
    schema = exp.Schema(
        this=sql.table(register.slug),
        expressions=[
            exp.ColumnDef(this=sql.name(name), kind=exp.DataType.build(kind, dialect=sql.DIALECT))
            for name, kind in columns
        ],
    )
    temporary = exp.Properties(expressions=[exp.TemporaryProperty()])
    return exp.Create(this=schema, kind="TABLE", properties=temporary).sql(sql.DIALECT)


@dataclass(frozen=True)
class Stage:
    """One table to create: `query` reads only tables that exist before it."""

    slug: str
    table: str
    query: exp.Select


def stages(
    book: RuleBook,
    needed: Collection[Use],
    slot: str,
    tables: Mapping[str, str],
    tokens: Tokens,
    is_rebuilt: Collection[str],
) -> Iterator[list[Stage]]:
    """The tables of the registers in `is_rebuilt`, level by level; `tables` holds the start.

    The tables of a level read those of the level before: the caller creates them level by level.
    """
    names = dict(tables)
    by_level: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for slug, name in sorted(needed):
        level = book.level((slug, name))
        if level and slug in is_rebuilt:
            by_level[level][slug].append(name)
    for level in sorted(by_level):
        current = Tables(book.registers, dict(names))
        made = []
        for slug, fields in by_level[level].items():
            query = _with_fields(book, current, slug, fields, tokens)
            made.append(Stage(slug, f"{slug} {slot} {level}", query))
        names.update((stage.slug, stage.table) for stage in made)
        yield made


def _with_fields(
    book: RuleBook, tables: Tables, slug: str, names: list[str], tokens: Tokens
) -> exp.Select:
    """The table before with some fields added, or read differently."""
    rows = tables.rows(slug)
    rules = {name: book.rule((slug, name)) for name in names}
    aggregates, joins = aggregate_columns(tables, rows, [r for r in rules.values() if r], tokens)
    compiler = Compiler(rows, tokens, aggregates)
    replaced: list[exp.Expr] = []
    added: list[exp.Expr] = []
    for name, rule in rules.items():
        if rule is None:
            continue
        field = rows.register.fields[name]
        value = sql.named(_outcome(compiler, rule, field), name)
        (replaced if isinstance(rule, tree.Reading) else added).append(value)
    star = exp.Column(
        this=exp.Star(**({"replace": replaced} if replaced else {})),
        table=sql.name(rows.alias),
    )
    query = rows.select(star, *added)
    for alias, subquery, on in joins:
        query = query.join(subquery, on=on, join_type="left", join_alias=sql.name(alias))
    return query


def _outcome(compiler: Compiler, rule: Rule, field: Field) -> exp.Expr:
    last: exp.Expr
    if isinstance(rule, tree.Reading):
        last = sql.column(field.name, compiler.rows.alias)
    elif isinstance(rule.outcome, tree.Or | tree.And | tree.Comparison):
        last = sql.holds(compiler.boolean(rule.outcome))
    else:
        last = compiler.value(rule.outcome)
    if rule.cases:
        case = exp.case()
        for when in rule.cases:
            case = case.when(compiler.boolean(when.condition), compiler.value(when.value))
        last = case.else_(last)
    return exp.cast(last, TYPES[field.type])


def aggregate_columns(
    tables: Tables, rows: Rows, rules: list[Rule], tokens: Tokens
) -> tuple[dict[tree.Aggregate, exp.Expr], list[tuple[str, exp.Expr, exp.Expr]]]:
    """A column for each aggregate in the rules; those of one register by one key in one pass."""
    groups: dict[tuple[str, Key], list[tree.Aggregate]] = defaultdict(list)
    columns: dict[tree.Aggregate, exp.Expr] = {}
    for node in dict.fromkeys(n for rule in rules for n in tree.walk(rule)):
        if not isinstance(node, tree.Aggregate) or node.register == "self":
            continue
        if not tables.registers[node.register].offered:
            columns[node] = exp.null()
            continue
        groups[node.register, key_of(node)].append(node)
    joins: list[tuple[str, exp.Expr, exp.Expr]] = []
    for number, ((slug, key), nodes) in enumerate(groups.items()):
        alias = f"a{number}"
        query = _grouped(tables.rows(slug, "g"), key, nodes, tokens)
        own = rows.column(key[1]) if key[1] else exp.true()
        on = sql.equal(sql.column("key", alias), own) if key[1] else exp.true()
        joins.append((alias, query.subquery(), on))
        for index, node in enumerate(nodes):
            value: exp.Expr = sql.column(f"v{index}", alias)
            if node.function is not Function.LATEST:
                value = exp.func("COALESCE", value, sql.number(0))
            columns[node] = value
    return columns, joins


def _grouped(rows: Rows, key: Key, nodes: list[tree.Aggregate], tokens: Tokens) -> exp.Select:
    compiler = Compiler(rows, tokens, {})
    today = tokens.token(tree.Token(tree.TokenName.TODAY))
    is_read = is_read_on(rows, today)
    columns = [sql.named(_folded(compiler, node), f"v{index}") for index, node in enumerate(nodes)]
    if key[0] is None:
        return rows.select(*columns).where(is_read)
    if not key[0].is_many:
        value = rows.column(key[0])
        query = rows.select(sql.named(value, "key"), *columns)
        return query.where(is_read, sql.is_known(value.copy())).group_by(value.copy())
    tie = sql.column("value", "k")
    on = sql.equal(sql.column("id", "k"), rows.id)
    query = rows.select(sql.named(tie, "key"), *columns)
    ties = rows.values_of(key[0]).subquery()
    return query.join(ties, on=on, join_alias=sql.name("k")).where(is_read).group_by(tie.copy())


def _folded(compiler: Compiler, node: tree.Aggregate) -> exp.Expr:
    conditions = [
        compiler.boolean(condition)
        for condition in node.conditions
        if not (isinstance(condition.right, FieldPath) and condition.right.of_self)
    ]
    return folded(node, compiler.rows, sql.every(conditions), None)


def folded(node: tree.Aggregate, rows: Rows, holds: exp.Expr, value: exp.Expr | None) -> exp.Expr:
    """The aggregate over the rows for which `holds`; `value` when it is already a column."""
    if node.function is Function.COUNT:
        return exp.func("COUNT_IF", holds)
    value = rows.column(node.path) if value is None else value
    if node.function is Function.DISTINCT:
        counted: exp.Expr = exp.Count(this=exp.Distinct(expressions=[value]))
    elif node.function is Function.SUM:
        counted = exp.Sum(this=value)
    else:
        from_rows = sql.every([holds, sql.is_known(value.copy())])
        return exp.Filter(this=latest(rows, value), expression=exp.Where(this=from_rows))
    return exp.Filter(this=counted, expression=exp.Where(this=holds))


def latest(rows: Rows, value: exp.Expr) -> exp.Expr:
    """The value of the row latest in time, ties by the highest number as text (handbook 0.5)."""
    day = exp.func("COALESCE", day_of(rows, rows.register.period), sql.text("0001-01-01"))
    number = exp.func("COALESCE", sql.column("record_no", rows.alias), sql.text(""))
    return sql.call("ARG_MAX", value, exp.Tuple(expressions=[day, number]))


def _cell(field: Field, sources: Mapping[str, Source]) -> exp.Expr:
    value = sql.column(field.name, "r")
    if field.type is FieldType.REF:
        known = sql.within(value.copy(), _ids(field.target, sources))
        return exp.case().when(known, value).else_(_typed_null(field))
    return exp.cast(value, "date") if field.type is FieldType.DATETIME else value


def _known_lists(field: Field, source: Source, sources: Mapping[str, Source]) -> exp.Select:
    """`id` and `values`: the referred rows that are there, in order of id."""
    each = (
        sql.select(sql.column("id"), sql.named(sql.elements(sql.column(field.name)), "value"))
        .from_(_parquet(source))
        .subquery("e")
    )
    value = sql.column("value", "e")
    ordered = exp.Order(this=value, expressions=[exp.Ordered(this=value.copy())])
    return (
        sql.select(sql.column("id", "e"), sql.named(exp.ArrayAgg(this=ordered), "values"))
        .from_(each)
        .where(sql.within(value.copy(), _ids(field.target, sources)))
        .group_by(sql.column("id", "e"))
    )


def _ids(slug: str, sources: Mapping[str, Source]) -> exp.Select:
    source = sources.get(slug)
    if source is None:
        return sql.select(_typed_null(None)).where(exp.false())
    return sql.select(sql.column("id")).from_(_parquet(source))


def _parquet(source: Source) -> exp.Table:
    return exp.Table(this=sql.call("READ_PARQUET", sql.text(str(source.path))))


def _fields(register: Register, names: Collection[str]) -> list[Field]:
    kept = {"record_no", *names}
    return [field for name in sorted(kept) if (field := register.fields.get(name))]


def _typed_null(field: Field | None) -> exp.Expr:
    return exp.cast(exp.null(), _type(field) if field else TYPES[FieldType.INT])


def _type(field: Field) -> str:
    return f"{TYPES[field.type]}[]" if field.many else TYPES[field.type]
