"""Decisions that a commitment does not apply, each with its reason; some not taken yet."""

from dataclasses import dataclass
from datetime import date
from random import Random

from taizhang.config.demo_city.numbers import Numbers, entered_after
from taizhang.config.demo_city.places import CITY, chance
from taizhang.config.demo_city.tree import UnionTree
from taizhang.registers.packages.write import Row


@dataclass(frozen=True, slots=True)
class Decision:
    """`area`: whose duty it is; `window` "" means every window; `status` "" awaits the load."""

    commitment: str
    area: str
    window: str
    reason: str
    decided_on: date
    status: str = ""


NO_INSPECTORATE = "新区未单独设立劳动监察机构，监察执法由市级统一开展，本年度无可参加的检查。"
NO_PROJECT = "无经批准的评比达标表彰项目，不具备组织评选表彰的条件。"
DECISIONS = (
    Decision(
        "4.3", CITY, "2022", "市人大常委会本年度未安排涉及劳动法律法规的执法检查。",
        date(2022, 11, 14),
    ),
    Decision("4.4", "130372", "2026", NO_INSPECTORATE, date(2026, 3, 9)),
    Decision("25.2", "130372", "2026", NO_INSPECTORATE, date(2026, 3, 9)),
    Decision("13.1", "130304", "", NO_PROJECT, date(2023, 4, 18)),
    Decision("13.1", "130324", "", NO_PROJECT, date(2026, 9, 21), status="submitted"),
    Decision(
        "36.1", "130303", "2025", "在档困难职工已全部脱困，2025 年度无资金安排需求。",
        date(2026, 9, 24), status="draft",
    ),
)  # fmt: skip


def make_exemptions(numbers: Numbers, tree: UnionTree) -> list[Row]:
    dice = chance("exemptions")
    return [_row(dice, numbers, tree, decision) for decision in DECISIONS]


def _row(dice: Random, numbers: Numbers, tree: UnionTree, decision: Decision) -> Row:
    return {
        "record_no": numbers.record("R42", decision.area, decision.decided_on.year),
        "owner_org": tree.federations[decision.area].record_no,
        "commitment": decision.commitment,
        "region": decision.area,
        "org": None,
        "employer": None,
        "window": decision.window or None,
        "reason": decision.reason,
        "doc_no": None,
        "record_status": decision.status or None,
        "entered_at": entered_after(dice, decision.decided_on, 3),
    }
