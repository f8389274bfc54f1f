"""The head of a document: what stands above its text (GB/T 9704-2012, 7.2 and 7.3)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from taizhang.notices.document import Document, Passage, Table
from taizhang.notices.numerals import whole_date
from taizhang.notices.reading.columns import read_head
from taizhang.notices.reading.wording import (
    LONGEST_TITLE,
    ends_like_a_body,
    is_page_number,
    is_title,
    number_mark,
    split_outside_brackets,
    without_layout,
)

_HEAD_LINES = 45  # a title, number and addressee stand among the first lines
_LONGEST_NAME = 40
_CHINESE = "\u4e00-\u9fff"
NUMBER = re.compile(
    rf"([{_CHINESE}]{{2,20}})[〔\[［【（(﹝](\d{{4}})[〕\]］】）)﹞] ?(第?) ?(\d{{1,5}}) ?号"
)
_MARK = re.compile(rf"([{_CHINESE}、（）]{{3,60}})文件")
_ADDRESSEE = re.compile(
    "(?!.*(?:如下|以下|事项|附件|要求|目标|任务|内容|说明|精神|安排|部署|工作)[：:])[^。；：:]+[：:]"
)
_ADDRESSED = re.compile(
    "(?:^|[，、])(?:各|全体|有关|市直|省直|县直)|(?:同志|职工|会员|员工|朋友)[：:]$"
)
_SENTENCE = re.compile("[，。；：:！？]")
_WIDE_GAP = re.compile(r"\s{2,}|\u3000+|\t")
_SURELY_A_TITLE = re.compile(
    "(?:的(?:通知|意见|决定|通报|报告|请示|批复|函|公告|通告|办法|规定|实施意见|指导意见|若干意见))$"
)
_ADDITION = re.compile(
    "[（(](?!.*(?:月|公开|发布|此件|盖章|代章|附|注|标|牵头|单位))[^（()）]{2,24}[）)]"
)
_ISSUER_OF_TITLE = re.compile("([^《》“”，。]{4,40}?)(?:关于|印发|转发|批转)")
_LABELLED = re.compile(
    "【?(?P<name>索引号|主题分类|发文机关|发文单位|发布机构|制发机关|发文字号|文号|文件编号|成文日期"
    "|发文日期|成文时间|发布日期|发布时间|公开日期|生成日期|有效性|效力状态|主题词|标题|名称|主送机关|主送|签发人"
    "|来源|信息来源|作者|责任编辑|浏览次数|阅读次数|点击数|字体|字号|密级|紧急程度|份号|公文种类|组配分类"
    "|文件状态|废止日期|生效日期|实施日期|施行日期|统一编号|公开方式|制定机关|公布日期|效力等级|时效性"
    "|时间|日期)(?:[：:]|】[：:]?)"
)
_NAVIGATION = re.compile(
    "(?:您|你)?(?:现在|当前|所在|的)*(?:位置|页面|栏目)(?:是)?[：:]|(?:网站)?首页\\s*[>》/|-]|欢迎|今天是"
)
# A title that begins anew: with the name of its issuer, or with what it is about.
_BEGINS_A_TITLE = re.compile("(?P<issuer>[^《》“”，。]{4,40}?)?(?:关于|印发|转发|批转)")
_ANNEX = re.compile("附件[0-9０-９一二三四五六七八九十]{0,2}[：:]?")
_NO_PART_OF_A_TITLE = re.compile(
    "(?:特急|加急|平急|急件|机密|秘密|绝密|内部文件|内部资料|送审稿|征求意见稿|密级|打印|分享|首页|正文|返回)"
    rf"|[0-9０-９A-ZＡ-Ｚ\s－—-]+|附件[0-9０-９一二三四五六七八九十]*|[^{_CHINESE}]*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line in its two forms: as it stands, and without its layout."""

    raw: str
    text: str


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


def is_surely_a_title(text: str) -> bool:
    """Whether it ends as only the title of a document does: …的通知.

    >>> is_surely_a_title("关于开展检查的通知"), is_surely_a_title("2030年工作要点")
    (True, False)
    """
    return _SURELY_A_TITLE.search(text) is not None


def document_lines(document: Document) -> list[Line]:
    """The paragraphs of a document, and the cells of tables that are no ledgers."""
    lines: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Passage):
            lines.append(Line(block.text, without_layout(block.text)))
        elif _is_ledger(block):
            lines += _lines_of(_above_head(block))
            lines.append(Line("", ""))  # nothing above a ledger goes on below it
        else:
            lines += _lines_of(block)
    return lines


def _is_ledger(table: Table) -> bool:
    return len(table.rows) > 1 and any(read_head([cell.text for cell in row]) for row in table.rows)


def _above_head(table: Table) -> Table:
    """The rows above the head: many tables hold their own title."""
    heads = (at for at, row in enumerate(table.rows) if read_head([cell.text for cell in row]))
    return Table(table.rows[: next(heads)])


def _lines_of(table: Table) -> list[Line]:
    """A cell is a line; one that ends as a label takes the cell behind it along."""
    lines: list[Line] = []
    for row in table.rows:
        label = ""
        for text in dict.fromkeys(part for cell in row for part in cell.text.split("\n")):
            if re.fullmatch(r"\s*\S[^：:]{0,12}[：:]\s*", text) and not label:
                label = text
            elif text.strip():
                lines.append(Line(label + text, without_layout(label + text)))
                label = ""
        if label:
            lines.append(Line(label, without_layout(label)))
    return lines


def read_heading(lines: Sequence[Line]) -> Head:
    """What stands above the text: down to the addressee, else to the first sentence or table."""
    reader = _Reader()
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if not reader.take(line, lines[at + 1 :][:3]):
            break
    return reader.head()


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
        labelled = _labels(text)
        if labelled and not self._open_addressee:
            self._stated |= {name: value for name, value in labelled.items() if value}
            before = _LABELLED.split(text, maxsplit=1)[0]
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
        first, end = _title_lines(lines)
        title = "".join(line.text for line in lines[first:end]) or None
        below = lines[end:] if title else []
        dates = [found for line in lines if (found := whole_date(line.text.strip("（()）")))]
        return Head(
            length=self._length,
            issuers=_marked_issuers(lines, first if title else len(lines)),
            number=_number(line.text for line in lines) if lines else None,
            title=title if title and len(title) <= LONGEST_TITLE else None,
            title_issuers=_title_issuers(lines[first:end]),
            recipients=self._recipients,
            dated=dates[0] if dates else None,
            names=tuple(name for line in below for name in names_in(line)),
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


def _number(texts: Iterable[str]) -> str | None:
    return next((number for text in texts if (number := document_number(text))), None)


def document_number(text: str) -> str | None:
    """The document number in front of a line, with the hexagonal brackets of the standard.

    >>> document_number("临政发[2030]12号签发人：王某")
    '临政发〔2030〕12号'
    """
    match = NUMBER.match(text.strip("（("))
    if match is None:
        return None
    code, year, prefix, serial = match.groups()
    return f"{code}〔{year}〕{prefix}{serial}号"


def _title_lines(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the title begins and ends among the lines of a head; (0, 0) without one."""
    last: int | None = None
    for at, line in enumerate(lines):
        if last is not None and (_is_no_part(line) or whole_date(line.text.strip("（()）"))):
            break
        if _is_no_part(line):
            continue
        so_far = "".join(each.text for each in lines[_first_of_title(lines, at) : at + 1])
        if is_title(line.text) and so_far.count("《") == so_far.count("》"):
            last = at
            if _SURELY_A_TITLE.search(line.text):
                break
    if last is None:
        return 0, 0
    first = _first_of_title(lines, last)
    end = last + 1
    below = lines[end].text if end < len(lines) else ""
    if _ADDITION.fullmatch(below) and not document_number(below):
        end += 1
    return first, end


def _first_of_title(lines: Sequence[Line], last: int) -> int:
    """The line that a title begins with: above 甲关于… stand only the names of joint issuers."""
    first = last
    while first and not _is_no_part(lines[first - 1]):
        begins = _BEGINS_A_TITLE.match(lines[first].text)
        issuer = (begins and begins.group("issuer")) or ""
        above = lines[first - 1]
        is_joint = bool(names_in(above)) and not issuer.startswith(above.text)
        if begins and (not issuer or ends_like_a_body(issuer)) and not is_joint:
            break
        first -= 1
    return first


def _is_no_part(line: Line) -> bool:
    text = line.text
    is_ornament = len(set(re.findall(rf"[{_CHINESE}]", text))) < 2
    return bool(
        is_ornament
        or NUMBER.match(text.strip("（("))
        or _MARK.fullmatch(text)
        or text == "文件"
        or _NO_PART_OF_A_TITLE.fullmatch(text)
        or is_page_number(text)
    )


def _marked_issuers(lines: Sequence[Line], title_at: int) -> tuple[str, ...]:
    """The names in the agency mark (发文机关标志): joint issuers have a line each.

    A letter has the mark without 文件, above the number.
    """
    for at, line in enumerate(lines):
        match = _MARK.fullmatch(line.text)
        if match or line.text == "文件":
            own = line.raw.strip()
            parts = [without_layout(part) for part in _WIDE_GAP.split(own)]
            if not (len(parts) > 1 and all(len(part) > 3 or part == "文件" for part in parts)):
                parts = [line.text]
            names = [re.sub("文件$", "", part) for part in parts]
            mark = [name for part in names for name in split_outside_brackets(part, "、")]
            above = _names_from(reversed(lines[:at]))
            below = _names_from(lines[at + 1 : title_at])
            return tuple(dict.fromkeys((*reversed(above), *mark, *below)))
    numbers = [at for at, line in enumerate(lines) if NUMBER.match(line.text)]
    if numbers and numbers[0] < title_at:
        return tuple(reversed(_names_from(reversed(lines[: numbers[0]]))))
    return ()


def _names_from(lines: Iterable[Line]) -> list[str]:
    names: list[str] = []
    for line in lines:
        found = names_in(line)
        if not found:
            break
        names += reversed(found) if len(found) > 1 else found
    return names


def names_in(line: Line) -> list[str]:
    """The names of bodies that a line holds and nothing else, with wide gaps between them."""
    text = re.sub("[（(](?:盖章|公章|印章|代章|章)[）)]$", "", line.text)
    if not text or len(text) > 4 * _LONGEST_NAME or _SENTENCE.search(text) or is_title(text):
        return []
    raw = re.sub(r"[（(]\s*(?:盖\s*章|公章|印章|代章|章)\s*[）)]\s*$", "", line.raw.strip())
    parts = [without_layout(part) for part in re.split(r"\s+|、", raw) if part.strip()]
    if len(parts) < 2 or not all(len(part) > 3 and ends_like_a_body(part) for part in parts):
        parts = [text]
    is_named = all(
        3 <= len(part) <= _LONGEST_NAME
        and re.fullmatch(rf"[{_CHINESE}（）()“”·]+", part)
        and ends_like_a_body(re.sub("[（(][^（()）]*[）)]$", "", part))
        for part in parts
    )
    return parts if is_named else []


def _title_issuers(lines: Sequence[Line]) -> tuple[str, ...]:
    """The bodies in whose name the title speaks: 甲关于…, 甲 乙关于…."""
    title = "".join(line.text for line in lines)
    found = _ISSUER_OF_TITLE.match(title)
    if found is None:
        return ()
    spaced = re.split("关于|印发|转发|批转", " ".join(line.raw for line in lines), maxsplit=1)[0]
    parts = [without_layout(part) for part in spaced.split() if part.strip()]
    if len(parts) > 1 and all(len(part) > 3 and ends_like_a_body(part) for part in parts):
        return tuple(parts)
    names = split_outside_brackets(found.group(1), "、")
    return tuple(names) if all(ends_like_a_body(name) for name in names) else ()
