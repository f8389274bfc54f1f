"""Decisions that something does not apply: verified rows of R42 (handbook 0.4)."""

from collections.abc import Collection

from taizhang.measures.naive.belonging import belongs
from taizhang.measures.naive.city import AREA, EMPLOYER, ORG, City, Row

EXEMPTION = "exemption"
UNIT_FIELDS = {"region": AREA, "org": ORG, "employer": EMPLOYER}


class Exemptions:
    """The decisions on one commitment in the window with one label."""

    def __init__(self, city: City, code: str, label: str) -> None:
        self._city = city
        self.is_whole = False
        self._named: list[Row] = []
        for row in city.rows(EXEMPTION):
            window = row.cells.get("window") or label
            if row.cells.get("commitment") == code and window == label:
                self._take(row)

    def names(self, unit: Row) -> bool:
        """Whether the unit itself is taken out; a federation is also named by its area."""
        return any(self._is(named, unit) for named in self._named)

    def name_all(self, units: Collection[Row]) -> bool:
        return bool(units) and all(map(self.names, units))

    def take_out(self, row: Row) -> bool:
        """Whether the row leaves a pool: it belongs to what a decision names."""
        return any(belongs(self._city, row, named) for named in self._named)

    def _take(self, row: Row) -> None:
        given = {
            register: row.cells[name]
            for name, register in UNIT_FIELDS.items()
            if row.cells.get(name) is not None
        }
        named = [self._city.row(register, key) for register, key in given.items()]
        readable = [there for there in named if there is not None]
        if len(readable) < len(named):
            return
        self._named.extend(readable)
        self.is_whole = self.is_whole or not given

    def _is(self, named: Row, unit: Row) -> bool:
        if named == unit:
            return True
        if unit.register == ORG:
            is_federation = self._city.is_local_federation(unit)
            return (
                is_federation
                and named.register == AREA
                and named.key == self._city.federation_area(unit)
            )
        is_other_row = unit.register not in (AREA, EMPLOYER)
        return is_other_row and named in self._city.referred(unit, EMPLOYER)
