"""Amounts: a numeral or a range with its unit, and how surely it is a quantity."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from taizhang.notices.commitments import lexicon, units
from taizhang.notices.commitments.model import Amount
from taizhang.notices.commitments.numerals import DIGITS, Numeral, numeral_at
from taizhang.notices.commitments.words import listed

_SURELY_COUNTED = 20  # no name has so high a Chinese numeral before 人, 个 or 项
_CALENDAR = frozenset("月日号时")  # 每年7月, 18时前: when, not how much
_COMMON = ("一般", "一线", "一流", "一类", "一级")
_PERIODS = listed("月 季度 季")
_LONGEST_LIST = 6
_RANGE_SIGNS = "-~至到〜∼"


class Certainty(Enum):
    """How much of its surroundings an amount needs to be taken for a quantity."""

    SURE = auto()
    LIKELY = auto()
    """A Chinese numeral: needs a verb, a recurrence, a date or a comparator."""
    LOOSE = auto()
    """Part of a name as often as not: needs a verb or a comparator."""
    SPAN = auto()
    """A span of time: needs a comparator."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in its place; `more` says that it is only a lower bound (十余家).

    `limit_at` is where a comparator behind it would stand: its end, or that of the list whose
    unit it shares (6、18个月以上).
    """

    amount: Amount
    start: int
    end: int
    limit_at: int
    certainty: Certainty
    more: bool = False


def quantity_at(text: str, start: int) -> Quantity | None:
    """The amount that begins at `start`: a numeral or a range, and its unit.

    >>> quantity_at("3至5家", 0).amount
    Amount(number=Decimal('3'), unit='家', multiplier='', upper=Decimal('5'))
    """
    if text[start] == "翻":
        return _doubling_at(text, start)
    first = numeral_at(text, start)
    if first is None:
        return None
    sign = first.end
    percent = sign < len(text) and text[sign] in units.PERCENT
    unit = None if percent else units.THINGS.at(text, sign)
    after_unit = sign + (1 if percent else len(unit[0]) if unit else 0)
    for at in {sign, after_unit}:
        if text[at : at + 1] and text[at] in _RANGE_SIGNS:
            second = numeral_at(text, at + 1)
            if (
                second is not None
                and second.number > first.number
                and second.is_arabic == first.is_arabic
            ):
                return _with_unit(text, start, first, second)
    return _with_unit(text, start, first, None)


def _doubling_at(text: str, start: int) -> Quantity | None:
    """翻一番 is twice as much, 翻两番 four times."""
    times = numeral_at(text, start + 1)
    if times is None or not text.startswith("番", times.end) or times.number > 9:
        return None
    amount = Amount(Decimal(2) ** int(times.number), "倍")
    end = times.end + 1
    return Quantity(amount, start, end, end, Certainty.SURE)


def _with_unit(text: str, start: int, first: Numeral, second: Numeral | None) -> Quantity | None:
    last = second or first
    almost = lexicon.ALMOST.at(text, last.end)
    at = last.end + (len(almost[0]) if almost else 0)
    multiplier = last.multiplier or first.multiplier
    if almost and text[at : at + 1] in ("万", "亿"):
        multiplier, at = text[at], at + 1
    found = (last.unit, at) if last.unit is not None else _unit_at(text, at, last, multiplier)
    if found is None:
        return None
    unit, end = found
    if unit in units.REACHES and any(lexicon.REACHING.at(text, at) for at in range(end, end + 3)):
        return None
    limit_at = end
    shared = None if unit or second else _shared_unit_at(text, end)
    if shared is not None:
        unit, limit_at = shared.amount.unit, shared.limit_at
        multiplier = multiplier or shared.amount.multiplier
    certainty = _certainty(text, start, last, unit, multiplier)
    amount = Amount(first.number, unit, multiplier, second.number if second else None)
    return Quantity(amount, start, end, limit_at, certainty, more=bool(almost))


def _shared_unit_at(text: str, at: int) -> Quantity | None:
    """The amount that ends a list of bare numbers in its unit: 50万、30万、10万元; 6、18个月."""
    for _ in range(_LONGEST_LIST):
        if text[at : at + 1] not in ("、", "和", "或"):
            return None
        numeral = _arabic_at(text, at + 1)
        if numeral is None:
            return None
        found = _unit_at(text, numeral.end, numeral, numeral.multiplier)
        if found is None:
            return None
        unit, end = found
        if unit:
            amount = Amount(numeral.number, unit, numeral.multiplier)
            return Quantity(amount, at + 1, end, end, Certainty.SURE)
        at = end
    return None


def _arabic_at(text: str, at: int) -> Numeral | None:
    numeral = numeral_at(text, at)
    return numeral if numeral and numeral.is_arabic and numeral.unit is None else None


def _unit_at(text: str, at: int, numeral: Numeral, multiplier: str) -> tuple[str, int] | None:
    """The unit at `at` and where it ends; an empty one where a bare number stands."""
    following = text[at : at + 1]
    if text.startswith("级以内", at):
        return "级", at + 1
    of_many = units.OF_MANY.at(text, at)
    if of_many:
        return of_many[0], at + len(of_many[0])
    if following and following in units.PERCENT:
        return following, at + 1
    latin_end = at
    while latin_end < len(text) and text[latin_end].isascii() and text[latin_end].isalnum():
        latin_end += 1
    if latin_end > at:
        return (text[at:latin_end], latin_end) if text[at:latin_end] in units.LATIN_UNITS else None
    for words in (units.SPANS, units.EVENTS, units.THINGS):
        found = words.at(text, at)
        if found:
            return _with_divisor(text, found[0], at + len(found[0]), numeral)
    is_a_line = following == "路" and text[at + 1 : at + 2] in ("公", "线", "、", "和")
    if is_a_line or following in lexicon.NOT_AFTER or following in _CALENDAR:
        return None  # 13路公交
    if not numeral.is_arabic:
        return None
    if not following.isalpha() or following in "以左的":
        return "", at
    return following, at + 1


def _with_divisor(text: str, unit: str, end: int, numeral: Numeral) -> tuple[str, int] | None:
    """万元/项, 元/人/月: the unit goes on behind the stroke. None where it is part of a name."""
    of_many = units.OF_MANY.at(text, end)
    if of_many:
        return f"{unit}{of_many[0]}", end + len(of_many[0])
    whole = unit
    while text[end : end + 1] == "/":
        at = end + 1
        divisor = units.THINGS.at(text, at) or units.SPANS.at(text, at) or _PERIODS.at(text, at)
        if divisor is None:
            break
        whole, end = f"{whole}/{divisor[0]}", end + 1 + len(divisor[0])
    if whole != unit:
        return whole, end
    is_of_a_word = text[end : end + 1] in ("化", "级")
    is_counted = unit not in units.MEASURES  # 10万元一次性奖励
    is_of_a_word |= is_counted and text.startswith("一", end) and not text.startswith(_COMMON, end)
    is_of_a_word |= text[end : end + 1] == "性" and not numeral.is_arabic
    is_of_a_word |= unit == "人" and text[end : end + 1] in ("才", "口", "均")
    is_of_a_word |= unit == "例" and text[end : end + 1] in ("会", "如", "行")
    return None if is_of_a_word else (unit, end)


def _certainty(text: str, start: int, numeral: Numeral, unit: str, multiplier: str) -> Certainty:
    if units.SPANS.at(unit, 0) and "/" not in unit and not multiplier:
        return Certainty.SPAN
    if numeral.is_arabic:
        is_known = bool(unit) and (unit in units.PERCENT or bool(multiplier) or _is_listed(unit))
        is_share = numeral.unit is not None
        return Certainty.SURE if is_known or is_share else Certainty.LOOSE
    if units.EVENTS.at(unit, 0):
        return Certainty.LIKELY
    is_bare = not any(character in DIGITS for character in text[start : numeral.end])
    if unit in units.MEASURES and not is_bare:
        return Certainty.SURE
    if numeral.number >= _SURELY_COUNTED and not is_bare:
        return Certainty.LIKELY
    is_loose = is_bare or numeral.number == 1 or unit in units.LOOSE
    return Certainty.LOOSE if is_loose else Certainty.LIKELY


def _is_listed(unit: str) -> bool:
    whole = unit.split("/")[0]
    return bool(
        units.THINGS.at(whole, 0) or units.EVENTS.at(whole, 0) or whole in units.LATIN_UNITS
    )
