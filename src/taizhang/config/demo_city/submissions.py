"""Requests and reports to the Party committees: each year's rhythm, some late, one unanswered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from taizhang.config.demo_city.numbers import STATUS_DATE, Numbers, entered_after, workday_within
from taizhang.config.demo_city.places import CITY, PLACES, Place, chance
from taizhang.config.demo_city.tree import UnionTree
from taizhang.lib.workdays import shipped_calendar
from taizhang.registers.packages.write import Row, Value

YEARS = range(2021, 2027)
FIRST_DAY = date(2021, 6, 21)
REPLY_DAYS = (4, 26)
WORKDAYS_TO_REPORT = 5


@dataclass(frozen=True)
class Occasion:
    """One thing sent each year.

    months: first and last month in which the matter arises. workdays: time to send it, None: by
    the end of January, on the year before. late, missed: (area code, year) of those sent after
    their day, and of those never sent.
    """

    kind: str
    subject: str
    months: tuple[int, int]
    is_major: bool
    workdays: int | None = WORKDAYS_TO_REPORT
    late: frozenset[tuple[str, int]] = frozenset()
    missed: frozenset[tuple[str, int]] = frozenset()


OCCASIONS = (
    Occasion(
        "report", "关于{year}年度工会工作情况的报告", (1, 1), is_major=True, workdays=None,
        late=frozenset({("130324", 2023), ("130321", 2026)}),
        missed=frozenset({("130372", 2024), ("130372", 2026)}),
    ),
    Occasion(
        "request", "关于召开{year}年全委（扩大）会议有关事项的请示", (2, 3), is_major=True,
        late=frozenset({("130303", 2022)}), missed=frozenset({("130372", 2026)}),
    ),
    Occasion(
        "request", "关于{year}年“五一”表彰活动的请示", (3, 4), is_major=False,
        missed=frozenset({("130304", 2025), ("130321", 2024)}),
    ),
    Occasion(
        "report", "关于{year}年职工队伍稳定风险排查情况的报告", (5, 9), is_major=True,
        late=frozenset({("130306", 2024), ("130304", 2026), ("130322", 2025)}),
        missed=frozenset({("130372", 2025), ("130372", 2026)}),
    ),
)  # fmt: skip
# Lulong still waits for an answer to its request of this spring.
UNANSWERED = ("130324", OCCASIONS[2].subject, 2026)
UNDECIDED = {
    ("130302", OCCASIONS[3].subject): "submitted",
    ("130371", OCCASIONS[3].subject): "draft",
}


def make_submissions(numbers: Numbers, tree: UnionTree) -> list[Row]:
    """All requests and reports, area by area and year by year."""
    dice = chance("submissions")
    return [_row(dice, numbers, tree, place, occasion, year) for place, occasion, year in _sent()]


def _sent() -> Iterator[tuple[Place, Occasion, int]]:
    for place in PLACES:
        for year in YEARS:
            for occasion in OCCASIONS:
                first = date(year, occasion.months[0], 1)
                if first >= FIRST_DAY and (place.code, year) not in occasion.missed:
                    yield place, occasion, year


def _row(
    dice: Random, numbers: Numbers, tree: UnionTree, place: Place, occasion: Occasion, year: int
) -> Row:
    arose_on = workday_within(
        dice, date(year, occasion.months[0], 4), date(year, occasion.months[1], 8)
    )
    due_on = _due_on(occasion, arose_on)
    submitted_on = _submitted_on(dice, arose_on, due_on, (place.code, year) in occasion.late)
    reply = _reply(dice, place, occasion, year, submitted_on)
    closed_on = reply.get("replied_on", submitted_on if occasion.kind == "report" else None)
    status = UNDECIDED.get((place.code, occasion.subject)) if year == STATUS_DATE.year else None
    return {
        "record_no": numbers.record("R10", place.code, year),
        "owner_org": tree.federations[place.code].record_no,
        "kind": occasion.kind,
        "subject": occasion.subject.format(year=year - (occasion.workdays is None)),
        "is_major": occasion.is_major,
        "event_on": arose_on,
        "due_on": due_on,
        "submitted_on": submitted_on,
        "replied_on": reply.get("replied_on"),
        "reply_kind": reply.get("reply_kind"),
        "closed_on": closed_on,
        "record_status": status,
        "entered_at": entered_after(dice, submitted_on, 6),
    }


def _due_on(occasion: Occasion, arose_on: date) -> date:
    if occasion.workdays is None:
        return date(arose_on.year, 1, 31)
    return shipped_calendar().add_workdays(arose_on, occasion.workdays)


def _submitted_on(dice: Random, arose_on: date, due_on: date, is_late: bool) -> date:
    if is_late:
        return shipped_calendar().next_workday(due_on + timedelta(days=dice.randint(3, 12)))
    return workday_within(dice, arose_on, due_on)


def _reply(
    dice: Random, place: Place, occasion: Occasion, year: int, submitted_on: date
) -> dict[str, Value]:
    if occasion.kind == "report":
        return {}
    if (place.code, occasion.subject, year) == UNANSWERED:
        return {"reply_kind": "none"}
    replied_on = shipped_calendar().next_workday(
        submitted_on + timedelta(days=dice.randint(*REPLY_DAYS))
    )
    kinds = ("approved", "guidance") if place.code != CITY else ("approved",)
    return {"replied_on": replied_on, "reply_kind": dice.choice(kinds)}
