"""Who sent what to whom, when and under which number.

Each field is read from the place that GB/T 9704-2012 gives it (handbook part 6), or from a label
that states it. A document without that place leaves the field empty.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from taizhang.notices.document import Document
from taizhang.notices.model import Metadata, PrintInfo, Sureness, Trace, Traces
from taizhang.notices.numerals import whole_date
from taizhang.notices.reading.head import Head, read_heading
from taizhang.notices.reading.issuers import DAY, names_in, signed_line
from taizhang.notices.reading.lines import Line, document_lines
from taizhang.notices.reading.numbers import document_number
from taizhang.notices.reading.titles import is_surely_a_title
from taizhang.notices.reading.wording import (
    LONGEST_TITLE,
    is_page_number,
    is_title,
    split_outside_brackets,
)

_PRINTED = re.compile(rf"(.*?)({DAY})印(?:发|制)?")
_COPIED = re.compile("(?:抄送|抄报|分送)[：:]")
_MADE_ON = re.compile(  # 编制日期：…, or 日期：… on the line of those who made it
    r"(?:(?:编制|编印|制表|制定)(?:日期|时间)"
    r"|(?:编制|制表|审核|审批|签发)[^：:，。；\n]{0,4}[：:][^，。；\n]{0,60}(?<![\u4e00-\u9fff])日期)"
    rf"\s*[：:]\s*(?P<day>{DAY}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}})"
)
_SENTENCE = re.compile("[，。；：:！？]")
_BEHIND_A_DATE = re.compile("(?<=日)(?:附件[0-9]{0,2}[：:]?|[（(]此件[^（()）]*[）)])$")
_ANNEX = re.compile("附件[0-9０-９一二三四五六七八九十]*[：:]?")


def read_metadata(document: Document) -> Metadata:
    """The metadata of a document; what it does not say stays None or empty."""
    lines = document_lines(document)
    head = read_heading(lines)
    foot = _foot(lines, head.length)
    signatories = foot.signatories or (head.names if head.dated else ())
    stated = head.stated
    read = Metadata(
        issuers=head.issuers or signatories or _stated_issuers(head) or head.title_issuers,
        document_number=head.number or _stated_number(head),
        title=head.title or _stated_title(head),
        issued_on=foot.issued_on or head.dated or _stated_date(head) or _made_on(document.text),
        recipients=head.recipients
        or tuple(split_outside_brackets(_first(stated, "主送机关", "主送"), "，,；;")),
        signatories=signatories,
        annex_title=foot.annex_title,
        print_info=_print_info(lines),
    )
    return replace(read, traces=_traces(read, head, foot, lines))


@dataclass(frozen=True, slots=True)
class _Foot:
    signatories: tuple[str, ...] = ()
    issued_on: date | None = None
    annex_title: str | None = None


def _traces(read: Metadata, head: Head, foot: _Foot, lines: Sequence[Line]) -> Traces:
    """A value that a label states, or its own form, is sure; one by its place alone is likely."""
    if head.issuers or (read.signatories and read.signatories == head.title_issuers):
        issuers = Sureness.SURE
    elif read.signatories or read.issuers == _stated_issuers(head):
        issuers = Sureness.LIKELY
    else:
        issuers = Sureness.GUESSED
    title = read.title or ""
    is_title_sure = is_surely_a_title(title) or title == _stated_title(head)
    is_date_sure = bool(foot.signatories) or read.issued_on == _stated_date(head)
    is_annex_sure = any(_ANNEX.fullmatch(line.text) for line in lines)
    info = read.print_info
    sureness = {
        "issuers": issuers,
        "document_number": Sureness.SURE,
        "title": _sure_if(is_title_sure),
        "issued_on": _sure_if(is_date_sure),
        "recipients": Sureness.SURE,
        "signatories": _sure_if(bool(foot.signatories)),
        "annex_title": _sure_if(is_annex_sure),
        "print_info": _sure_if(info is not None and info.printed_on is not None),
    }
    return {name: Trace(sure) for name, sure in sureness.items() if getattr(read, name)}


def _sure_if(is_sure: bool) -> Sureness:
    return Sureness.SURE if is_sure else Sureness.LIKELY


def _first(stated: Mapping[str, str], *names: str) -> str:
    return next((stated[name] for name in names if stated.get(name)), "")


def _stated_issuers(head: Head) -> tuple[str, ...]:
    said = _first(head.stated, "发文机关", "发文单位", "制发机关", "制定机关", "发布机构")
    return tuple(split_outside_brackets(said, "、，,；; "))


def _stated_number(head: Head) -> str | None:
    return document_number(_first(head.stated, "发文字号", "文号", "文件编号", "字号"))


def _stated_title(head: Head) -> str | None:
    return _first(head.stated, "标题", "名称") or None


def _stated_date(head: Head) -> date | None:
    return whole_date(_first(head.stated, "成文日期", "成文时间", "发文日期", "公布日期"))


def _made_on(text: str) -> date | None:
    """The day on which a list was made, as its own foot or head labels it."""
    found = _MADE_ON.search(text)
    return whole_date(found.group("day")) if found else None


def _foot(lines: Sequence[Line], after: int) -> _Foot:
    """The first line that is a date alone or behind names, and the annex's title below it."""
    for at in range(after, len(lines)):
        text = _BEHIND_A_DATE.sub("", lines[at].text)
        issued_on = whole_date(text.strip("（()）"))
        if issued_on:
            return _Foot(_signatories(lines[after:at]), issued_on, _annex_title(lines[at + 1 :]))
        signed = signed_line(Line(lines[at].raw, text))
        if signed:
            return _Foot(*signed, _annex_title(lines[at + 1 :]))
    return _Foot(annex_title=_annex_title(_below_annex_mark(lines[after:])))


def _signatories(above_date: Sequence[Line]) -> tuple[str, ...]:
    """The names right above the date, one a line or several with wide gaps between them."""
    names: list[str] = []
    for line in reversed(above_date):
        found = names_in(line)
        if not found:
            break
        names[:0] = found
    return tuple(names)


def _below_annex_mark(lines: Sequence[Line]) -> Sequence[Line]:
    for at, line in enumerate(lines):
        if _ANNEX.fullmatch(line.text):
            return lines[at + 1 :]
    return ()


def _annex_title(lines: Sequence[Line]) -> str | None:
    """The title of what is attached, when it is the first thing after the date."""
    parts: list[str] = []
    for line in lines:
        text = line.text
        is_between = (
            _PRINTED.fullmatch(text) or _COPIED.match(text) or text.startswith(("（此件", "(此件"))
        )
        if is_between or _ANNEX.fullmatch(text) or is_page_number(text):
            continue
        if not text or _SENTENCE.search(text) or len("".join(parts)) > LONGEST_TITLE:
            return None
        parts.append(text)
        if is_title(text):
            return "".join(parts)
    return None


def _print_info(lines: Sequence[Line]) -> PrintInfo | None:
    """The imprint: 抄送：… and … 印发. What is copied to whom may run over several lines."""
    copied_to = ""
    is_open = False
    above = Line("", "")
    for line in lines:
        text = line.text
        match = _PRINTED.fullmatch(text)
        if match:
            copied = tuple(split_outside_brackets(copied_to.rstrip("。"), "，,；;"))
            # A tab between the two makes them cells of a row.
            printed_by = match.group(1) or "".join(names_in(above)[-1:])
            return PrintInfo(printed_by or None, whole_date(match.group(2)), copied)
        if _COPIED.match(text):
            copied_to = text.split("：", 1)[-1].split(":", 1)[-1]
            is_open = not text.endswith("。")
        elif is_open:
            copied_to += text
            is_open = not text.endswith("。")
        above = line
    copied = tuple(split_outside_brackets(copied_to.rstrip("。"), "，,；;"))
    return PrintInfo(None, None, copied) if copied else None
