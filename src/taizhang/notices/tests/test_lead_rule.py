"""What documents say once for all of who leads, in whatever words."""

import pytest

from taizhang.notices import read_notice
from taizhang.notices.reading.lead_rule import LeadRule, rule_in

_FIRST_NAME = """
列第一位的为牵头单位，下同
责任单位第一个为牵头单位
排名第一的部门负责牵头
首位单位为牵头单位
位列第一的责任单位牵头
第一责任单位为牵头单位
由排在第一位的单位牵头
第一家单位牵头
牵头单位列在首位
牵头单位排在最前
第1个为牵头单位
列首位者为牵头单位
列名首位的单位为主办单位
为首的单位为牵头单位
所列责任单位中，第一个单位负责牵头
首列单位为牵头单位
"""
_BEFORE_COMMA = """
第一个逗号前为牵头单位，多个牵头单位的按职责分工负责，下同
逗号前为牵头单位，逗号后为配合单位
第一个逗号之前的单位为牵头单位
“，”前为牵头单位
牵头单位为第一个逗号前的单位
以逗号分隔，前面的为牵头单位
"""
_BEFORE_SEMICOLON = """
分号前为牵头单位，分号后为配合单位
第一个分号前的为牵头单位
"""
_NO_RULE = """
牵头单位：第一人民医院
由第一书记牵头落实
坚持把安全放在第一位，由市应急局牵头
牵头单位要第一时间上报
第一季度由市财政局牵头开展
第一副组长为牵头人
各牵头单位为第一责任人
首家单位建成后由市财政局牵头
第一批项目为牵头单位自筹
"""


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (words, rule)
        for texts, rule in (
            (_FIRST_NAME, LeadRule.FIRST_NAME),
            (_BEFORE_COMMA, LeadRule.BEFORE_COMMA),
            (_BEFORE_SEMICOLON, LeadRule.BEFORE_SEMICOLON),
            (_NO_RULE, LeadRule.ALL),
        )
        for words in texts.split()
    ],
)
def test_a_rule_is_known_in_other_words(words: str, rule: LeadRule) -> None:
    assert rule_in(words) is rule


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("第一个逗号前为牵头单位，下同", "，"),
        ("分号前为牵头单位，分号后为配合单位，下同", "；"),
    ],
)
@pytest.mark.parametrize("in_table", [False, True])
def test_those_before_the_first_mark_lead(said: str, mark: str, *, in_table: bool) -> None:
    names = f"市交通局、市水利局{mark}市财政局、各区（含新区，下同）"
    text = (
        f"工作台账\n（{said}）\n序号\t任务\t责任单位\n1\t修路。\t{names}\n2\t架桥。\t市水利局\n"
        if in_table
        else f"工作台账\n1.修路。（责任单位：{names}；{said}）\n2.架桥。（责任单位：市水利局）\n"
    )

    first, second = read_notice(text.encode()).items

    assert first.departments.lead == ("市交通局", "市水利局")
    assert first.departments.cooperating == ("市财政局", "各区")
    assert first.departments.lead_is_stated
    assert second.departments.lead == ("市水利局",)


def test_a_list_with_roles_of_its_own_is_not_parted() -> None:
    duty = "牵头单位：市交通局；责任单位：市水利局，市财政局"
    text = f"工作台账\n（逗号前为牵头单位）\n1.修路。（{duty}）\n"

    (item,) = read_notice(text.encode()).items

    assert item.departments.lead == ("市交通局",)
    assert item.departments.cooperating == ("市水利局", "市财政局")
