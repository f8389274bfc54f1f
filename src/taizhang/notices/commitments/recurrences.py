"""How often something is owed: 每年, 每5年, 每半年, 年均, 一年两次, 按季度."""

from dataclasses import dataclass

from taizhang.notices.commitments.numerals import numeral_at
from taizhang.notices.commitments.words import Words, listed

_RECURRENCES = {
    "年": "year",
    "年度": "year",
    "半年": "half-year",
    "半月": "half-month",
    "半个月": "half-month",
    "季": "quarter",
    "季度": "quarter",
    "月": "month",
    "个月": "month",
    "旬": "10 days",
    "周": "week",
    "星期": "week",
    "日": "day",
    "天": "day",
    "工作日": "day",
    "个工作日": "day",
    "届": "term",
    "学期": "half-year",
    "学年": "year",
}
_PERIODS = Words(_RECURRENCES)
_PLURALS = {
    "year": "years",
    "month": "months",
    "week": "weeks",
    "day": "days",
    "quarter": "quarters",
}
_YEARLY = listed("年均 年度内 逐年 按年 按年度")
_BY_PERIOD = Words(
    {
        "按季度": "quarter",
        "按季": "quarter",
        "按月": "month",
        "按周": "week",
        "半年一次": "half-year",
    }
)
_OF_A_YEAR = listed("培训 服务 新增 开展 举办 组织 完成 处理 接待 发放 惠及 救助 帮扶 建设 改造")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often: `every` in the words of labelled notices ("year", "5 years")."""

    every: str
    end: int


def recurrence_at(text: str, start: int) -> Recurrence | None:
    """The recurrence that begins at `start`: 每年, 每5年, 每半年, 年均, 一年(两次), 每届.

    >>> [recurrence_at(text, 0).every for text in ("每年召开", "每5年开展", "每两个月", "一年两次")]
    ['year', '5 years', '2 months', 'year']
    """
    by_period = _BY_PERIOD.at(text, start)
    if by_period and not text.startswith("均", start + len(by_period[0])):
        return Recurrence(by_period[1], start + len(by_period[0]))
    yearly = _YEARLY.at(text, start)
    if yearly and not text.startswith(("浓度", "值", "气温"), start + len(yearly[0])):
        return Recurrence("year", start + len(yearly[0]))
    if text.startswith("每", start):
        return _every(text, start + 1)
    if (
        text.startswith("年", start)
        and _begins_a_word(text, start)
        and _OF_A_YEAR.at(text, start + 1)
        and "能力" not in text[start : start + 6]
    ):
        return Recurrence("year", start + 1)
    return _rate(text, start)


def _begins_a_word(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in ",。;、:(力争预计"


def _every(text: str, start: int) -> Recurrence | None:
    numeral = numeral_at(text, start)
    at = numeral.end if numeral else start
    period = _PERIODS.at(text, at)
    if period is None:
        return None
    every, end = period[1], at + len(period[0])
    if numeral is None or numeral.number == 1 or numeral.multiplier:
        return Recurrence(every, end)
    return Recurrence(f"{numeral.number} {_PLURALS.get(every, every)}", end)


def _rate(text: str, start: int) -> Recurrence | None:
    """一年两次, 半年一次, 三年一次: a span followed at once by a number of times."""
    if text.startswith("半年", start):
        every, end = "half-year", start + 2
    else:
        numeral = numeral_at(text, start)
        period = _PERIODS.at(text, numeral.end) if numeral else None
        if numeral is None or period is None:
            return None
        end = numeral.end + len(period[0])
        several = f"{numeral.number} {_PLURALS.get(period[1], period[1])}"
        every = period[1] if numeral.number == 1 else several
    times = numeral_at(text, end)
    is_rate = times is not None and text[times.end : times.end + 1] in (
        "次",
        "轮",
        "场",
        "期",
        "评",
        "检",
    )
    return Recurrence(every, end) if is_rate else None
