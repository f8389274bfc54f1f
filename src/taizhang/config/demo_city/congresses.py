"""Workers' congresses of five years, what they voted on, and how far each unit has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from random import Random

from taizhang.config.demo_city.employers import NON_PUBLIC, SOE
from taizhang.config.demo_city.numbers import (
    STATUS_DATE,
    Numbers,
    day_within,
    entered_after,
    workday_within,
)
from taizhang.config.demo_city.places import COUNTIES, Place, chance
from taizhang.config.demo_city.tree import Union, UnionTree
from taizhang.registers.packages.write import Row, Value

Tables = Mapping[str, list[Row]]

YEARS = range(2021, 2027)
FIRST_DAY = date(2021, 6, 21)
SPRING = ((1, 12), (4, 24))  # first and last month and day of the season in which a unit meets
AUTUMN = ((10, 9), (12, 18))
# How likely a unit meets every year, by area; elsewhere `MEETS`.
MEETS = 0.85
MEETS_IN = {"130321": 0.55, "130372": 0.5, "130303": 0.7}
GRADES = {
    "soe": {"A": 0.25, "B": 0.4, "C": 0.31, "none": 0.04},
    "private": {"A": 0.1, "B": 0.25, "C": 0.34, "none": 0.31},
    "institution": {"A": 0.2, "B": 0.35, "C": 0.35, "none": 0.1},
}
VITAL = (
    "工资集体协商方案", "女职工权益保护专项集体合同（草案）", "劳动安全卫生专项集体合同（草案）",
    "绩效考核与薪酬分配办法", "员工手册（修订）", "工时和休息休假管理办法", "职工教育培训计划",
    "职工福利费使用方案", "企业年金实施细则", "劳动纪律与奖惩办法", "劳动定额标准",
)  # fmt: skip
OTHER = ("行政工作报告", "职代会提案办理情况报告", "业务招待费使用情况报告")
NUMERALS = "零一二三四五六七八九十"
LAST_SPRING = date(2026, 4, 1)  # of the sessions held since, some await their second person


def make_congresses(numbers: Numbers, tree: UnionTree, employers: list[Row]) -> Tables:
    """The rows of `congress`, `congress_matter` and `congress_system`."""
    places = {place.code: place for place in COUNTIES}
    unions = {union.employers[0]["uscc"]: union for union in tree.primary if _is_single(union)}
    maker = CongressMaker(chance("congresses"), numbers)
    for employer in employers:
        place = places[str(employer["region"])]
        union = unions.get(employer["uscc"])
        group = _group(employer, union)
        if group and employer["operating_state"] != "closed":
            maker.unit(Unit(employer, union, place, group))
    return {
        "congress": maker.sessions,
        "congress_matter": maker.matters,
        "congress_system": maker.systems,
    }


@dataclass(frozen=True)
class Unit:
    """An employer that has, or owes, a workers' congress."""

    employer: Row
    union: Union | None
    place: Place
    group: str

    @property
    def headcount(self) -> int:
        return self.employer["headcount"] or 0

    @property
    def owner(self) -> Value:
        return self.union.record_no if self.union else self.employer["owner_org"]


class CongressMaker:
    """Appends the sessions, votes and systems of one unit after another."""

    def __init__(self, dice: Random, numbers: Numbers) -> None:
        self.sessions: list[Row] = []
        self.matters: list[Row] = []
        self.systems: list[Row] = []
        self._dice = dice
        self._numbers = numbers

    def unit(self, unit: Unit) -> None:
        dice = self._dice
        is_regular = dice.random() < MEETS_IN.get(unit.place.code, MEETS)
        season = SPRING if dice.random() < 0.75 else AUTUMN
        decided = dict.fromkeys(YEARS, 0)
        for year in YEARS:
            # Who does not meet every year has let the last two pass.
            meets = is_regular or (year < 2025 and dice.random() < 0.5)
            if meets and unit.union and unit.headcount and self._can_meet(unit, season, year):
                decided[year] = self._session(unit, season, year)
        if dice.random() < 0.95:
            self._system(unit, 2026 if season is SPRING else 2025, decided, is_regular=is_regular)

    def _can_meet(self, unit: Unit, season: tuple, year: int) -> bool:
        first = date(year, *season[0])
        return max(FIRST_DAY, unit.union.row["founded_on"]) <= first <= STATUS_DATE

    def _session(self, unit: Unit, season: tuple, year: int) -> int:
        """One session with its votes; the number of vital matters decided."""
        dice = self._dice
        held_on = workday_within(dice, date(year, *season[0]), date(year, *season[1]))
        published_on = held_on + timedelta(days=dice.randint(1, 8))
        status = None
        if held_on >= LAST_SPRING:
            status = dice.choices((None, "submitted", "draft"), (0.8, 0.15, 0.05))[0]
        row = {
            "record_no": self._numbers.record("R28", unit.place.code, year),
            "owner_org": unit.owner,
            "region": unit.place.code,
            "employer": unit.employer["uscc"],
            "org": unit.union.record_no,
            "kind": "congress" if unit.headcount >= 100 else "general_meeting",
            "session_no": _session_no(year - unit.union.row["founded_on"].year),
            "held_on": held_on,
            **self._attendance(unit),
            "notice_on": held_on - timedelta(days=dice.randint(7, 15)),
            "published_on": published_on if dice.random() < 0.95 else None,
            "record_status": status,
            "entered_at": entered_after(dice, published_on, 10),
        }
        self.sessions.append(row)
        vital = dice.sample(VITAL, dice.choice((1, 1, 2)))
        for title in vital:
            self._matter(unit, row, title, is_vital=True)
        if dice.random() < 0.4:
            self._matter(unit, row, dice.choice(OTHER), is_vital=False)
        return len(vital)

    def _attendance(self, unit: Unit) -> dict[str, Value]:
        """Numbers of a session, of which few break a rule: no quorum, or too many managers."""
        dice = self._dice
        headcount = max(3, round(unit.headcount * dice.uniform(0.94, 1.04)))
        if unit.headcount < 100:
            present = ceil(headcount * dice.uniform(0.7, 0.97))
            return {"headcount": headcount, "delegates": headcount, "present": present}
        delegates = max(dice.randint(31, 45), ceil(headcount * dice.uniform(0.053, 0.07)))
        too_few = dice.random() < 0.03
        attended = dice.uniform(0.5, 0.64) if too_few else dice.uniform(0.74, 0.98)
        managers = dice.uniform(0.21, 0.26) if dice.random() < 0.03 else dice.uniform(0.08, 0.19)
        return {
            "headcount": headcount,
            "delegates": delegates,
            "managers": ceil(delegates * managers) if managers > 0.2 else int(delegates * managers),
            "present": int(delegates * attended) if too_few else ceil(delegates * attended),
        }

    def _matter(self, unit: Unit, session: Row, title: str, *, is_vital: bool) -> None:
        dice = self._dice
        delegates, present = int(session["delegates"]), int(session["present"])
        agreed = dice.uniform(0.3, 0.49) if dice.random() < 0.02 else dice.uniform(0.66, 1)
        self.matters.append(
            {
                "record_no": self._numbers.record("R43", unit.place.code, session["held_on"].year),
                "owner_org": unit.owner,
                "region": unit.place.code,
                "congress": session["record_no"],
                "title": f"{session['held_on'].year}年度{title}" if is_vital else title,
                "vital": is_vital,
                "secret": dice.random() < (0.98 if is_vital else 0.3),
                "yes": min(present, int(delegates * agreed)),
                "record_status": session["record_status"],
                "entered_at": session["entered_at"],
            }
        )

    def _system(self, unit: Unit, year: int, decided: dict[int, int], *, is_regular: bool) -> None:
        """`decided`: vital matters by year; some units decide one without their congress."""
        dice = self._dice
        by_others = dice.random() < (0.03 if is_regular else 0.2)
        done = decided[year] + by_others
        grade = dice.choices(*zip(*GRADES[unit.group].items(), strict=True))[0]
        graded_on = day_within(dice, date(2024, 3, 4), date(2026, 8, 28))
        inspected = dice.random() < 0.3
        inspected_on = day_within(dice, date(2025, 3, 3), date(2026, 9, 18))
        owes_director = unit.group != "institution" and unit.headcount >= 300
        entered_on = max(graded_on, inspected_on) if inspected else graded_on
        entered_at = entered_after(dice, entered_on, 20)
        self.systems.append(
            {
                "record_no": self._numbers.record("R29", unit.place.code, entered_at.year),
                "owner_org": unit.owner,
                "employer": unit.employer["uscc"],
                "region": unit.place.code,
                "openness": is_regular or dice.random() < 0.6,
                "worker_director_due": owes_director,
                "worker_director_ok": owes_director and dice.random() < 0.8,
                "year": year if done else None,
                "vital_done": done or None,
                "grade": grade,
                "graded_on": None if grade == "none" else graded_on,
                "hrss_inspected_on": inspected_on if inspected else None,
                "integrity_recorded": dice.random() < 0.96 if inspected else None,
                "record_status": "submitted" if dice.random() < 0.01 else None,
                "entered_at": entered_at,
            }
        )


def _is_single(union: Union) -> bool:
    return len(union.employers) == 1 and union.row["org_state"] in ("active", "election_overdue")


def _group(employer: Row, union: Union | None) -> str:
    """Whose rule the employer falls under; "" when it is asked for nothing here."""
    headcount = employer["headcount"] or 0
    if employer["ownership"] in SOE:
        return "soe"
    if employer["ownership"] in NON_PUBLIC and headcount >= 100 and union:
        return "private"
    return "institution" if employer["ownership"] == "institution" and headcount >= 80 else ""


def _session_no(age: int) -> str:
    """Term and session of a congress that meets once a year and is elected for five."""
    return f"{NUMERALS[age // 5 + 1]}届{NUMERALS[age % 5 + 1]}次"
