"""Random cities: rows of every register as a snapshot holds them, made to lie where rules turn.

What the formulas of the ledger ask for is drawn often, and so are the days at the ends of windows,
numbers beside thresholds, empty cells and references to rows that nobody has verified.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import IntEnum
from random import Random

from taizhang.lib.windows import a_year_before, add_days, add_months
from taizhang.measures.catalogue import Area, Catalogue, Field, FieldType, Register
from taizhang.measures.commitments import Commitment, Kind, Ledger, Target
from taizhang.measures.formula import check, parse_formula, parse_population, tree
from tests.oracle.adjusting import adjust

Row = dict[str, object]
Facts = Mapping[str, Sequence[Row]]

STATUS_DATES = (
    date(2024, 2, 29),
    date(2025, 2, 28),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 6, 20),
    date(2026, 9, 30),
    date(2026, 10, 1),
    date(2026, 12, 31),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2029, 2, 28),
)
OFTEN_REFERRED_TO = 25  # the first rows of a register: most others refer to them
UNVERIFIED = 10**6  # the id of a row that no snapshot holds
NUMBERS = (0, 1, 2, 3, 4, 5, 24, 25, 26, 99, 100, 101, 199, 200, 201, 299, 300, 1000)
AMOUNTS = tuple(
    map(Decimal, ("0", "0.01", "539", "540", "599", "599.99", "600", "999.99", "1000", "310000.55"))
)
FEDERATIONS = ("city_federation", "county_federation", "zone_federation")


class Size(IntEnum):
    """About how many rows each register has; the sizes of single registers differ widely."""

    EMPTY = 0
    ONE = 1
    FEW = 6
    TENS = 40
    HUNDREDS = 200
    THOUSANDS = 1000


@dataclass(frozen=True)
class City:
    """What an evaluation is asked of: the ledger with the answers of the office, a day, facts."""

    ledger: Ledger
    day: date
    facts: Facts


def random_city(
    ledger: Ledger, catalogue: Catalogue, areas: Sequence[Area], seed: int, size: Size
) -> City:
    """The city of a seed: the same for the same ledger, catalogue and size."""
    chance = Random(f"{seed}-{size.name}")
    day = chance.choice(STATUS_DATES)
    if chance.random() < 0.4:
        day = add_days(day, chance.randrange(-400, 400))
    drawing = _Drawing(ledger, catalogue, areas, chance, day, size)
    return City(_answered(ledger, areas, chance), day, drawing.facts())


def _answered(ledger: Ledger, areas: Sequence[Area], chance: Random) -> Ledger:
    """The ledger with some defaults confirmed, own targets of areas, and parameters set or not."""
    commitments = tuple(_answer(each, areas, chance) for each in ledger.commitments)
    named = {
        part.name
        for each in ledger.commitments
        for part in _parts(each)
        if isinstance(part, tree.Parameter)
    }
    parameters = {
        name: Decimal(chance.choice((1, 3, 7))) for name in sorted(named) if chance.random() < 0.7
    }
    return replace(ledger, commitments=commitments, parameters=parameters)


def _answer(asked: Commitment, areas: Sequence[Area], chance: Random) -> Commitment:
    local: tuple[tuple[str, Target], ...] = ()
    if asked.kind in (Kind.COUNT, Kind.COVERAGE, Kind.RATIO) and chance.random() < 0.1:
        local = ((chance.choice(areas).code, Decimal(chance.choice((1, 2, 50, 90)))),)
    return replace(asked, confirmed=chance.random() < 0.5, local_targets=local)


def _parts(asked: Commitment) -> list[tree.Formula]:
    return [parse_formula(text) for text in (asked.numerator, asked.denominator) if text]


class _Drawing:
    """Draws the rows of one city; what is drawn later depends on what was drawn before."""

    def __init__(
        self,
        ledger: Ledger,
        catalogue: Catalogue,
        areas: Sequence[Area],
        chance: Random,
        day: date,
        size: Size,
    ) -> None:
        self._ledger = ledger
        self._registers = {slug: r for slug, r in catalogue.registers.items() if r.offered}
        self._areas = areas
        self._chance = chance
        self._day = day
        self._asked = _asked_for(ledger, catalogue)
        self._days = _edges(day)
        self._counts = {slug: self._count(size) for slug in self._registers}
        if size >= Size.FEW:
            self._counts["org"] = max(self._counts["org"], len(areas) + 2)
            self._counts["post"] = max(self._counts["post"], 2 * self._counts["org"])
        if "exemption" in self._counts:
            self._counts["exemption"] = min(self._counts["exemption"], 12)

    def facts(self) -> Facts:
        return {
            slug: [self._row(self._registers[slug], key) for key in range(1, count + 1)]
            for slug, count in self._counts.items()
        }

    def _count(self, size: Size) -> int:
        if size <= Size.ONE:
            return int(size)
        return int(size * self._chance.choice((0, 0.2, 0.5, 1, 1, 1.5)))

    def _row(self, register: Register, key: int) -> Row:
        chance = self._chance
        row: Row = {
            "id": key,
            "record_no": f"{chance.randrange(1000)}-{key}",
            "owner_org": self._reference("org"),
        }
        entered = [f for f in register.fields.values() if not (f.derived or f.personal)]
        emptiness = chance.choice((0.02, 0.1, 0.3))
        for field in entered:
            row[field.name] = self._cell(register, field, emptiness)
        if self._asked[register.slug] and chance.random() < 0.7:
            for name, values in chance.choice(self._asked[register.slug]).items():
                if name in row:
                    value = chance.choice(values)
                    row[name] = [value] if register.fields[name].many else value
        if register.slug == "org":
            self._place_federation(row, key)
        if register.slug == "exemption":
            self._exempt(row)
        adjust(register.slug, row, chance, self._day)
        return row

    def _place_federation(self, row: Row, key: int) -> None:
        """The first organisations are the federations of the areas, nine times out of ten."""
        if key > len(self._areas):
            if row["org_type"] in FEDERATIONS and self._chance.random() < 0.8:
                row["org_type"] = "enterprise_union"
            return
        area = self._areas[key - 1]
        if self._chance.random() < 0.9:
            below = "county_federation" if area.has_government else "zone_federation"
            row["org_type"] = "city_federation" if area.parent is None else below
            row["region"] = area.code
            row["org_state"] = self._chance.choice(("active", "active", "election_overdue"))
            row["founded_on"] = self._chance.choice((None, date(1950, 1, 1)))
            row["ended_on"] = None

    def _exempt(self, row: Row) -> None:
        chance, year = self._chance, self._day.year
        row["commitment"] = chance.choice(self._ledger.commitments).code
        labels = (f"{year}", f"{year - 1}", f"{year}-Q3", "term", self._day.isoformat())
        five_years = [f"{first}-{first + 4}" for first in range(year - 4, year + 1)]
        row["window"] = chance.choice((None, None, None, *labels, *five_years))
        kept = chance.choice(("region", "region", "org", "employer", ""))
        for name in ("region", "org", "employer"):
            if name != kept and chance.random() < 0.97:
                row[name] = None

    def _cell(self, register: Register, field: Field, emptiness: float) -> object:
        chance = self._chance
        if field.many:
            count = chance.choice((0, 1, 1, 1, 2, 3))
            values = [self._value(register, field) for _ in range(count)]
            return list(dict.fromkeys(value for value in values if value is not None))
        if field.name in (register.state_to, "ended_on", "valid_to"):
            emptiness = 0.8
        return None if chance.random() < emptiness else self._value(register, field)

    def _value(self, register: Register, field: Field) -> object:
        chance = self._chance
        match field.type:
            case FieldType.ENUM:
                return chance.choice(field.values or (None,))
            case FieldType.BOOL:
                return chance.random() < 0.6
            case FieldType.REF:
                return self._reference(field.target)
            case FieldType.AREA:
                few = self._areas[:3] if chance.random() < 0.6 else self._areas
                return chance.choice(few).code
            case FieldType.DATE:
                return self._date(field)
            case FieldType.MONTH:
                return chance.choice(self._days).replace(day=1)
            case FieldType.DATETIME:
                return None  # no formula reads a moment yet
            case FieldType.DECIMAL:
                return chance.choice(AMOUNTS)
            case FieldType.INT:
                return self._whole_number(field)
        return chance.choice(("", None, "甲", "乙"))

    def _reference(self, slug: str) -> int | None:
        count = self._counts.get(slug, 0)
        draw = self._chance.random()
        if draw < 0.04 or not count:
            return UNVERIFIED if draw < 0.04 else None
        near = count if draw > 0.5 else min(count, OFTEN_REFERRED_TO)
        return self._chance.randint(1, near) if draw < 0.92 else None

    def _date(self, field: Field) -> date:
        chance, day = self._chance, self._day
        if field.name in ("end", "term_end", "legal_cert_valid_to", "cert_valid_to"):
            return add_months(chance.choice(self._days), chance.choice((0, 0, 12, 48)))
        if field.name == "founded_on" or chance.random() < 0.2:
            return add_days(day, -chance.randrange(4000))
        return chance.choice(self._days)

    def _whole_number(self, field: Field) -> int:
        if field.name.endswith(("year", "years")):
            return self._day.year + self._chance.choice((-6, -5, -4, -2, -1, -1, 0, 0, 0, 1))
        if field.name in ("no", "term_no"):
            return self._chance.randint(1, 3)
        return self._chance.choice(NUMBERS)


def _asked_for(ledger: Ledger, catalogue: Catalogue) -> Mapping[str, list[dict[str, list[object]]]]:
    """Per register, what each formula asks of its fields: the values that would satisfy it."""
    found: dict[str, list[dict[str, list[object]]]] = defaultdict(list)
    nodes: list[tree.Node] = [
        check(part, catalogue) for c in ledger.commitments for part in _parts(c)
    ]
    nodes += [check(parse_population(text), catalogue) for text in ledger.populations.values()]
    for node in nodes:
        for part in tree.walk(node):
            if isinstance(part, tree.Aggregate | tree.Population) and part.conditions:
                wanted = dict(filter(None, map(_wanted, part.conditions)))
                if wanted:
                    found[part.register].append(wanted)
    return found


def _wanted(condition: tree.Comparison) -> tuple[str, list[object]] | None:
    """The field that an equality or a list of the row's own asks for, with the values."""
    left, right = condition.left, condition.right
    if not isinstance(left, tree.FieldPath) or len(left.names) != 1:
        return None
    if condition.operator not in (tree.Operator.EQUAL, tree.Operator.IN):
        return None
    values = right.values if isinstance(right, tree.OneOf) else (right,)
    plain = [_PLAIN[type(value)](value) for value in values if type(value) in _PLAIN]
    return (left.names[0], plain) if plain else None


_PLAIN: Mapping[type[tree.Node], Callable[..., object]] = {
    tree.EnumValue: lambda node: node.text,
    tree.Truth: lambda node: node.value,
    tree.Number: lambda node: int(node.value),
}


def _edges(day: date) -> list[date]:
    """The ends of the windows of a day, the days beside them, and the days that tokens name."""
    year, before = day.year, a_year_before(day)
    ends = [day, before, *(date(y, 1, 1) for y in (year - 1, year, year + 1))]
    ends += [date(year, month, 1) for month in (4, 7, 10)]
    ends += [add_months(day, -months) for months in (2, 12, 24, 36)]
    ends += [add_days(day, -days) for days in (7, 15, 30, 60, 90)] + [add_days(day, 90)]
    around = [add_days(end, step) for end in ends for step in (-1, 0, 1)]
    leap = max(y for y in range(year - 4, year + 1) if y % 4 == 0)
    around += [date(leap, 2, 28), date(leap, 2, 29), date(leap, 3, 1)]
    inside = [add_days(day, -days) for days in range(1, 200, 7)]
    long_ago = [date(year - back, 6, 20) for back in (2, 3, 4, 5, 6)]
    return [*around, *inside, *long_ago]
