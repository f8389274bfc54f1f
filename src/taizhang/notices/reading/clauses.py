"""Where a paragraph says who is responsible: in brackets, at its end, or as a line of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.notices.document import Passage
from taizhang.notices.reading.departments import department_names
from taizhang.notices.reading.roles import DEADLINE, SAYS, clause_parts
from taizhang.notices.reading.wording import (
    CLOSING,
    OPENING,
    bracket_pairs,
    ends_like_a_body,
    without_layout,
)

_LABEL = (
    "(?:整改|治理|办理)?(?:牵头|主办|主责|主要责任|责任|负责|承办|落实|实施|主管"
    "|配合|协办|协同|协助|协作|参与|参加)(?:责任)?"
    "(?:单位|部门|处室|科室|股室|部室|机构|主体|领导|人)?|(?:完成|办结|整改|推进|落实)时间|(?:完成|办结|整改|推进|落实|任务|工作)?(?:时限|期限)|时间节点"
    "|时限要求|完成日期|(?:分管|包保|联系|督办|监督|督导)(?:领导|单位|部门)|联系人"
)
_LINE = re.compile(rf"[\s▲△●◆■★※·•]*(?:{_LABEL})\s?(?:{SAYS}|】)")
_AT_THE_END = re.compile(rf"(?:(?<=[。；;！”])|(?<=\s))[\s—－-]{{0,20}}(?:{_LABEL})\s?{SAYS}")
_STARTS_WITH_A_ROLE = re.compile(
    "(?:整改|治理|办理)?(?:牵头|主办|主责|主要责任|责任|负责|承办|落实|实施"
    "|配合|协办|协同|协助|协作|参与|参加)(?:责任)?"
    f"(?:单位|部门|处室|科室|股室|部室|机构|主体|领导|人){SAYS}|(?:牵头|责任|配合|完成时限)[:：]"
)
_TELLS_A_DUTY = re.compile("(?:负责|牵头|配合|落实|承办|参与)(?:落实|实施|负责)?(?=$|[，,。；;])")
_DUTY_WITHIN = re.compile(
    "(?:请?由|请|(?<=[，。；！”])|^)(?P<lead>[^，。；：由]{2,60}?)"
    "(?:总?牵头(?:负责|落实|组织实施)?|(?:按照?(?:各自)?职责分工)?负责(?:落实|实施)?)"
    "(?:[，；][^，。；：由]{2,120}?(?:配合|参与|协助|协办|负责)(?=[，。；]|$))?"
)
_HELP_WITHIN = re.compile(
    "(?<=[，。；])(?P<helps>[^，。；：由]{3,60}?)(?:积极|密切|协助|做好)?(?:配合|协办)(?=[，。；]|$)"
)
_DUTY_IN_FRONT = re.compile(r"\s*(?P<lead>[^，。；：]{3,60})：\s*")
_NAMES_IN_FRONT = re.compile(
    r"[【\[〔（(](?P<lead>[^【】\[\]〔〕（）()，。；：]{3,60})[】\]〕）)]\s*"
)
_OFFICE = re.compile("省|市|县|区|旗|州|各|国家|自治区|中共|团")
_LONGEST_TITLE = 40
_LONGEST_DUTY = 200
_SENTENCE_ENDS = "。；;！”"


@dataclass(frozen=True, slots=True)
class Claused:
    """A paragraph without what closes it, and all that its clauses say of responsibility.

    `closes` is False where the clause stands in front or behind the title: the text goes on.
    """

    task: Passage
    clauses: tuple[str, ...]
    closes: bool = True


def is_clause_line(text: str) -> bool:
    """Whether a whole paragraph is a clause: 责任单位：市教育局.

    >>> is_clause_line("　　牵头单位：市教育局　配合单位：市财政局"), is_clause_line("责任重大。")
    (True, False)
    """
    inner = text.strip().lstrip(OPENING)
    if _LINE.match(inner) or _tells_only_duties(inner):
        return True
    brackets = bracket_pairs(text)
    if len(brackets) != 1 or brackets[0][1] - brackets[0][0] < len(text.strip(" \u3000。\n")) - 1:
        return False
    return _is_clause(text[brackets[0][0] + 1 : brackets[0][1] - 1])


def _tells_only_duties(text: str) -> bool:
    """Whether a line is names and what they do, and nothing else: 甲牵头，乙、丙配合."""
    line = without_layout(text).rstrip("。；;")
    if len(line) > _LONGEST_DUTY or "。" in line or not _TELLS_A_DUTY.search(line):
        return False
    parts = [(role, department_names(names)) for role, names in clause_parts(line)]
    names = [name for role, listed in parts if role != DEADLINE for name in listed]
    return bool(names) and all(
        len(name) > 2 and ends_like_a_body(re.sub("(?:[（(][^（()）]*[）)]|等)$", "", name))
        for name in names
    )


def clause_of_line(text: str) -> str:
    """The clause of such a line, without the brackets around it.

    >>> clause_of_line("（责任单位：市教育局（市委教育工委））")
    '责任单位：市教育局（市委教育工委）'
    """
    line = text.strip().rstrip("。")
    first = next(iter(bracket_pairs(line)), None)
    return line[1:-1] if first == (0, len(line)) else line


def has_open_bracket(text: str) -> bool:
    """Whether a paragraph breaks off inside a bracket opened near its end, as at a page's end.

    >>> has_open_bracket("修好路。（责任单位：市"), has_open_bracket("修好路（桥）。")
    (True, False)
    """
    depth = 0
    for character in text[-2 * _LONGEST_DUTY :]:
        depth = max(depth + (character in OPENING) - (character in CLOSING), 0)
    return depth > 0


def read_clauses(paragraph: Passage) -> Claused | None:
    """What closes a paragraph taken off; None when no clause closes it.

    A paragraph of several duties has a bracket after each; the inner ones stay in the text.

    >>> from taizhang.notices.document import Span
    >>> read_clauses(Passage("修好路。（市交通局负责）", (Span(0, 12),))).task.text
    '修好路。'
    """
    text = paragraph.text.rstrip("。. \n\u3000")
    brackets = [at for at in bracket_pairs(text) if _is_clause(text[at[0] + 1 : at[1] - 1])]
    label = _AT_THE_END.search(text)
    if label and not any(start < label.start() < end for start, end in bracket_pairs(text)):
        before = [text[start + 1 : end - 1] for start, end in brackets if end <= label.start()]
        task = paragraph.cut(0, label.start()).strip()
        return Claused(task, (*before, text[label.start() :]))
    last = next(reversed(bracket_pairs(text)), None)
    if last is None:
        return None
    if last[1] != len(text) or not (last in brackets or _is_list_of_bodies(text, last)):
        return _clause_of_title(paragraph, brackets)
    first = last[0]
    closing = [last]
    # 牵头 and 配合 may stand in brackets of their own, one after the other.
    for bracket in reversed([each for each in brackets if each != last]):
        if text[bracket[1] : first].strip():
            break
        first = bracket[0]
        closing.insert(0, bracket)
    inner = [bracket for bracket in brackets if bracket[1] <= first]
    clauses = tuple(text[start + 1 : end - 1] for start, end in (*inner, *closing))
    return Claused(paragraph.cut(0, first).strip(), clauses)


def _clause_of_title(paragraph: Passage, brackets: Sequence[tuple[int, int]]) -> Claused | None:
    """A clause in front of the text, or behind the title that it begins with, taken out."""
    text = paragraph.text
    if not brackets:
        return None
    start, end = brackets[0]
    title = text[:start].strip()
    if len(title) > _LONGEST_TITLE or title.endswith(tuple(_SENTENCE_ENDS)) or "。" in title:
        return None
    rest = paragraph.cut(end, len(text))
    task = Passage.joined((paragraph.cut(0, start), rest if title else rest.strip()))
    return Claused(task.strip(), (text[start + 1 : end - 1],), closes=False)


def duty_within(paragraph: Passage) -> Claused | None:
    """What the sentences of a paragraph say of responsibility: 由甲牵头，乙、丙配合, or 甲：….

    One that closes the paragraph and says nothing else is taken off. None where no sentence does.

    >>> from taizhang.notices.document import Span
    >>> text = "修好路，由市交通局牵头，市财政局配合，年内完工。"
    >>> duty_within(Passage(text, (Span(0, len(text)),))).clauses
    ('由市交通局牵头，市财政局配合',)
    """
    front = _DUTY_IN_FRONT.match(paragraph.text) or _NAMES_IN_FRONT.match(paragraph.text)
    names = department_names(without_layout(front.group("lead"))) if front else ()
    if front and names and all(_OFFICE.match(name) and ends_like_a_body(name) for name in names):
        is_apart = paragraph.text.startswith(tuple(OPENING))
        task = paragraph.cut(front.end(), len(paragraph.text)) if is_apart else paragraph
        return Claused(task, (front.group("lead"),))
    text = paragraph.text.rstrip("。；; \n\u3000")
    found = [duty for duty in _DUTY_WITHIN.finditer(text) if ends_like_a_body(duty.group("lead"))]
    if not found:
        return None
    helping = [help_ for help_ in _HELP_WITHIN.finditer(text) if _is_help(help_, found)]
    clauses = tuple(duty.group() for duty in (*found, *helping))
    last = found[-1]
    before = text[: last.start()].rstrip()
    is_a_sentence = last.end() == len(text) and before.endswith(tuple(_SENTENCE_ENDS))
    return Claused(paragraph.cut(0, len(before)) if is_a_sentence else paragraph, clauses)


def _is_help(help_: re.Match[str], duties: Sequence[re.Match[str]]) -> bool:
    """Whether a part of a sentence names offices that help, apart from those who lead."""
    is_apart = all(help_.start() >= duty.end() or help_.end() <= duty.start() for duty in duties)
    names = department_names(help_.group("helps"))
    return (
        is_apart
        and bool(names)
        and all(_OFFICE.match(name) and ends_like_a_body(name) for name in names)
    )


def last_clause_end(text: str) -> int:
    """Where the last bracket on responsibility ends, 0 where there is none."""
    return max(clause_ends(text), default=0)


def clause_ends(text: str) -> list[int]:
    """Where the brackets on responsibility end."""
    return [end for start, end in bracket_pairs(text) if _is_clause(text[start + 1 : end - 1])]


def _is_clause(inner: str) -> bool:
    text = without_layout(inner)
    if _STARTS_WITH_A_ROLE.match(text):
        return True
    duty = _TELLS_A_DUTY.search(text)
    if duty is None or len(text) > _LONGEST_DUTY or "。" in text[: duty.start()]:
        return False
    names = next((names for _, names in clause_parts(text)), "")
    return any(ends_like_a_body(re.sub("等$", "", name)) for name in department_names(names)) or (
        duty.group().startswith("负责")
    )


def _is_list_of_bodies(text: str, bracket: tuple[int, int]) -> bool:
    """Whether a bracket holds nothing but names of bodies, and a date perhaps.

    Such a bracket stands behind a finished sentence; before its end, names may only explain
    (服务窗口（派出所、车管所）), unless they are full names of offices.
    """
    start, end = bracket
    parts = clause_parts(without_layout(text[start + 1 : end - 1]))
    names = [
        re.sub(r"(?:[（(\[][^（()）\]]*[）)\]]|等)$", "", name)
        for role, listed in parts
        if role != DEADLINE
        for name in department_names(listed)
    ]
    is_behind_a_sentence = text[:start].rstrip().endswith(tuple(_SENTENCE_ENDS))
    return (
        bool(names)
        and all(len(name) > 2 and ends_like_a_body(name) for name in names)
        and (is_behind_a_sentence or all(_OFFICE.match(name) for name in names))
    )
