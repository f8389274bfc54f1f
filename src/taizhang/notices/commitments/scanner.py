"""Cuts a text into the few tokens that matter to commitments; all other characters are passed over.

One pass from left to right; at each place the readers are asked in a fixed order: names that only
look like numbers first, then dates, recurrences and amounts, then words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from taizhang.notices.commitments import lexicon
from taizhang.notices.commitments.dates import DatePoint, date_at, plan_period_at
from taizhang.notices.commitments.model import Amount, Comparator, Strength
from taizhang.notices.commitments.names import name_end
from taizhang.notices.commitments.numerals import (
    DIGITS,
    Numeral,
    may_begin_a_numeral,
    numeral_at,
    numeral_end,
)
from taizhang.notices.commitments.recurrences import Recurrence, recurrence_at
from taizhang.notices.commitments.words import listed


class Certainty(Enum):
    """How much of its surroundings an amount needs to be taken for a quantity."""

    SURE = auto()
    LIKELY = auto()
    """A Chinese numeral: needs a verb, a recurrence, a date or a comparator."""
    LOOSE = auto()
    """Part of a name as often as not: needs a verb or a comparator."""
    SPAN = auto()
    """A span of time: needs a comparator."""


class Mark(Enum):
    """What the words that are neither amount nor date are to the grammar."""

    CLAUSE_END = auto()
    SENTENCE_END = auto()
    AND = auto()
    BEFORE = auto()
    MODAL = auto()
    ACTION = auto()
    TREND = auto()
    COVERAGE = auto()
    LOOKING_BACK = auto()
    UP_TO_NOW = auto()
    ASKED = auto()
    EACH = auto()


@dataclass(frozen=True, slots=True)
class Word:
    mark: Mark
    start: int
    end: int
    comparator: Comparator | None = None
    reach: int = 0
    strength: Strength | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in its place; `more` says that it is only a lower bound (十余家)."""

    amount: Amount
    start: int
    end: int
    certainty: Certainty
    more: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    point: DatePoint
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Repeated:
    recurrence: Recurrence
    start: int
    end: int


Token = Word | Quantity | Dated | Repeated

_STOPS = {
    **dict.fromkeys("。;!?", Mark.SENTENCE_END),
    **dict.fromkeys(",:", Mark.CLAUSE_END),
    "、": Mark.AND,
}
_CALENDAR = frozenset("月日号")  # 每年7月: when, not how much
_SURELY_COUNTED = 20  # no name has so high a Chinese numeral before 人, 个 or 项
_LATE_IN_THE_YEAR = 11  # plans of the coming year are issued from November on
_PERIODS = listed("月 季度 季")
_RANGE_SIGNS = "-~至到〜∼"


def scan(text: str, issued_on: date | None) -> Iterator[Token]:
    """The tokens of a normalised text, in order and without overlap."""
    issued_in = issued_on.year if issued_on else None
    year = issued_in
    at = 0
    while at < len(text):
        passed = at if plan_period_at(text, at) else name_end(text, at)
        if passed > at:
            at = passed
            continue
        token = _token_at(text, at, year)
        if token is not None:
            if isinstance(token, Dated) and issued_on and year == issued_in:
                token = _in_the_coming_year(text, token, issued_on)
            yield token
            year = _year_after(token, year, issued_in)
            at = token.end
        else:
            at = max(numeral_end(text, at), at + 1)


def _in_the_coming_year(text: str, dated: Dated, issued_on: date) -> Dated:
    """In a notice of December, 6月底前 is that of the next year."""
    deadline = date_at(text, dated.start, None)
    month = (deadline.deadline.on or "").partition("-")[0] if deadline else ""
    if len(month) != len("06") or not int(month) < issued_on.month >= _LATE_IN_THE_YEAR:
        return dated
    point = date_at(text, dated.start, issued_on.year + 1)
    return Dated(point, dated.start, dated.end) if point else dated


def _year_after(token: Token, year: int | None, issued_in: int | None) -> int | None:
    """The year of the next date that names none: 2030年6月底前完成，9月底前验收.

    A new sentence starts from that of the notice; 每年6月底前 belongs to no one year.
    """
    if isinstance(token, Word) and token.mark in (Mark.SENTENCE_END, Mark.CLAUSE_END):
        return issued_in if token.mark is Mark.SENTENCE_END or year is None else year
    if isinstance(token, Repeated):
        return None
    if isinstance(token, Dated):
        named, _, month = (token.point.deadline.on or "").partition("-")
        is_meant = len(named) == len("2030") and bool(month or token.point.is_limit)
        return int(named) if is_meant else year
    return year


def _token_at(text: str, at: int, year: int | None) -> Token | None:
    stop = _STOPS.get(text[at])
    if stop is not None:
        return Word(stop, at, at + 1)
    point = plan_period_at(text, at) or date_at(text, at, year)
    if point is not None:
        return Dated(point, at, point.end)
    recurrence = recurrence_at(text, at)
    if recurrence is not None:
        return Repeated(recurrence, at, recurrence.end)
    if may_begin_a_numeral(text, at) or text[at] == "翻":
        return quantity_at(text, at)
    return _word_at(text, at)


def _word_at(text: str, at: int) -> Word | None:
    before = lexicon.BEFORE.at(text, at)
    if before:
        word, (comparator, reach) = before
        return Word(Mark.BEFORE, at, at + len(word), comparator, reach)
    modal = lexicon.MODALS.at(text, at)
    action = lexicon.ACTIONS.at(text, at)
    if modal and not (action and len(action[0]) > len(modal[0])):
        return Word(Mark.MODAL, at, at + len(modal[0]), strength=modal[1])
    for words, mark in (
        (lexicon.COVERAGE, Mark.COVERAGE),
        (lexicon.LOOKING_BACK, Mark.LOOKING_BACK),
        (lexicon.UP_TO_NOW, Mark.UP_TO_NOW),
        (lexicon.ASKED, Mark.ASKED),
        (lexicon.ACTIONS, Mark.ACTION),
        (lexicon.TREND, Mark.TREND),
    ):
        found = words.at(text, at)
        if found and not _is_of_another_word(text, at, found[0]):
            return Word(mark, at, at + len(found[0]))
    return Word(Mark.EACH, at, at + 1) if text[at] in "每各" else None


def _is_of_another_word(text: str, at: int, word: str) -> bool:
    """比去年 compares, 应建已建率 is a rate: neither looks back."""
    if word == "去年":
        return text[at - 1 : at] in ("比", "较", "与")
    return word.startswith("已") and text.startswith("率", at + len(word))


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
    percent = sign < len(text) and text[sign] in lexicon.PERCENT
    unit = None if percent else lexicon.THINGS.at(text, sign)
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
    return Quantity(amount, start, times.end + 1, Certainty.SURE)


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
    if unit in lexicon.REACHES and any(lexicon.REACHING.at(text, at) for at in range(end, end + 3)):
        return None
    certainty = _certainty(text, start, last, unit, multiplier)
    amount = Amount(first.number, unit, multiplier, second.number if second else None)
    return Quantity(amount, start, end, certainty, more=bool(almost))


def _unit_at(text: str, at: int, numeral: Numeral, multiplier: str) -> tuple[str, int] | None:
    """The unit at `at` and where it ends; an empty one where a bare number stands."""
    following = text[at : at + 1]
    if text.startswith("级以内", at):
        return "级", at + 1
    of_many = lexicon.OF_MANY.at(text, at)
    if of_many:
        return of_many[0], at + len(of_many[0])
    if following and following in lexicon.PERCENT:
        return following, at + 1
    latin_end = at
    while latin_end < len(text) and text[latin_end].isascii() and text[latin_end].isalnum():
        latin_end += 1
    if latin_end > at:
        return (
            (text[at:latin_end], latin_end) if text[at:latin_end] in lexicon.LATIN_UNITS else None
        )
    for words in (lexicon.SPANS, lexicon.EVENTS, lexicon.THINGS):
        found = words.at(text, at)
        if found:
            return _with_divisor(text, found[0], at + len(found[0]), numeral)
    if following in lexicon.NOT_AFTER or following in _CALENDAR or not numeral.is_arabic:
        return None
    if not following.isalpha() or following in "以左的":
        return "", at
    return following, at + 1


def _with_divisor(text: str, unit: str, end: int, numeral: Numeral) -> tuple[str, int] | None:
    """万元/项, 元/人/月: the unit goes on behind the stroke. None where it is part of a name."""
    whole = unit
    while text[end : end + 1] == "/":
        at = end + 1
        divisor = lexicon.THINGS.at(text, at) or lexicon.SPANS.at(text, at) or _PERIODS.at(text, at)
        if divisor is None:
            break
        whole, end = f"{whole}/{divisor[0]}", end + 1 + len(divisor[0])
    if whole != unit:
        return whole, end
    is_of_a_word = text[end : end + 1] in ("一", "化", "级")
    is_of_a_word |= text[end : end + 1] == "性" and not numeral.is_arabic
    is_of_a_word |= unit == "人" and text[end : end + 1] in ("才", "口", "均")
    is_of_a_word |= unit == "例" and text[end : end + 1] in ("会", "如", "行")
    return None if is_of_a_word else (unit, end)


def _certainty(text: str, start: int, numeral: Numeral, unit: str, multiplier: str) -> Certainty:
    if lexicon.SPANS.at(unit, 0) and "/" not in unit and not multiplier:
        return Certainty.SPAN
    if numeral.is_arabic:
        is_known = bool(unit) and (unit in lexicon.PERCENT or bool(multiplier) or _is_listed(unit))
        is_share = numeral.unit is not None
        return Certainty.SURE if is_known or is_share else Certainty.LOOSE
    if lexicon.EVENTS.at(unit, 0):
        return Certainty.LIKELY
    is_bare = not any(character in DIGITS for character in text[start : numeral.end])
    if unit in lexicon.MEASURES and not is_bare:
        return Certainty.SURE
    if numeral.number >= _SURELY_COUNTED and not is_bare:
        return Certainty.LIKELY
    is_loose = is_bare or numeral.number == 1 or unit in lexicon.LOOSE
    return Certainty.LOOSE if is_loose else Certainty.LIKELY


def _is_listed(unit: str) -> bool:
    whole = unit.split("/")[0]
    return bool(
        lexicon.THINGS.at(whole, 0) or lexicon.EVENTS.at(whole, 0) or whole in lexicon.LATIN_UNITS
    )
