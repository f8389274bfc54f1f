"""Which amounts of a clause are quantities, and the comparators that limit them."""

import re
from dataclasses import dataclass, replace

from taizhang.notices.commitments import lexicon, units
from taizhang.notices.commitments.amounts import Certainty, Quantity
from taizhang.notices.commitments.model import Comparator
from taizhang.notices.commitments.scanner import Dated, Mark, Repeated, Word
from taizhang.notices.commitments.wording import Clause

_SHARED_BEFORE = 40
"""Characters between a comparator and its share: 不高于合同实际执行金额的30%."""
_A_CORPS = re.compile("[^,。;]{1,20}队伍")
"""一支高素质的队伍 counts nothing."""
_A_SHARE = re.compile(r"\d{1,3}(?:\.\d{1,2})?%", re.ASCII)
_NEAR = 10
"""Characters between a recurrence and the span it repeats: 每周坐诊2天."""
_LONGEST_NAME = 12
_MANY_HOURS = 100
_LEAST_SURE = 10
_POINTING = frozenset("为共下述这那成等第之余数几各每其同某再有止多少的")
"""Before a number at the end of a phrase these make it a reference: 分为3类, 以下三项."""
_JOINTS = ("、", "和", "及", "或", "或者", "以及", "与")


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
    stated: list[Limited] = []
    previous: Limited | None = None
    for quantity in clause.of(Quantity):
        previous = _limited(quantity, previous, clause)
        if _is_quantity(previous, stated[-1] if stated else None, clause):
            stated.append(previous)
    return _sharing_the_suffix(stated, clause.text)


def _sharing_the_suffix(stated: list[Limited], text: str) -> tuple[Limited, ...]:
    """种植50亩、100亩、300亩以上的: the comparator behind a bare list is that of each number."""
    shared: list[Limited] = []
    for limited in reversed(stated):
        following = shared[-1] if shared else None
        if (
            following is not None
            and text[limited.end : following.start] == "、"
            and limited.quantity.amount.unit == following.quantity.amount.unit
            and not limited.is_compared
            and following.is_compared
        ):
            limited = replace(limited, comparator=following.comparator, is_compared=True)
        shared.append(limited)
    return tuple(reversed(shared))


def _limited(quantity: Quantity, previous: Limited | None, clause: Clause) -> Limited:
    floor = previous.end if previous else 0
    before = _comparator_before(quantity, clause, floor)
    after = lexicon.AFTER.at(clause.text, quantity.limit_at)
    is_last = quantity.limit_at == quantity.end
    end = quantity.end + (len(after[0]) if after and is_last else 0)
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
    between = clause.text[word.end : quantity.start]
    if ")" in between and "(" not in between:
        return None  # 200万元(达到B类)、60万元
    if quantity.certainty is Certainty.SPAN and clause.text[word.end - 1] == "前":
        return None  # 取得前三年的平均值
    is_share = clause.text[quantity.start - 1] == "的" and word.reach > 1
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


def _is_quantity(limited: Limited, stated: Limited | None, clause: Clause) -> bool:
    """Whether an amount is stated as a number, `stated` being the last that was."""
    quantity = limited.quantity
    if _counts_nothing(limited, clause) or clause.looks_back or _is_baseline(quantity, clause):
        return False
    if limited.is_compared or quantity.more or quantity.certainty is Certainty.SURE:
        return True
    repeated = clause.last_before(Repeated, quantity.start)
    action = clause.last_before(Word, quantity.start, {Mark.ACTION})
    if quantity.certainty is Certainty.SPAN:
        is_an_age = units.AGED.at(clause.text, quantity.end) is not None
        return is_an_age or _is_spent(quantity, repeated, action, clause)
    if _closes_the_phrase(quantity, stated, action, clause.text):
        return True
    if quantity.certainty is Certainty.LIKELY and (
        repeated or action or clause.last_before(Dated, quantity.start)
    ):
        return True
    return _is_loosely_stated(quantity, stated, clause)


def _counts_nothing(limited: Limited, clause: Clause) -> bool:
    """Whether it numbers parts of a text or a corps, or says how large is what the next counts."""
    quantity, text = limited.quantity, clause.text
    amount = quantity.amount
    is_heading = lexicon.HEADINGS.at(text, quantity.end) is not None
    if amount.unit == "个" and is_heading and not limited.is_compared:
        return True
    if amount.unit == "个" and _A_SHARE.match(text, quantity.end):
        return True  # 2个100%
    if amount.unit == "支" and _A_CORPS.match(text, quantity.end):
        return amount.number == 1
    return amount.unit in units.SIZES and not limited.is_compared and _is_a_size(quantity, clause)


def _is_a_size(quantity: Quantity, clause: Clause) -> bool:
    """38米举高车2台: at once before the name of what the next number counts."""
    following = next((each for each in clause.of(Quantity) if each.start > quantity.end), None)
    if following is None or following.amount.unit not in units.COUNTED:
        return False
    name = clause.text[quantity.end : following.start]
    is_name = 0 < len(name) <= _LONGEST_NAME and not any(stop in name for stop in "、(,")
    return is_name and not any(
        word.mark is Mark.ACTION and quantity.end < word.start < following.start
        for word in clause.of(Word)
    )


def _is_spent(
    quantity: Quantity, repeated: Repeated | None, action: Word | None, clause: Clause
) -> bool:
    """每周坐诊2天, 累计服务6000小时, 缩短10天: time given or saved; 365天 and 24小时 are names."""
    amount = quantity.amount
    changed = clause.last_before(Word, quantity.start, {Mark.TREND})
    if changed is not None and changed.end == quantity.start:
        return True
    if amount.unit in ("日", "年", "岁", "周岁") or amount.number in (24, 365):
        return False
    if repeated is not None and quantity.start - repeated.end <= _NEAR:
        return True
    return action is not None and amount.unit == "小时" and amount.number >= _MANY_HOURS


def _closes_the_phrase(
    quantity: Quantity, stated: Limited | None, action: Word | None, text: str
) -> bool:
    """重点村三个, 教材二十部, 耗材35类: names put the number first, so behind a noun it counts."""
    ends_here = text[quantity.end : quantity.end + 1] in (",", "。", ";", "、", "(", "")
    before = text[quantity.start - 1 : quantity.start]
    if not ends_here or not before.isalpha() or before in _POINTING or not quantity.amount.unit:
        return False
    is_in_a_name = quantity.amount.unit == "项" and quantity.amount.number < _LEAST_SURE
    if is_in_a_name and not text[quantity.start].isdecimal():  # 冬季两项
        return stated is not None
    return quantity.amount.number > _LEAST_SURE or action is not None or stated is not None


def _is_loosely_stated(quantity: Quantity, stated: Limited | None, clause: Clause) -> bool:
    text, amount = clause.text, quantity.amount
    action = clause.last_before(Word, quantity.start, {Mark.ACTION})
    is_changed = action is not None and text[action.start : action.end].endswith(("到", "至"))
    if is_changed and action is not None and action.end == quantity.start:
        return True  # 系数提高到0.58
    is_heading = lexicon.ABSTRACT.at(text, quantity.end) is not None
    if not amount.unit or is_heading or text[quantity.end : quantity.end + 1].isdecimal():
        return False
    if clause.last_before(Repeated, quantity.start) is not None or _is_where(quantity, clause):
        return True
    if stated is not None and _is_listed_with(stated, quantity, text):
        return True
    is_adjacent = action is not None and quantity.start - action.end <= 3
    return is_adjacent and (amount.number > 1 or bool(units.PERSONAL.at(amount.unit, 0)))


def _is_listed_with(stated: Limited, quantity: Quantity, text: str) -> bool:
    """6家企业、三个园区: a list that began with a number goes on with numbers."""
    between = text[stated.end : quantity.start]
    is_joined = between[-1:] in ("、", "和", "及", "与")
    return is_joined and len(between) <= _LONGEST_NAME and "," not in between


def _is_where(quantity: Quantity, clause: Clause) -> bool:
    """在三所院校开设, 有四名医生: so many places in which the clause does something, or people."""
    before = clause.text[quantity.start - 1 : quantity.start]
    acts = any(word.mark is Mark.ACTION and word.start > quantity.end for word in clause.of(Word))
    is_personal = units.PERSONAL.at(quantity.amount.unit, 0) is not None
    is_placed = before == "有" or (before == "在" and acts)
    return is_placed and is_personal and quantity.amount.number > 1


def _is_baseline(quantity: Quantity, clause: Clause) -> bool:
    """Whether it tells where things stand: 由50%提高到, 在建成12所的基础上."""
    text = clause.text
    if clause.is_baseline:
        return True
    before = text[max(quantity.start - 10, 0) : quantity.start]
    is_from = any(character in before for character in "由从")
    reach = 14 if text.startswith("、", quantity.end) else 6  # 从70%、75%分别提高到
    following = text[quantity.end : quantity.end + reach].partition(",")[0]
    return is_from and any(lexicon.CHANGING.at(following, at) for at in range(len(following)))
