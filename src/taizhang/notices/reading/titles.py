"""Which lines of a head are the title, and what stands above a title and is no part of it."""

import re
from collections.abc import Iterator, Sequence

from taizhang.notices.numerals import whole_date
from taizhang.notices.reading.issuers import names_in
from taizhang.notices.reading.lines import Line
from taizhang.notices.reading.numbers import MARK, NUMBER, document_number
from taizhang.notices.reading.wording import ends_like_a_body, is_page_number, is_title

_FEWEST_WORDS, _LONGEST_WORD = 3, 6
_MARKS_OF_NAMES = frozenset("《》〈〉<>")  # a page may break its lines around them
_LONGEST_REST = 2  # characters of a title that a narrow page puts on a line of their own
_CHINESE = "\u4e00-\u9fff"
_SURELY_A_TITLE = re.compile(
    "(?:的(?:通知|意见|决定|通报|报告|请示|批复|函|公告|通告|办法|规定|实施意见|指导意见|若干意见))$"
)
_ADDITION = re.compile(
    "[（(](?!.*(?:月|公开|发布|此件|盖章|代章|附|注|标|牵头|单位)|[0-9]{4}年?[）)])[^（()）]{2,24}[）)]"
)
# A title that begins anew: with the name of its issuer, or with what it is about.
_BEGINS_A_TITLE = re.compile("(?P<issuer>[^《》“”，。]{4,40}?)?(?:关于|印发|转发|批转)")
_NO_PART_OF_A_TITLE = re.compile(
    "(?:特急|加急|平急|急件|机密|秘密|绝密|内部文件|内部资料|送审稿|征求意见稿|密级|打印|分享|首页|正文|返回)"
    rf"|[0-9０-９A-ZＡ-Ｚ\s－—-]+|附件[0-9０-９一二三四五六七八九十]*|[^{_CHINESE}]*"
)


def is_surely_a_title(text: str) -> bool:
    """Whether it ends as only the title of a document does: …的通知.

    >>> is_surely_a_title("关于开展检查的通知"), is_surely_a_title("2030年工作要点")
    (True, False)
    """
    return _SURELY_A_TITLE.search(text) is not None


def title_lines(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the title begins and ends among the lines of a head; (0, 0) without one.

    Of several, the first that is surely one: above the head of a printed page may stand the
    title of an annex, and a page of a site has titles of its own.
    """
    found = [place for run in _runs(lines) if (place := _title_of(lines, *run))]
    if not found:
        return 0, 0
    sure = (place for place in found if is_surely_a_title(_text(lines, *place)))
    first, end = next(sure, found[0])
    below = lines[end].text if end < len(lines) else ""
    if _ADDITION.fullmatch(below) and not document_number(below):
        end += 1
    return first, end


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The lines in runs between those that are no part of a title."""
    start = 0
    for at, line in enumerate(lines):
        is_rest = at > 0 and _is_rest(lines[at - 1].text, line.text)
        if not is_rest and (_is_no_part(line) or whole_date(line.text.strip("（()）"))):
            yield start, at
            start = at + 1
    yield start, len(lines)


def _title_of(lines: Sequence[Line], start: int, end: int) -> tuple[int, int] | None:
    last: int | None = None
    for at in range(start, end):
        so_far = _text(lines, _first_of_title(lines, at), at + 1)
        is_wrapped = at > start and _is_rest(lines[at - 1].text, lines[at].text)
        is_whole = so_far.count("《") == so_far.count("》")
        if (is_wrapped or is_title(lines[at].text)) and is_whole:
            last = at
            if is_surely_a_title(so_far):
                break
    return None if last is None else (_first_of_title(lines, last), last + 1)


def _is_rest(above: str, text: str) -> bool:
    """Whether a line is the end of a title that was too long for the line above it."""
    return len(text) <= _LONGEST_REST and not is_title(above) and is_title(above + text)


def _text(lines: Sequence[Line], start: int, end: int) -> str:
    return "".join(line.text for line in lines[start:end])


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
    if text in _MARKS_OF_NAMES:
        return False
    is_ornament = len(set(re.findall(rf"[{_CHINESE}]", text))) < 2
    return bool(
        is_ornament
        or NUMBER.match(text.strip("（("))
        or MARK.fullmatch(text)
        or text == "文件"
        or _NO_PART_OF_A_TITLE.fullmatch(text)
        or is_page_number(text)
        or _is_menu(line)
    )


def _is_menu(line: Line) -> bool:
    """Whether a line is several short words, as the tags and menus of a page are."""
    words = line.raw.split()
    return len(words) >= _FEWEST_WORDS and all(
        1 < len(word) <= _LONGEST_WORD and not ends_like_a_body(word) for word in words
    )
