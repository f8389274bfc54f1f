"""Which units a row belongs to, which areas it lies in, and which rows a pool takes.

Source: handbook 0.5, rules 5 and 6; 0.4 "Area figures". All of it is read as entered.
"""

from collections.abc import Sequence

from sqlglot import exp

from taizhang.measures.catalogue import Area, Field, FieldType
from taizhang.measures.compile import sql
from taizhang.measures.compile.rows import Rows, Tables, path_of
from taizhang.measures.compile.rules import EMPLOYER_PATHS
from taizhang.measures.formula.check import AREA
from taizhang.measures.formula.tree import FieldPath

ORG = "org"
EMPLOYER = "employer"
LOCAL_FEDERATIONS = ("city_federation", "county_federation", "zone_federation")


def belonging(tables: Tables, slug: str, subject: str) -> exp.Query | None:
    """`id` of each row and `key` of a unit of `subject` it belongs to; None when it can to none."""
    if slug == subject:
        rows = tables.rows(slug)
        return rows.select(sql.named(rows.id, "id"), sql.named(rows.id, "key"))
    if subject == AREA.slug:
        return _body_areas(tables, slug)
    if subject == ORG:
        return _orgs(tables, slug)
    if subject == EMPLOYER:
        return _employers(tables, slug)
    return _through_employer(tables, slug, subject)


def located(tables: Tables, slug: str) -> exp.Query | None:
    """`id` and `key`: the region of a row, else that of its org, employer or owner_org.

    The first filled one tells; a row of several employers may be in several areas.
    """
    rows = tables.rows(slug)
    if slug == AREA.slug:
        return rows.select(sql.named(rows.id, "id"), sql.named(rows.id, "key"))
    parts: list[exp.Query] = []
    empty: list[exp.Expr] = []
    region = _field(rows, "region")
    if region is not None:
        parts.append(_pairs(rows, region))
        empty.append(sql.is_null(rows.column(region)))
    for name in (ORG, EMPLOYER, "owner_org"):
        path = _field(rows, name)
        if path is None or path.fields[-1].type is not FieldType.REF:
            continue
        source = tables.rows(slug)
        parts.append(_pairs(source, _step(source, path, "region"), *(e.copy() for e in empty)))
        empty.append(sql.is_null(sql.column(name, rows.alias)))
    return exp.union(*parts) if len(parts) > 1 else next(iter(parts), None)


def lying(tables: Tables, slug: str, areas: Sequence[Area]) -> exp.Query:
    """`id` of each row and `key` of an area it lies in; every row lies once in the city."""
    city = next(area.code for area in areas if area.parent is None)
    rows = tables.rows(slug)
    everything = rows.select(sql.named(rows.id, "id"), sql.named(sql.text(city), "key"))
    places = located(tables, slug)
    above = _ancestors(areas, city)
    pairs = [
        exp.Tuple(expressions=[sql.text(code), sql.text(ancestor)]) for code, ancestor in above
    ]
    if places is None or not pairs:
        return everything
    closure = exp.Values(
        expressions=pairs,
        alias=exp.TableAlias(this=sql.name("c"), columns=[sql.name("code"), sql.name("above")]),
    )
    in_areas = (
        sql.select(sql.column("id", "p"), sql.named(sql.column("above", "c"), "key"))
        .from_(places.subquery("p"))
        .join(closure, on=sql.equal(sql.column("code", "c"), sql.column("key", "p")))
        .distinct()
    )
    return exp.union(everything, in_areas, distinct=False)


def is_taken(rows: Rows, subject: str, units: str, pairs: str | None) -> exp.Expr | None:
    """Whether a pool over the table `units` takes a row; None when it takes all.

    `pairs` is the table of `belonging`.
    """
    limited = _is_limited(rows, subject, units)
    if limited is None:
        return None
    ours = sql.select(sql.column("key")).from_(sql.table(units))
    if rows.register.slug == subject:
        return sql.within(rows.id, ours)
    free: exp.Expr = exp.Not(this=exp.paren(limited))
    if pairs is None:
        return free
    belongs = sql.select(sql.column("id")).from_(sql.table(pairs))
    return sql.some([free, sql.within(rows.id, belongs.where(sql.within(sql.column("key"), ours)))])


def is_local_federation(org_type: exp.Expr) -> exp.Expr:
    return exp.In(this=org_type, expressions=[sql.text(kind) for kind in LOCAL_FEDERATIONS])


def _body_areas(tables: Tables, slug: str) -> exp.Query | None:
    """Areas whose bodies and local federations a row belongs to."""
    rows = tables.rows(slug)
    region = _field(rows, "region")
    if region is not None:
        return _pairs(rows, region)
    org = _belonging_org(rows)
    if org is None:
        return None
    kind = rows.column(_step(rows, org, "org_type"))
    return _pairs(rows, _step(rows, org, "region"), is_local_federation(kind))


def _orgs(tables: Tables, slug: str) -> exp.Query | None:
    """Federations through the row's area, any other organisation by its own reference."""
    bodies = (
        tables.rows(AREA.slug, "r").select(
            sql.named(sql.column("id", "r"), "id"), sql.named(sql.column("id", "r"), "key")
        )
        if slug == AREA.slug
        else _body_areas(tables, slug)
    )
    parts: list[exp.Query] = []
    if bodies is not None:
        federations = tables.rows(ORG, "f")
        same_area = sql.equal(sql.column("region", "f"), sql.column("key", "b"))
        query = federations.select(sql.column("id", "b"), sql.named(federations.id, "key"))
        query = query.join(bodies.subquery(), on=same_area, join_alias=sql.name("b"))
        parts.append(query.where(is_local_federation(sql.column("org_type", "f"))))
    rows = tables.rows(slug)
    org = _belonging_org(rows)
    if org is not None:
        kind = exp.func("COALESCE", rows.column(_step(rows, org, "org_type")), sql.text(""))
        parts.append(_pairs(rows, org, exp.Not(this=is_local_federation(kind))))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else exp.union(parts[0], parts[1])


def _employers(tables: Tables, slug: str) -> exp.Query | None:
    rows = tables.rows(slug)
    path = _employer_path(rows)
    return None if path is None else _pairs(rows, path)


def _through_employer(tables: Tables, slug: str, subject: str) -> exp.Query | None:
    """A unit of another register counts as its employer."""
    of_rows = _employers(tables, slug)
    units = tables.rows(subject, "u")
    of_unit = _field(units, EMPLOYER)
    if of_rows is None or of_unit is None:
        return None
    of_units = _pairs(units, of_unit)
    return (
        sql.select(sql.column("id", "p"), sql.named(sql.column("id", "q"), "key"))
        .from_(of_rows.subquery("p"))
        .join(of_units.subquery("q"), on=sql.equal(sql.column("key", "p"), sql.column("key", "q")))
        .distinct()
    )


def _is_limited(rows: Rows, subject: str, units: str) -> exp.Expr | None:
    """Whether the row names something of the kind of the units; None when none of them can."""
    if rows.register.slug == subject:
        return exp.true()
    if rows.register.slug == AREA.slug:
        return None
    if subject == AREA.slug:
        return _names_body(rows)
    if subject == ORG:
        return _is_limited_by_orgs(rows, units)
    if subject == EMPLOYER or EMPLOYER in rows.tables.registers[subject].fields:
        path = _employer_path(rows)
        return None if path is None else _is_filled(rows, path)
    return None


def _is_limited_by_orgs(rows: Rows, units: str) -> exp.Expr | None:
    org = _belonging_org(rows)
    if org is not None and _field(rows, "region") is None:
        return _is_filled(rows, org)
    body = _names_body(rows)
    parts = []
    if body is not None:
        parts.append(sql.every([_may_have(rows.tables, units, is_federation=True), body]))
    if org is not None:
        named = _is_filled(rows, org)
        parts.append(sql.every([_may_have(rows.tables, units, is_federation=False), named]))
    return sql.some(parts) if parts else None


def _names_body(rows: Rows) -> exp.Expr | None:
    path = _field(rows, "region") or _belonging_org(rows)
    return None if path is None else _is_filled(rows, path)


def _may_have(tables: Tables, units: str, *, is_federation: bool) -> exp.Expr:
    """Whether some unit is of that kind, or there is none at all: then no row belongs to any."""
    orgs = tables.rows(ORG, "o")
    kind = exp.func("COALESCE", sql.column("org_type", "o"), sql.text(""))
    is_local = is_local_federation(kind)
    wanted = is_local if is_federation else exp.Not(this=is_local)
    keys = sql.select(sql.column("key")).from_(sql.table(units))
    of_kind = orgs.select(sql.number(1)).where(sql.within(orgs.id, keys), wanted)
    any_unit = sql.select(sql.number(1)).from_(sql.table(units))
    return sql.some([exp.Exists(this=of_kind), exp.Not(this=exp.Exists(this=any_unit))])


def _ancestors(areas: Sequence[Area], city: str) -> list[tuple[str, str]]:
    """Each area with itself and the areas above it, without the city."""
    parents = {area.code: area.parent for area in areas}
    found = []
    for code in parents:
        above: str | None = code
        while above is not None and above != city:
            found.append((code, above))
            above = parents[above]
    return found


def _pairs(rows: Rows, path: FieldPath, *conditions: exp.Expr) -> exp.Select:
    value = rows.column(path)
    query = rows.select(sql.named(rows.id, "id"), sql.named(value, "key"))
    query = query.where(sql.is_known(value.copy()), *conditions)
    return query.distinct() if path.is_many else query


def _is_filled(rows: Rows, path: FieldPath) -> exp.Expr:
    if not path.is_many:
        return sql.is_known(rows.column(path))
    return sql.within(
        rows.id, sql.select(sql.column("id")).from_(rows.values_of(path).subquery("v"))
    )


def _belonging_org(rows: Rows) -> FieldPath | None:
    """`owner_org` serves only in a register without `org`."""
    return _field(rows, ORG) or _field(rows, "owner_org")


def _employer_path(rows: Rows) -> FieldPath | None:
    names = EMPLOYER_PATHS.get(rows.register.slug)
    if names:
        return path_of(rows.register, rows.tables.registers, names)
    return _field(rows, EMPLOYER) or path_of(
        rows.register, rows.tables.registers, f"{ORG}.{EMPLOYER}"
    )


def _field(rows: Rows, name: str) -> FieldPath | None:
    field = rows.register.fields.get(name)
    return None if field is None else FieldPath((name,), fields=(field,))


def _step(rows: Rows, path: FieldPath, name: str) -> FieldPath:
    target = rows.tables.registers[path.fields[-1].target]
    field = target.fields.get(name) or Field(name, FieldType.TEXT)
    return FieldPath((*path.names, name), fields=(*path.fields, field))
