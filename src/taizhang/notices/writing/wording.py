"""Numbers before paragraphs, where a title breaks, and how wide a text is."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from taizhang.notices.writing.model import Level, Paragraph

TITLE_WIDTH = 19  # full characters of 2-hao type in a line of 156 mm, one left free

_DIGITS = "零一二三四五六七八九"
# Where a title breaks best: before an opening book mark and after these; where it may break.
_BEST_BREAKS = ("关于", "印发", "转发", "》")
_GOOD_BREAKS = ("、", "总工会", "办公室", "委员会", "和", "及")
_NEVER_FIRST = "，。、；：！？）〕》”’的"
_NEVER_LAST = "（〔《“‘"


def numbered(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Level | None, str]]:
    """Each paragraph with its number; a wider level starts the narrower ones anew.

    >>> body = [Paragraph("要求", Level.FIRST), Paragraph("抓好。"), Paragraph("分工", Level.FIRST)]
    >>> [text for _level, text in numbered(body)]
    ['一、要求', '抓好。', '二、分工']
    """
    counts: Counter[Level] = Counter()
    for paragraph in paragraphs:
        level = paragraph.level
        if level is None:
            yield None, paragraph.text
            continue
        counts[level] += 1
        for narrower in Level:
            if narrower > level:
                counts[narrower] = 0
        yield level, number_of(level, counts[level]) + paragraph.text


def number_of(level: Level, count: int) -> str:
    """The mark before a paragraph (handbook 6.3).

    >>> [number_of(level, 12) for level in Level]
    ['十二、', '（十二）', '12.', '（12）']
    """
    match level:
        case Level.FIRST:
            return f"{chinese_numeral(count)}、"
        case Level.SECOND:
            return f"（{chinese_numeral(count)}）"
        case Level.THIRD:
            return f"{count}."
        case Level.FOURTH:
            return f"（{count}）"


def chinese_numeral(count: int) -> str:
    """A whole number from 1 to 99 in Chinese.

    >>> [chinese_numeral(count) for count in (3, 10, 12, 20, 37)]
    ['三', '十', '十二', '二十', '三十七']
    """
    tens, ones = divmod(count, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


def title_lines(title: str, width: int = TITLE_WIDTH) -> tuple[str, ...]:
    """The lines of a title: as few as fit, of like length, broken at meaning where that is known.

    Line breaks in `title` are kept as they are.

    >>> title_lines("临江市总工会办公室印发《临江市总工会服务职工工作台账》的通知")
    ('临江市总工会办公室印发', '《临江市总工会服务职工工作台账》的通知')
    """
    if "\n" in title:
        return tuple(line.strip() for line in title.splitlines() if line.strip())
    count = math.ceil(text_width(title) / width)
    while True:
        lines = _best_lines(title, count, width)
        if lines is not None:
            return lines
        count += 1


def _best_lines(title: str, count: int, width: int) -> tuple[str, ...] | None:
    """The least unpleasant way to part a title into `count` lines; None when none fits."""
    even = text_width(title) / count
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    for line in range(1, count + 1):
        for end in range(1, len(title) + 1):
            ways = [
                (cost + _cost(title, start, end, even), (*lines, title[start:end]))
                for start in range(end)
                if (known := best.get((line - 1, start))) is not None
                and text_width(title[start:end]) <= width
                for cost, lines in (known,)
            ]
            if ways:
                best[line, end] = min(ways)
    found = best.get((count, len(title)))
    return found[1] if found else None


def _cost(title: str, start: int, end: int, even: float) -> float:
    uneven = abs(text_width(title[start:end]) - even) ** 2 / 4
    if end == len(title):
        return uneven
    before, after = title[:end], title[end:]
    if after[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return uneven + 1000
    if after[0] == "《" or before.endswith(_BEST_BREAKS):
        return uneven
    if before.endswith(_GOOD_BREAKS):
        return uneven + 12
    is_inside_word = re.match("[0-9A-Za-z]", after) and re.search("[0-9A-Za-z]$", before)
    return uneven + (200 if is_inside_word else 30)


def text_width(text: str) -> float:
    """The width of a text in full characters; Latin letters and digits take half of one.

    >>> text_width("2021年6月4日"), text_width("—")
    (6.0, 1.0)
    """
    return sum(
        1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text
    )
