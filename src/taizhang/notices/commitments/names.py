"""Strings that look like numbers and count nothing: titles, quoted names, numbers of documents."""

import re

from taizhang.notices.commitments import lexicon, units
from taizhang.notices.commitments.numerals import (
    is_numeral_character,
    numeral_at,
    numeral_end,
    ratio_at,
)

_LONGEST_NAME = 40
"""Characters between quotation marks; more is a sentence that somebody quotes."""
_LONGEST_QUOTED = 16
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9+×*/.&_:-]*", re.ASCII)
_PHONE = re.compile(r"0\d{2,3}-\d{7,8}|1\d{10}(?!\d)|\d{3,4}-\d{3,4}-\d{3,4}", re.ASCII)
_COUNTED = re.compile(r"([A-Za-z]{2,})\d+", re.ASCII)
_QUANTITY = re.compile(r"\d+(?:\.\d+)?(?:[-~]\d+(?:\.\d+)?)?", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d年", re.ASCII)
_FRACTION = re.compile(r"\d{1,2}/\d{1,2}(?![\d/])", re.ASCII)
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?", re.ASCII)
_IN = re.compile("[以之]?内")
_DOCUMENT_NUMBER = re.compile(r"[〔(\[【](?:19|20)\d\d[〕)\]】](?:第)?\d+号")
_OPEN = {"《": "》", '"': '"', "〔": "〕", "『": "』", "「": "」", "'": "'"}


def name_end(text: str, start: int) -> int:
    """Where the name that begins at `start` ends; `start` itself when no name begins there.

    >>> [name_end(text, 0) for text in ("《三年行动》", "第三十二条", "1+X证书", "一人一档", "3家")]
    [6, 5, 3, 4, 0]
    """
    character = text[start]
    no_word = lexicon.NOT_WORDS.at(text, start)
    if no_word:
        return start + len(no_word[0])
    if character in _OPEN:
        return _quoted_end(text, start, _OPEN[character])
    number = _DOCUMENT_NUMBER.match(text, start)
    if number:
        return number.end()
    if character in "第前":
        return _ordinal_end(text, start)
    if character == "每":
        return _divisor_end(text, start)
    if character.isascii() and character.isalnum():
        return _code_end(text, start)
    if is_numeral_character(character):
        return _chinese_name_end(text, start)
    return start


def _quoted_end(text: str, start: int, closing: str) -> int:
    end = text.find(closing, start + 1, start + 1 + _LONGEST_NAME)
    if end < 0 or (end - start > _LONGEST_QUOTED and closing in "\"'"):
        return start
    return end + 1


def _ordinal_end(text: str, start: int) -> int:
    """第三批, 第1条, 前10名; never 第一季度, which dates a deadline."""
    end = numeral_end(text, start + 1)
    if end == start + 1 or text.startswith("季度", end):
        return start
    span = units.SPANS.at(text, end)
    if text[start] == "前" and span:
        return end + len(span[0])
    while text[end : end + 1] == "、" and numeral_end(text, end + 1) > end + 1:
        end = numeral_end(text, end + 1)
    if text[start] == "前" and text[end : end + 1] not in ("名", "位", "家", "强", "%"):
        return start
    unit = units.THINGS.at(text, end) or units.EVENTS.at(text, end)
    return end + (len(unit[0]) if unit else 0)


def _divisor_end(text: str, start: int) -> int:
    """每200名职工, 每300至400户: what is divided by; 每5年 is no such thing."""
    numeral = numeral_at(text, start + 1)
    if numeral is None:
        return start
    if text[numeral.end : numeral.end + 1] in ("-", "~", "至", "到"):
        numeral = numeral_at(text, numeral.end + 1) or numeral
    if units.SPANS.at(text, numeral.end):
        return start
    unit = units.THINGS.at(text, numeral.end)
    return numeral.end + len(unit[0]) if unit and not text.startswith("次", numeral.end) else start


def _code_end(text: str, start: int) -> int:
    """5G, 1+X, 7×24, GB/T9704-2012, 0335-3650000, 12315; never 3-5, 10kW or 2/3."""
    if ratio_at(text, start):
        return start
    for pattern in (_PHONE, _DATE):
        match = pattern.match(text, start)
        if match:
            return match.end()
    code = _CODE.match(text, start)
    if code is None:
        return start
    written = code[0].rstrip(".:-/")
    end = start + len(written)
    if written.isalpha() and not text[end : end + 1].isdecimal():
        return end
    quantity = _QUANTITY.match(text, start)
    if quantity is None:
        return _word_end(text, start, written)
    rest = written[len(quantity[0]) :]
    if not rest:
        return _number_end(text, start, end)
    if rest in units.LATIN_UNITS or _FRACTION.match(text, start) or _is_grouped(written):
        return start
    return end


def _number_end(text: str, start: int, end: int) -> int:
    """The end of digits that name: 220千伏, 12345热线, 3楼; `start` of those that count."""
    if text.startswith("千伏", end) and not text.startswith("千伏安", end):
        return end + len("千伏")
    is_too_long = end - start > len("1234567890.12")
    is_classed = text[end : end + 1] in lexicon.NOT_AFTER and not _is_counted_by_class(text, end)
    if is_too_long or is_classed or lexicon.DIALLED.at(text, end):
        return end
    return _phase_end(text, start) or _named_period_end(text, start)


def _is_counted_by_class(text: str, at: int) -> bool:
    """3级以内, 21大类便民服务; never 5大类20项, where it is a heading."""
    unit = units.THINGS.at(text, at)
    if unit is None:
        return text.startswith("级以内", at)
    end = at + len(unit[0])
    return not text[end : end + 1].isdecimal()


def _word_end(text: str, start: int, code: str) -> int:
    """The end of a code; of APP15个 that of the word, for the number counts."""
    counted = _COUNTED.fullmatch(code)
    end = start + len(code)
    if counted and units.COUNTED.at(text, end) and not lexicon.NOT_WORDS.at(text, end):
        return start + counted.end(1)
    return end


def _is_grouped(written: str) -> bool:
    return "/" in written and written.split("/")[0] in units.LATIN_UNITS


def _chinese_name_end(text: str, start: int) -> int:
    """一线, 一人一档, 最多跑一次: words and set phrases with a numeral in them."""
    each = _each_its_own_end(text, start) or _session_end(text, start)
    if each:
        return each
    name = lexicon.NAMES.at(text, start)
    if name:
        return start + len(name[0])
    if start and text[start - 1] in "统唯单同划专逐之其如另某任进不万" and text[start] == "一":
        return start + 1
    return _phase_end(text, start) or _named_period_end(text, start)


def _each_its_own_end(text: str, start: int) -> int:
    """一人一档, 一季度一排名; 0 for any other, and for 一年一次, which says how often."""
    if text[start] != "一":
        return 0
    owner = lexicon.CLOSED_BY_ONE.at(text, start + 1)
    second = start + 1 + len(owner[0]) if owner else start
    if not owner or not text.startswith("一", second) or units.EVENTS.at(text, second + 1):
        return 0
    return second + 2


def _session_end(text: str, start: int) -> int:
    """十一届四次全会: which session, and which of its meetings; 0 for any other."""
    end = numeral_end(text, start)
    if text.startswith(("次全会", "次党代会"), end):
        return end + 1
    if not text.startswith("届", end):
        return 0
    meeting = numeral_end(text, end + 1)
    return meeting + 1 if text.startswith("次", meeting) and meeting > end + 1 else end + 1


def _phase_end(text: str, start: int) -> int:
    """二期工程, 基金三期; 0 for any other."""
    end = numeral_end(text, start)
    if not text.startswith("期", end):
        return 0
    is_phased = lexicon.PHASED.at(text, end + 1) or lexicon.PHASED.at(text, max(start - 2, 0))
    return end + 1 if is_phased else 0


def _named_period_end(text: str, start: int) -> int:
    """三年行动计划, 5年期: a span of years that makes a name; `start` itself for any other."""
    end = numeral_end(text, start)
    span = units.SPANS.at(text, end)
    if span and _YEAR.match(text, start):
        return start
    if span and text[start - 1 : start] == "近" and not _IN.match(text, end + len(span[0])):
        return end + len(span[0])
    if span and lexicon.NAMED_PERIODS.at(text, end + len(span[0])):
        return end + len(span[0])
    return start
