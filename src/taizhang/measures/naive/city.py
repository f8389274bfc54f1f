"""The facts of a city as entered, and what a row is tied to: areas, organisations, employers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from taizhang.measures.catalogue import AREA_FIELDS, Area, Catalogue, Field, FieldType, Register

AREA = "area"
ORG = "org"
EMPLOYER = "employer"
LOCAL_FEDERATIONS = frozenset({"city_federation", "county_federation", "zone_federation"})
OWNER_ORG = Field("owner_org", FieldType.REF, target=ORG)
AREA_REGISTER = Register(slug=AREA, fields=AREA_FIELDS)
EMPLOYER_PATHS = {"congress_matter": ("congress", "employer")}  # handbook 0.5, rule 5


@dataclass(frozen=True)
class Row:
    """One verified row; `key` is its id, for a row of `area` its code."""

    register: str
    key: object
    cells: Mapping[str, object] = field(compare=False)


class City:
    """All rows by register and key, with the table of areas among them."""

    def __init__(
        self,
        catalogue: Catalogue,
        areas: Sequence[Area],
        facts: Mapping[str, Sequence[Mapping[str, object]]],
    ) -> None:
        self.catalogue = catalogue
        self.areas = {area.code: area for area in areas}
        self.code = next(area.code for area in areas if area.parent is None)
        self._rows = {
            slug: {cells["id"]: Row(slug, cells["id"], cells) for cells in rows}
            for slug, rows in facts.items()
        }
        self._rows[AREA] = {area.code: Row(AREA, area.code, _area_cells(area)) for area in areas}

    def register(self, slug: str) -> Register:
        return AREA_REGISTER if slug == AREA else self.catalogue.registers[slug]

    def is_offered(self, slug: str) -> bool:
        return slug == AREA or (slug in self._rows and self.catalogue.registers[slug].offered)

    def rows(self, slug: str) -> Iterator[Row]:
        yield from self._rows.get(slug, {}).values()

    def row(self, slug: str, key: object) -> Row | None:
        return self._rows.get(slug, {}).get(key)

    def field(self, slug: str, name: str) -> Field | None:
        found = self.register(slug).fields.get(name)
        return OWNER_ORG if found is None and name == OWNER_ORG.name else found

    def entered(self, row: Row, name: str) -> tuple[object, ...]:
        """The values of a cell as entered; a reference to a row that is not there reads as null."""
        cell = row.cells.get(name)
        values = tuple(cell) if isinstance(cell, list | tuple) else (cell,)
        known = self.field(row.register, name)
        if known is not None and known.type is FieldType.REF:
            values = tuple(v for v in values if self.row(known.target, v) is not None)
        return tuple(value for value in values if value is not None)

    def referred(self, row: Row, *names: str) -> tuple[Row, ...]:
        """The rows at the end of a path of references."""
        rows = [row]
        for name in names:
            rows = [there for here in rows for there in self._referred_by(here, name)]
        return tuple(dict.fromkeys(rows))

    def is_local_federation(self, org: Row) -> bool:
        return org.cells.get("org_type") in LOCAL_FEDERATIONS

    def federation_area(self, org: Row) -> object:
        """The area that a local federation stands for."""
        return org.cells.get("region")

    # --- Area figures: which areas a row lies in (handbook 0.4) ---

    def areas_of(self, row: Row) -> frozenset[object]:
        """The areas a row lies in below the city; a row of several employers may lie in several."""
        return frozenset(above for code in self.places(row) for above in self._area_and_above(code))

    def places(self, row: Row) -> frozenset[object]:
        """The areas a row names: its region, else that of its org, employer or owner_org."""
        if row.register == AREA:
            return frozenset({row.key})
        own = self.entered(row, "region") if self._has(row, "region") else ()
        if own:
            return frozenset(own)
        for name in ("org", "employer", "owner_org"):
            there = self.referred(row, name)
            if there:
                return frozenset(
                    region for other in there for region in self.entered(other, "region")
                )
        return frozenset()

    def _area_and_above(self, code: object) -> Iterator[object]:
        while code in self.areas and code != self.code:
            yield code
            code = self.areas[str(code)].parent

    # --- Belonging (handbook 0.5, rule 5) ---

    def body_areas(self, row: Row) -> Iterable[object] | None:
        """The area bodies and local federations a row belongs to; None when it names none."""
        if row.register == AREA:
            return (row.key,)
        if self._has(row, "region"):
            return self.entered(row, "region") or None
        orgs = self.belonging_orgs(row)
        if not orgs:
            return None
        areas = [self.federation_area(org) for org in orgs if self.is_local_federation(org)]
        return [area for area in areas if area is not None]

    def belonging_orgs(self, row: Row) -> tuple[Row, ...]:
        """Its `org`; `owner_org` serves only in a register without `org`."""
        return self.referred(row, "org" if self._has(row, "org") else "owner_org")

    def belonging_employers(self, row: Row) -> tuple[Row, ...]:
        """Its `employer`, else the employers of its `org`."""
        if row.register in EMPLOYER_PATHS:
            return self.referred(row, *EMPLOYER_PATHS[row.register])
        if self._has(row, "employer"):
            return self.referred(row, "employer")
        return self.referred(row, "org", "employer") if self._has(row, "org") else ()

    def _has(self, row: Row, name: str) -> bool:
        return name in self.register(row.register).fields

    def _referred_by(self, row: Row, name: str) -> Iterator[Row]:
        known = self.field(row.register, name)
        if known is None or known.type is not FieldType.REF:
            return
        for key in self.entered(row, name):
            there = self.row(known.target, key)
            if there is not None:
                yield there


def _area_cells(area: Area) -> Mapping[str, object]:
    return {
        "code": area.code,
        "has_congress": area.has_congress,
        "has_government": area.has_government,
    }
