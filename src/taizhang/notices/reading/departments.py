"""Who is responsible, as lists of names: in a cell, a line or a bracket."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from taizhang.notices.document import Document
from taizhang.notices.model import Departments
from taizhang.notices.reading.wording import (
    bracket_pairs,
    ends_like_a_body,
    split_outside_brackets,
    without_layout,
)

LEAD, RESPONSIBLE, COOPERATING, DEADLINE, OTHER = "牵头", "责任", "配合", "时限", "其他"
"""What a part of a responsibility clause tells: the roles of the names in it, or something else."""

_SEPARATORS = "、，,；;/ \t\n\u3000"
_LONGEST_PAIR = 120  # characters of names that an "and" joins
_NOBODY = frozenset({"", "无", "-", "—", "——", "/", "－", "等"})
_DUTY = re.compile(
    r"(?:(?:按照?|依|根据)?(?:各自)?职责(?:分工)?|分别|共同|分工|具体)?(?:牵头)?(?:抓好)?"
    r"(?:负责|落实|承担|实施|组织实施|推进)?[。.]?$"
)
_BEGINS_A_NAME = re.compile("各[省市州盟县区旗]")  # 各市、县（区）政府 is one name
_FIRST_LEADS = re.compile(
    "(?:第一(?:位|个|名)?|首位|首个)[^，。；：]{0,10}(?:为|是)(?:主要)?牵头"
    "|牵头(?:单位|部门)(?:列|排|居|在|为)(?:在)?(?:第一|首)"
)
_TIME = re.compile(
    "[年月底末日前](?:完成|办结|取得|见效)|[年月日]底?前$|^(?:持续|长期|常态化)"
    "|^(?:全年|年内|(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?(?:年?[底末]|[上中下]旬)?(?:[0-9]{1,2}日)?)$"
)
_MARKS = "*＊★☆※▲△◆"
_SAYS_WHO_LEADS = re.compile(
    "[，,。；;]?(?:列|排)?(?:在|名)?(?:第一位|首位|第一个|第一的)"
    "|[，,。；;]以下(?:各项)?(?:任务|工作|措施|均|同)"
    f"|(?:^|[，,。；;])(?:注[:：])?[^，,。；：、]{{0,4}}[{_MARKS}][^，,。；：、]{{0,8}}牵头"
)
# A mark that the document explains once, or a word in a bracket of its own.
_MARKED_LEAD = re.compile(
    rf"^[{_MARKS}]+\s*|\s*[{_MARKS}]+$|[（(\[〔](?:总?牵头|主办|主责)(?:单位|部门)?[）)\]〕]$"
)
_MARKED_HELP = re.compile(r"[（(\[〔](?:配合|协办|协助|参与)(?:单位|部门)?[）)\]〕]$")
_AND = re.compile("(?<=[^、，])(?:和|及|以及|与)(?=[^、，]{2})")

_LABEL_IN_BRACKETS = re.compile("【([^【】：:，]{2,8})】[:：]?")  # 【责任单位】市财政局
_APART = r"\s、，；。：,;:（）()"
_NAMES_APART = re.compile(rf"(?<![^{_APART}])[^{_APART}]++(?:[ \u00a0\u3000]++[^{_APART}]++)+")
_KIND = "(?:单位|部门|处室|科室|股室|部室|机构|主体|方)"
_ROLE = re.compile(
    "(?P<other>责任人|责任领导|(?:牵头|分管|包保|责任|联系|市级?|县级?)领导(?:同志)?|负责人|联系人|联络员"
    f"|(?:督办|督导|监督|指导|验收|考核)(?:责任)?{_KIND}|备注|联系电话|电话)[:：]"
    "|(?P<deadline>(?:完成|办结|整改|推进|落实|工作|任务|时间)?(?:时限|期限|时间|时间节点|节点|日期|进度)"
    "(?:要求|安排)?)[:：]"
    f"|(?P<lead>牵头(?:责任)?|主办|主责|主要责任|第一责任){_KIND}?[:：]"
    f"|(?P<cooperating>配合(?:责任)?|协办|协同|协助|协作|参与|参加){_KIND}?[:：]"
    f"|(?P<responsible>(?:责任|负责|承办|落实|实施|主管){_KIND})[:：]"
)
_ENDS_A_ROLE = re.compile(
    "(?P<lead>牵头(?:负责|抓总|落实|办理|组织实施)?|总?牵头)$"
    "|(?P<cooperating>(?:积极|密切|协助)?(?:配合|参与|参加|协助|协同|协办|指导)(?:落实|实施|做好|推进)?)$"
    "|(?P<responsible>(?:按照?(?:各自)?职责分工|分别|共同)?(?:负责|落实|承办))$"
)


def first_named_leads(document: Document) -> bool:
    """Whether the document says, once for all, that the first named department leads."""
    return _FIRST_LEADS.search(without_layout(document.text)) is not None


def department_names(text: str) -> tuple[str, ...]:
    """The names in a list, in its order, as written, each once.

    >>> department_names("市教育局（市委教育工委）、市财政局 各市、县（区）政府负责")
    ('市教育局（市委教育工委）', '市财政局', '各市、县（区）政府')
    >>> department_names("市文化和旅游局和市体育局")
    ('市文化和旅游局', '市体育局')
    """
    names: list[str] = []
    for part in split_outside_brackets(text, _SEPARATORS):
        for written in _parted(part):
            name = _DUTY.sub("", written)
            if names and _BEGINS_A_NAME.fullmatch(names[-1]):
                names[-1] = f"{names[-1]}、{name}"
            elif name not in _NOBODY:
                names.append(name)
    return tuple(dict.fromkeys(names))


def _parted(text: str) -> Iterator[str]:
    """The names on both sides of an "and", where both sides are names of bodies."""
    if len(text) > _LONGEST_PAIR:
        yield text
        return
    start = 0
    for found in _AND.finditer(text):
        left, right = text[start : found.start()], _DUTY.sub("", text[found.end() :])
        if len(left) > 2 and ends_like_a_body(left) and ends_like_a_body(right):
            yield left
            start = found.end()
    yield text[start:]


def one_list(names: Iterable[str], *, first_leads: bool) -> Departments:
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
    if first_leads:
        return Departments(listed[:1], listed[1:], lead_is_stated=True)
    return Departments(listed)


def clause_departments(clauses: Iterable[str], *, first_leads: bool) -> Departments:
    """Departments of an item's clauses: who leads in one of them leads the item.

    Clauses that stand apart but name different roles (牵头单位：… on a line, 配合单位：… on the
    next) are read as one.
    """
    parts = [tuple(clause_parts(clause)) for clause in clauses]
    roles = [{role for role, _ in clause} - {DEADLINE, OTHER} for clause in parts]
    if len(parts) > 1 and not any(one & other for one, other in pairwise(roles)):
        parts = [tuple(part for clause in parts for part in clause)]
    found = [_departments(clause, first_leads=first_leads) for clause in parts]
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


def clause_parts(clause: str) -> Iterator[tuple[str, str]]:
    """The parts of a clause by what they tell: names under a role, or a deadline.

    >>> list(clause_parts("牵头单位：市教育局；配合单位：市财政局、各县"))
    [('牵头', '市教育局'), ('配合', '市财政局、各县')]
    >>> list(clause_parts("市教育局牵头，市财政局、团市委配合"))
    [('牵头', '市教育局'), ('配合', '市财政局、团市委')]
    """
    written = without_layout(_NAMES_APART.sub(_parted_names, clause))
    text = _SAYS_WHO_LEADS.split(_LABEL_IN_BRACKETS.sub(r"\1：", written))[0]
    found = list(_roles(text))
    if not found:
        yield from _parts_by_ending(text)
        return
    if text[: found[0].start()].strip("，。；、 "):
        yield from _parts_by_ending(text[: found[0].start()])
    for at, role in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        yield _ROLE_NAMES[role.lastgroup or "other"], text[role.end() : end].strip("，,。；;、 ")


def _parted_names(words: re.Match[str]) -> str:
    """Names that only spaces part with a mark between them; the last word may be a label."""
    parts = words.group().split()
    is_label = words.string[words.end() : words.end() + 1] in ("：", ":")
    names = parts[:-1] if is_label else parts
    if names and all(len(name) > 2 and ends_like_a_body(name) for name in names):
        return "、".join(parts)
    return words.group()


def _roles(text: str) -> Iterator[re.Match[str]]:
    """The words for roles; persons in a bracket belong to the name before it."""
    brackets = bracket_pairs(text)
    ends = [end for _, end in brackets]
    for role in _ROLE.finditer(text):
        next_one = bisect_right(ends, role.start())
        is_inside = next_one < len(brackets) and brackets[next_one][0] < role.start()
        if role.lastgroup != "other" or not is_inside:
            yield role


_ROLE_NAMES = {
    "lead": LEAD,
    "cooperating": COOPERATING,
    "responsible": RESPONSIBLE,
    "deadline": DEADLINE,
    "other": OTHER,
}


def _parts_by_ending(text: str) -> Iterator[tuple[str, str]]:
    """Names whose role stands behind them: 甲牵头，乙、丙配合."""
    names: list[str] = []
    for part in split_outside_brackets(text, "，,。；;"):
        if _TIME.search(part):
            yield DEADLINE, part
            continue
        names.append(re.sub("^(?:具体)?由", "", part))
        ending = _ENDS_A_ROLE.search(names[-1])
        if ending and ending.lastgroup:
            names[-1] = names[-1][: ending.start()]
            yield _ROLE_NAMES[ending.lastgroup], "，".join(names)
            names = []
    if names:
        yield RESPONSIBLE, "，".join(names)


def _departments(parts: Iterable[tuple[str, str]], *, first_leads: bool) -> Departments:
    by_role: dict[str, tuple[str, ...]] = {}
    for role, text in parts:
        if role not in (DEADLINE, OTHER):
            by_role[role] = by_role.get(role, ()) + department_names(text)
    return by_roles(by_role, first_leads=first_leads)


def by_roles(names: dict[str, tuple[str, ...]], *, first_leads: bool) -> Departments:
    """Departments by the word for their role: beside 牵头, those called 责任 co-operate."""
    names = _by_mark(names)
    lead, responsible, helping = (names.get(role, ()) for role in (LEAD, RESPONSIBLE, COOPERATING))
    if lead:
        others = tuple(name for name in responsible + helping if name not in lead)
        return Departments(lead, others, lead_is_stated=True)
    if helping:
        return Departments(responsible, helping, lead_is_stated=True)
    return one_list(responsible, first_leads=first_leads)


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
