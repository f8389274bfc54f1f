"""Union bodies: federations, industrial unions, townships, parks, and the unions of employers."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from taizhang.config.demo_city.employers import CODES
from taizhang.config.demo_city.numbers import STATUS_DATE, Numbers, day_within, entered_after
from taizhang.config.demo_city.places import (
    CITY,
    COUNTIES,
    PLACES,
    THE_CITY,
    Place,
    chance,
    settlement_names,
)
from taizhang.registers.packages.write import Row, Value

INDUSTRIAL = (
    ("秦皇岛市教科文卫体工会", ("P", "Q", "R")),
    ("秦皇岛市交通运输工会", ("G",)),
    ("秦皇岛市住建工会", ("E",)),
)
KINDS = {
    "institution": "institution_union",
    "organ": "organ_union",
    "social_org": "social_org_union",
}
# How likely an employer has a union of its own, by headcount: below 25, below 100, and above.
UNIONISED = ((25, 0.58), (100, 0.83), (100_000, 0.95))
UNION_CODE = "81"


@dataclass(slots=True)
class Union:
    """A union on its way into the package. `employers`: those that it has."""

    row: dict[str, Value]
    place: Place
    employers: list[Row] = field(default_factory=list)

    @property
    def record_no(self) -> str:
        return str(self.row["record_no"])

    @property
    def kind(self) -> str:
        return str(self.row["org_type"])

    @property
    def has_ended(self) -> bool:
        return self.row["org_state"] in {"merged", "dissolved"}

    def finished(self) -> Row:
        return {**self.row, "employer": [each["uscc"] for each in self.employers]}


@dataclass(slots=True)
class UnionTree:
    """All unions of the city. `federations` by area code, `townships` by area code."""

    federations: dict[str, Union] = field(default_factory=dict)
    industrial: list[Union] = field(default_factory=list)
    townships: dict[str, list[Union]] = field(default_factory=lambda: defaultdict(list))
    parks: list[Union] = field(default_factory=list)
    primary: list[Union] = field(default_factory=list)
    others: list[Union] = field(default_factory=list)

    def __iter__(self) -> Iterator[Union]:
        yield from self.federations.values()
        yield from self.industrial
        for unions in self.townships.values():
            yield from unions
        yield from self.parks
        yield from self.primary
        yield from self.others


def make_unions(numbers: Numbers, employers: list[Row]) -> UnionTree:
    """The tree over the employers; each employer gets its township and the union that owns it."""
    dice = chance("unions")
    tree = UnionTree()
    _add_federations(dice, numbers, tree)
    _add_industrial(dice, numbers, tree)
    names = settlement_names(dice)
    for place in COUNTIES:
        _add_townships(dice, numbers, tree, place, names)
        _add_park(dice, numbers, tree, place)
    by_place: dict[str, list[dict[str, Value]]] = defaultdict(list)
    for employer in employers:
        by_place[str(employer["region"])].append(employer)
    for place in COUNTIES:
        _add_unions_of_employers(dice, numbers, tree, place, by_place[place.code])
        _add_villages(dice, numbers, tree, place, names)
    _add_branches(dice, numbers, tree)
    _merge_some(dice, tree)
    return tree


def _union(
    dice: Random,
    numbers: Numbers,
    place: Place,
    kind: str,
    name: str,
    *,
    parent: Union | None,
    founded: tuple[date, date],
    years: int,
    approved_by: str,
) -> Union:
    """A union in its running term. Some are behind with their election."""
    founded_on = day_within(dice, *founded)
    term_no, term_start = _running_term(dice, founded_on, years)
    term_end = term_start.replace(year=term_start.year + years) - timedelta(days=1)
    entered_on = max(founded_on, day_within(dice, date(2021, 6, 21), date(2021, 12, 20)))
    overdue = term_end < STATUS_DATE
    row: dict[str, Value] = {
        "record_no": numbers.record("R01", place.code, entered_on.year),
        "owner_org": parent.record_no if parent else None,
        "name": name,
        "org_type": kind,
        "parent": parent.record_no if parent else None,
        "region": place.code,
        "founded_on": founded_on,
        "approval_no": numbers.document(f"{approved_by}工复", founded_on.year),
        "term_no": term_no,
        "term_start": term_start,
        "term_end": term_end,
        "has_seal": dice.random() < 0.97,
        "has_account": dice.random() < 0.8,
        "standard_grade": dice.choices(
            ("not_assessed", "below", "reached", "model"), (0.2, 0.08, 0.58, 0.14)
        )[0],
        "online_platform": dice.random() < 0.7,
        "org_state": "election_overdue" if overdue else "active",
        "entered_at": entered_after(dice, entered_on, 30),
    }
    if row["standard_grade"] != "not_assessed":
        row["standard_on"] = day_within(dice, max(date(2024, 3, 1), founded_on), STATUS_DATE)
    return Union(row, place)


def _running_term(dice: Random, founded_on: date, years: int) -> tuple[int, date]:
    """Number and first day of the term that runs, or of one that ended lately without election."""
    term_no, start = 1, founded_on
    grace = dice.choices((0, 200), (0.97, 0.03))[0]
    while start.replace(day=1, year=start.year + years) + timedelta(days=grace) < STATUS_DATE:
        start = start.replace(day=min(start.day, 28), year=start.year + years)
        term_no += 1
    return term_no, start.replace(day=min(start.day, 28))


def _with_code(dice: Random, numbers: Numbers, union: Union, likely: float) -> None:
    if dice.random() < likely:
        union.row["uscc"] = numbers.uscc(UNION_CODE, union.place.code)
        union.row["legal_cert_valid_to"] = day_within(dice, date(2026, 8, 1), date(2030, 6, 30))


def _add_federations(dice: Random, numbers: Numbers, tree: UnionTree) -> None:
    for place in PLACES:
        kind = "zone_federation" if place.is_zone else "county_federation"
        city = tree.federations.get(CITY)
        union = _union(
            dice, numbers, place, kind if city else "city_federation", place.federation,
            parent=city, founded=(date(2001, 10, 8), date(2001, 12, 20)), years=5,
            approved_by="秦" if city else "冀",
        )  # fmt: skip
        union.row |= {"owner_org": union.record_no, "org_state": "active", "has_account": True}
        _with_code(dice, numbers, union, 1.0)
        tree.federations[place.code] = union


def _add_industrial(dice: Random, numbers: Numbers, tree: UnionTree) -> None:
    for name, _sections in INDUSTRIAL:
        union = _union(
            dice, numbers, THE_CITY, "industrial_union", name, parent=tree.federations[CITY],
            founded=(date(2002, 3, 1), date(2008, 9, 30)), years=5, approved_by="秦",
        )  # fmt: skip
        union.row["structure_ok"] = True
        tree.industrial.append(union)


def _add_townships(
    dice: Random, numbers: Numbers, tree: UnionTree, place: Place, names: Iterator[str]
) -> None:
    for serial in range(place.streets + place.townships):
        kind = "街道" if serial < place.streets else "乡" if dice.random() < 0.3 else "镇"
        union = _union(
            dice, numbers, place, "township_union", f"{place.name}{next(names)}{kind}总工会",
            parent=tree.federations[place.code],
            founded=(date(2009, 3, 1), date(2019, 11, 30)), years=5, approved_by=place.mark,
        )  # fmt: skip
        _with_code(dice, numbers, union, 0.75)
        tree.townships[place.code].append(union)


def _add_park(dice: Random, numbers: Numbers, tree: UnionTree, place: Place) -> None:
    words = ("产业园", "临港物流园", "食品工业园", "装备制造园", "数字产业园")
    union = _union(
        dice, numbers, place, "park_union", f"{place.name}{dice.choice(words)}工会联合会",
        parent=tree.federations[place.code],
        founded=(date(2014, 3, 1), date(2021, 5, 30)), years=5, approved_by=place.mark,
    )  # fmt: skip
    tree.parks.append(union)


def _add_unions_of_employers(
    dice: Random,
    numbers: Numbers,
    tree: UnionTree,
    place: Place,
    employers: list[dict[str, Value]],
) -> None:
    """A union of its own for most, a joint one for some small neighbours, none for the rest."""
    left: dict[str, list[dict[str, Value]]] = defaultdict(list)
    for employer in employers:
        township = dice.choice(tree.townships[place.code])
        employer["township"] = township.record_no
        employer["owner_org"] = tree.federations[place.code].record_no
        if dice.random() < _likely_unionised(employer):
            tree.primary.append(_union_of(dice, numbers, tree, place, employer, township))
        elif employer["ownership"] == "private":
            left[township.record_no].append(employer)
    for township in tree.townships[place.code]:
        members = left[township.record_no][:8]
        if len(members) >= 3 and dice.random() < 0.4:
            tree.primary.append(_joint_union(dice, numbers, place, township, members))


def _likely_unionised(employer: Row) -> float:
    if employer["operating_state"] == "closed":
        return 0.1
    headcount = employer["headcount"] or 0
    likely = next(share for limit, share in UNIONISED if headcount < limit)
    return 0.93 if employer["ownership"] in CODES and likely < 0.9 else likely


def _union_of(
    dice: Random,
    numbers: Numbers,
    tree: UnionTree,
    place: Place,
    employer: Row,
    township: Union,
) -> Union:
    headcount = employer["headcount"] or 0
    parent = tree.federations[place.code] if headcount >= 400 else township
    union = _union(
        dice, numbers, place, KINDS.get(str(employer["ownership"]), "enterprise_union"),
        f"{employer['name']}工会委员会",
        parent=parent, founded=(date(2004, 3, 1), date(2026, 6, 30)), years=dice.choice((3, 5, 5)),
        approved_by=place.mark,
    )  # fmt: skip
    union.employers.append(employer)
    section = str(employer["industry"])[0]
    for industrial, (_name, sections) in zip(tree.industrial, INDUSTRIAL, strict=True):
        if section in sections and dice.random() < 0.8:
            union.row["industry_parent"] = industrial.record_no
    union.row["has_mediation_committee"] = headcount >= 100 and dice.random() < 0.7
    _with_code(dice, numbers, union, 0.35 if headcount < 100 else 0.9)
    return union


def _joint_union(
    dice: Random, numbers: Numbers, place: Place, township: Union, members: list[dict[str, Value]]
) -> Union:
    settlement = str(township.row["name"]).removeprefix(place.name).removesuffix("总工会")
    union = _union(
        dice, numbers, place, "joint_union", f"{place.name}{settlement}小微企业联合工会委员会",
        parent=township, founded=(date(2016, 3, 1), date(2025, 11, 30)), years=3,
        approved_by=place.mark,
    )  # fmt: skip
    union.employers.extend(members)
    return union


def _add_villages(
    dice: Random, numbers: Numbers, tree: UnionTree, place: Place, names: Iterator[str]
) -> None:
    for township in tree.townships[place.code]:
        if dice.random() < 0.55:
            kind = "社区" if "街道" in str(township.row["name"]) else "村"
            tree.others.append(
                _union(
                    dice, numbers, place, "village_union",
                    f"{place.name}{next(names)}{kind}工会委员会", parent=township,
                    founded=(date(2012, 3, 1), date(2024, 11, 30)), years=3,
                    approved_by=place.mark,
                )
            )  # fmt: skip


def _add_branches(dice: Random, numbers: Numbers, tree: UnionTree) -> None:
    for union in list(tree.primary):
        if union.employers and (union.employers[0]["headcount"] or 0) >= 300:
            stem = str(union.employers[0]["name"])
            for part in dice.sample(("生产一部", "生产二部", "设备部", "营销部", "后勤部"), 2):
                tree.others.append(
                    _union(
                        dice, numbers, union.place, "branch", f"{stem}{part}分会", parent=union,
                        founded=(date(2015, 3, 1), date(2024, 11, 30)), years=3,
                        approved_by=union.place.mark,
                    )
                )  # fmt: skip


def _merge_some(dice: Random, tree: UnionTree) -> None:
    """Some joint and enterprise unions went into another one of their township, or ended."""
    by_parent: dict[str, list[Union]] = defaultdict(list)
    for union in tree.primary:
        if union.kind == "enterprise_union" and not union.has_ended:
            by_parent[str(union.row["parent"])].append(union)
    for unions in by_parent.values():
        small = [u for u in unions if (u.employers[0]["headcount"] or 0) < 60]
        if len(small) >= 4 and dice.random() < 0.35:
            ended, successor = dice.sample(small, 2)
            first = max(date(2022, 1, 10), ended.row["founded_on"] + timedelta(days=200))
            if first >= STATUS_DATE - timedelta(days=40):
                continue
            ended_on = day_within(dice, first, STATUS_DATE - timedelta(days=30))
            is_merger = dice.random() < 0.6
            ended.row |= {
                "org_state": "merged" if is_merger else "dissolved",
                "ended_on": ended_on,
                "end_basis": "statutory_merger" if is_merger else "employer_terminated",
                "successor": successor.record_no if is_merger else None,
                "end_reported_on": ended_on + timedelta(days=dice.randint(5, 40)),
            }
