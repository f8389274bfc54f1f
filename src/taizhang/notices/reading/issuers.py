"""The bodies in whose name a document speaks: in its mark, its title or its signature."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from taizhang.notices.numerals import CHINESE_NUMERAL, whole_date
from taizhang.notices.reading.lines import Line
from taizhang.notices.reading.numbers import MARK, NUMBER
from taizhang.notices.reading.wording import (
    ends_like_a_body,
    is_title,
    split_outside_brackets,
    without_layout,
)

DAY = (
    r"(?:\d{4}|[零〇○一二三四五六七八九]{4})年"
    rf"(?:\d{{1,2}}|元|{CHINESE_NUMERAL})月(?:\d{{1,2}}|{CHINESE_NUMERAL})日"
)
"""A day with its year, in whatever numerals."""

_SIGNED = re.compile(rf"(.{{3,80}}?)({DAY})")
_LONGEST_NAME = 40
_CHINESE = "\u4e00-\u9fff"
_SENTENCE = re.compile("[，。；：:！？]")
_WIDE_GAP = re.compile(r"\s{2,}|\u3000+|\t")
_ISSUER_OF_TITLE = re.compile("([^《》“”，。]{4,40}?)(?:关于|印发|转发|批转)")


def marked_issuers(lines: Sequence[Line], title_at: int) -> tuple[str, ...]:
    """The names in the agency mark (发文机关标志): joint issuers have a line each.

    A letter has the mark without 文件, above the number.
    """
    for at, line in enumerate(lines):
        match = MARK.fullmatch(line.text)
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


def signed_line(line: Line) -> tuple[tuple[str, ...], date | None] | None:
    """The names in front of a date that stands on their line, and the date."""
    signed = _SIGNED.fullmatch(line.text)
    if signed is None:
        return None
    day = signed.group(2)
    raw = re.split(r"\s*".join(map(re.escape, day[:3])), line.raw)[0]
    names = names_in(Line(raw, line.text[: -len(day)]))
    return (tuple(names), whole_date(day)) if names else None


def title_issuers(lines: Sequence[Line]) -> tuple[str, ...]:
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
