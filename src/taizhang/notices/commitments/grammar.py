"""Joins the tokens of a sentence to commitments.

    sentence   = clause { "," clause }
    clause     = { date | recurrence | modal | verb | quantity }
    quantity   = [ comparator ] amount [ comparator ]
    comparator = 不少于 | 达到 | 最高 …   before, or   以上 | 以内 | 左右 …   after

A date reaches over the rest of its sentence, a recurrence and a verb over the rest of their
clause, a comparator to the next amount and over those joined to it (80%、90%).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from taizhang.notices.commitments import lexicon, units
from taizhang.notices.commitments.amounts import Certainty, Quantity
from taizhang.notices.commitments.conditions import conditions_of
from taizhang.notices.commitments.limits import Limited, limited_quantities
from taizhang.notices.commitments.model import (
    Commitment,
    Comparator,
    Deadline,
    Kind,
    Role,
    Strength,
)
from taizhang.notices.commitments.scanner import (
    Dated,
    Mark,
    Repeated,
    Token,
    Word,
    scan,
)
from taizhang.notices.commitments.wording import Clause, clause_words
from taizhang.notices.normalise import Normalised, normalise

_QUOTED_BEFORE = 16
"""Characters between a recurrence or a verb and the amount that one quote still holds together."""
_JOINTS = ("、", "和", "及", "以及", "与")
_SHORTEST_RESULT = 2
"""Characters of what is due by a date: 发布."""
_LONGEST_PART = 128
"""Tokens: a text without any stop is cut, so that looking back never takes more than its share."""


def find_commitments(text: str, *, issued_on: date | None = None) -> tuple[Commitment, ...]:
    """The commitments that `text` states, in its order; every `quote` is `text[start:end]`.

    `issued_on`, the date of the notice, gives 年底前 and 6月底前 their year. Takes time linear in
    the length of the text. Source: handbook 0.3 and 0.6.
    """
    normalised = normalise(text)
    found: list[Commitment] = []
    horizon: Dated | None = None
    for sentence in _parted(tuple(scan(normalised.text, issued_on)), {Mark.SENTENCE_END}):
        found += _Sentence(normalised, text, horizon).read(sentence)
        horizon = _horizon(sentence, normalised.text) or horizon
    return tuple(sorted(found, key=lambda commitment: commitment.start))


def _parted(tokens: Sequence[Token], ends: set[Mark]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        part.append(token)
        if (isinstance(token, Word) and token.mark in ends) or len(part) == _LONGEST_PART:
            yield part
            part = []
    yield part


def _horizon(sentence: Sequence[Token], text: str) -> Dated | None:
    """五年内 that opens a sentence: by when the rest of the text is to be done too."""
    first = sentence[0] if sentence else None
    if not isinstance(first, Dated) or text[first.start - 1 : first.start] not in ("", "。"):
        return None
    within = first.point.deadline.within
    return first if within is not None and within.unit == "年" else None


class _Sentence:
    """Reads one sentence from left to right and remembers what reaches on to its end."""

    def __init__(self, normalised: Normalised, source: str, horizon: Dated | None) -> None:
        self._normalised = normalised
        self._source = source
        self._subject: str | None = None
        self._condition: str | None = None
        self._dated = self._horizon = horizon
        self._dates: list[Dated] = []
        """Dates that stand joined: 2025年和2030年分别."""
        self._open: tuple[Dated, Clause] | None = None
        """A date with its clause that no number has taken yet."""
        self._is_report = False
        self._tells_what_is = False
        """Whether the clause before tells what is; 其中 goes on with it."""
        self._is_asked = False
        """Whether it says what applicants must have."""

    def read(self, tokens: Sequence[Token]) -> Iterator[Commitment]:
        for part in _parted(tokens, {Mark.CLAUSE_END}):
            yield from self._read_clause(Clause(self._normalised.text, tuple(part)))
        yield from self._dated_result()

    def _read_clause(self, clause: Clause) -> Iterator[Commitment]:
        self._subject = clause_words(clause).subject or self._subject
        goes_on = self._is_report and not clause.has(Mark.AHEAD)
        self._is_report = goes_on or clause.has(Mark.UP_TO_NOW)
        self._is_asked = self._is_asked or clause.has(Mark.ASKED)
        is_part = self._tells_what_is and clause.whole.startswith("其中")
        self._tells_what_is = is_part or clause.looks_back
        limited = () if is_part else limited_quantities(clause)
        stated = {each.quantity: each for each in limited}
        conditions = conditions_of(limited, clause, is_asked=self._is_asked)
        for token in clause.tokens:
            if isinstance(token, Dated) and not (token.point.is_a_start or clause.is_baseline):
                yield from self._dated_result()
                self._date(token, clause)
            elif isinstance(token, Quantity) and token in stated and not self._is_report:
                yield self._counted(stated[token], clause, conditions.get(token))
        if self._open is not None and _says_what_is_due(*self._open, clause):
            yield from self._dated_result()
            # 到2027年 reaches over the whole sentence, 6月底前完成 over its own clause.
            if self._dated and not self._dated.point.deadline.text.startswith(("到", "至")):
                self._dated = None

    def _date(self, dated: Dated, clause: Clause) -> None:
        is_joined = self._dated is not None and (
            clause.text[self._dated.end : dated.start] in _JOINTS
        )
        self._dates = [*self._dates, dated] if is_joined else [dated]
        self._dated = dated
        if _is_due(dated, clause):
            self._open = (dated, clause)
            self._is_report = False

    def _counted(self, limited: Limited, clause: Clause, own_condition: str | None) -> Commitment:
        quantity = limited.quantity
        words = clause_words(clause, quantity, limited.start)
        repeated = clause.last_before(Repeated, quantity.start)
        start, end = self._quoted(limited, clause, repeated)
        self._condition = own_condition or self._condition
        deadline = None if own_condition else self._deadline_of(quantity, clause)
        if deadline is not None:
            self._open = None
        return Commitment(
            quote=self._source[start:end],
            start=start,
            end=end,
            kind=_kind(limited, clause),
            role=Role.CONDITION if own_condition else Role.COMMITMENT,
            comparator=limited.comparator,
            amount=quantity.amount,
            recurrence=None if own_condition else _recurrence(limited, repeated, clause),
            deadline=deadline,
            subject=self._subject,
            condition=self._condition,
            modality=words.modality,
            strength=_strength(words.strength, limited.comparator),
            action=words.action,
            counted=words.counted,
            is_sure=limited.is_compared or quantity.certainty is Certainty.SURE,
        )

    def _deadline_of(self, quantity: Quantity, clause: Clause) -> Deadline | None:
        """The date of a quantity: that of its own clause, else the last of its sentence."""
        own = clause.last_before(Dated, quantity.start) or _date_after(clause, quantity)
        if own and _is_soon(own) and "、" in clause.text[own.end : quantity.start]:
            return None  # 7日内核实、整改率98%
        respective = _respective(quantity, clause, self._dates)
        is_repeated = clause.last_before(Repeated, quantity.start) is not None
        reaching = None if self._dated is self._horizon and is_repeated else self._dated
        return _deadline(respective or own or reaching, clause)

    def _quoted(
        self, limited: Limited, clause: Clause, repeated: Repeated | None
    ) -> tuple[int, int]:
        starts = [limited.start]
        action = clause.last_before(Word, limited.quantity.start, {Mark.ACTION})
        for token in (repeated, action):
            if token is None or token.start < limited.floor:
                continue
            if limited.quantity.start - token.end <= _QUOTED_BEFORE:
                starts.append(token.start)
        return self._normalised.original_span(min(starts), limited.end)

    def _dated_result(self) -> Iterator[Commitment]:
        if self._open is None:
            return
        dated, clause = self._open
        self._open = None
        start, end = self._normalised.original_span(dated.start, dated.end)
        words = clause_words(clause)
        repeated = clause.last_before(Repeated, dated.start)
        yield Commitment(
            quote=self._source[start:end],
            start=start,
            end=end,
            kind=Kind.DEADLINE,
            role=Role.COMMITMENT,
            comparator=Comparator.AT_MOST,
            amount=None,
            recurrence=repeated.recurrence.every if repeated else None,
            deadline=dated.point.deadline,
            subject=self._subject,
            condition=self._condition,
            modality=words.modality,
            strength=words.strength,
            action=clause.action_after(dated) or words.action,
            is_sure=dated.point.is_limit,
        )


def _respective(quantity: Quantity, clause: Clause, dates: Sequence[Dated]) -> Dated | None:
    """The date of a quantity where a clause gives each of several its own: 分别达到42%和45%."""
    if "分别" not in clause.whole:
        return None
    quantities = list(clause.of(Quantity))
    own = list(clause.of(Dated))
    named = own if len(own) > 1 else dates
    is_paired = len(named) > 1 and len(quantities) == len(named)
    return named[quantities.index(quantity)] if is_paired else None


def _says_what_is_due(dated: Dated, opened: Clause, clause: Clause) -> bool:
    """Whether the clause of a date says itself what is due then, without a number.

    5月底前完成首轮检测，全年减排1200吨: the number of the next clause is another commitment.
    """
    rest = clause.text[dated.end : clause.end].lstrip(",的")
    is_horizon = dated.point.deadline.within is not None and not _is_soon(dated)
    return opened is clause and len(rest) >= _SHORTEST_RESULT and not is_horizon


def _is_soon(dated: Dated) -> bool:
    """Whether it is a span of hours or days, which holds for one act; 三年内 holds for all."""
    within = dated.point.deadline.within
    return within is not None and within.unit not in ("年", "个月")


def _is_due(dated: Dated, clause: Clause) -> bool:
    """Whether the date says by when something is to be there."""
    if clause.text.startswith(("和", "、"), dated.end):  # 2025年和2030年分别: the last counts
        return False
    has_result = lexicon.RESULTS.at(clause.text, dated.end) is not None
    return (dated.point.is_limit or has_result) and not clause.looks_back


def _deadline(dated: Dated | None, clause: Clause) -> Deadline | None:
    if dated is None or dated.point.is_a_start:
        return None
    is_term = (
        dated.point.is_limit or clause.text[dated.end : dated.end + 1] not in lexicon.CIRCUMSTANTIAL
    )
    return dated.point.deadline if is_term else None


def _date_after(clause: Clause, quantity: Quantity) -> Dated | None:
    return next((dated for dated in clause.of(Dated) if dated.start >= quantity.end), None)


def _kind(limited: Limited, clause: Clause) -> Kind:
    amount = limited.quantity.amount
    if amount.upper is not None:
        return Kind.RANGE
    if amount.unit[:1] in units.PERCENT or amount.unit in ("百分点", "个百分点") or not amount.unit:
        if clause.last_before(Word, limited.quantity.start, {Mark.TREND}):
            return Kind.TREND
        is_covered = clause.has(Mark.COVERAGE)
        return Kind.COVERAGE if is_covered else Kind.RATIO
    if amount.unit == "倍":
        return Kind.TREND
    is_counted = any(words.at(amount.unit, 0) for words in (units.COUNTED, units.SPANS))
    is_counted = is_counted and "/" not in amount.unit
    return Kind.COUNT if is_counted else Kind.AMOUNT


def _recurrence(limited: Limited, repeated: Repeated | None, clause: Clause) -> str | None:
    quantity = limited.quantity
    if clause.text.startswith("最长", limited.start):
        return None  # 按月补贴，最长60个月: what repeats is the other number
    if repeated is not None:
        return repeated.recurrence.every
    return {"年": "year", "月": "month", "季": "quarter"}.get(
        quantity.amount.unit.partition("/")[2].rpartition("/")[2]
    )


def _strength(written: Strength | None, comparator: Comparator) -> Strength | None:
    """A number with a floor binds as must, unless it is only supported or encouraged."""
    if written in (Strength.SUPPORT, Strength.ENCOURAGE):
        return written
    return Strength.MUST if comparator is Comparator.AT_LEAST else written
