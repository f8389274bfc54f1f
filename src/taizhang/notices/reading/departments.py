"""Who is responsible, as lists of names: in a cell, a line or a bracket."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from taizhang.notices.model import Departments
from taizhang.notices.reading.lead_rule import LeadRule, leading_part
from taizhang.notices.reading.roles import (
    COOPERATING,
    DEADLINE,
    LEAD,
    OTHER,
    RESPONSIBLE,
    clause_parts,
)
from taizhang.notices.reading.wording import (
    ends_like_a_body,
    split_outside_brackets,
)

_SEPARATORS = "、，,；;/ \t\n\u3000"
_LONGEST_PAIR = 120  # characters of names that an "and" joins
_NOBODY = frozenset({"", "无", "-", "—", "——", "/", "－", "等"})
_DUTY = re.compile(
    r"(?:结合实际)?(?:(?:按照?|依|根据)?(?:各自)?职责(?:分工)?|分别|共同|分工|具体)?(?:牵头)?(?:抓好)?"
    r"(?:负责|落实|承担|实施|组织实施|推进)?[。.]?$"
)
# What explains a name is no part of it: 各区（含开发区，下同）, 市文旅局〈以下简称文旅局〉.
_EXPLAINS = re.compile(
    r"[（(〔\[〈<](?:包?含|包括|不含|以下(?:统|简)?称|下同)[^（()）〔〕〈〉<>]*[）)〕\]〉>]"
    r"|[（(〔\[〈<][^（()）〔〕〈〉<>]*下同[）)〕\]〉>]"
)
_AND_OTHERS = re.compile("等(?:部门|单位)$")  # 甲等部门: the list is open, the name is 甲
_BEGINS_A_NAME = re.compile("各[省市州盟县区旗]")  # 各市、县（区）政府 is one name
_MARKS = "*＊★☆※▲△◆"
# A mark that the document explains once, or a word in a bracket of its own.
_MARKED_LEAD = re.compile(
    rf"^[{_MARKS}]+\s*|\s*[{_MARKS}]+$|[（(\[〔](?:总?牵头|主办|主责)(?:单位|部门)?[）)\]〕]$"
)
_MARKED_HELP = re.compile(r"[（(\[〔](?:配合|协办|协助|参与)(?:单位|部门)?[）)\]〕]$")
_PART_OF_A_NAME = re.compile("(?<!公|科|处|股|部|研)室$")  # 实验室与设备处 is one name
_PERSON = re.compile(
    "(?:[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章苏潘葛奚范彭郎鲁韦"
    "马苗凤方俞任袁柳唐罗薛伍余米贝姚孟顾尹江钟高田胡凌霍万柯卢莫房丁邓洪包石崔吉龚程邢裴陆荣翁甄曲"
    "段雷侯武刘龙叶黎白赖乔阎文欧聂曾沙关查游夏蔡樊梁杜阮温庄晏柴习向古易廖汪熊纪舒屈项祝董毛邱骆高"
    "徐林郭宋于傅黄史贾涂康谭闫][\u4e00-\u9fff×某]{1,2}|欧阳[\u4e00-\u9fff]{1,2})"
)
_AND = re.compile("(?<=[^、，])(?:和|及|以及|与)(?=[^、，]{2})")


def department_names(text: str) -> tuple[str, ...]:
    """The names in a list, in its order, as written, each once, without what explains them.

    >>> department_names("市教育局（市委教育工委）、市财政局 各市、县（区）政府负责")
    ('市教育局（市委教育工委）', '市财政局', '各市、县（区）政府')
    >>> department_names("市文化和旅游局和市体育局")
    ('市文化和旅游局', '市体育局')
    """
    names: list[str] = []
    for part in split_outside_brackets(_EXPLAINS.sub("", text), _SEPARATORS):
        for written in _parted(part):
            name = _AND_OTHERS.sub("等", _DUTY.sub("", written))
            if names and _BEGINS_A_NAME.fullmatch(names[-1]):
                names[-1] = f"{names[-1]}、{name}"
            elif name not in _NOBODY:
                names.append(name)
    return tuple(dict.fromkeys(names))


def without_persons(text: str) -> str:
    """A cell of 责任单位及责任人 without the persons that spaces or commas part from the names.

    >>> without_persons("市教育局 李四、王五"), without_persons("张三（市财政局）")
    ('市教育局', '张三（市财政局）')
    """
    parts = re.split(rf"([{_SEPARATORS}]+)", text)
    names = [part for part in parts[::2] if not is_person(part)]
    return "、".join(names) if any(ends_like_a_body(name) for name in names) else text


def is_person(text: str) -> bool:
    """Whether a text is the name of a person and nothing else.

    >>> is_person("李丽"), is_person("马××"), is_person("党校")
    (True, True, False)
    """
    return _PERSON.fullmatch(text.strip()) is not None and not ends_like_a_body(text.strip())


def _parted(text: str) -> Iterator[str]:
    """The names on both sides of an "and", where both sides are names of bodies."""
    if len(text) > _LONGEST_PAIR:
        yield text
        return
    start = 0
    for found in _AND.finditer(text):
        left, right = text[start : found.start()], _DUTY.sub("", text[found.end() :])
        is_whole = ends_like_a_body(left) and not _PART_OF_A_NAME.search(left)
        if len(left) > 2 and is_whole and ends_like_a_body(right):
            yield left
            start = found.end()
    yield text[start:]


def one_list(names: Iterable[str], rule: LeadRule) -> Departments:
    """Departments of which the source gives one list.

    All lead, unless the document says that the first does, or the list itself: 甲会同乙.
    """
    listed = tuple(names)
    together = [name.split("会同", 1) for name in listed]
    if any(len(pair) == 2 for pair in together):
        helping = tuple(pair[1] for pair in together if len(pair) == 2)
        before = 1 + max(at for at, pair in enumerate(together) if len(pair) == 2)
        leading = tuple(pair[0] for pair in together[:before])
        return Departments(leading, helping + listed[before:], lead_is_stated=True)
    if rule is LeadRule.FIRST_NAME:
        return Departments(listed[:1], listed[1:], lead_is_stated=True)
    return Departments(listed)


def clause_departments(clauses: Iterable[str], rule: LeadRule) -> Departments:
    """Departments of an item's clauses: who leads in one of them leads the item.

    Clauses that stand apart but name different roles (牵头单位：… on a line, 配合单位：… on the
    next) are read as one.
    """
    parts = [tuple(clause_parts(clause)) for clause in clauses]
    roles = [{role for role, _ in clause} - {DEADLINE, OTHER} for clause in parts]
    if len(parts) > 1 and not any(one & other for one, other in pairwise(roles)):
        parts = [tuple(part for clause in parts for part in clause)]
    found = [_departments(clause, rule) for clause in parts]
    lead = tuple(dict.fromkeys(name for one in found for name in one.lead))
    helping = dict.fromkeys(name for one in found for name in one.cooperating)
    return Departments(
        lead,
        tuple(name for name in helping if name not in lead),
        lead_is_stated=any(one.lead_is_stated for one in found),
    )


def clause_deadline(clauses: Iterable[str]) -> str | None:
    """The deadline that an item's clauses tell, as written."""
    for clause in clauses:
        for role, text in clause_parts(clause):
            if role == DEADLINE and text:
                return text
    return None


def _departments(parts: Iterable[tuple[str, str]], rule: LeadRule) -> Departments:
    listed: dict[str, list[str]] = {}
    for role, text in parts:
        if role not in (DEADLINE, OTHER):
            listed.setdefault(role, []).append(text)
    is_alone = set(listed) == {RESPONSIBLE}
    by_role: dict[str, tuple[str, ...]] = {}
    for role, texts in listed.items():
        for text in texts:
            for under, names in (role_names(text, rule) if is_alone else {role: text}).items():
                by_role[under] = by_role.get(under, ()) + department_names(names)
    return by_roles(by_role, rule)


def role_names(listed: str, rule: LeadRule) -> dict[str, str]:
    """The parts of a list without roles by the role that the document's rule gives them.

    >>> role_names("市科技局、市数据局，市财政局", LeadRule.BEFORE_COMMA)
    {'牵头': '市科技局、市数据局', '配合': '市财政局'}
    """
    if not rule.parts_groups:
        return {RESPONSIBLE: listed}
    leading, helping = leading_part(listed, rule)
    return {LEAD: leading, COOPERATING: helping}


def by_roles(names: dict[str, tuple[str, ...]], rule: LeadRule) -> Departments:
    """Departments by the word for their role: beside 牵头, those called 责任 co-operate."""
    names = _by_mark(names)
    lead, responsible, helping = (names.get(role, ()) for role in (LEAD, RESPONSIBLE, COOPERATING))
    if lead:
        others = tuple(name for name in responsible + helping if name not in lead)
        return Departments(lead, others, lead_is_stated=True)
    if helping:
        return Departments(responsible, helping, lead_is_stated=True)
    return one_list(responsible, rule)


def _by_mark(names: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The names without marks; of those called 责任 the marked lead: 甲★、乙, 甲（牵头）、乙."""
    by_role: dict[str, tuple[str, ...]] = dict.fromkeys((*names, LEAD, COOPERATING), ())
    for role, listed in names.items():
        for name in listed:
            is_open = role == RESPONSIBLE
            leads = is_open and _MARKED_LEAD.search(name)
            helps = is_open and _MARKED_HELP.search(name)
            by_role[LEAD if leads else COOPERATING if helps else role] += (_unmarked(name),)
    return by_role


def _unmarked(name: str) -> str:
    return _MARKED_HELP.sub("", _MARKED_LEAD.sub("", name))
