"""Two thousand employers: who owns them, what they do, and how many work there."""

from datetime import date, timedelta
from random import Random

from taizhang.config.demo_city.names import TRADES, Trade, brand
from taizhang.config.demo_city.numbers import (
    STATUS_DATE,
    Numbers,
    day_within,
    entered_after,
    shares,
)
from taizhang.config.demo_city.places import COUNTIES, Place, chance
from taizhang.registers.packages.write import Row

ENTERPRISE = "91"
CODES = {"institution": "12", "organ": "11", "social_org": "52"}
OWNERSHIP = {
    "private": 63.0,
    "state_owned": 2.6,
    "state_holding": 3.0,
    "collective": 1.4,
    "collective_holding": 0.6,
    "foreign": 2.6,
    "hk_mo_tw": 1.4,
    "institution": 11.0,
    "organ": 8.4,
    "social_org": 4.0,
    "other": 2.0,
}
# Median and spread of the logarithm of the headcount.
SIZES = {
    "private": (25, 0.94),
    "state_owned": (90, 0.8),
    "state_holding": (90, 0.8),
    "collective": (45, 0.7),
    "collective_holding": (55, 0.7),
    "foreign": (70, 0.75),
    "hk_mo_tw": (70, 0.75),
    "institution": (48, 0.7),
    "organ": (32, 0.5),
    "social_org": (14, 0.6),
    "other": (12, 0.6),
}
SOE = frozenset({"state_owned", "state_holding", "collective", "collective_holding"})
NON_PUBLIC = frozenset({"private", "foreign", "hk_mo_tw"})
PUBLIC_TRADES = tuple(
    trade for trade in TRADES if trade.industry[0] in "DEG" or trade.industry in {"C31", "C35"}
)
BUREAUS = (
    "发展和改革局", "教育和体育局", "科学技术和工业信息化局", "公安局", "民政局",
    "司法局", "财政局", "人力资源和社会保障局", "自然资源和规划局", "生态环境分局",
    "住房和城乡建设局", "交通运输局", "农业农村局", "水务局", "商务局",
    "旅游和文化广电局", "卫生健康局", "退役军人事务局", "应急管理局", "审计局",
    "行政审批局", "市场监督管理局", "统计局", "医疗保障局", "城市管理综合行政执法局",
)  # fmt: skip
INSTITUTIONS = (
    ("小学", "P83"), ("中学", "P83"), ("幼儿园", "P83"), ("职业技术学校", "P83"),
    ("医院", "Q84"), ("社区卫生服务中心", "Q84"), ("文化馆", "R88"), ("图书馆", "R88"),
    ("农业技术推广站", "A05"), ("环境卫生服务中心", "N78"), ("公路养护站", "G54"),
)  # fmt: skip
COMPANY_FORMS = {
    "private": "有限公司",
    "foreign": "有限公司",
    "hk_mo_tw": "有限公司",
    "state_owned": "集团有限公司",
    "state_holding": "股份有限公司",
    "collective": "厂",
    "collective_holding": "有限责任公司",
    "other": "经营部",
}


def make_employers(numbers: Numbers) -> list[Row]:
    """All employers, area by area, without their township; `owner_org` is set with it."""
    dice = chance("employers")
    return [row for place in COUNTIES for row in _of_place(dice, numbers, place)]


def _of_place(dice: Random, numbers: Numbers, place: Place) -> list[Row]:
    draw = shares(dice, OWNERSHIP)
    used: set[str] = set()
    bureaus = iter(dice.sample(BUREAUS, len(BUREAUS)))
    rows = []
    for _ in range(place.employers):
        ownership = draw()
        bureau = next(bureaus, None) if ownership == "organ" else None
        if ownership == "organ" and bureau is None:
            ownership = "institution"
        name, trade = _name(dice, place, ownership, bureau, used)
        rows.append(_row(dice, numbers, place, ownership, name, trade))
    return rows


def _name(
    dice: Random, place: Place, ownership: str, bureau: str | None, used: set[str]
) -> tuple[str, Trade]:
    """A name nobody in the area has yet, and the trade that it speaks of."""
    if bureau:
        return f"{place.name}{bureau}", Trade("机关", "S92", False)
    while True:
        if ownership == "institution":
            word, industry = dice.choice(INSTITUTIONS)
            trade = Trade(word, industry, False)
            name = f"{place.name}{brand(dice)}{word}"
        elif ownership == "social_org":
            word = dice.choice(("养老服务中心", "社会工作服务中心", "职业培训学校", "行业协会"))
            trade = Trade(word, "S95", False)
            name = f"{place.name}{brand(dice)}{word}"
        else:
            trade = dice.choice(PUBLIC_TRADES if ownership.startswith("state") else TRADES)
            seat = "秦皇岛" if dice.random() < 0.6 else place.short
            name = f"{seat}{brand(dice)}{trade.word}{COMPANY_FORMS[ownership]}"
        if name not in used:
            used.add(name)
            return name, trade


def _row(
    dice: Random, numbers: Numbers, place: Place, ownership: str, name: str, trade: Trade
) -> Row:
    headcount = _headcount(dice, ownership)
    counted_on = _counted_on(dice)
    is_enterprise = ownership in SOE | NON_PUBLIC
    entered_at = entered_after(dice, counted_on or date(2025, 11, 3), 40)
    key_from = dice.randint(2021, 2025)
    return {
        "record_no": numbers.record("R02", place.code, entered_at.year),
        "name": name,
        "uscc": numbers.uscc(CODES.get(ownership, ENTERPRISE), place.code),
        "region": place.code,
        "industry": trade.industry,
        "ownership": ownership,
        "is_two_new": ownership in NON_PUBLIC | {"social_org"},
        "headcount": headcount if counted_on else None,
        "headcount_as_of": counted_on,
        "frontline_headcount": int(headcount * dice.uniform(0.45, 0.8)) if counted_on else None,
        "female_headcount": int(headcount * dice.uniform(0.2, 0.6)) if counted_on else None,
        "annual_payroll": headcount * dice.randint(480, 960) * 100 if is_enterprise else None,
        "above_scale": is_enterprise and headcount >= dice.randint(40, 90),
        "key_enterprise_years": range(key_from, 2027) if headcount >= 250 else (),
        "key_industry": _key_industry(trade) if is_enterprise else None,
        "tech_sme": is_enterprise and trade.skilled and 20 <= headcount < 400,
        "has_scarce_trades": is_enterprise and trade.skilled and dice.random() < 0.3,
        "skilled_posts": is_enterprise and trade.skilled,
        "has_party_org": not is_enterprise or dice.random() < min(0.95, 0.15 + headcount / 180),
        "operating_state": _operating_state(dice, is_enterprise),
        "data_source": dice.choice(("market_regulation", "hrss", "own", "import")),
        "entered_at": entered_at,
    }


def _headcount(dice: Random, ownership: str) -> int:
    median, spread = SIZES[ownership]
    return min(4800, max(3, round(median * dice.lognormvariate(0, spread))))


def _counted_on(dice: Random) -> date | None:
    """When employees were last counted: lately, too long ago to be believed, or never."""
    lot = dice.random()
    if lot < 0.02:
        return None
    if lot < 0.08:
        return day_within(dice, date(2024, 3, 1), date(2025, 8, 31))
    return day_within(dice, date(2025, 11, 1), STATUS_DATE - timedelta(days=20))


def _operating_state(dice: Random, is_enterprise: bool) -> str:
    lot = dice.random()
    if is_enterprise and lot < 0.02:
        return "closed"
    return "suspended" if is_enterprise and lot < 0.035 else "operating"


def _key_industry(trade: Trade) -> str | None:
    named = {
        "C15": "葡萄酒产业",
        "C27": "生命健康",
        "C30": "玻璃及新型建材",
        "C34": "装备制造",
        "C35": "装备制造",
        "C36": "汽车零部件",
        "C37": "装备制造",
        "C39": "电子信息",
        "G55": "临港产业",
        "I65": "数字经济",
        "R90": "康养旅游",
    }
    return named.get(trade.industry)
