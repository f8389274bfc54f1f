"""Head and foot of a document: who sent what to whom, when and under which number.

Each field is read from the place that GB/T 9704-2012 gives it (handbook part 6). A document
without that place leaves the field empty.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from taizhang.notices.document import Document, Passage
from taizhang.notices.model import Metadata, PrintInfo
from taizhang.notices.numerals import whole_date
from taizhang.notices.reading.wording import (
    LONGEST_TITLE,
    NUMBER_MARKS,
    is_title,
    split_outside_brackets,
    without_layout,
)

_HEAD_BLOCKS = 20  # a title, number and addressee stand among the first paragraphs
_LONGEST_NAME = 40
_CHINESE = "\u4e00-\u9fff"
_NUMBER = re.compile(
    rf"([{_CHINESE}]{{2,20}})[〔\[［【（(](\d{{4}})[〕\]］】）)](第?)(\d{{1,5}})号"
)
_MARK = re.compile(rf"([{_CHINESE}、（）]{{3,60}})文件")
_PRINTED = re.compile(r"(.*?)(\d{4}年\d{1,2}月\d{1,2}日)印发")
_ADDRESSEE = re.compile("(?!.*如下)[^。；：:]+[：:]")  # a colon also ends 现通知如下：
_SENTENCE = re.compile("[，。；：:！？]")


def read_metadata(document: Document) -> Metadata:
    """The metadata of a document; what it does not say stays None or empty."""
    paragraphs = [paragraph.text for paragraph in document.paragraphs()]
    lines = [without_layout(paragraph) for paragraph in paragraphs]
    head = _head(document)
    foot = _foot(paragraphs, lines, after=len(head.lines))
    signatories = foot.signatories
    return Metadata(
        issuers=head.issuers or signatories,
        document_number=head.number,
        title=head.title,
        issued_on=foot.issued_on,
        recipients=head.recipients,
        signatories=signatories,
        annex_title=foot.annex_title,
        print_info=_print_info(lines),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    lines: tuple[str, ...]
    issuers: tuple[str, ...]
    number: str | None
    title: str | None
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Foot:
    signatories: tuple[str, ...] = ()
    issued_on: date | None = None
    annex_title: str | None = None


def _head(document: Document) -> _Head:
    """What stands above the text: down to the addressee, else to the first sentence or table."""
    lines: list[str] = []
    recipients: tuple[str, ...] = ()
    for block in document.blocks[:_HEAD_BLOCKS]:
        if not isinstance(block, Passage):
            break
        line = without_layout(block.text)
        if _ADDRESSEE.fullmatch(line):
            recipients = tuple(split_outside_brackets(line[:-1], "，,；;"))
            lines.append(line)
            break
        if _SENTENCE.search(line) or any(mark.match(line) for mark in NUMBER_MARKS):
            break
        if whole_date(line) or (lines and is_title(lines[-1]) and not _NUMBER.fullmatch(line)):
            break
        lines.append(line)
    return _Head(tuple(lines), _marked_issuers(lines), _number(lines), _title(lines), recipients)


def _marked_issuers(lines: Sequence[str]) -> tuple[str, ...]:
    """The names in the agency mark (发文机关标志); joint issuers have a line each."""
    for position, line in enumerate(lines):
        match = _MARK.fullmatch(line)
        if match:
            above = [name for name in lines[:position] if re.fullmatch(rf"[{_CHINESE}]+", name)]
            return (*above, *split_outside_brackets(match.group(1), "、"))
    return ()


def _number(lines: Iterable[str]) -> str | None:
    """The document number, with the hexagonal brackets that the standard asks for."""
    for line in lines:
        match = _NUMBER.match(line)
        if match:
            code, year, prefix, serial = match.groups()
            return f"{code}〔{year}〕{prefix}{serial}号"
    return None


def _title(lines: Sequence[str]) -> str | None:
    """The lines that end in the kind of document, joined from where the title begins."""
    for last, line in enumerate(lines):
        if not is_title(line):
            continue
        first = last
        while first and not _ends_before_title(lines[first - 1]):
            first -= 1
        title = "".join(lines[first : last + 1])
        return title if len(title) <= LONGEST_TITLE else None
    return None


def _ends_before_title(line: str) -> bool:
    is_ornament = len(set(re.findall(rf"[{_CHINESE}]", line))) < 2
    return is_ornament or bool(_NUMBER.match(line) or _MARK.fullmatch(line))


def _foot(paragraphs: Sequence[str], lines: Sequence[str], after: int) -> _Foot:
    """The first line that is a date alone, the names above it and the annex's title below it."""
    for position in range(after, len(lines)):
        issued_on = whole_date(lines[position].strip("（()）"))
        if issued_on:
            signatories = _signatories(paragraphs[after:position])
            return _Foot(signatories, issued_on, _annex_title(lines[position + 1 :]))
    return _Foot()


def _signatories(above_date: Sequence[str]) -> tuple[str, ...]:
    """The names right above the date, one a line or several with wide gaps between them."""
    names: list[str] = []
    for paragraph in reversed(above_date):
        line = without_layout(paragraph)
        is_name = len(line) <= _LONGEST_NAME and not _SENTENCE.search(line) and not is_title(line)
        if not is_name or line.startswith("附件"):
            break
        parts = re.split(r"\s{2,}|\u3000|、", paragraph.strip())
        names[:0] = [without_layout(part) for part in parts if part.strip()]
    return tuple(names)


def _annex_title(lines: Iterable[str]) -> str | None:
    """The title of what is attached, when it is the first thing after the date."""
    parts: list[str] = []
    for line in lines:
        if _PRINTED.fullmatch(line) or line.startswith(("抄送", "附件", "（此件")):
            continue
        if _SENTENCE.search(line) or len("".join(parts)) > LONGEST_TITLE:
            return None
        parts.append(line)
        if is_title(line):
            return "".join(parts)
    return None


def _print_info(lines: Iterable[str]) -> PrintInfo | None:
    """The imprint: 抄送：… and … 印发."""
    copied_to: tuple[str, ...] = ()
    for line in lines:
        if line.startswith(("抄送：", "抄送:")):
            copied_to = tuple(split_outside_brackets(line[3:].rstrip("。"), "，,；;"))
        match = _PRINTED.fullmatch(line)
        if match:
            return PrintInfo(match.group(1) or None, whole_date(match.group(2)), copied_to)
    return PrintInfo(None, None, copied_to) if copied_to else None
