"""Numerals inside running text: 1,200 · 十二 · 四点八 · 三分之二 · 百分之六十 · 八成五 · 1:18."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SCORES = {"廿": "二十", "卅": "三十"}
_CHINESE = frozenset(DIGITS) | frozenset(MULTIPLIERS) | frozenset(_SCORES)
_LONGEST = 15
"""Characters: a longer row of digits is a code or an account, no quantity."""

_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)
_SLASH = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d/万])", re.ASCII)
_RATIO = re.compile(r"(\d{1,3}(?:\.\d+)?)[:比](\d{1,5}(?:\.\d+)?)(?!\d|[:.比]\d)", re.ASCII)
_COMPARED = ("比", "例", "按")
_SCALES = ("地形图", "比例尺", "地图", "测图")
_METRES = frozenset("瓦米克伏卡帕赫焦")
"""After these 千 belongs to the unit: 500万千瓦时, 15千克."""
_REACHED = ("覆盖", "达到", "超过", "达", "占", "近", "约")
_AFTER_TENTHS = frozenset("以左的至到和及,。;、()")
_UNSAID = frozenset("数几")
_ROUGHLY = frozenset("上成近")
"""数十, 几百, 上千 and 成百上千 name no number."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral and where it ends; `unit` is one that it brings itself ("%" of 百分之六十).

    `multiplier` is what follows Arabic digits (10万) and is not in `number`. `is_arabic` tells
    digits, which are rarely part of a word, from Chinese numerals, which often are.
    """

    number: Decimal
    end: int
    is_arabic: bool
    multiplier: str = ""
    unit: str | None = None


def numeral_at(text: str, start: int) -> Numeral | None:
    """The whole numeral that begins at `start`; None when none does, or its value is unknown.

    >>> [str(numeral_at(text, 0).number) for text in ("1,200人", "一百零五家", "三分之二", "两千")]
    ['1200', '105', '0.6666666666666666666666666667', '2000']
    >>> numeral_at("10万元", 0).multiplier, numeral_at("百分之六十", 0).unit
    ('万', '%')
    """
    if start >= len(text) or not may_begin_a_numeral(text, start):
        return None
    readers: tuple[Callable[[str, int], Numeral | None], ...] = (_share, _arabic, _chinese)
    for reader in readers:
        found = reader(text, start)
        if found is not None:
            return found
    return None


def numeral_end(text: str, start: int) -> int:
    """Where the row of numeral characters at `start` ends; `start` itself when there is none."""
    end = start
    while end < len(text) and (text[end] in _CHINESE or text[end].isdecimal()):
        end += 1
    return end


def may_begin_a_numeral(text: str, at: int) -> bool:
    return text[at] in _CHINESE or text[at].isdecimal() or text.startswith("半数", at)


def is_numeral_character(character: str) -> bool:
    return character in _CHINESE or character.isdecimal()


def _share(text: str, start: int) -> Numeral | None:
    """百分之六十, 千分之五, 三分之二, 一半, 半数, 六成, 2/3."""
    if text.startswith(("一半", "半数"), start):
        return Numeral(Decimal("0.5"), start + 2, is_arabic=True, unit="")
    if text.startswith("百分百", start):
        return Numeral(Decimal(100), start + 3, is_arabic=True, unit="%")
    slash = _SLASH.match(text, start)
    if slash and 0 < int(slash[1]) < int(slash[2]):
        return Numeral(Decimal(slash[1]) / int(slash[2]), slash.end(), is_arabic=True, unit="")
    ratio = ratio_at(text, start)
    if ratio is not None:
        return ratio
    whole = _digits(text, start)
    if whole is None:
        return None
    if text.startswith("分之", whole.end):
        part = _digits(text, whole.end + 2)
        return None if part is None else _fraction(whole, part)
    return _tenths(text, whole) if text.startswith("成", whole.end) else None


def ratio_at(text: str, start: int) -> Numeral | None:
    """1:10 behind words that say it is a ratio (师幼比, 按6:4): a share without unit.

    An hour, the scale of a map and three shares (5:3:2) are none.

    >>> ratio_at("师生比1:4", 3).number, ratio_at("上午9:30", 2)
    (Decimal('0.25'), None)
    """
    match = _RATIO.match(text, start)
    before = text[max(start - 10, 0) : start]
    if match is None or not Decimal(match[2]) or not any(word in before for word in _COMPARED):
        return None
    if text.startswith(_SCALES, match.end()) or before.endswith(":"):
        return None
    value = Decimal(match[1]) / Decimal(match[2])
    return Numeral(value, match.end(), is_arabic=True, unit="")


def _tenths(text: str, whole: Numeral) -> Numeral | None:
    """六成 is 60 %, 八成五 85 %; 成 before a noun is as often part of a word."""
    if not 0 < whole.number < 10 or whole.multiplier:
        return None
    end = whole.end + 1
    hundredths = 5 if text.startswith("半", end) else DIGITS.get(text[end : end + 1])
    if hundredths is not None:
        return Numeral(whole.number * 10 + hundredths, end + 1, is_arabic=True, unit="%")
    following = text[end : end + 1]
    before = text[max(whole.end - 3, 0) : whole.end - 1]
    if not following or following in _AFTER_TENTHS or before.endswith(_REACHED):
        return Numeral(whole.number * 10, end, is_arabic=True, unit="%")
    return None


def _fraction(whole: Numeral, part: Numeral) -> Numeral | None:
    if whole.number == 100:
        return Numeral(part.number, part.end, is_arabic=True, unit="%")
    if whole.number <= 0:
        return None
    return Numeral(part.number / whole.number, part.end, is_arabic=True, unit="")


def _digits(text: str, start: int) -> Numeral | None:
    return _arabic(text, start) or _chinese(text, start)


def _arabic(text: str, start: int) -> Numeral | None:
    match = _ARABIC.match(text, start)
    if match is None or match.end() - start > _LONGEST:
        return None
    end = match.end()
    while end < len(text) and text[end] in MULTIPLIERS and end - match.end() < 3:
        if text[end] == "千" and text[end + 1 : end + 2] in _METRES:
            break
        end += 1
    number = Decimal(match[0].replace(",", ""))
    return Numeral(number, end, is_arabic=True, multiplier=text[match.end() : end])


def _chinese(text: str, start: int) -> Numeral | None:
    end = start
    while end < len(text) and text[end] in _CHINESE:
        end += 1
    written = text[start:end]
    before = text[start - 1 : start]
    if not 0 < len(written) <= _LONGEST or before in _UNSAID:
        return None
    if before in _ROUGHLY and written[0] in MULTIPLIERS and written[0] != "十":
        return None
    value = _chinese_value("".join(_SCORES.get(character, character) for character in written))
    if value is None:
        return None
    return _decimal(text, value, end) or Numeral(Decimal(value), end, is_arabic=False)


def _decimal(text: str, whole: int, point: int) -> Numeral | None:
    """四点八, 一点二亿: digits one by one behind the point; no time of day (八点三十)."""
    if not text.startswith("点", point):
        return None
    end = point + 1
    while end < len(text) and text[end] in DIGITS and end - point <= _LONGEST:
        end += 1
    following = text[end : end + 1]
    if end == point + 1 or following in ("十", "点", "线", "刻"):
        return None
    digits = "".join(str(DIGITS[character]) for character in text[point + 1 : end])
    multiplier = following if following in MULTIPLIERS else ""
    number = Decimal(f"{whole}.{digits}")
    return Numeral(number, end + len(multiplier), is_arabic=False, multiplier=multiplier)


def _chinese_value(written: str) -> int | None:
    """The value of a Chinese numeral; None for 三五 and other rows of digits, which name none.

    >>> [_chinese_value(text) for text in ("十二", "百", "一百零五", "两万三千", "三五")]
    [12, 100, 105, 23000, None]
    """
    if not any(character in MULTIPLIERS for character in written):
        is_one = len(written) == 1 or len(written) == 4
        return int("".join(str(DIGITS[character]) for character in written)) if is_one else None
    total = section = digit = 0
    for character in written:
        if character in DIGITS:
            if digit:
                return None
            digit = DIGITS[character]
            continue
        multiplier = MULTIPLIERS[character]
        if multiplier > MULTIPLIERS["千"]:
            below = section + digit
            is_hundred_million = multiplier == MULTIPLIERS["亿"]
            total = (
                (total + below or 1) * multiplier
                if is_hundred_million
                else total + (below or 1) * multiplier
            )
            section = digit = 0
        else:
            section += (digit or 1) * multiplier
            digit = 0
    return total + section + digit
