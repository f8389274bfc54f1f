"""The head of a document: what stands above its text (GB/T 9704-2012, 7.2 and 7.3)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from taizhang.notices.numerals import whole_date
from taizhang.notices.reading.issuers import (
    marked_issuers,
    names_in,
    signed_line,
    title_issuers,
)
from taizhang.notices.reading.lines import Line
from taizhang.notices.reading.numbers import NUMBER, first_number
from taizhang.notices.reading.titles import title_lines
from taizhang.notices.reading.wording import (
    LONGEST_TITLE,
    ends_like_a_body,
    number_mark,
    split_outside_brackets,
)

_LINES_AROUND = 20
_LONGEST_AROUND = 60
_HEAD_LINES = 45  # a title, number and addressee stand among the first lines
_ADDRESSEE = re.compile(
    "(?!.*(?:如下|以下|事项|附件|要求|目标|任务|内容|说明|精神|安排|部署|工作)[：:])[^。；：:]+[：:]"
)
_ADDRESSED = re.compile(
    "(?:^|[，、])(?:各|全体|有关|市直|省直|县直)|(?:同志|职工|会员|员工|朋友)[：:]$"
)
_SENTENCE = re.compile("[，。；：:！？]")
_LABELLED = re.compile(
    "【?(?P<name>索引号|主题分类|发文机关|发文单位|发布机构|制发机关|发文字号|文号|文件编号|成文日期"
    "|发文日期|成文时间|发布日期|发布时间|公开日期|生成日期|有效性|效力状态|主题词|标题|名称|主送机关|主送|签发人"
    "|来源|信息来源|作者|责任编辑|浏览次数|阅读次数|点击数|字体|字号|密级|紧急程度|份号|公文种类|组配分类"
    "|文件状态|废止日期|生效日期|实施日期|施行日期|统一编号|公开方式|制定机关|公布日期|效力等级|时效性"
    "|时间|日期)(?:[：:]|】[：:]?)"
)
_PUT_ONLINE = re.compile(  # a day with the time of it: that of the page, not of the document
    r"(?:发布|更新|时间|日期|于)*\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d{2}(?::\d{2})?"
)
_NAVIGATION = re.compile(
    "(?:您|你)?(?:现在|当前|所在|的)*(?:位置|页面|栏目)(?:是)?[：:]|(?:网站)?首页\\s*[>》/|-]|欢迎|今天是"
)
_ANNEX = re.compile("附件[0-9０-９一二三四五六七八九十]{0,2}[：:]?")


@dataclass(frozen=True, slots=True)
class Head:
    """What was found, and the number of lines that it takes. `stated` are labelled values."""

    length: int = 0
    issuers: tuple[str, ...] = ()
    number: str | None = None
    title: str | None = None
    title_issuers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    dated: date | None = None
    names: tuple[str, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)


def read_heading(lines: Sequence[Line]) -> Head:
    """What stands above the text: down to the addressee, else to the first sentence or table.

    Short sentences at the top are those of the page around the document (今天是…, 天气：…) or of
    notes on filling in: reading begins anew below them while nothing of a head was found.
    """
    start = 0
    while True:
        reader = _Reader()
        for at, line in enumerate(lines[start:_HEAD_LINES], start):
            if not reader.take(line, lines[at + 1 :][:3]):
                break
        else:
            at = len(lines)
        head = reader.head()
        is_begun = head.title or head.number or head.recipients or head.stated or head.issuers
        if is_begun or not start <= at < min(_LINES_AROUND, len(lines) - 1):
            return replace(head, length=head.length + start)
        if len(lines[at].text) > _LONGEST_AROUND:
            return replace(head, length=head.length + start)
        start = at + 1


class _Reader:
    """Takes line after line of a head until the text begins."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._stated: dict[str, str] = {}
        self._length = 0
        self._recipients: tuple[str, ...] = ()
        self._open_addressee = ""

    def take(self, line: Line, following: Sequence[Line]) -> bool:
        """Whether the head goes on below this line."""
        text = line.text
        if _ANNEX.fullmatch(text):
            return self._keep(Line(text.rstrip("：:"), text.rstrip("：:")))
        labelled = _labels(text.lstrip("（(["))
        if labelled and not self._open_addressee:
            self._stated |= {name: value for name, value in labelled.items() if value}
            before = _LABELLED.split(text.lstrip("（(["), maxsplit=1)[0]
            if before:
                self._lines.append(Line(before, before))
            self._length += 1
            return True
        if self._is_addressee(self._open_addressee + text):
            whole = self._open_addressee + text
            self._recipients = tuple(split_outside_brackets(whole[:-1], "，,；;"))
            self._length += 1
            return False
        if self._begins_addressee(line, following):
            self._open_addressee += text
            self._length += 1
            return True
        if _is_navigation(text):
            return self._pass_over()
        if _PUT_ONLINE.fullmatch(text):
            self._length += 1
            return True
        if not text or _SENTENCE.search(text) or number_mark(text) is not None:
            return NUMBER.match(text) is not None and self._keep(line)
        return self._keep(line)

    def _pass_over(self) -> bool:
        """Leaves a line out, with those above it: the page around the document goes on."""
        self._lines.clear()
        self._length += 1
        return True

    def _keep(self, line: Line) -> bool:
        self._lines.append(line)
        self._length += 1
        return True

    def _is_addressee(self, text: str) -> bool:
        if _ADDRESSEE.fullmatch(text) is None or number_mark(text) is not None:
            return False
        last = re.sub("[（(][^（()）]*[）)]$", "", text[:-1])
        return _ADDRESSED.search(text) is not None or ends_like_a_body(last)

    def _begins_addressee(self, line: Line, following: Sequence[Line]) -> bool:
        """Whether an addressee runs over several lines that the source broke."""
        if not re.search("[，、]", line.text) or re.search("[。；：:《]", line.text):
            return False
        joined = self._open_addressee + line.text
        for each in following:
            joined += each.text
            if self._is_addressee(joined):
                return True
            if not each.text or re.search("[。；：:]", each.text):
                return False
        return False

    def head(self) -> Head:
        lines = self._lines
        first, end = title_lines(lines)
        title = "".join(line.text for line in lines[first:end]) or None
        below = lines[end:] if title else []
        dates = [found for line in lines if (found := whole_date(line.text.strip("（()）")))]
        signed = [each for line in below if (each := signed_line(line))]
        return Head(
            length=self._length,
            issuers=marked_issuers(lines, first if title else len(lines)),
            number=first_number(line.text for line in lines) if lines else None,
            title=title if title and len(title) <= LONGEST_TITLE else None,
            title_issuers=title_issuers(lines[first:end]),
            recipients=self._recipients,
            dated=next(iter((*dates, *(day for _, day in signed))), None),
            names=(
                *(name for line in below for name in names_in(line)),
                *(name for names, _ in signed for name in names),
            ),
            stated=self._stated,
        )


def _is_navigation(text: str) -> bool:
    """Whether a line tells where one is on a site, or greets those who visit it."""
    return _NAVIGATION.match(text) is not None and len(text) <= LONGEST_TITLE


def _labels(text: str) -> dict[str, str]:
    """The labelled values of a line: 发文机关：国务院 成文日期：…; {} where it begins otherwise."""
    found = list(_LABELLED.finditer(text))
    if not found or (found[0].start() and not NUMBER.match(text)):
        return {}
    ends = [each.start() for each in found[1:]] + [len(text)]
    return {
        each.group("name"): text[each.end() : end].strip()
        for each, end in zip(found, ends, strict=True)
    }
