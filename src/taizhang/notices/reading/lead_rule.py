"""What a document says once for all of who leads among those that it lists."""

import re
from enum import Enum

from taizhang.notices.document import Document
from taizhang.notices.reading.wording import split_outside_brackets, without_layout


class LeadRule(Enum):
    """Who leads of a list without roles: all, its first name, or those before its first mark."""

    ALL = ""
    FIRST_NAME = "、"
    BEFORE_COMMA = "，,"
    BEFORE_SEMICOLON = "；;"

    @property
    def parts_groups(self) -> bool:
        """Whether a mark of punctuation, not a name, is the end of those who lead."""
        return self in (LeadRule.BEFORE_COMMA, LeadRule.BEFORE_SEMICOLON)


_UNIT = "(?:责任)?(?:单位|部门|司局|处室|科室|机构|名称|者|家)"
_LEADS = "[^，。；：、]{0,6}(?:牵头|主办|主责|总负责)"
_COUNTED = "(?:第[一1](?:顺位|[位个名家])|首[位个家名])"
_STANDING = (
    "(?:位列|位居|位于|列名|名列|排名|排序|[列排居在放标写])(?:[在于为]?)"
    "(?:(?:第[一1]|首)(?:顺位|[位个名家])?|最前面?|最先)"
)
_FIRST = rf"(?:{_STANDING}|{_COUNTED}|第一(?={_UNIT})|首列(?={_UNIT})|为首|打头)"
"""One name of a list by its place: 第一个 counts, 排在首位 says where it stands."""

_FIRST_NAME = re.compile(
    rf"{_FIRST}[^，。；：]{{0,8}}[为是][^，。；：、]{{0,4}}(?:牵头|主办|主责)(?!人)"
    rf"|{_FIRST}的?(?:{_UNIT})?(?:负责)?总?(?:牵头|主办)(?!人)"
    rf"|(?:牵头|主办|主责)(?:{_UNIT})[^，。；：、]{{0,2}}(?:{_STANDING}|[为是]{_COUNTED})"
)
_MARKS = {
    LeadRule.BEFORE_COMMA: '(?:逗号|[“"「]?[，,][”"」])',
    LeadRule.BEFORE_SEMICOLON: '(?:分号|[“"「]?[；;][”"」])',
}
_BEFORE_A_MARK = {
    rule: re.compile(
        rf"(?:以)?(?:第(?:一|1)个|首个|第一处)?{mark}(?:之|以)?前面?的?(?:{_UNIT})?{_LEADS}"
        rf"|(?:牵头|主办|主责){_UNIT}?[^，。；：、]{{0,4}}{mark}(?:之|以)?前"
        rf"|以(?:第一个)?{mark}(?:分隔|隔开|为界)[，,]?(?:其|之)?前面?[^，。；：、]{{0,4}}{_LEADS}"
    )
    for rule, mark in _MARKS.items()
}


def stated_rule(document: Document) -> LeadRule:
    """What the document says of its lists, wherever it says it: 列第一位的为牵头单位，下同."""
    return rule_in(document.text)


def rule_in(text: str) -> LeadRule:
    """The rule that a text states; that all lead where it states none.

    >>> rule_in("责任单位中排首位的为牵头单位").name, rule_in("第一个逗号前为牵头单位，下同").name
    ('FIRST_NAME', 'BEFORE_COMMA')
    """
    plain = without_layout(text)
    for rule, words in _BEFORE_A_MARK.items():
        if words.search(plain):
            return rule
    return LeadRule.FIRST_NAME if _FIRST_NAME.search(plain) else LeadRule.ALL


def leading_part(listed: str, rule: LeadRule) -> tuple[str, str]:
    """Those of a list before the mark of the rule, and those behind it.

    >>> leading_part("市科技局、市数据局，市财政局", LeadRule.BEFORE_COMMA)
    ('市科技局、市数据局', '市财政局')
    """
    first, *others = split_outside_brackets(listed, rule.value) or [""]
    return first, "、".join(others)
