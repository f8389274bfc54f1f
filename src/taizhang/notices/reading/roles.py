"""The roles that a clause on responsibility tells, and the names or the time under each."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from taizhang.notices.reading.wording import (
    OPENING,
    bracket_pairs,
    ends_like_a_body,
    split_outside_brackets,
    without_layout,
)

LEAD, RESPONSIBLE, COOPERATING, DEADLINE, OTHER = "牵头", "责任", "配合", "时限", "其他"
"""What a part of a responsibility clause tells: the roles of the names in it, or something else."""

SAYS = (
    "(?:[:：]|(?<=单位|部门|处室|科室|股室|部室|机构|主体|时限|期限)"
    "[为是](?!牵头|主办|主责|责任|第))"
)
"""What stands between a label and its names: 牵头单位：甲, 牵头单位为甲."""

_TIME = re.compile(
    "[年月季底末日前内](?:完成|办结|取得|见效|到位|建成|整改)"
    "|[年月日]底?前$|^(?:立行立改|立即整改)"
    "|^(?:全年|长期|持续|常年|年内|常态化?)(?:[^，。；：]{0,4})$|^(?:持续|长期|常态化)"
    "|^(?:(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?(?:年?[底末]|[上中下]旬)?(?:[0-9]{1,2}日)?)$"
)
_MARKS = "*＊★☆※▲△◆"
_SAYS_WHO_LEADS = re.compile(
    "[，,。；;]?(?:[列排位居](?:[在名列居])?)?(?:第一位|首位|第[一1][个家]|第一的|首个)"
    '|[，,。；;](?:[^，,。；;、：]{0,6}[“"]?(?:[逗分]号|[，,；;][”"])[之以]?前|下同$'
    "|以下[^，,。；;、：]{0,6}(?:任务|工作|措施|事项|举措|均|都|同))"
    f"|(?:^|[，,。；;])(?:注[:：])?[^，,。；：、]{{0,4}}[{_MARKS}][^，,。；：、]{{0,8}}牵头"
)
_LABEL_IN_BRACKETS = re.compile("【([^【】：:，]{2,8})】[:：]?")  # 【责任单位】市财政局
_APART = r"\s、，；。：,;:"
_GAP = re.compile(
    rf"(?<![^{_APART}])(?P<left>[^{_APART}]{{3,30}})[ \u00a0\u3000]++"
    rf"(?=(?P<right>[^{_APART}（(]{{2,30}}(?:[（(][^（()）]{{0,30}}[）)][^{_APART}]{{0,10}})?)(?P<label>[：:])?)"
)
_KIND = "(?:单位|部门|处室|科室|股室|部室|机构|主体|方)"
_ROLE = re.compile(
    "(?:(?P<other>责任人|责任领导|(?:牵头|分管|包保|责任|联系|市级?|县级?)领导(?:同志)?|负责人|联系人"
    f"|联络员|(?:督办|督导|监督|指导|验收|考核)(?:责任)?{_KIND}|备注|联系电话|电话)"
    "|(?P<deadline>(?:完成|办结|整改|推进|落实|工作|任务|时间)?"
    "(?:时限|期限|时间|时间节点|节点|日期|进度)(?:要求|安排)?)"
    f"|(?P<lead>牵头(?:责任)?|主办|主责|主要责任|第一责任){_KIND}?"
    f"|(?P<cooperating>配合(?:责任)?|协办|协同|协助|协作|参与|参加){_KIND}?"
    f"|(?P<responsible>(?:整改|治理|办理)?(?:责任|负责|承办|落实|实施|主管){_KIND})){SAYS}"
)
_ENDS_A_ROLE = re.compile(
    "(?P<lead>牵头(?:负责|抓总|落实|办理|组织实施)?|总?牵头)$"
    "|(?P<cooperating>(?:积极|密切|协助)?(?:配合|参与|参加|协助|协同|协办|指导)(?:落实|实施|做好|推进)?)$"
    "|(?P<responsible>(?:按照?(?:各自)?职责分工|分别|共同)?(?:负责|落实|承办))$"
)
_SAYS_ITS_ROLE = re.compile("[^、，；]{2}(?:牵头(?:负责|落实)?|配合|参与|协助)[。]?$")


def clause_parts(clause: str) -> Iterator[tuple[str, str]]:
    """The parts of a clause by what they tell: names under a role, or a deadline.

    >>> list(clause_parts("牵头单位：市教育局；配合单位：市财政局、各县"))
    [('牵头', '市教育局'), ('配合', '市财政局、各县')]
    >>> list(clause_parts("市教育局牵头，市财政局、团市委配合"))
    [('牵头', '市教育局'), ('配合', '市财政局、团市委')]
    """
    written = without_layout(_GAP.sub(_parted_names, clause))
    text = _SAYS_WHO_LEADS.split(_LABEL_IN_BRACKETS.sub(r"\1：", written))[0].rstrip(OPENING)
    found = list(_roles(text))
    if not found:
        yield from _parts_by_ending(text)
        return
    if text[: found[0].start()].strip("，。；、 "):
        yield from _parts_by_ending(text[: found[0].start()])
    for at, role in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        said = text[role.end() : end].strip("，,。；;、 ")
        yield from _without_times(_ROLE_NAMES[role.lastgroup or "other"], said)


def _without_times(role: str, said: str) -> Iterator[tuple[str, str]]:
    """What stands under a label, and by when: 责任单位：甲、乙；6月底前完成."""
    parts = split_outside_brackets(said, "，,；;") if role not in (DEADLINE, OTHER) else [said]
    if role == RESPONSIBLE and any(_SAYS_ITS_ROLE.search(part) for part in parts):
        yield from _parts_by_ending(said)  # 责任单位：甲牵头，乙、丙按职责分工负责
        return
    times = [part for part in parts[1:] if _TIME.search(part) and not ends_like_a_body(part)]
    if not times:
        yield role, said
        return
    yield role, "，".join(part for part in parts if part not in times)
    for time in times:
        yield DEADLINE, time


def _parted_names(gap: re.Match[str]) -> str:
    """Names that only spaces part with a mark between them; the second may be a label instead."""
    left, right = (re.sub("[（(][^（()）]*[）)]$", "", gap[side]) for side in ("left", "right"))
    is_list = ends_like_a_body(left) and (gap["label"] or ends_like_a_body(right))
    return f"{gap['left']}、" if is_list else gap.group()


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
        names.append(re.sub("^(?:具体|请)?由|^请", "", part))
        ending = _ENDS_A_ROLE.search(names[-1])
        if ending and ending.lastgroup:
            names[-1] = names[-1][: ending.start()]
            yield _ROLE_NAMES[ending.lastgroup], "，".join(names)
            names = []
    if names:
        yield RESPONSIBLE, "，".join(names)
