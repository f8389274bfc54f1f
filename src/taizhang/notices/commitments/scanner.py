"""Cuts a text into the few tokens that matter to commitments; all other characters are passed over.

One pass from left to right; at each place the readers are asked in a fixed order: names that only
look like numbers first, then dates, recurrences and amounts, then words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from taizhang.notices.commitments import lexicon
from taizhang.notices.commitments.amounts import Quantity, quantity_at
from taizhang.notices.commitments.dates import DatePoint, date_at, plan_period_at
from taizhang.notices.commitments.model import Comparator, Strength
from taizhang.notices.commitments.names import name_end
from taizhang.notices.commitments.numerals import may_begin_a_numeral, numeral_end
from taizhang.notices.commitments.recurrences import Recurrence, recurrence_at


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
    PRESENT = auto()
    UP_TO_NOW = auto()
    AHEAD = auto()
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
_ROUND = frozenset("半百千万亿")
_ASKS_NOTHING = frozenset("应须要需于在可按向提将由每的、,")
_LONGEST_OVERDUE = 2  # years: a little slack for a day of issue that was misread
_LATE_IN_THE_YEAR = 11  # plans of the coming year are issued from November on


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
            if isinstance(token, Dated) and issued_on:
                if year == issued_in:
                    token = _in_the_coming_year(text, token, issued_on)
                token = _behind(token, issued_on)
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


def _behind(dated: Dated, issued_on: date) -> Dated:
    """小区2005年底前建成: a year long before that of the notice is no term but a start."""
    named = (dated.point.deadline.on or "").partition("-")[0]
    if len(named) != len("2005") or int(named) >= issued_on.year - _LONGEST_OVERDUE:
        return dated
    return Dated(replace(dated.point, is_a_start=True), dated.start, dated.end)


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
    is_past = text[at] == "过" and text[at + 1 : at + 2] not in _ROUND
    if before and not is_past:  # 过半 compares, 发生过1起 does not
        word, (comparator, reach) = before
        return Word(Mark.BEFORE, at, at + len(word), comparator, reach)
    asked = lexicon.ASKED.at(text, at)
    if asked and not _is_of_another_word(text, at, asked[0]):
        return Word(Mark.ASKED, at, at + len(asked[0]))
    modal = lexicon.MODALS.at(text, at)
    action = lexicon.ACTIONS.at(text, at)
    if modal and not (action and len(action[0]) > len(modal[0])):
        return Word(Mark.MODAL, at, at + len(modal[0]), strength=modal[1])
    for words, mark in (
        (lexicon.COVERAGE, Mark.COVERAGE),
        (lexicon.LOOKING_BACK, Mark.LOOKING_BACK),
        (lexicon.UP_TO_NOW, Mark.UP_TO_NOW),
        (lexicon.AHEAD, Mark.AHEAD),
        (lexicon.PRESENT, Mark.PRESENT),
        (lexicon.ACTIONS, Mark.ACTION),
        (lexicon.TREND, Mark.TREND),
    ):
        found = words.at(text, at)
        if found and not _is_of_another_word(text, at, found[0]):
            return Word(mark, at, at + len(found[0]))
    return Word(Mark.EACH, at, at + 1) if text[at] in "每各" else None


def _is_of_another_word(text: str, at: int, word: str) -> bool:
    """比去年 compares and 应建已建率 is a rate: neither looks back; 申报单位应报送 asks nothing."""
    if word == "去年":
        return text[at - 1 : at] in ("比", "较", "与")
    if word.startswith("申"):
        return text[at + len(word) : at + len(word) + 1] in _ASKS_NOTHING
    return word.startswith("已") and text.startswith("率", at + len(word))
