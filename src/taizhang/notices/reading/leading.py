"""Departments that stand above the tasks they lead: 一、市财政局, 牵头单位：市财政局."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from taizhang.notices.document import Passage
from taizhang.notices.numerals import whole_date
from taizhang.notices.reading.clauses import clause_of_line, is_clause_line
from taizhang.notices.reading.departments import department_names
from taizhang.notices.reading.wording import ends_like_a_body, number_mark, without_layout

_LONGEST = 60
_FEWEST = 2
_SENTENCE = re.compile("[：:，,。；;【】]")
_LABEL = re.compile("^(?:牵头|责任|主办|承办|主责)(?:单位|部门)[：:]")
_COUNT = re.compile("[（(]共?[0-9一二三四五六七八九十]{1,3}[项条个件](?:任务|工作)?[）)]$")
_ENDING = re.compile(
    "(?:[（(](?:牵头|责任单位|牵头单位)[）)]|(?:牵头|负责|承担|承办)?的?(?:重点|主要|工作)?"
    "(?:任务|工作|事项)(?:清单)?|(?:牵头|负责|承办))$"
)
_ALL_OFFICES = re.compile("(?:省|市|县|区|旗|州|各|国家|自治区|中共|团)(?!场|民|内|外|级|域)")
_SURELY_AN_OFFICE = re.compile(
    "(?:局|厅|委|委员会|办公室|[^经主承督协举开]办|部|处|科|中心|公司|集团|工会|法院|检察院|支队|大队"
    "|政府|妇联|残联|联合会|协会|商会|银行|学院|医院|管委会|分行|支行|机关)$"
)


def departments_of_heading(text: str) -> str | None:
    """The names in a heading that says nothing but who has the tasks below it; else None.

    >>> departments_of_heading("一、市财政局（3项）"), departments_of_heading("一、办好社区")
    ('市财政局', None)
    """
    heading = without_layout(text)
    if len(heading) > _LONGEST:
        return None
    mark = number_mark(heading)
    heading = heading[mark.end() :] if mark else heading
    heading = re.sub("^由", "", _COUNT.sub("", heading.rstrip("：:。")))
    names = () if _SENTENCE.search(heading) else department_names(_ENDING.sub("", heading))
    return "、".join(names) if names and all(map(_is_office, names)) else None


def departments_of_line(text: str) -> str | None:
    """As `departments_of_heading` for a line above a table, which may be labelled.

    >>> departments_of_line("责任单位：市财政局"), departments_of_line("各县总工会：")
    ('市财政局', None)
    """
    line = without_layout(text)
    is_addressee = line.endswith(("：", ":")) and number_mark(line) is None
    return None if is_addressee else departments_of_heading(_LABEL.sub("", line))


def _is_office(name: str) -> bool:
    plain = re.sub("(?:[（(][^（()）]*[）)]|等)$", "", name)
    is_surely = _SURELY_AN_OFFICE.search(plain) or _ALL_OFFICES.match(plain)
    return len(plain) > 2 and ends_like_a_body(plain) and is_surely is not None


@dataclass(frozen=True, slots=True)
class NamedLines:
    """Lines that only name departments, by their place among the paragraphs.

    Those `above` lead the tasks below them, those `below` close the task above them.
    """

    above: Mapping[int, str]
    below: Mapping[int, str]


def named_lines(paragraphs: Sequence[Passage]) -> NamedLines:
    """The lines without a number that say who has the tasks beside them, and what they say.

    Names alone on a line count where several stand right beside numbered paragraphs; labels
    (牵头单位：…) stand above where they come before every task and none stands below the last.
    """
    numbered = [number_mark(line.text) is not None for line in paragraphs]
    if True not in numbered:
        return NamedLines({}, {})
    last = max(at for at, is_numbered in enumerate(numbered) if is_numbered)
    names = dict(_names_alone(paragraphs, numbered))
    beside = [at for at in names if at > last or numbered[at + 1]]
    if len(beside) >= _FEWEST:
        found = {at: names[at] for at in beside}
        return NamedLines({}, found) if max(beside) > last else NamedLines(found, {})
    return NamedLines(_labels_above(paragraphs, numbered), {})


def _names_alone(
    paragraphs: Sequence[Passage], numbered: Sequence[bool]
) -> Iterator[tuple[int, str]]:
    """Names on a line of their own, without those of a signature, which a date follows."""
    is_signed = False
    for at in reversed(range(len(paragraphs))):
        text = without_layout(paragraphs[at].text)
        names = None if numbered[at] else departments_of_heading(text)
        is_signed = whole_date(text.strip("（()）")) is not None or (
            is_signed and (bool(names) or _may_sign(text))
        )
        if names and not is_signed:
            yield at, names


def _may_sign(text: str) -> bool:
    return len(text) <= _LONGEST and ends_like_a_body(text) and not _SENTENCE.search(text)


def _labels_above(paragraphs: Sequence[Passage], numbered: Sequence[bool]) -> dict[int, str]:
    labels = [at for at, line in enumerate(paragraphs) if is_clause_line(line.text)]
    if len(labels) < _FEWEST or True in numbered[: labels[0]]:
        return {}
    places = set(labels)
    ends = [at for at in labels if at + 1 not in places]
    if not all(at + 1 < len(numbered) and numbered[at + 1] for at in ends):
        return {}
    return {at: clause_of_line(paragraphs[at].text) for at in labels}
