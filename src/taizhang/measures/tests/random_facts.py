"""Random small cities: rows of every register, with dates at the edges of windows and with holes.

A seed fills the cells of each register, and hypothesis draws how many rows there are: a city where
the evaluators differ shrinks to the few rows that matter.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from taizhang.lib.windows import a_year_before, add_days, add_months
from taizhang.measures.catalogue import Field, FieldType, Register
from taizhang.measures.tests.case_files import Rows
from taizhang.measures.tests.city_registers import AREAS, CATALOGUE, CITY, COUNTY, ZONE

STATUS_DATES = (
    date(2026, 9, 30),
    date(2026, 10, 1),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2028, 2, 29),
)
ROWS_AT_MOST = {
    "org": 10,
    "employer": 6,
    "post": 24,
    "meeting": 10,
    "policy": 8,
    "exemption": 2,
    "representation": 12,
}
OTHER_ROWS_AT_MOST = 6
UNKNOWN_ID = 99  # of a row that is not verified
HEADCOUNTS = (0, 24, 25, 100, 199, 200, 200, 200, 250, 300)
SEATS = (0, 50, 52, 330, 350)
AMOUNTS = tuple(map(Decimal, ("0", "0.01", "599", "600", "1000", "2.5", "310000.55")))
EXEMPTED = ("3.1", "3.5", "3.6", "5.1", "5.2", "13.1", "22.4", "36.1")

# What formulas ask for is drawn more often: otherwise nearly every figure would have no data.
OFTEN: Mapping[str, Sequence[str]] = {
    "org_type": ("county_federation", "township_union", "enterprise_union", "enterprise_union"),
    "org_state": ("active", "active", "active", "merged"),
    "end_basis": ("other",),
    "ownership": ("private", "state_owned", "collective_holding"),
    "operating_state": ("operating", "operating"),
    "post_type": ("chair", "chair", "vice_chair", "full_time_worker", "supervisor"),
    "concurrent_kind": ("party_secretary", "party_deputy"),
    "rank_status": ("deputy_equivalent",),
    "party_member": ("yes",),
    "kind": ("gov_union_joint", "party_union_conference", "theory_study", "training_base"),
    "topic": ("joint_meeting", "joint_meeting", "talent_plan"),
    "state": ("in_force", "in_force", "drafting"),
    "body": ("party_committee", "people_congress", "union_congress"),
    "stage": ("conferred", "active", "effective"),
    "purpose": ("hardship",),
    "title_kind": ("model_worker",),
    "commended_by": ("party_gov",),
}

# Rows that are in every city with so many: the federations, and a union that owes a chair.
CAST: Mapping[tuple[str, int], Mapping[str, object]] = {
    ("org", 1): {"org_type": "city_federation", "region": CITY, "org_state": "active"},
    ("org", 2): {"org_type": "county_federation", "region": COUNTY, "org_state": "active"},
    ("org", 3): {"org_type": "zone_federation", "region": ZONE, "org_state": "active"},
    ("org", 4): {"org_type": "enterprise_union", "employer": [1], "org_state": "active"},
    ("org", 5): {"org_type": "enterprise_union", "employer": [1, 2]},
    ("org", 6): {"org_type": "township_union", "org_state": "active"},
    ("employer", 1): {"headcount": 200},
}


@st.composite
def cities(draw: st.DrawFn) -> tuple[date, Rows]:
    """A status date and the verified rows of every register."""
    day = draw(st.sampled_from(STATUS_DATES))
    facts: Rows = {}
    for slug, register in CATALOGUE.registers.items():
        if register.offered:
            most = ROWS_AT_MOST.get(slug, OTHER_ROWS_AT_MOST)
            chance = Random(draw(st.integers(0, 10**6)))
            rows = [_row(register, key, day, chance) for key in range(1, most + 1)]
            facts[slug] = rows[: draw(st.integers(0, 4 * most))]  # most often all of them
    return day, facts


def _row(register: Register, key: int, day: date, chance: Random) -> dict[str, object]:
    row: dict[str, object] = {
        "id": key,
        "record_no": f"{chance.randrange(3)}-{key}",
        "owner_org": chance.choice([None, 1, 2, 3, UNKNOWN_ID]),
    }
    for field in register.fields.values():
        if not field.derived:
            row[field.name] = _cell(register, field, day, chance)
    row.update(CAST.get((register.slug, key), {}))
    return row


def _cell(register: Register, field: Field, day: date, chance: Random) -> object:
    values = _values(register, field, day)
    if field.many:
        return chance.sample(values, min(len(values), chance.randrange(4)))
    is_empty = chance.random() < (0.6 if field.name in ("ended_on", "valid_to") else 0.1)
    return None if is_empty else chance.choice(values)


def _values(register: Register, field: Field, day: date) -> Sequence[object]:
    match field.type:
        case FieldType.ENUM:
            often = [value for value in OFTEN.get(field.name, ()) if value in field.values]
            return (*(often * 4), *field.values)
        case FieldType.BOOL:
            return (True, True, False)
        case FieldType.REF:
            most = ROWS_AT_MOST.get(field.target, OTHER_ROWS_AT_MOST)
            return (*range(1, most + 1), UNKNOWN_ID)
        case FieldType.AREA:
            return [area.code for area in AREAS]
        case FieldType.DATE:
            return _days(field, day)
        case FieldType.MONTH:
            return [edge.replace(day=1) for edge in _days(field, day)]
        case FieldType.DECIMAL:
            return AMOUNTS
        case FieldType.INT:
            return _whole_numbers(register, field, day)
    return EXEMPTED if field.name == "commitment" else (str(day.year), "term", "other")


def _whole_numbers(register: Register, field: Field, day: date) -> Sequence[int]:
    if field.name in ("year", "key_enterprise_years", "campaign_year"):
        return range(day.year - 2, day.year + 2)
    if field.name in ("no", "term_no"):
        return range(1, 4)
    return SEATS if register.slug == "representation" else HEADCOUNTS


def _days(field: Field, day: date) -> Sequence[date]:
    """The status date, the ends of its windows, and the days beside them."""
    if field.name in ("end", "term_end"):
        return [day, add_days(day, -1), add_months(day, 12), add_months(day, 48)]
    year, earlier = day.year, a_year_before(day)
    if field.name == "headcount_as_of":
        return [earlier, add_days(earlier, -1), add_days(day, -40), add_days(day, -5), day, day]
    edges = [day, earlier, date(year, 1, 1), date(year - 1, 1, 1)]
    around = [add_days(edge, step) for edge in edges for step in (-1, 0, 1)]
    this_year = [date(year, 1, 15), add_days(day, -40), add_days(day, -5)]
    long_ago = [date(year - 6, 6, 1), date(year - 4, 6, 1), date(year - 2, 6, 1)] * 2
    return [*around, *this_year, *this_year, *long_ago, add_days(day, 90)]
