"""Which amounts of a clause are quantities, and the comparators that limit them."""

import re
from dataclasses import dataclass

from taizhang.notices.commitments import lexicon
from taizhang.notices.commitments.model import Comparator
from taizhang.notices.commitments.scanner import (
    Certainty,
    Dated,
    Mark,
    Quantity,
    Repeated,
    Word,
)
from taizhang.notices.commitments.wording import Clause

_SHARED_BEFORE = 40
"""Characters between a comparator and its share: 不高于合同实际执行金额的30%."""
_A_CORPS = re.compile("[^,。;]{1,20}队伍")
"""一支高素质的队伍 counts nothing."""
_NEAR = 10
"""Characters between a recurrence and the span it repeats: 每周坐诊2天."""
_JOINTS = ("、", "和", "及", "或")


@dataclass(frozen=True, slots=True)
class Limited:
    """A quantity with the comparator around it.

    `floor` is where the amount before it in the clause ends, 0 for the first.
    """

    quantity: Quantity
    comparator: Comparator
    start: int
    end: int
    is_compared: bool
    floor: int = 0


def limited_quantities(clause: Clause) -> tuple[Limited, ...]:
    """The quantities that a clause states, in order; amounts that only name something left out."""
    stated = []
    previous: Limited | None = None
    for quantity in clause.of(Quantity):
        previous = _limited(quantity, previous, clause)
        if _is_quantity(previous, clause):
            stated.append(previous)
    return tuple(stated)


def condition_of(limited: Limited, clause: Clause) -> str | None:
    """The words of a number that only says whom the duty reaches: 职工200人以上的企业."""
    text = clause.text
    if not limited.is_compared or limited.quantity.amount.upper is not None:
        return None
    if clause.is_condition and text[limited.end : clause.end].count("的") > 0:
        return text[clause.start_of_phrase(limited.start) : clause.end]
    unit = limited.quantity.amount.unit
    if unit in ("岁", "周岁"):
        return text[clause.start_of_phrase(limited.start) : limited.end]
    has_suffix = lexicon.AFTER.at(text, limited.quantity.end) is not None
    before = text[limited.start : limited.quantity.start]
    if unit in lexicon.COUNTING_ACTORS or not (has_suffix or before.startswith(lexicon.THRESHOLDS)):
        return None
    end = limited.end + text.startswith("的", limited.end)
    if end > limited.end and not has_suffix:
        return text[clause.start_of_phrase(limited.start) : end]
    actor_at = next((at for at in range(end, end + 7) if lexicon.ACTORS.at(text, at)), None)
    if actor_at is None or any(stop in text[end:actor_at] for stop in ",。;、:"):
        return None
    actor = lexicon.ACTORS.at(text, actor_at)
    return text[clause.start_of_phrase(limited.start) : actor_at + len(actor[0] if actor else "")]


def _limited(quantity: Quantity, previous: Limited | None, clause: Clause) -> Limited:
    floor = previous.end if previous else 0
    before = _comparator_before(quantity, clause, floor)
    after = lexicon.AFTER.at(clause.text, quantity.end)
    end = quantity.end + (len(after[0]) if after else 0)
    start = before.start if before else quantity.start
    comparator = _joined(before, after[1] if after else None, quantity, clause)
    is_compared = before is not None or after is not None or quantity.amount.upper is not None
    if comparator is None and quantity.certainty is Certainty.SPAN:
        is_limit = lexicon.DONE_WITHIN.at(clause.text, quantity.end) is not None
        comparator, is_compared = (Comparator.AT_MOST, True) if is_limit else (None, is_compared)
    is_joined = previous is not None and clause.text[previous.end : quantity.start] in _JOINTS
    if comparator is None and previous is not None and is_joined:
        comparator, is_compared = previous.comparator, previous.is_compared
    return Limited(quantity, comparator or Comparator.EQUAL, start, end, is_compared, floor)


def _comparator_before(quantity: Quantity, clause: Clause, floor: int) -> Word | None:
    word = clause.last_before(Word, quantity.start, {Mark.BEFORE})
    if word is None or word.start < floor:
        return None
    is_share = clause.text[quantity.start - 1] == "的"
    reach = max(word.reach, _SHARED_BEFORE) if is_share else word.reach
    return word if quantity.start - word.end <= reach else None


def _joined(
    before: Word | None, after: Comparator | None, quantity: Quantity, clause: Clause
) -> Comparator | None:
    """One comparator of those before and after: 达到60%左右 is 60 %, 超过60%以上 more than that."""
    if quantity.amount.upper is not None:
        return Comparator.BETWEEN
    if clause.text[quantity.start : quantity.end] == "半数" and after is Comparator.AT_LEAST:
        return Comparator.MORE_THAN
    yields = before is None or before.comparator in (Comparator.AT_LEAST, Comparator.EQUAL)
    if after is not None and yields:
        return after
    if before is not None:
        return before.comparator
    return Comparator.MORE_THAN if quantity.more else None


def _is_quantity(limited: Limited, clause: Clause) -> bool:
    quantity = limited.quantity
    is_heading = lexicon.HEADINGS.at(clause.text, quantity.end) is not None
    if quantity.amount.unit == "支" and _A_CORPS.match(clause.text, quantity.end):
        return quantity.amount.number > 1
    if quantity.amount.unit == "个" and is_heading and not limited.is_compared:
        return False
    if clause.looks_back or _is_baseline(quantity, clause):
        return False
    if limited.is_compared or quantity.more or quantity.certainty is Certainty.SURE:
        return True
    repeated = clause.last_before(Repeated, quantity.start)
    action = clause.last_before(Word, quantity.start, {Mark.ACTION})
    match quantity.certainty:
        case Certainty.SPAN:
            return repeated is not None and quantity.start - repeated.end <= _NEAR
        case Certainty.LIKELY:
            return bool(repeated or action or clause.last_before(Dated, quantity.start))
        case Certainty.LOOSE:
            return _is_loosely_stated(quantity, clause, repeated, action)
    return False


def _is_loosely_stated(
    quantity: Quantity, clause: Clause, repeated: Repeated | None, action: Word | None
) -> bool:
    text, amount = clause.text, quantity.amount
    is_heading = lexicon.ABSTRACT.at(text, quantity.end) is not None
    is_changed = action is not None and text[action.start : action.end].endswith(("到", "至"))
    if is_changed and action is not None and action.end == quantity.start:
        return True  # 系数提高到0.58
    if not amount.unit or is_heading or text[quantity.end : quantity.end + 1].isdecimal():
        return False
    if _closes_a_list(quantity, text) or _is_where(quantity, clause):
        return True
    if repeated is not None:
        return True
    is_adjacent = action is not None and quantity.start - action.end <= 3
    return is_adjacent and (amount.number > 1 or bool(lexicon.PERSONAL.at(amount.unit, 0)))


def _closes_a_list(quantity: Quantity, text: str) -> bool:
    """耗材35类，: a kind counted in digits at the end of its clause, not 分为3类."""
    ends_here = text[quantity.end : quantity.end + 1] in (",", "。", ";", "、", "")
    before = text[max(quantity.start - 2, 0) : quantity.start]
    is_in_digits = text[quantity.start].isdecimal() and quantity.amount.unit in ("类", "种")
    return ends_here and is_in_digits and not before.endswith(("为", "共", "下", "述", "这", "成"))


def _is_where(quantity: Quantity, clause: Clause) -> bool:
    """在三所院校开设: so many places in which the clause then does something."""
    is_in = clause.text[quantity.start - 1 : quantity.start] == "在"
    acts = any(word.mark is Mark.ACTION and word.start > quantity.end for word in clause.of(Word))
    is_personal = lexicon.PERSONAL.at(quantity.amount.unit, 0) is not None
    return is_in and acts and is_personal and quantity.amount.number > 1


def _is_baseline(quantity: Quantity, clause: Clause) -> bool:
    text = clause.text
    before = text[max(quantity.start - 10, 0) : quantity.start]
    is_from = any(character in before for character in "由从")
    following = range(quantity.end, min(quantity.end + 6, len(text)))
    return is_from and any(lexicon.CHANGING.at(text, at) for at in following)
