"""Numbers as official documents write them: 12, １２, 十二, 二〇二一."""

import re
import unicodedata
from datetime import date

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_WRITTEN = "零一二三四五六七八九"
CHINESE_NUMERAL = "[零〇○一二两三四五六七八九十百千]+"

_DATE = re.compile(
    rf"(\d{{4}}|[零〇○一二三四五六七八九]{{4}})年"
    rf"(\d{{1,2}}|{CHINESE_NUMERAL})月(\d{{1,2}}|{CHINESE_NUMERAL})日"
    r"|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
)


def whole_number(text: str) -> int | None:
    """The number that `text` is, in Arabic or Chinese numerals; None when it is none.

    >>> [whole_number(text) for text in ("37", "３７", "三十七", "十", "二〇二一", "三个")]
    [37, 37, 37, 10, 2021, None]
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"[0-9]{1,9}", folded):
        return int(folded)
    if not re.fullmatch(CHINESE_NUMERAL, folded):
        return None
    if not any(character in _TENS for character in folded):
        return int("".join(str(_DIGITS[character]) for character in folded))
    total = digit = 0
    for character in folded:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def chinese_numeral(number: int) -> str:
    """A whole number from 0 to 9,999 in Chinese numerals, as lists count; others as digits.

    >>> [chinese_numeral(number) for number in (0, 10, 12, 105, 230, 1000)]
    ['〇', '十', '十二', '一百零五', '二百三十', '一千']
    """
    if not 0 < number < 10_000:
        return "〇" if number == 0 else str(number)
    written = ""
    rest = number
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, value)
        if digit:
            written += f"{_WRITTEN[digit]}{unit}"
        elif rest and written and not written.endswith("零"):
            written += "零"
    return written[1:] if written.startswith("一十") else written


def whole_date(text: str) -> date | None:
    """The day that `text` is, with its year; None when it is anything else.

    >>> whole_date("2021年6月4日"), whole_date("二〇二一年十二月三十日"), whole_date("2021-6-4")
    (datetime.date(2021, 6, 4), datetime.date(2021, 12, 30), datetime.date(2021, 6, 4))
    >>> whole_date("2021年13月4日") is None, whole_date("2021年元月4日")
    (True, datetime.date(2021, 1, 4))
    """
    written = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("元月", "1月")
    match = _DATE.fullmatch(written)
    if match is None:
        return None
    year, month, day = (whole_number(part) or 0 for part in match.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None
