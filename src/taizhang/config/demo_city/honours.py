"""Commendations (R20): model workers every five years, May 1 honours and craftsmen every year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from taizhang.config.demo_city.names import person
from taizhang.config.demo_city.numbers import Numbers, entered_after, workday_within
from taizhang.config.demo_city.places import CITY, GOVERNED, PLACES, THE_CITY, Place, chance
from taizhang.config.demo_city.tree import Union, UnionTree
from taizhang.registers.packages.write import Row, Value

# Area code → the years in which Party committee and government commended model workers. Qinglong
# has none on record; Shanhaiguan has not commended since 2021, its five years end in 2026.
CAMPAIGNS = {
    CITY: (2021, 2026), "130302": (2021, 2026), "130303": (2021,), "130304": (2023,),
    "130306": (2021, 2026), "130322": (2024,), "130324": (2022,),
}  # fmt: skip
YEARS = range(2021, 2027)
MAY1 = (
    ("may1_medal", "person", 8),
    ("may1_award", "collective", 3),
    ("worker_pioneer", "collective", 5),
)
OCCUPATIONS = {"frontline": 5, "technical": 3, "manager": 1, "new_form": 1}
# The craftsmen of autumn 2026 are on their way.
ON_THE_WAY = (
    ("city_first_review", None), ("city_first_review", None), ("county_publicity", None),
    ("county_review", "submitted"), ("unit_publicity", "submitted"), ("nominated", "draft"),
)  # fmt: skip


@dataclass(frozen=True)
class Campaign:
    """One commendation of one area in one year."""

    place: Place
    year: int
    title_kind: str
    commended_by: str
    conferred_on: date
    doc_no: str


def make_honours(numbers: Numbers, tree: UnionTree) -> list[Row]:
    dice = chance("honours")
    hosts = {
        place.code: [u for u in tree.primary if place.code in (CITY, u.place.code)]
        for place in PLACES
    }
    return [
        *_model_workers(dice, numbers, tree, hosts),
        *_may1(dice, numbers, tree, hosts[CITY]),
        *_craftsmen(dice, numbers, tree, hosts[CITY]),
    ]


def _model_workers(
    dice: Random, numbers: Numbers, tree: UnionTree, hosts: dict[str, list[Union]]
) -> Iterator[Row]:
    for place in GOVERNED:
        for year in CAMPAIGNS.get(place.code, ()):
            campaign = Campaign(
                place, year, "model_worker", "party_gov",
                workday_within(dice, date(year, 4, 24), date(year, 4, 30)),
                numbers.document(f"{place.mark}发", year),
            )  # fmt: skip
            for host in dice.sample(hosts[place.code], 12 if place is THE_CITY else 5):
                yield _conferred(dice, numbers, tree, campaign, host, "person")


def _may1(dice: Random, numbers: Numbers, tree: UnionTree, hosts: list[Union]) -> Iterator[Row]:
    for year in YEARS:
        day = workday_within(dice, date(year, 4, 24), date(year, 4, 30))
        document = numbers.document("秦工发", year)
        for title_kind, target, count in MAY1:
            campaign = Campaign(THE_CITY, year, title_kind, "federation", day, document)
            for host in dice.sample(hosts, count):
                yield _conferred(dice, numbers, tree, campaign, host, target)


def _craftsmen(
    dice: Random, numbers: Numbers, tree: UnionTree, hosts: list[Union]
) -> Iterator[Row]:
    """Named every spring; some of them the government has recognised as well."""
    for year in YEARS:
        day = workday_within(dice, date(year, 5, 6), date(year, 6, 24))
        document = numbers.document("秦工发", year)
        campaign = Campaign(THE_CITY, year, "craftsman", "federation", day, document)
        for host in dice.sample(hosts, 10):
            row = _conferred(dice, numbers, tree, campaign, host, "person")
            yield {**row, "gov_recognised": dice.random() < 0.35}
    for (stage, status), host in zip(ON_THE_WAY, dice.sample(hosts, len(ON_THE_WAY)), strict=True):
        day = workday_within(dice, date(2026, 9, 7), date(2026, 9, 23))
        yield {
            **_nomination(dice, numbers, tree, THE_CITY, 2026, host, "person"),
            "title_kind": "craftsman",
            "commended_by": "federation",
            "stage": stage,
            "record_status": status,
            "entered_at": entered_after(dice, day, 5),
        }


def _conferred(
    dice: Random,
    numbers: Numbers,
    tree: UnionTree,
    campaign: Campaign,
    host: Union,
    target: str,
) -> Row:
    place, year = campaign.place, campaign.year
    return {
        **_nomination(dice, numbers, tree, place, year, host, target),
        "title_kind": campaign.title_kind,
        "commended_by": campaign.commended_by,
        "stage": "conferred",
        "publicity_days": dice.choice((5, 5, 5, 7)),
        "objections": dice.choices((0, 1), (19, 1))[0],
        "approved_on": campaign.conferred_on - timedelta(days=3),
        "conferred_on": campaign.conferred_on,
        "doc_no": campaign.doc_no,
        "entered_at": entered_after(dice, campaign.conferred_on, 15),
    }


def _nomination(
    dice: Random,
    numbers: Numbers,
    tree: UnionTree,
    place: Place,
    year: int,
    host: Union,
    target: str,
) -> dict[str, Value]:
    is_person = target == "person"
    occupations, weights = zip(*OCCUPATIONS.items(), strict=True)
    return {
        "record_no": numbers.record("R20", place.code, year),
        "owner_org": tree.federations[place.code].record_no,
        "region": place.code,
        "level": place.level,
        "campaign_year": year,
        "target": target,
        "nominee": person(dice).name if is_person else f"{host.employers[0]['name']}一车间",
        "employer": str(host.employers[0]["uscc"]),
        "occupation": dice.choices(occupations, weights)[0] if is_person else None,
    }
