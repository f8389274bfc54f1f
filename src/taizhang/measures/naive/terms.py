"""Whose term of office a unit follows (handbook 0.4, period term)."""

from datetime import date

from taizhang.measures.naive.city import AREA, ORG, City, Row
from taizhang.measures.periods import Body, Term, current_term, term_region

CITY_FEDERATION = "city_federation"


def term_of(city: City, body: Body, unit: Row | None, day: date) -> tuple[date, date] | None:
    """The current term of the owing body; a pool (no unit) follows that of the city."""
    region, federation = _whose(city, unit)
    own = (_day(federation, "term_start"), _day(federation, "term_end"))
    return current_term(_terms(city), body, region, day, own)


def _whose(city: City, unit: Row | None) -> tuple[str | None, Row | None]:
    """The area whose row of R41 applies, and the federation whose own term stands in for one."""
    if unit is None:
        return city.code, _city_federation(city)
    if unit.register == ORG and not city.is_local_federation(unit):
        return None, unit
    code = unit.key if unit.register == AREA else city.federation_area(unit)
    area = city.areas.get(str(code))
    return term_region(area, city.code) if area else None, unit if unit.register == ORG else None


def _city_federation(city: City) -> Row | None:
    kinds = ((row, row.cells.get("org_type")) for row in city.rows(ORG))
    return next((row for row, kind in kinds if kind == CITY_FEDERATION), None)


def _terms(city: City) -> list[Term]:
    terms = []
    for row in city.rows("term"):
        start, end, number = _day(row, "start"), _day(row, "end"), row.cells.get("no")
        if start is not None and end is not None:
            no = number if isinstance(number, int) else None
            body, region = str(row.cells.get("body")), str(row.cells.get("region"))
            terms.append(Term(body, region, no, start, end))
    return terms


def _day(row: Row | None, name: str) -> date | None:
    value = row.cells.get(name) if row else None
    return value if isinstance(value, date) else None
