"""Training bases, school-enterprise cooperation (R22) and training classes (R23)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from taizhang.config.demo_city.numbers import STATUS_DATE, Numbers, entered_after, workday_within
from taizhang.config.demo_city.places import CITY, COUNTIES, THE_CITY, Place, chance
from taizhang.config.demo_city.tree import Union, UnionTree
from taizhang.registers.packages.write import Row, Value

YEARS = range(2021, 2027)
# Bases named a year: two by September 2026 keep the pace of three to five.
NAMED = {2021: 3, 2022: 4, 2023: 2, 2024: 5, 2025: 4, 2026: 2}
COLLEGES = ("秦皇岛职业技术学院", "河北建材职业技术学院", "秦皇岛市中等专业学校", "昌黎县职教中心")
PROGRAMMES = ("机电一体化", "焊接技术", "护理", "数控技术")
MAJORS = ("智能制造装备", "玻璃材料工程", "港口物流", "葡萄酒酿造", "康养服务", "汽车电子")
SCHEMES = ("装备制造", "汽车零部件", "玻璃及新型建材", "葡萄酒产业")
WORKER_CLASSES = (
    "焊工技能提升班", "数控车工高级研修班", "电工安全操作班", "起重设备操作班", "班组长能力提升班",
    "新入职职工岗前培训班", "质量管理小组骨干班", "化验员岗位练兵班",
)  # fmt: skip
CADRE_CLASSES = (
    ("union_cadre", "工会干部业务培训班"),
    ("grassroots_cadre", "基层工会主席培训班"),
    ("supervisor", "劳动法律监督员培训班"),
    ("mediator", "劳动争议调解员培训班"),
    ("negotiator", "集体协商代表培训班"),
)


@dataclass(frozen=True)
class Skills:
    """The dice, the numbers and the unions of one run."""

    dice: Random
    numbers: Numbers
    tree: UnionTree

    def row(self, register: str, place: Place, day: date, **values: Value) -> Row:
        return {
            "record_no": self.numbers.record(register, place.code, day.year),
            "owner_org": self.tree.federations[place.code].record_no,
            "region": place.code,
            **values,
            "entered_at": entered_after(self.dice, day, 12),
        }


def make_bases(numbers: Numbers, tree: UnionTree) -> list[Row]:
    skills = Skills(chance("bases"), numbers, tree)
    return [
        *_training_bases(skills),
        *_onjob_bases(skills),
        *_agreements(skills),
        *_by_school_year(skills),
        *_of_the_city(skills),
    ]


def make_trainings(numbers: Numbers, tree: UnionTree, bases: Sequence[Row]) -> list[Row]:
    """Classes for workers at the larger enterprises, for cadres in each area, by their days."""
    skills = Skills(chance("trainings"), numbers, tree)
    named = {
        str(row["employer"]): row
        for row in bases
        if row["kind"] == "training_base" and row["stage"] == "active"
    }
    rows = [*_worker_classes(skills, named), *_cadre_classes(skills)]
    return sorted(rows, key=lambda row: (row["held_on"], row["record_no"]))


def _key_unions(tree: UnionTree) -> list[Union]:
    """The unions of the enterprises that stand on this year's key-enterprise list."""
    return [
        union
        for union in tree.primary
        if union.kind == "enterprise_union" and 2026 in union.employers[0]["key_enterprise_years"]
    ]


def _training_bases(skills: Skills) -> Iterator[Row]:
    """Each at a key enterprise of the year of naming; the last is still under public notice."""
    hosts = iter(skills.dice.sample(_key_unions(skills.tree), sum(NAMED.values()) + 1))
    for year, count in NAMED.items():
        document = skills.numbers.document("秦工发", year)
        day = workday_within(skills.dice, date(year, 5, 8), date(year, 6, 26))
        for _ in range(count):
            yield _training_base(skills, next(hosts), day, document)
    yield _training_base(skills, next(hosts), date(2026, 9, 21), None)


def _training_base(skills: Skills, host: Union, day: date, document: str | None) -> Row:
    employer = host.employers[0]
    return skills.row(
        "R22", host.place, day,
        kind="training_base",
        name=f"{employer['name']}产业工人技能实训基地",
        employer=employer["uscc"],
        key_industry=employer["key_industry"],
        year=day.year if document else None,
        named_on=day if document else None,
        doc_no=document,
        capacity=skills.dice.randint(3, 12) * 10,
        trainees=skills.dice.randint(12, 60) * 10 if document and day.year < 2026 else None,
        stage="active" if document else "publicity",
        record_status=None if document else "submitted",
    )  # fmt: skip


def _onjob_bases(skills: Skills) -> Iterator[Row]:
    """Named for three years each; some ran out in 2026 and were not named again."""
    unions = [u for u in skills.tree.primary if u.kind == "enterprise_union"]
    for host in skills.dice.sample(unions, 18):
        year = skills.dice.choice((2023, 2023, 2024, 2024, 2025, 2026))
        day = workday_within(skills.dice, date(year, 3, 4), date(year, 6, 25))
        yield skills.row(
            "R22", host.place, day,
            kind="onjob_base",
            name=f"{host.employers[0]['name']}在职在岗培训基地",
            employer=host.employers[0]["uscc"],
            year=year,
            named_on=day,
            doc_no=skills.numbers.document(f"{host.place.mark}工", year),
            valid_to=day.replace(year=year + 3),
            stage="active",
        )  # fmt: skip


def _agreements(skills: Skills) -> Iterator[Row]:
    hosts = skills.dice.sample(_key_unions(skills.tree), 24)
    for number, host in enumerate(hosts):
        year = 2022 + number % 5
        day = workday_within(skills.dice, date(year, 3, 4), date(year, 8, 28))
        school = skills.dice.choice(COLLEGES)
        yield skills.row(
            "R22", host.place, day,
            kind="school_enterprise",
            name=f"{school}与{host.employers[0]['name']}校企合作协议",
            employer=host.employers[0]["uscc"],
            school=school,
            signed_on=day,
            valid_to=day.replace(year=year + 5),
            joint_standard=skills.dice.random() < 0.58,
            stage="active",
            record_status="draft" if number == 14 else None,
        )  # fmt: skip


def _by_school_year(skills: Skills) -> Iterator[Row]:
    """What the education bureau tells each autumn of the school year that has begun."""
    for year in YEARS:
        day = date(year, 9, 21 if year == STATUS_DATE.year else 28)
        letter = skills.numbers.document("秦教函", year)
        for number, programme in enumerate(PROGRAMMES):
            yield skills.row(
                "R22", THE_CITY, day,
                kind="three_plus_two",
                name=f"{programme}专业3+2贯通培养（{year}级）",
                school=COLLEGES[number],
                year=year,
                enrolment=90 + 12 * (year - 2021) + skills.dice.randint(-5, 5),
                stage="active",
                source="external_letter",
                external_ref=letter,
            )  # fmt: skip
            yield skills.row(
                "R22", THE_CITY, day,
                kind="x_site",
                name=f"{COLLEGES[number]}{programme}X证书考点（{year}）",
                school=COLLEGES[number],
                year=year,
                certificates=60 + 3 * (year - 2021) + skills.dice.randint(-12, 12),
                stage="active",
                source="external_letter",
                external_ref=letter,
            )  # fmt: skip


def _of_the_city(skills: Skills) -> Iterator[Row]:
    """The alliance, the key majors and the schemes of the key industries."""
    yield skills.row(
        "R22", THE_CITY, date(2022, 5, 20),
        kind="alliance", name="秦皇岛市产教融合校企联盟",
        signed_on=date(2022, 5, 20), stage="active",
    )  # fmt: skip
    for kind, names, word in (("key_major", MAJORS, "专业"), ("training_scheme", SCHEMES, "")):
        for number, name in enumerate(names):
            day = date(2021 + number % 4, 6, 10)
            yield skills.row(
                "R22", THE_CITY, day,
                kind=kind,
                name=f"{name}{word}" if word else f"{name}人才培养方案",
                school=COLLEGES[number % 2],
                key_industry=None if word else name,
                year=day.year,
                named_on=day,
                stage="active",
            )  # fmt: skip


def _worker_classes(skills: Skills, bases: dict[str, Row]) -> Iterator[Row]:
    dice = skills.dice
    likely = {2021: 0.4, 2022: 0.5, 2023: 0.6, 2024: 0.65, 2025: 0.7, 2026: 0.72}
    for union in _key_unions(skills.tree):
        base = bases.get(str(union.employers[0]["uscc"]))
        for year in YEARS:
            if dice.random() >= likely[year]:
                continue
            day = _day_of(dice, year)
            in_base = base is not None and base["named_on"] <= day
            yield _class(
                skills, union.place, union, day, "worker",
                f"{dice.choice(WORKER_CLASSES)}（{year}年）",
                base=base["record_no"] if in_base else None,
                fund_source=dice.choice(("employer", "employer", "mixed")),
            )  # fmt: skip


def _cadre_classes(skills: Skills) -> Iterator[Row]:
    for place in (THE_CITY, *COUNTIES):
        federation = skills.tree.federations[place.code]
        for year in YEARS:
            for audience, title in CADRE_CLASSES:
                if place.code == CITY or skills.dice.random() < 0.45:
                    day = _day_of(skills.dice, year)
                    yield _class(
                        skills, place, federation, day, audience,
                        f"{place.name}{year}年{title}", fund_source="union",
                    )  # fmt: skip
    yield _class(
        skills, COUNTIES[0], skills.tree.federations[COUNTIES[0].code], date(2026, 9, 24),
        "union_cadre", "海港区工会干部网上履职培训班", record_status="submitted",
    )  # fmt: skip


def _class(
    skills: Skills,
    place: Place,
    union: Union,
    day: date,
    audience: str,
    title: str,
    **more: Value,
) -> Row:
    dice = skills.dice
    participants = dice.randint(28, 96)
    days = dice.randint(1, 4)
    return skills.row(
        "R23", place, day,
        title=title,
        audience=audience,
        org=union.row.get("uscc") or union.record_no,
        held_on=day,
        hours=Decimal(6 * days),
        mode=dice.choices(("offline", "mixed", "online"), (8, 2, 1))[0],
        participants=participants,
        passed=participants - dice.randint(0, 4),
        cost=Decimal(participants * days * dice.randint(60, 110)),
        **more,
    )  # fmt: skip


def _day_of(dice: Random, year: int) -> date:
    """A day of the year on which classes begin, up to the status date."""
    last = STATUS_DATE if year == STATUS_DATE.year else date(year, 11, 28)
    return workday_within(dice, date(year, 3, 3), last)
