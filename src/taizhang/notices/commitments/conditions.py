"""Numbers that only say whom a duty reaches: 职工200人以上的企业, 申报单位应具备."""

import re
from collections.abc import Sequence

from taizhang.notices.commitments import lexicon, units
from taizhang.notices.commitments.amounts import Quantity
from taizhang.notices.commitments.limits import Limited
from taizhang.notices.commitments.model import Comparator
from taizhang.notices.commitments.scanner import Mark, Word
from taizhang.notices.commitments.wording import Clause
from taizhang.notices.commitments.words import Words

_NEAR = 4
"""Characters between a verb and the number that it brings about: 给予10万元以上的奖励."""
_LONGEST_NAME = 16
_SOON = 7
_HELD = (
    *("经营", "参保", "缴费", "缴纳", "社保", "保险", "注册", "登记", "任职", "从业", "居住"),
    *("就业", "失业", "成立", "入职", "落户", "营业", "停产", "停业"),
    *("服务", "工作", "任教", "从教", "执业", "务工"),
)
"""经营6个月以上: what somebody must have been for so long."""
_IN_ONE_PIECE = ("连片", "集中连片", "成片", "单体")
"""整治100亩以上连片荒地: how large each piece is, whatever is done with it."""
_PAST = ("近", "毕业", "离校")
_HAPPENING = ("连续", "累计", "逾期", "发生", "出现")
_RATE = re.compile("[^,。;、\\d]{0,4}率")


def conditions_of(
    stated: Sequence[Limited], clause: Clause, *, is_asked: bool = False
) -> dict[Quantity, str]:
    """The words of each number that only says whom the duty reaches: 职工200人以上的企业.

    `is_asked` where the sentence says what applicants must have (应具备).
    """
    found: dict[Quantity, str] = {}
    following: Limited | None = None
    for limited in reversed(stated):
        words = _condition_of(limited, clause, is_asked=is_asked)
        if words is None and following is not None and following.quantity in found:
            is_listed = _is_listed_before(limited, following, clause)
            words = found[following.quantity] if is_listed else None
        if words is not None:
            found[limited.quantity] = words
        following = limited
    return found


def _is_listed_before(limited: Limited, following: Limited, clause: Clause) -> bool:
    """面积1000平方米以上、住宿20人以上的房屋, 对投资2亿元或纳税1000万元以上的: both describe."""
    between = clause.text[limited.end : following.start]
    has_suffix = clause.text[limited.end - 1] in "上下内" or between == "、"
    is_joined = between[:1] in ("、", "且", "或") and len(between) <= _SOON
    if between[:1] == "或" and clause.whole.startswith("对"):
        return is_joined
    is_one_list = limited.is_compared and is_joined and has_suffix
    return is_one_list and not _is_brought_about(limited, clause)


def _condition_of(limited: Limited, clause: Clause, *, is_asked: bool) -> str | None:
    if is_asked or _is_of_a_case(limited, clause):
        return clause.text[clause.start_of_phrase(limited.start) : clause.end]
    if not limited.is_compared:
        return None
    if _stands_apart(limited, clause.text):
        return clause.text[limited.start : limited.end]
    end = _end_of_threshold(limited, clause)
    return None if end is None else clause.text[clause.start_of_phrase(limited.start) : end]


def _is_of_a_case(limited: Limited, clause: Clause) -> bool:
    """Whether the words around say in which case: 发生2起事故的，; 每增加5000万元; 对……的给予."""
    ends_in_a_case = clause.is_condition and clause.text[clause.end - 1] == "的"
    return (
        ends_in_a_case
        or _is_of_somebody(limited, clause.text)
        or _is_addressed(limited, clause)
        or _has_a_consequence(limited, clause.text)
        or _is_a_step(limited, clause.text)
    )


def _end_of_threshold(limited: Limited, clause: Clause) -> int | None:
    """Where the words of a compared number end that describes; None where it is what is owed."""
    text, amount = clause.text, limited.quantity.amount
    if amount.unit in ("岁", "周岁"):
        before = text[max(limited.start - _LONGEST_NAME, 0) : limited.start]
        is_a_mean = "寿命" in before or "平均年龄" in before
        return None if is_a_mean else limited.end
    if amount.upper is not None:
        return None
    is_addressed = clause.whole.startswith("对") and amount.unit not in units.COUNTING_ACTORS
    if clause.is_condition and (is_addressed or "的" in text[limited.end : clause.end]):
        return clause.end
    rate = _RATE.match(text, limited.end)
    if rate and amount.unit in units.SPANS:  # 10秒内接听率
        return rate.end()
    return _end_of_whom(limited, clause) if _may_describe(limited, clause) else None


def _is_of_somebody(limited: Limited, text: str) -> bool:
    """近6个月内, 经营1年以上, 14岁女生, 排名前50名的: how long, how old or how good somebody is."""
    before = text[max(limited.start - _NEAR, limited.floor) : limited.quantity.start]
    unit = limited.quantity.amount.unit
    if before.endswith("前"):
        return text.startswith("的", limited.end)
    if unit in ("岁", "周岁"):
        return units.AGED.at(text, limited.end) is not None
    if unit not in ("年", "个月"):
        return False
    if limited.comparator is Comparator.AT_MOST:
        return before.endswith(_PAST)
    held = text[max(limited.start - _NEAR, limited.floor) : limited.start]
    return limited.comparator is Comparator.AT_LEAST and held.endswith(_HELD)


def _is_addressed(limited: Limited, clause: Clause) -> bool:
    """对吸纳5名以上劳动力的车间给予奖励: whom the gift that follows is for."""
    whole = clause.whole
    at = limited.start - (clause.end - len(whole))
    if not whole.startswith("对") or at < 0 or _first(lexicon.GIVEN, whole[:at]) is not None:
        return False
    of = whole.find("的", at)
    given = _first(lexicon.GIVEN, whole[of:]) if of > 0 else None
    return given is not None and given <= _LONGEST_NAME


def _first(words: Words[str], text: str) -> int | None:
    return next((at for at in range(len(text)) if words.at(text, at)), None)


def _has_a_consequence(limited: Limited, text: str) -> bool:
    """500平方米以上的给予10万元: in which case something follows; never 30%的补助."""
    of = limited.end
    if text[max(limited.start - 2, 0) : limited.start] in _HAPPENING:  # 连续3次上榜的取消
        of = text.find("的", of, of + _SOON)
    if of < 0 or not text.startswith("的", of) or lexicon.NOT_WORDS.at(text, of + 1):
        return False
    consequence = lexicon.CONSEQUENCES.at(text, of + 1)
    if consequence is None or consequence[0] not in ("奖", "补"):
        return consequence is not None
    return text[of + 3 : of + 4].isdecimal()


def _is_a_step(limited: Limited, text: str) -> bool:
    """每增加投资5000万元奖励1个名额: by what the reward grows."""
    before = text[max(limited.start - _LONGEST_NAME, limited.floor) : limited.start]
    return any(step in before for step in ("每增加", "每新增", "每提高", "每减少", "每超过"))


def _stands_apart(limited: Limited, text: str) -> bool:
    """项目(1万平方米以下)压缩至, ，160千瓦及以下实现, 60分以上为合格: nothing but a threshold."""
    before, following = text[limited.start - 1 : limited.start], text[limited.end : limited.end + 1]
    suffix = text[limited.quantity.end : limited.end]
    is_bound = suffix.endswith(("上", "下", "内"))
    if is_bound and (following == "为" or (before == "(" and following == ")")):
        return True
    return before in (",", ";", "。") and suffix.startswith("及以") and following.isalpha()


def _may_describe(limited: Limited, clause: Clause) -> bool:
    """Whether a number of its unit can describe somebody: 10家以上企业 counts them."""
    text, unit = clause.text, limited.quantity.amount.unit
    if unit == "户":
        after = limited.end + text.startswith("的", limited.end)
        return lexicon.DWELT_IN.at(text, after) is not None
    before = text[max(limited.start - _LONGEST_NAME, 0) : limited.start].rpartition(",")[2]
    if unit in units.PERCENT:
        return "占" in before
    phrase = text[clause.start_of_phrase(limited.start) : limited.start]
    if "每" in phrase[-_SOON:]:  # 每百户20平方米以上, but 每县建设1000平方米以上场馆1处
        return False
    return unit not in units.COUNTING_ACTORS


def _end_of_whom(limited: Limited, clause: Clause) -> int | None:
    """Where the name of those ends whom a threshold describes; None where it describes nobody."""
    text = clause.text
    has_suffix = lexicon.AFTER.at(text, limited.quantity.end) is not None
    before = text[limited.start : limited.quantity.start]
    if not (has_suffix or before.startswith(lexicon.THRESHOLDS)):
        return None
    if lexicon.GOALS.at(text, limited.end + 1):
        return None
    end = limited.end + text.startswith("的", limited.end)
    if text.startswith(_IN_ONE_PIECE, end):
        return end
    if end > limited.end and not has_suffix:
        return end
    actor_end = _named_at(lexicon.ACTORS, text, end)
    if actor_end is not None:
        return actor_end
    if _describes_what_is_counted(limited, clause):
        return end
    is_bound = limited.comparator in (Comparator.AT_LEAST, Comparator.AT_MOST)
    describes = end > limited.end or _goes_on_with_a_noun(limited, clause)
    is_threshold = has_suffix and is_bound and describes
    return end if is_threshold and not _is_brought_about(limited, clause) else None


def _named_at(words: Words[str], text: str, start: int) -> int | None:
    """Where the first of `words` ends that is named soon after `start`, in the same phrase."""
    for at in range(start, start + _SOON):
        if text[at : at + 1] in (",", "。", ";", "、", ":"):
            return None
        found = words.at(text, at)
        if found:
            return at + len(found[0])
    return None


def _describes_what_is_counted(limited: Limited, clause: Clause) -> bool:
    """引进5亿元以上项目10个: the next number counts what this one describes."""
    following = next(
        (each for each in clause.of(Quantity) if each.start > limited.quantity.start), None
    )
    if following is None or following.amount.unit not in units.COUNTED:
        return False
    name = clause.text[limited.end : following.start]
    return 0 < len(name) <= _LONGEST_NAME and not any(stop in name for stop in "、,(和")


def _goes_on_with_a_noun(limited: Limited, clause: Clause) -> bool:
    """800人以上大通铺, 2万平方米以上公共建筑; not 500万元以上用于建设."""
    following = clause.text[limited.end : limited.end + 1]
    if not following.isalpha() or following in lexicon.NO_NOUN:
        return False
    return not any(
        word.start == limited.end and word.mark in (Mark.ACTION, Mark.MODAL, Mark.BEFORE)
        for word in clause.of(Word)
    )


def _is_brought_about(limited: Limited, clause: Clause) -> bool:
    """给予10万元以上的奖励: a verb close before makes the number what is owed."""
    action = clause.last_before(Word, limited.start, {Mark.ACTION, Mark.MODAL})
    return action is not None and limited.start - action.end <= _NEAR
