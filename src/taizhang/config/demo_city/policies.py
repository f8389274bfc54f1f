"""Plans, systems and mechanisms: who has which in force, on the way, expiring or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from taizhang.config.demo_city.numbers import STATUS_DATE, Numbers, entered_after, workday_within
from taizhang.config.demo_city.places import GOVERNED, PLACES, THE_CITY, Place, chance
from taizhang.config.demo_city.tree import UnionTree
from taizhang.registers.packages.write import Row

FIRST_YEARS = (date(2021, 8, 2), date(2022, 6, 24))
THIS_YEAR = (date(2026, 1, 12), date(2026, 6, 26))


@dataclass(frozen=True)
class Topic:
    """One topic of handbook 2.3.

    title: of the document, after the area's name. issuer: `government`, `party` or `union`.
    pending: area code → its state where it is not in force; absent: areas without any document.
    """

    key: str
    title: str
    issuer: str
    places: tuple[Place, ...]
    pending: Mapping[str, str] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    issued: tuple[date, date] = FIRST_YEARS


CITY_ONLY = (THE_CITY,)
TOPICS = (
    Topic("joint_meeting", "人民政府与总工会联席会议制度", "government", GOVERNED),
    Topic(
        "npc_cppcc_support", "关于支持工会参与立法监督和民主协商的意见", "party", GOVERNED,
        pending={"130324": "consulting"},
    ),
    Topic("rights_mechanism", "党政主导的职工维权机制实施意见", "party", PLACES),
    Topic("talent_pool", "关于将产业工人纳入人才总盘子的通知", "party", CITY_ONLY),
    Topic(
        "talent_plan", "产业工人队伍建设规划（2026—2030年）", "party", CITY_ONLY,
        issued=THIS_YEAR,
    ),
    Topic(
        "talent_plan_included", "“十五五”人才发展规划", "party", CITY_ONLY,
        pending={"130300": "consulting"},
    ),
    Topic("reform_coordination", "关于成立产改工作协调小组的通知", "party", PLACES),
    Topic(
        "competition_linkage", "劳动和技能竞赛与评选、职称、等级、收入衔接办法", "union",
        CITY_ONLY,
    ),
    Topic("innovation_reward", "职工创新成果评选奖励办法", "union", CITY_ONLY),
    Topic(
        "model_growth", "劳动模范和工匠人才成长发展办法", "union", CITY_ONLY,
        pending={"130300": "drafting"},
    ),
    Topic("labour_education", "关于加强大中小学劳动教育的实施意见", "government", CITY_ONLY),
    Topic("vocational_link", "职业教育、继续教育、普通教育衔接方案", "government", CITY_ONLY),
    Topic(
        "integrated_scheme", "产业工人一体化培养方案", "government", CITY_ONLY,
        pending={"130300": "consulting"},
    ),
    Topic("talent_reward", "技能人才表扬奖励办法", "government", CITY_ONLY),
    Topic("worker_treatment", "提高产业工人待遇若干措施", "party", CITY_ONLY),
    Topic("learning_platform", "职工网上学习平台建设方案", "union", CITY_ONLY),
    Topic(
        "democratic_duty", "厂务公开民主管理工作责任分工", "government", GOVERNED,
        pending={"130303": "consulting"}, absent=frozenset({"130321"}),
    ),
    Topic(
        "inspection_scope", "将民主管理和集体合同纳入劳动保障监察范围的通知", "government",
        GOVERNED,
    ),
    Topic(
        "credit_record", "企业劳动保障守法诚信记录办法", "government", GOVERNED,
        absent=frozenset({"130303", "130321", "130324"}),
    ),
    Topic(
        "mediation_joint", "关于健全劳动争议多元化解机制的意见", "union", PLACES,
        pending={"130306": "consulting"}, absent=frozenset({"130321", "130372"}),
    ),
    Topic("party_building_union", "关于坚持党建带工建的实施意见", "party", PLACES),
    Topic("online_work", "网上工会建设实施方案", "union", CITY_ONLY),
    Topic(
        "cadre_plan", "干部队伍建设规划（2026—2030年）", "party", PLACES, issued=THIS_YEAR,
        pending={"130304": "consulting", "130322": "drafting"}, absent=frozenset({"130324"}),
    ),
    Topic("ideology_responsibility", "意识形态工作责任清单", "union", PLACES),
    Topic("hardship_mechanism", "困难职工帮扶长效机制实施办法", "union", PLACES),
    Topic("venue_support", "职工服务阵地补贴办法", "government", CITY_ONLY),
    Topic("supervision_rules", "工会劳动法律监督办法", "union", PLACES),
)  # fmt: skip
# The joint-meeting system of Changli ends soon; the one that shall follow is out for opinions.
EXPIRING = ("joint_meeting", "130322", date(2026, 11, 30))
UNDECIDED = {
    ("supervision_rules", "130302"): "submitted",
    ("hardship_mechanism", "130306"): "draft",
}


def make_policies(numbers: Numbers, tree: UnionTree) -> list[Row]:
    dice = chance("policies")
    return [row for topic in TOPICS for row in _of_topic(dice, numbers, tree, topic)]


def _of_topic(dice: Random, numbers: Numbers, tree: UnionTree, topic: Topic) -> Iterable[Row]:
    for place in topic.places:
        if place.code in topic.absent:
            continue
        state = topic.pending.get(place.code, "in_force")
        valid_to = EXPIRING[2] if (topic.key, place.code) == EXPIRING[:2] else None
        yield _row(dice, numbers, tree, topic, place, state, valid_to)
        if valid_to:
            yield _row(
                dice, numbers, tree, topic, place, "consulting", None, title_end="（修订稿）"
            )


def _row(
    dice: Random,
    numbers: Numbers,
    tree: UnionTree,
    topic: Topic,
    place: Place,
    state: str,
    valid_to: date | None,
    title_end: str = "",
) -> Row:
    is_draft = state != "in_force"
    day = workday_within(
        dice, *((date(2026, 3, 2), date(2026, 8, 28)) if is_draft else topic.issued)
    )
    issuer, mark = _issuer(topic, place)
    review_on = day + timedelta(days=730)
    while review_on < STATUS_DATE - timedelta(days=30):
        review_on += timedelta(days=730)
    return {
        "record_no": numbers.record("R12", place.code, day.year),
        "owner_org": tree.federations[place.code].record_no,
        "title": f"{_title(topic, place)}{title_end}",
        "topic": topic.key,
        "issuer": issuer,
        "level": place.level,
        "region": place.code,
        "doc_no": None if is_draft else numbers.document(mark, day.year),
        "issued_on": None if is_draft else day,
        "valid_to": valid_to,
        "state": state,
        "review_due_on": None if is_draft else review_on,
        "record_status": UNDECIDED.get((topic.key, place.code)),
        "entered_at": entered_after(dice, day, 20),
    }


def _title(topic: Topic, place: Place) -> str:
    if topic.title.startswith(("关于", "将")):
        return f"{_issuer(topic, place)[0]}{topic.title}"
    return f"{place.name}{topic.title}"


def _issuer(topic: Topic, place: Place) -> tuple[str, str]:
    """Who issues it, and the word in its document number."""
    return {
        "government": (f"{place.government}办公室", f"{place.mark}政办"),
        "party": (f"{place.party_committee}办公室", f"{place.mark}办"),
        "union": (place.federation, f"{place.mark}工"),
    }[topic.issuer]
