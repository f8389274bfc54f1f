"""Union bodies: federations, industrial unions, townships, parks, and the unions of employers."""

from collections import defaultdict
from datetime import date, timedelta

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
from taizhang.config.demo_city.tree import Union, UnionTree
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
PARKS = ("产业园", "临港物流园", "食品工业园", "装备制造园", "数字产业园")
BRANCHES = ("生产一部", "生产二部", "设备部", "营销部", "后勤部")
# How likely an employer has a union of its own, by headcount: below 25, below 100, and above.
UNIONISED = ((25, 0.58), (100, 0.83), (100_000, 0.95))
UNION_CODE = "81"
FIRST_ENTERED = (date(2021, 6, 21), date(2021, 12, 20))
GRADES = {"not_assessed": 0.2, "below": 0.08, "reached": 0.58, "model": 0.14}


def make_unions(numbers: Numbers, employers: list[dict[str, Value]]) -> UnionTree:
    """The tree over the employers; each employer gets its township and the union that owns it."""
    by_place: dict[str, list[dict[str, Value]]] = defaultdict(list)
    for employer in employers:
        by_place[str(employer["region"])].append(employer)
    maker = TreeMaker(numbers)
    maker.federations()
    maker.industrial_unions()
    for place in COUNTIES:
        maker.townships(place)
        maker.park(place)
    for place in COUNTIES:
        maker.unions_of(place, by_place[place.code])
        maker.villages(place)
    maker.branches()
    maker.endings()
    return maker.tree


class TreeMaker:
    """Grows `tree` from the city downward."""

    def __init__(self, numbers: Numbers) -> None:
        self.tree = UnionTree()
        self._numbers = numbers
        self._dice = chance("unions")
        self._names = settlement_names(self._dice)

    def federations(self) -> None:
        for place in PLACES:
            city = self.tree.federations.get(CITY)
            kind = "zone_federation" if place.is_zone else "county_federation"
            if city is None:
                kind = "city_federation"
            union = self._union(place, kind, place.federation, city, founded=(2002, 2003), years=5)
            union.row |= {"owner_org": union.record_no, "org_state": "active", "has_account": True}
            self._register(union, likely=1.0)
            self.tree.federations[place.code] = union

    def industrial_unions(self) -> None:
        city = self.tree.federations[CITY]
        for name, _sections in INDUSTRIAL:
            union = self._union(
                THE_CITY, "industrial_union", name, city, founded=(2002, 2008), years=5
            )
            union.row["structure_ok"] = True
            self.tree.industrial.append(union)

    def townships(self, place: Place) -> None:
        federation = self.tree.federations[place.code]
        for serial in range(place.streets + place.townships):
            word = "乡" if self._dice.random() < 0.3 else "镇"
            word = "街道" if serial < place.streets else word
            name = f"{place.name}{next(self._names)}{word}总工会"
            union = self._union(
                place, "township_union", name, federation, founded=(2009, 2019), years=5
            )
            self._register(union, likely=0.75)
            self.tree.townships[place.code].append(union)

    def park(self, place: Place) -> None:
        name = f"{place.name}{self._dice.choice(PARKS)}工会联合会"
        federation = self.tree.federations[place.code]
        self.tree.parks.append(
            self._union(place, "park_union", name, federation, founded=(2014, 2020), years=5)
        )

    def unions_of(self, place: Place, employers: list[dict[str, Value]]) -> None:
        """A union of its own for most, a joint one for small neighbours, none for the rest."""
        left: dict[str, list[Row]] = defaultdict(list)
        for employer in employers:
            township = self._dice.choice(self.tree.townships[place.code])
            employer["township"] = township.record_no
            employer["owner_org"] = self.tree.federations[place.code].record_no
            if self._dice.random() < _likely_unionised(employer):
                self.tree.primary.append(self._union_of(place, employer, township))
            elif employer["ownership"] == "private":
                left[township.record_no].append(employer)
        for township in self.tree.townships[place.code]:
            members = left[township.record_no][:8]
            if len(members) >= 3 and self._dice.random() < 0.4:
                self.tree.primary.append(self._joint_union(place, township, members))

    def villages(self, place: Place) -> None:
        for township in self.tree.townships[place.code]:
            if self._dice.random() < 0.55:
                word = "社区" if "街道" in str(township.row["name"]) else "村"
                name = f"{place.name}{next(self._names)}{word}工会委员会"
                self.tree.others.append(
                    self._union(
                        place, "village_union", name, township, founded=(2012, 2024), years=3
                    )
                )

    def branches(self) -> None:
        for union in self.tree.primary:
            if _headcount(union.employers[0]) >= 300:
                for part in self._dice.sample(BRANCHES, 2):
                    name = f"{union.employers[0]['name']}{part}分会"
                    self.tree.others.append(
                        self._union(
                            union.place, "branch", name, union, founded=(2015, 2024), years=3
                        )
                    )

    def endings(self) -> None:
        """Some small unions merged into another of their township, or ended with their employer."""
        by_parent: dict[str, list[Union]] = defaultdict(list)
        for union in self.tree.primary:
            if union.kind == "enterprise_union" and _headcount(union.employers[0]) < 60:
                by_parent[str(union.row["parent"])].append(union)
        for small in by_parent.values():
            if len(small) >= 4 and self._dice.random() < 0.35:
                self._end(*self._dice.sample(small, 2))

    def _end(self, union: Union, successor: Union) -> None:
        last = STATUS_DATE - timedelta(days=30)
        first = max(date(2022, 1, 10), union.row["founded_on"] + timedelta(days=200))
        if first >= last:
            return
        ended_on = day_within(self._dice, first, last)
        reported_on = min(ended_on + timedelta(days=self._dice.randint(5, 40)), STATUS_DATE)
        is_merger = self._dice.random() < 0.6
        union.row |= {
            "org_state": "merged" if is_merger else "dissolved",
            "ended_on": ended_on,
            "end_basis": "statutory_merger" if is_merger else "employer_terminated",
            "successor": successor.record_no if is_merger else None,
            "end_reported_on": reported_on,
        }

    def _union_of(self, place: Place, employer: Row, township: Union) -> Union:
        headcount = _headcount(employer)
        kind = KINDS.get(str(employer["ownership"]), "enterprise_union")
        parent = self.tree.federations[place.code] if headcount >= 400 else township
        union = self._union(
            place,
            kind,
            f"{employer['name']}工会委员会",
            parent,
            founded=(2004, 2025),
            years=self._dice.choice((3, 5, 5)),
        )
        union.employers.append(employer)
        section = str(employer["industry"])[0]
        for industrial, (_name, sections) in zip(self.tree.industrial, INDUSTRIAL, strict=True):
            if section in sections and self._dice.random() < 0.8:
                union.row["industry_parent"] = industrial.record_no
        union.row["has_mediation_committee"] = headcount >= 100 and self._dice.random() < 0.7
        self._register(union, likely=0.35 if headcount < 100 else 0.9)
        return union

    def _joint_union(self, place: Place, township: Union, members: list[Row]) -> Union:
        seat = str(township.row["name"]).removesuffix("总工会")
        name = f"{seat}小微企业联合工会委员会"
        union = self._union(place, "joint_union", name, township, founded=(2016, 2025), years=3)
        union.employers.extend(members)
        return union

    def _union(
        self,
        place: Place,
        kind: str,
        name: str,
        parent: Union | None,
        *,
        founded: tuple[int, int],
        years: int,
    ) -> Union:
        """A union in its running term of some years, founded between two years."""
        dice = self._dice
        founded_on = day_within(dice, date(founded[0], 3, 1), date(founded[1], 11, 30))
        term_no, term_start = self._running_term(founded_on, years)
        term_end = term_start.replace(year=term_start.year + years) - timedelta(days=1)
        entered_on = max(founded_on, day_within(dice, *FIRST_ENTERED))
        grade = dice.choices(tuple(GRADES), tuple(GRADES.values()))[0]
        assessed_on = day_within(dice, max(date(2024, 3, 1), founded_on), STATUS_DATE)
        approved_by = "冀" if parent is None else place.mark
        row: dict[str, Value] = {
            "record_no": self._numbers.record("R01", place.code, entered_on.year),
            "owner_org": parent.record_no if parent else None,
            "name": name,
            "org_type": kind,
            "parent": parent.record_no if parent else None,
            "region": place.code,
            "founded_on": founded_on,
            "approval_no": self._numbers.document(f"{approved_by}工复", founded_on.year),
            "term_no": term_no,
            "term_start": term_start,
            "term_end": term_end,
            "has_seal": dice.random() < 0.97,
            "has_account": dice.random() < 0.8,
            "standard_grade": grade,
            "standard_on": assessed_on if grade != "not_assessed" else None,
            "online_platform": dice.random() < 0.7,
            "org_state": "election_overdue" if term_end < STATUS_DATE else "active",
            "entered_at": entered_after(dice, entered_on, 30),
        }
        return Union(row, place)

    def _running_term(self, founded_on: date, years: int) -> tuple[int, date]:
        """Number and first day of the running term, or of one that ended without an election."""
        term_no, start = 1, founded_on.replace(day=min(founded_on.day, 28))
        grace = timedelta(days=self._dice.choices((0, 200), (0.97, 0.03))[0])
        while start.replace(year=start.year + years) + grace < STATUS_DATE:
            start = start.replace(year=start.year + years)
            term_no += 1
        return term_no, max(start, founded_on) if term_no == 1 else start

    def _register(self, union: Union, *, likely: float) -> None:
        """As a trade-union legal person, with a code and a certificate."""
        if self._dice.random() < likely:
            last = (date(2026, 8, 1), date(2030, 6, 30))
            union.row["uscc"] = self._numbers.uscc(UNION_CODE, union.place.code)
            union.row["legal_cert_valid_to"] = day_within(self._dice, *last)


def _headcount(employer: Row) -> int:
    return employer["headcount"] or 0


def _likely_unionised(employer: Row) -> float:
    if employer["operating_state"] == "closed":
        return 0.1
    likely = next(share for limit, share in UNIONISED if _headcount(employer) < limit)
    return 0.93 if employer["ownership"] in CODES and likely < 0.9 else likely
