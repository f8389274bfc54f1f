"""Meetings and reports of five years: the yearly rhythm of each area, with its gaps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from taizhang.config.demo_city.numbers import STATUS_DATE, Numbers, entered_after, workday_within
from taizhang.config.demo_city.places import CITY, PLACES, Place, chance
from taizhang.config.demo_city.tree import UnionTree
from taizhang.registers.packages.write import Row, Value

FIRST_DAY = date(2021, 6, 21)
YEARS = range(2021, 2027)


@dataclass(frozen=True)
class Rhythm:
    """One kind of meeting over the years.

    seasons: first and last month of each meeting of a year.
    missed: area code → the years without any; fewer: area code → how many seasons it keeps in 2026.
    convener: whose name stands in front, by the attribute of Place.
    """

    kind: str
    topic: str
    host: str
    chair_post: str
    convener: str
    agenda: tuple[str, ...]
    seasons: tuple[tuple[int, int], ...]
    missed: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    fewer: Mapping[str, int] = field(default_factory=dict)
    matters: tuple[int, int] = (2, 5)
    zones: bool = True


JOINT = Rhythm(
    "gov_union_joint", "union_work", "government", "gov_deputy", "government",
    (
        "听取上次联席会议议定事项办理情况；研究职工服务阵地建设、产业工人队伍建设改革等事项。",
        "研究困难职工帮扶资金、新就业形态劳动者权益保障、劳动和技能竞赛等事项。",
        "通报工会重点工作；协调解决集体协商和厂务公开民主管理中的问题。",
    ),
    ((3, 9),),
    # Haigang has not met yet in 2026: entering its meeting changes the light of item 5.
    missed={"130302": (2026,), "130321": (2023,), "130324": (2021,), "130304": (2022,)},
    matters=(3, 8), zones=False,
)  # fmt: skip
RHYTHMS = (
    JOINT,
    Rhythm(
        "party_hear_report", "union_work", "party", "party_secretary", "party_committee",
        ("常委会会议听取总工会党组工作汇报，研究部署全年工会工作。",),
        ((1, 4),), missed={"130324": (2023, 2026), "130372": (2022, 2026), "130303": (2026,)},
    ),
    Rhythm(
        "party_agenda", "union_work", "party", "party_secretary", "party_committee",
        ("将工会工作列入议题，研究群团改革和工会领导班子建设。",),
        ((5, 8),), missed={"130322": (2022, 2024), "130371": (2023,)},
    ),
    Rhythm(
        "party_leader_event", "union_work", "union", "party_secretary", "federation",
        ("庆祝“五一”国际劳动节暨劳模和先进工作者表彰大会。",),
        ((4, 5),), missed={"130304": (2022,), "130321": (2024,)}, matters=(0, 0),
    ),
    Rhythm(
        "deep_reform", "reform", "party", "party_secretary", "party_committee",
        ("深改委会议审议产业工人队伍建设改革年度要点。",),
        ((2, 9),), missed={"130303": (2023, 2026), "130324": (2026,), "130372": (2022, 2026)},
    ),
    Rhythm(
        "reform_coordination", "reform", "union", "union_chair", "federation",
        ("产改工作协调小组会议：通报进展，明确责任分工。",),
        ((3, 8),), missed={"130304": (2026,), "130321": (2025, 2026)},
    ),
    Rhythm(
        "theory_study", "ideology", "union", "union_chair", "federation",
        ("党组理论学习中心组学习习近平总书记关于工人阶级和工会工作的重要论述。",),
        ((1, 3), (4, 6), (7, 9), (10, 12)), fewer={"130304": 2, "130372": 2}, matters=(0, 0),
    ),
    Rhythm(
        "ideology_study", "ideology", "union", "union_chair", "federation",
        ("党组会议专题研究意识形态工作，分析研判职工思想动态。",),
        ((4, 6), (8, 9)), fewer={"130306": 1, "130321": 1, "130371": 1}, matters=(1, 3),
    ),
    Rhythm(
        "tripartite", "labour_relations", "hrss", "department_head", "hrss",
        ("协调劳动关系三方会议：研究集体协商、劳动关系和谐企业创建等工作。",),
        ((3, 6), (7, 9)), fewer={"130303": 1, "130304": 1, "130324": 1, "130372": 1},
    ),
    Rhythm(
        "mediation_joint", "mediation", "union", "union_chair", "federation",
        ("工会与法院、人社、司法行政部门联席会议：通报诉调对接和调解组织建设情况。",),
        ((2, 6), (7, 9)), fewer={"130304": 1, "130306": 1, "130321": 0, "130322": 1, "130372": 0},
        missed={"130321": (2022, 2023, 2026), "130372": (2021, 2022, 2023, 2026)},
    ),
    Rhythm(
        "risk_analysis", "risk", "union", "union_chair", "federation",
        ("分析研判劳动关系领域风险隐患，明确化解责任。",),
        ((3, 6), (9, 9)), fewer={"130324": 1}, matters=(1, 4),
    ),
    Rhythm(
        "guidance", "collective", "acfic", "department_head", "acfic",
        ("工商联引导会员企业开展工资集体协商要约行动。",),
        ((5, 9),), missed={"130303": (2024, 2026), "130321": (2026,)}, matters=(0, 0), zones=False,
    ),
)  # fmt: skip
# Party conferences on union work: once per term, soon after its start.
CONFERENCES = {
    CITY: date(2021, 12, 16), "130302": date(2021, 9, 28), "130303": date(2021, 11, 11),
    "130304": date(2022, 3, 22), "130306": date(2021, 10, 19), "130321": date(2022, 5, 17),
    "130322": date(2021, 12, 7), "130324": date(2022, 4, 26), "130371": date(2022, 1, 18),
    "130372": date(2022, 6, 14),
}  # fmt: skip
# The last meeting of these is not verified yet, so that no desk is empty.
UNDECIDED = {
    ("130302", "theory_study"): "submitted",
    ("130302", "risk_analysis"): "draft",
    ("130306", "risk_analysis"): "returned",
    ("130322", "tripartite"): "submitted",
    ("130324", "ideology_study"): "returned",
    (CITY, "mediation_joint"): "submitted",
}


def make_meetings(numbers: Numbers, tree: UnionTree) -> list[Row]:
    """All meetings in the order of their days."""
    dice = chance("meetings")
    held = [
        meeting
        for rhythm in RHYTHMS
        for place in PLACES
        if rhythm.zones or not place.is_zone
        for year in YEARS
        for meeting in _meetings_of_year(dice, rhythm, place, year)
    ]
    held += [_conference(place, CONFERENCES[place.code]) for place in PLACES]
    held.sort(key=lambda row: (row["held_on"], row["region"], row["kind"]))
    latest = {(str(row["region"]), str(row["kind"])): place for place, row in enumerate(held)}
    rows = []
    for place, row in enumerate(held):
        key = (str(row["region"]), str(row["kind"]))
        status = UNDECIDED.get(key) if latest[key] == place else None
        rows.append(_finished(dice, numbers, tree, row, status))
    return rows


def _meetings_of_year(
    dice: Random, rhythm: Rhythm, place: Place, year: int
) -> list[dict[str, Value]]:
    if year in rhythm.missed.get(place.code, ()):
        return []
    seasons = rhythm.seasons
    if year == STATUS_DATE.year:
        seasons = seasons[: rhythm.fewer.get(place.code, len(seasons))]
    meetings = []
    for first_month, last_month in seasons:
        first = max(date(year, first_month, 6), FIRST_DAY)
        last = date(year, last_month, 24)
        if first < last and first < STATUS_DATE:
            meetings.append(_meeting(dice, rhythm, place, workday_within(dice, first, last)))
    return meetings


def _meeting(dice: Random, rhythm: Rhythm, place: Place, day: date) -> dict[str, Value]:
    return {
        "kind": rhythm.kind,
        "convener_level": place.level,
        "region": place.code,
        "convener": _convener(rhythm, place),
        "host": rhythm.host,
        "topic": rhythm.topic,
        "held_on": day,
        "chair_post": rhythm.chair_post,
        "principal_leader": _principal_leader(dice, rhythm),
        "agenda": dice.choice(rhythm.agenda),
        "matters": dice.randint(*rhythm.matters) or None,
    }


def _convener(rhythm: Rhythm, place: Place) -> str:
    named = {
        "hrss": f"{place.name}人力资源和社会保障局",
        "acfic": f"{place.name}工商业联合会",
    }
    return named.get(rhythm.convener) or getattr(place, rhythm.convener)


def _principal_leader(dice: Random, rhythm: Rhythm) -> bool | None:
    if rhythm.kind == "party_leader_event":
        return True
    return dice.random() < 0.9 if rhythm.host == "party" else None


def _conference(place: Place, day: date) -> dict[str, Value]:
    return {
        "kind": "party_union_conference",
        "convener_level": place.level,
        "region": place.code,
        "convener": place.party_committee,
        "host": "party",
        "topic": "union_work",
        "held_on": day,
        "chair_post": "party_secretary",
        "principal_leader": True,
        "agenda": "党的群团（工会）工作会议：总结工作，部署新时代工会工作和产业工人队伍建设改革。",
        "matters": 4,
    }


def _finished(
    dice: Random,
    numbers: Numbers,
    tree: UnionTree,
    row: dict[str, Value],
    status: str | None,
) -> Row:
    """With its number, its minutes and how far its matters got."""
    place = next(place for place in PLACES if place.code == row["region"])
    day, matters = row["held_on"], row["matters"]
    minutes_on = day + timedelta(days=dice.randint(2, 12))
    has_minutes = status is None and matters and minutes_on <= STATUS_DATE
    body = f"{place.mark}政" if row["host"] == "government" else f"{place.mark}工"
    age = (STATUS_DATE - day).days
    closed = matters if age > 400 else round(matters * dice.uniform(0.3, 1)) if matters else None
    return {
        "record_no": numbers.record("R09", place.code, day.year),
        "owner_org": tree.federations[place.code].record_no,
        **row,
        "minutes_no": numbers.minutes(f"{body}会议", day.year) if has_minutes else None,
        "minutes_on": minutes_on if has_minutes else None,
        "matters_closed": closed,
        "record_status": status,
        "entered_at": entered_after(dice, minutes_on if has_minutes else day, 10),
    }
