"""Policies on which the unions were heard, or not, and inspections and visits that they joined."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from taizhang.config.demo_city.numbers import Numbers, entered_after, workday_within
from taizhang.config.demo_city.places import CITY, GOVERNED, PLACES, Place, chance
from taizhang.config.demo_city.tree import UnionTree
from taizhang.registers.packages.write import Row, Value

YEARS = range(2021, 2027)
FIRST_DAY = date(2021, 6, 21)


@dataclass(frozen=True)
class Inspection:
    """One kind of inspection or visit, once a year between the first and last of its months.

    missed: (area code, year) of those without one. plain: area codes of those that left workers'
    congresses and openness out.
    """

    kind: str
    lead_body: str
    months: tuple[int, int]
    places: tuple[Place, ...]
    missed: frozenset[tuple[str, int]] = frozenset()
    plain: frozenset[str] = frozenset()


INSPECTIONS = (
    Inspection(
        "labour_inspection", "人力资源和社会保障局", (4, 8), PLACES,
        missed=frozenset(
            {("130324", 2026), ("130372", 2025), ("130372", 2026), ("130321", 2023)}
        ),
        plain=frozenset({"130303", "130321", "130371", "130324"}),
    ),
    Inspection(
        "npc_inspection", "人大常委会", (5, 9), GOVERNED,
        missed=frozenset({(CITY, 2022), ("130304", 2024), ("130304", 2026), ("130321", 2026)}),
        plain=frozenset({place.code for place in GOVERNED}),
    ),
    Inspection(
        "cppcc_visit", "政协", (4, 9), GOVERNED,
        missed=frozenset({(CITY, 2026), ("130303", 2026), ("130306", 2025)}),
        plain=frozenset({place.code for place in GOVERNED}),
    ),
    # It makes good what the labour inspection of Shanhaiguan leaves out.
    Inspection("other_inspection", "厂务公开民主管理工作领导小组", (6, 8), PLACES[:3]),
)  # fmt: skip
# Topic of handbook 2.5, and the department that drafts policies on it.
POLICIES = (
    ("employment", "人力资源和社会保障局"),
    ("social_insurance", "医疗保障局"),
    ("osh", "应急管理局"),
    ("pay", "人力资源和社会保障局"),
    ("vocational", "教育局"),
)
# (area code, year) of the policies that a union found only after they were issued, and of the years
# without any that touches workers.
FOUND_AFTER_ISSUE = frozenset({("130321", 2026), ("130306", 2024), ("130324", 2022)})
NO_DRAFT = frozenset({("130304", 2026), ("130303", 2025)})
UNDECIDED = {
    ("130302", "npc_inspection"): "submitted",
    ("130322", "policy_consult"): "draft",
    ("130306", "cppcc_visit"): "returned",
}


def make_participation(numbers: Numbers, tree: UnionTree) -> list[Row]:
    """All of them in the order of their days."""
    dice = chance("participation")
    found = [*_inspections(dice), *_consultations(dice)]
    found.sort(key=lambda row: (str(row["held_on"] or row["issued_on"]), row["region"]))
    latest = {(str(row["region"]), str(row["kind"])): place for place, row in enumerate(found)}
    rows: list[Row] = []
    for place, row in enumerate(found):
        key = (str(row["region"]), str(row["kind"]))
        day = row["held_on"] or row["issued_on"]
        rows.append(
            {
                "record_no": numbers.record("R11", str(row["region"]), day.year),
                "owner_org": tree.federations[str(row["region"])].record_no,
                **row,
                "record_status": UNDECIDED.get(key) if latest[key] == place else None,
                "entered_at": entered_after(dice, day, 12),
            }
        )
    return rows


def _inspections(dice: Random) -> Iterator[dict[str, Value]]:
    for each in INSPECTIONS:
        for place in each.places:
            for year in YEARS:
                first = max(date(year, each.months[0], 6), FIRST_DAY)
                if (place.code, year) not in each.missed:
                    day = workday_within(dice, first, date(year, each.months[1], 22))
                    yield _inspection(dice, each, place, day)


def _inspection(dice: Random, each: Inspection, place: Place, day: date) -> dict[str, Value]:
    problems = dice.randint(2, 9)
    open_problems = dice.choice((0, 0, 0, 1)) if day.year == YEARS[-1] else 0
    return {
        **_what(each.kind, dice.choice(POLICIES)[0], place, each.lead_body),
        "held_on": day,
        "participants": dice.randint(1, 4),
        "covers_democratic": place.code not in each.plain,
        "covers_collective": dice.random() < 0.6,
        "problems": problems,
        "problems_closed": problems - open_problems,
    }


def _consultations(dice: Random) -> Iterator[dict[str, Value]]:
    for place in GOVERNED:
        for year in YEARS:
            if (place.code, year) in NO_DRAFT:
                continue
            first = max(date(year, 2, 8), FIRST_DAY)
            held_on = workday_within(dice, first, date(year, 7, 20))
            is_invited = (place.code, year) not in FOUND_AFTER_ISSUE
            yield _consultation(dice, place, held_on, is_invited=is_invited)


def _consultation(
    dice: Random, place: Place, held_on: date, *, is_invited: bool
) -> dict[str, Value]:
    """A draft the union was heard on, or a policy that it found when it was issued."""
    topic, department = dice.choice(POLICIES)
    what = _what("policy_consult", topic, place, department, invited=is_invited)
    issued_on = held_on + timedelta(days=dice.randint(30, 65))
    if not is_invited:
        return {**what, "held_on": None, "issued_on": issued_on}
    opinions = dice.randint(2, 8)
    answered = opinions - dice.choice((0, 0, 0, 1))
    return {
        **what,
        "held_on": held_on,
        "participants": dice.randint(1, 3),
        "opinions": opinions,
        "opinions_feedback": answered,
        "opinions_adopted": dice.randint(answered // 2, answered),
        "issued_on": issued_on,
    }


def _what(
    kind: str, topic: str, place: Place, lead_body: str, *, invited: bool = True
) -> dict[str, Value]:
    return {
        "kind": kind,
        "topic": topic,
        "level": place.level,
        "region": place.code,
        "lead_body": f"{place.name}{lead_body}",
        "invited": invited,
    }
