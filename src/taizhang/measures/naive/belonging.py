"""Which rows belong to a unit, and which a pool takes (handbook 0.5, rules 5 and 6)."""

from collections.abc import Collection

from taizhang.measures.naive.city import AREA, EMPLOYER, ORG, City, Row


def belongs(city: City, row: Row, unit: Row) -> bool:
    """Whether a row counts for a unit; the city's rows are not those of its counties."""
    if row.register == unit.register:
        return row == unit
    if unit.register == AREA:
        return unit.key in (city.body_areas(row) or ())
    if unit.register == ORG:
        if city.is_local_federation(unit):
            return city.federation_area(unit) in (city.body_areas(row) or ())
        return unit in city.belonging_orgs(row)
    employers = (unit,) if unit.register == EMPLOYER else city.referred(unit, EMPLOYER)
    return any(employer in employers for employer in city.belonging_employers(row))


def is_taken(city: City, row: Row, subject: str, units: Collection[Row]) -> bool:
    """Whether a pool over `units` (rows of `subject`) takes the row.

    It takes the rows that belong to any unit, and those that name nothing of the kind of the units.
    """
    return any(belongs(city, row, unit) for unit in units) or not _is_limited(
        city, row, subject, units
    )


def _is_limited(city: City, row: Row, subject: str, units: Collection[Row]) -> bool:
    if row.register == subject:
        return True
    if row.register == AREA:
        return False
    if subject == AREA:
        return city.body_areas(row) is not None
    if subject == ORG:
        kinds = {city.is_local_federation(unit) for unit in units} or {True, False}
        names_body = True in kinds and city.body_areas(row) is not None
        return names_body or (False in kinds and bool(city.belonging_orgs(row)))
    if subject == EMPLOYER or EMPLOYER in city.register(subject).fields:
        return bool(city.belonging_employers(row))
    return False
