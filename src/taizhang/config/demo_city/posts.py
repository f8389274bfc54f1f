"""Who holds which post, today and in the terms before; all persons are invented."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from taizhang.config.demo_city.employers import NON_PUBLIC, SOE
from taizhang.config.demo_city.names import Person, person
from taizhang.config.demo_city.numbers import STATUS_DATE, Numbers, day_within, entered_after
from taizhang.config.demo_city.places import CITY, chance
from taizhang.config.demo_city.tree import Union, UnionTree
from taizhang.registers.packages.write import Row, Value

LARGE = 200
SENIOR = (1964, 1976)  # years of birth of those who lead a federation
CERTIFICATES = {"supervisor": "监证", "mediator": "调证"}
# Some posts approved after this day are submitted and wait for their second person.
JUST_APPROVED = date(2026, 9, 20)
# What the nine county and zone federations still lack, by area code.
WITHOUT_FRONTLINE_VICE = "130321"
WITH_GRASSROOTS_VICE = "130324"


def make_posts(numbers: Numbers, tree: UnionTree) -> list[Row]:
    maker = PostMaker(chance("posts"), numbers)
    for union in tree:
        if union.kind.endswith("federation"):
            maker.federation(union)
        elif union.kind == "industrial_union":
            maker.industrial(union)
        elif union.kind == "township_union":
            maker.township(union)
        elif union.kind != "branch":
            maker.primary(union)
    return maker.rows


class PostMaker:
    """Appends the posts of one union after another to `rows`."""

    def __init__(self, dice: Random, numbers: Numbers) -> None:
        self.rows: list[Row] = []
        self._dice = dice
        self._numbers = numbers

    def federation(self, union: Union) -> None:
        """The chair leads the people's congress at the side; the Party-group secretary runs it."""
        is_city = union.place.code == CITY
        for since, until in self._terms(union, years=5):
            self._post(
                union,
                "chair",
                since,
                until,
                rank_status="deputy_equivalent",
                full_time=False,
                concurrent_kind="party_deputy" if union.place.is_zone else "congress_leader",
                is_principal_leader=False,
                party_member="yes",
            )
            self._post(
                union,
                "executive_vice_chair",
                since,
                until,
                full_time=True,
                party_member="yes",
                rank_status="deputy_equivalent" if is_city else "middle_principal",
                is_principal_leader=True,
                pc_nomination=self._nomination(union),
            )
            for _ in range(3 if is_city else 2):
                self._post(union, "vice_chair", since, until, full_time=True)
            self._part_time_vice_chairs(union, since, until)
            for kind in ("audit_chair", "women_chair", "supervision_chair"):
                self._post(union, kind, since, until, full_time=True)
            for _ in range(5 if is_city else 3):
                self._post(union, "standing_member", since, until, full_time=False)
        for _ in range(9 if is_city else 4):
            hired = day_within(self._dice, date(2018, 1, 1), date(2025, 12, 1))
            self._post(union, "full_time_worker", hired, None, full_time=True)
        for _ in range(4 if is_city else 2):
            self._certified(union, "supervisor")

    def industrial(self, union: Union) -> None:
        since = self._in_post(union)
        self._post(union, "chair", since, None, full_time=True, rank_status="middle_principal")
        self._post(union, "vice_chair", since, None, full_time=True, rank_status="middle_deputy")
        self._post(union, "audit_chair", since, None, full_time=False)

    def township(self, union: Union) -> None:
        """Mostly led by a deputy of Party or government, with one full-time worker."""
        dice, since = self._dice, self._in_post(union)
        concurrent = dice.choices(
            ("party_deputy", "government_deputy", "none"), (0.68, 0.26, 0.06)
        )[0]
        self._post(union, "chair", since, None, full_time=False, concurrent_kind=concurrent)
        self._post(union, "vice_chair", since, None, full_time=False)
        if dice.random() < 0.7:
            self._post(union, "audit_chair", since, None, full_time=False)
        if dice.random() < 0.6:
            self._post(union, "women_chair", since, None, full_time=False)
        hired = day_within(dice, date(2019, 3, 1), date(2025, 12, 1))
        lot = dice.random()
        if lot < 0.62:
            self._post(union, "socialised_worker", hired, None, full_time=True)
        elif lot < 0.955:
            self._post(union, "full_time_worker", hired, None, full_time=True)
        elif lot < 0.985:
            left = day_within(dice, date(2026, 2, 1), STATUS_DATE)
            self._post(union, "socialised_worker", hired, left, full_time=True)

    def primary(self, union: Union) -> None:
        """The committee of an enterprise, an institution, an organ, a park or a village."""
        dice = self._dice
        until = union.row.get("ended_on")
        since = self._in_post(union)
        headcount = sum(each["headcount"] or 0 for each in union.employers)
        ownership = str(union.employers[0]["ownership"]) if len(union.employers) == 1 else ""
        is_large = ownership in SOE | NON_PUBLIC and headcount >= LARGE
        if dice.random() < 0.985:
            self._chair(union, since, until, ownership, is_large=is_large)
        if headcount >= 25 and dice.random() < 0.9:
            self._post(union, "audit_chair", since, until, full_time=False)
        if headcount >= 25 and dice.random() < 0.75:
            kind = "women_chair" if headcount >= 60 else "women_member"
            self._post(union, kind, since, until, full_time=False)
        if dice.random() < 0.3:
            self._post(union, "member", since, until, full_time=False)
        if headcount >= 25 and dice.random() < 0.7:
            self._post(union, "supervision_chair", since, until, full_time=False)
        if headcount >= 100 and dice.random() < 0.6:
            self._certified(union, "supervisor")
        if headcount >= 100 and dice.random() < 0.4:
            self._certified(union, "mediator")
        if headcount >= 60 and union.row["term_no"] > 1 and dice.random() < 0.6:
            before = since - timedelta(days=365 * 3)
            self._post(union, "chair", before, since, full_time=False)

    def _chair(
        self, union: Union, since: date, until: Value, ownership: str, *, is_large: bool
    ) -> None:
        """In a large enterprise the chair is full-time, or the Party secretary with or without a
        full-time vice-chair, or neither."""
        dice = self._dice
        if is_large:
            full_time, party_head, vice = dice.choices(
                ((True, False, False), (False, True, True), (False, True, False), (False,) * 3),
                (0.72, 0.14, 0.06, 0.08),
            )[0]
        else:
            full_time, party_head = dice.random() < 0.06, dice.random() < 0.07
            vice = ownership in SOE and dice.random() < 0.4
        facts: dict[str, Value] = {}
        if ownership in SOE | {"institution"}:
            high = 0.96 if ownership in SOE else 0.86
            facts["rank_status"] = (
                "deputy_equivalent" if dice.random() < high else "middle_principal"
            )
        elif ownership in NON_PUBLIC:
            facts["rank_status"] = "deputy_equivalent" if dice.random() < 0.78 else "below"
            facts["admin_treatment_ok"] = dice.random() < 0.93
        if ownership in SOE:
            facts["party_member"] = dice.choices(("yes", "no", "not_recorded"), (0.9, 0.05, 0.05))[
                0
            ]
            facts["in_party_leading_body"] = dice.random() < 0.97
        if party_head:
            facts["concurrent_kind"] = "party_secretary"
            facts["party_member"] = "yes"
        elif dice.random() < 0.3:
            facts["concurrent_kind"] = "enterprise_deputy" if ownership in SOE else "none"
        self._post(union, "chair", since, until, full_time=full_time, **facts)
        if vice:
            self._post(
                union,
                "vice_chair",
                since,
                until,
                full_time=True,
                rank_status="middle_principal" if ownership in SOE else "middle_deputy",
            )

    def _part_time_vice_chairs(self, union: Union, since: date, until: date | None) -> None:
        tags = (("model_worker",), ("frontline",))
        if until is None and union.place.code == WITHOUT_FRONTLINE_VICE:
            return
        if until is None and union.place.code == WITH_GRASSROOTS_VICE:
            tags = (("grassroots",), ("model_worker", "frontline"))
        for tag in tags:
            self._post(
                union, "part_time_vice_chair", since, until, full_time=False, identity_tag=tag
            )

    def _certified(self, union: Union, kind: str) -> None:
        since = day_within(self._dice, date(2021, 9, 1), date(2025, 11, 1))
        since = max(since, union.row["founded_on"])
        certificate = self._numbers.document(
            f"{union.place.mark}工{CERTIFICATES[kind]}", since.year
        )
        self._post(
            union,
            kind,
            since,
            union.row.get("ended_on"),
            full_time=False,
            cert_no=certificate,
            cert_valid_to=since.replace(day=1, year=since.year + 5),
        )

    def _post(
        self, union: Union, kind: str, since: date, until: Value, **facts: Value | tuple[str, ...]
    ) -> None:
        if until is not None and since >= until:
            return
        who = self._who(union, kind)
        approved_on = min(since + timedelta(days=self._dice.randint(3, 20)), STATUS_DATE)
        self.rows.append(
            {
                "record_no": self._numbers.record("R03", union.place.code, max(since.year, 2021)),
                "owner_org": union.record_no,
                "person_name": who.name,
                "gender": who.gender,
                "birth_year": who.birth_year,
                "org": union.record_no,
                "post_type": kind,
                "elected_on": since,
                "approved_on": approved_on,
                "term_end": union.row["term_end"] if until is None else None,
                "ended_on": until,
                "record_status": self._status(approved_on),
                "entered_at": entered_after(self._dice, max(approved_on, date(2021, 6, 21)), 30),
                **facts,
            }
        )

    def _status(self, approved_on: date) -> str | None:
        is_waiting = approved_on > JUST_APPROVED and self._dice.random() < 0.2
        return "submitted" if is_waiting else None

    def _who(self, union: Union, kind: str) -> Person:
        if kind.startswith("women"):
            return person(self._dice, women=1.0)
        leads = union.kind.endswith("federation") and kind.endswith("chair")
        return person(self._dice, born=SENIOR) if leads else person(self._dice)

    def _in_post(self, union: Union) -> date:
        """Since when the present committee sits."""
        return min(union.row["term_start"] + timedelta(days=2), STATUS_DATE - timedelta(days=5))

    def _terms(self, union: Union, years: int) -> Iterator[tuple[date, date | None]]:
        """The term before and the running one; a post ends on the first day of the next."""
        since = self._in_post(union)
        yield since.replace(year=since.year - years), since
        yield since, None

    def _nomination(self, union: Union) -> str:
        if union.place.code in {"130324", "130372"}:
            return "not_due"
        return self._dice.choices(("nominated", "considered"), (0.6, 0.4))[0]
