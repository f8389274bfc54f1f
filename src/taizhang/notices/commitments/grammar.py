"""Joins the tokens of a sentence to commitments.

    sentence   = clause { "," clause }
    clause     = { date | recurrence | modal | verb | quantity }
    quantity   = [ comparator ] amount [ comparator ]
    comparator = 不少于 | 达到 | 最高 …   before, or   以上 | 以内 | 左右 …   after

A date reaches over the rest of its sentence, a recurrence and a verb over the rest of their
clause, a comparator to the next amount and over those joined to it (80%、90%).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from taizhang.notices.commitments import lexicon
from taizhang.notices.commitments.model import (
    Commitment,
    Comparator,
    Deadline,
    Kind,
    Role,
    Strength,
)
from taizhang.notices.commitments.scanner import (
    Certainty,
    Dated,
    Mark,
    Quantity,
    Repeated,
    Token,
    Word,
    scan,
)
from taizhang.notices.commitments.wording import Clause, clause_words
from taizhang.notices.normalise import Normalised, normalise

_QUOTED_BEFORE = 16
"""Characters between a recurrence or a verb and the amount that one quote still holds together."""

_SHARED_BEFORE = 40
"""Characters between a comparator and its share: 不高于合同实际执行金额的30%."""
_LONGEST_PART = 128
"""Tokens: a text without any stop is cut, so that looking back never takes more than its share."""


def find_commitments(text: str, *, issued_on: date | None = None) -> tuple[Commitment, ...]:
    """The commitments that `text` states, in its order; every `quote` is `text[start:end]`.

    `issued_on`, the date of the notice, gives 年底前 and 6月底前 their year. Takes time linear in
    the length of the text. Source: handbook 0.3 and 0.6.
    """
    normalised = normalise(text)
    found: list[Commitment] = []
    for sentence in _parted(tuple(scan(normalised.text, issued_on)), {Mark.SENTENCE_END}):
        found += _Sentence(normalised, text, sentence).commitments()
    return tuple(found)


def _parted(tokens: Sequence[Token], ends: set[Mark]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        part.append(token)
        if (isinstance(token, Word) and token.mark in ends) or len(part) == _LONGEST_PART:
            yield part
            part = []
    yield part


@dataclass(frozen=True, slots=True)
class _Limited:
    """A quantity with the comparator around it."""

    quantity: Quantity
    comparator: Comparator
    start: int
    end: int
    is_compared: bool


class _Sentence:
    """One sentence; `commitments` reads it from left to right."""

    def __init__(self, normalised: Normalised, source: str, tokens: list[Token]) -> None:
        self._normalised = normalised
        self._text = normalised.text
        self._source = source
        self._clauses = [
            Clause(self._text, tuple(part)) for part in _parted(tokens, {Mark.CLAUSE_END})
        ]

    def commitments(self) -> Iterator[Commitment]:
        pending: Dated | None = None
        dated: Dated | None = None
        subject: str | None = None
        for clause in self._clauses:
            subject = clause_words(clause).subject or subject
            stated = {limited.quantity: limited for limited in self._stated(clause)}
            for token in clause.tokens:
                if isinstance(token, Dated):
                    if pending is not None:
                        yield self._dated_result(pending, subject)
                    dated = token
                    pending = token if _is_due(self._text, token, clause) else None
                elif isinstance(token, Quantity) and token in stated:
                    following = _date_after(clause, token) if dated is None else None
                    yield self._counted(stated[token], clause, dated or following, subject)
                    pending = None
        if pending is not None:
            yield self._dated_result(pending, subject)

    def _stated(self, clause: Clause) -> Iterator[_Limited]:
        previous: _Limited | None = None
        for quantity in clause.of(Quantity):
            limited = self._limited(quantity, previous, clause)
            previous = limited
            if _is_quantity(self._text, limited, clause):
                yield limited

    def _limited(self, quantity: Quantity, previous: _Limited | None, clause: Clause) -> _Limited:
        floor = previous.end if previous else 0
        before = _comparator_before(quantity, clause, floor)
        after = lexicon.AFTER.at(self._text, quantity.end)
        end = quantity.end + (len(after[0]) if after else 0)
        start = before.start if before else quantity.start
        comparator = _joined(self._text, before, after[1] if after else None, quantity)
        is_compared = before is not None or after is not None or quantity.amount.upper is not None
        if comparator is None and previous is not None and self._is_joined(previous, quantity):
            comparator, is_compared = previous.comparator, previous.is_compared
        return _Limited(quantity, comparator or Comparator.EQUAL, start, end, is_compared)

    def _is_joined(self, previous: _Limited, quantity: Quantity) -> bool:
        return self._text[previous.end : quantity.start] in ("、", "和", "及", "或")

    def _counted(
        self, limited: _Limited, clause: Clause, dated: Dated | None, subject: str | None
    ) -> Commitment:
        quantity = limited.quantity
        words = clause_words(clause, quantity, limited.start)
        repeated = clause.last_before(Repeated, quantity.start)
        start, end = self._quoted(limited, clause, repeated)
        condition = _condition(self._text, limited, clause)
        return Commitment(
            quote=self._source[start:end],
            start=start,
            end=end,
            kind=_kind(limited, clause),
            role=Role.CONDITION if condition else Role.COMMITMENT,
            comparator=limited.comparator,
            amount=quantity.amount,
            recurrence=_recurrence(quantity, repeated),
            deadline=_deadline(self._text, dated),
            subject=subject,
            condition=condition or self._condition_of(clause, quantity),
            modality=words.modality,
            strength=_strength(words.strength, limited.comparator),
            action=words.action,
            counted=words.counted,
        )

    def _condition_of(self, clause: Clause, quantity: Quantity) -> str | None:
        """The condition that another number of the sentence states for this one."""
        for other in self._clauses[: self._clauses.index(clause) + 1]:
            for limited in self._stated(other):
                if limited.quantity.start < quantity.start:
                    condition = _condition(self._text, limited, other)
                    if condition:
                        return condition
        return None

    def _quoted(
        self, limited: _Limited, clause: Clause, repeated: Repeated | None
    ) -> tuple[int, int]:
        quantity = limited.quantity
        lowest = max(
            (other.end for other in clause.of(Quantity) if other.end <= quantity.start),
            default=0,
        )
        starts = [limited.start]
        action = clause.last_before(Word, quantity.start, {Mark.ACTION})
        for token in (repeated, action):
            if token and lowest <= token.start and quantity.start - token.end <= _QUOTED_BEFORE:
                starts.append(token.start)
        return self._normalised.original_span(min(starts), limited.end)

    def _dated_result(self, dated: Dated, subject: str | None) -> Commitment:
        start, end = self._normalised.original_span(dated.start, dated.end)
        clause = next(each for each in self._clauses if dated in each.tokens)
        words = clause_words(clause)
        repeated = clause.last_before(Repeated, dated.start)
        return Commitment(
            quote=self._source[start:end],
            start=start,
            end=end,
            kind=Kind.DEADLINE,
            role=Role.COMMITMENT,
            comparator=Comparator.AT_MOST,
            amount=None,
            recurrence=repeated.recurrence.every if repeated else None,
            deadline=dated.point.deadline,
            subject=subject,
            modality=words.modality,
            strength=words.strength,
            action=words.action,
        )


def _is_due(text: str, dated: Dated, clause: Clause) -> bool:
    """Whether the date says by when something is to be there."""
    is_a_start = dated.point.is_a_start or text.startswith(("起", "以来", "开始"), dated.end)
    return dated.point.is_limit and not is_a_start and not clause.has(Mark.LOOKING_BACK)


def _deadline(text: str, dated: Dated | None) -> Deadline | None:
    if dated is None or dated.point.is_a_start:
        return None
    is_term = dated.point.is_limit or text[dated.end : dated.end + 1] not in lexicon.CIRCUMSTANTIAL
    return dated.point.deadline if is_term else None


def _date_after(clause: Clause, quantity: Quantity) -> Dated | None:
    return next((dated for dated in clause.of(Dated) if dated.start >= quantity.end), None)


def _comparator_before(quantity: Quantity, clause: Clause, floor: int) -> Word | None:
    word = clause.last_before(Word, quantity.start, {Mark.BEFORE})
    if word is None or word.start < floor:
        return None
    is_share = clause.text[quantity.start - 1] == "的"
    reach = max(word.reach, _SHARED_BEFORE) if is_share else word.reach
    return word if quantity.start - word.end <= reach else None


def _joined(
    text: str, before: Word | None, after: Comparator | None, quantity: Quantity
) -> Comparator | None:
    """One comparator of those before and after: 达到60%左右 is 60 %, 超过60%以上 more than that."""
    if quantity.amount.upper is not None:
        return Comparator.BETWEEN
    if text[quantity.start : quantity.end] == "半数" and after is Comparator.AT_LEAST:
        return Comparator.MORE_THAN
    is_floor = before is not None and before.comparator is Comparator.AT_LEAST
    if after is not None and (before is None or is_floor):
        return after
    if before is not None:
        return before.comparator
    return Comparator.MORE_THAN if quantity.more else None


def _is_quantity(text: str, limited: _Limited, clause: Clause) -> bool:
    quantity = limited.quantity
    if clause.has(Mark.LOOKING_BACK) or _is_baseline(text, quantity):
        return False
    if limited.is_compared or quantity.more or quantity.certainty is Certainty.SURE:
        return True
    repeated = clause.last_before(Repeated, quantity.start)
    action = clause.last_before(Word, quantity.start, {Mark.ACTION})
    match quantity.certainty:
        case Certainty.LIKELY:
            return bool(repeated or action or clause.last_before(Dated, quantity.start))
        case Certainty.LOOSE:
            return _is_loosely_stated(text, quantity, repeated, action)
    return False


def _is_loosely_stated(
    text: str, quantity: Quantity, repeated: Repeated | None, action: Word | None
) -> bool:
    amount = quantity.amount
    if not amount.unit or lexicon.ABSTRACT.at(text, quantity.end):
        return False
    if repeated is not None:
        return True
    is_adjacent = action is not None and quantity.start - action.end <= 3
    return is_adjacent and (amount.number > 1 or bool(lexicon.PERSONAL.at(amount.unit, 0)))


def _is_baseline(text: str, quantity: Quantity) -> bool:
    before = text[max(quantity.start - 10, 0) : quantity.start]
    is_from = any(character in before for character in "由从")
    following = range(quantity.end, min(quantity.end + 6, len(text)))
    return is_from and any(lexicon.CHANGING.at(text, at) for at in following)


def _condition(text: str, limited: _Limited, clause: Clause) -> str | None:
    """The words of a number that only says whom the duty reaches: 职工200人以上的企业."""
    if not limited.is_compared or limited.quantity.amount.upper is not None:
        return None
    if clause.is_condition and text[limited.end : clause.end].count("的") > 0:
        return text[clause.start_of_phrase(limited.start) : clause.end]
    unit = limited.quantity.amount.unit
    has_suffix = lexicon.AFTER.at(text, limited.quantity.end) is not None
    before = text[limited.start : limited.quantity.start]
    if unit in lexicon.COUNTING_ACTORS or not (has_suffix or before.startswith(lexicon.THRESHOLDS)):
        return None
    end = limited.end + text.startswith("的", limited.end)
    actor_at = next((at for at in range(end, end + 7) if lexicon.ACTORS.at(text, at)), None)
    if actor_at is None or any(stop in text[end:actor_at] for stop in ",。;、:"):
        return None
    actor = lexicon.ACTORS.at(text, actor_at)
    return text[clause.start_of_phrase(limited.start) : actor_at + len(actor[0] if actor else "")]


def _kind(limited: _Limited, clause: Clause) -> Kind:
    amount = limited.quantity.amount
    if amount.upper is not None:
        return Kind.RANGE
    if (
        amount.unit[:1] in lexicon.PERCENT
        or amount.unit in ("百分点", "个百分点")
        or not amount.unit
    ):
        if clause.last_before(Word, limited.quantity.start, {Mark.TREND}):
            return Kind.TREND
        is_covered = clause.has(Mark.COVERAGE)
        return Kind.COVERAGE if is_covered else Kind.RATIO
    if amount.unit == "倍":
        return Kind.TREND
    is_counted = lexicon.COUNTED.at(amount.unit, 0) is not None and "/" not in amount.unit
    return Kind.COUNT if is_counted else Kind.AMOUNT


def _recurrence(quantity: Quantity, repeated: Repeated | None) -> str | None:
    if repeated is not None:
        return repeated.recurrence.every
    return {"年": "year", "月": "month", "季": "quarter"}.get(
        quantity.amount.unit.partition("/")[2]
    )


def _strength(written: Strength | None, comparator: Comparator) -> Strength | None:
    """A number with a floor binds as must, unless it is only supported or encouraged."""
    if written in (Strength.SUPPORT, Strength.ENCOURAGE):
        return written
    return Strength.MUST if comparator is Comparator.AT_LEAST else written
