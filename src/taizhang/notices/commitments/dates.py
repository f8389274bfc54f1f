"""Dates and deadlines inside running text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from taizhang.notices.commitments.lexicon import RESULTS
from taizhang.notices.commitments.model import Amount, Deadline
from taizhang.notices.commitments.numerals import Numeral, is_numeral_character, numeral_at
from taizhang.notices.commitments.units import SPANS
from taizhang.notices.commitments.words import listed

_YEAR_OF_PLAN = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_NUMERAL = "[〇零一二三四五六七八九十]"
_LIMIT = "(?:之前|以前|前|止)"
_SINCE = ("起", "以来", "以后", "之后", "后", "开始", "基础", "的基础", "同期")
_LATEST = ("到", "至", "不迟于", "不晚于", "最迟")
_DATE = re.compile(
    r"(?P<lead>到|至|于|在|不迟于|不晚于|最迟|自|从|比|较|以)?"
    rf"(?P<year>(?:19|20)\d\d|二[〇零]{_NUMERAL}{{2}}|今|本|当|明|次|翌)年度?"
    rf"(?:(?P<month>\d{{1,2}}|{_NUMERAL}{{1,3}})月份?(?:(?P<day>\d{{1,2}}|{_NUMERAL}{{1,3}})日)?)?"
    r"(?P<part>年?(?:底|末|中|初)|上半年|下半年|第?[一二三四1-4]季度末?|[春夏秋冬]季)?"
    rf"(?P<limit>{_LIMIT})?"
)
_MONTH = re.compile(
    rf"(?P<lead>到|至|于|在|不迟于|不晚于|最迟|自|从)?(?P<month>\d{{1,2}}|{_NUMERAL}{{1,3}})月份?"
    rf"(?:(?P<day>\d{{1,2}}|{_NUMERAL}{{1,3}})日)?(?P<part>底|末|中旬|上旬|下旬)?(?P<limit>{_LIMIT})?"
)
_DAY = re.compile(rf"(?:末月|末|底)?(?:\d{{1,2}}|{_NUMERAL}{{1,3}})日{_LIMIT}")
_PLAN = re.compile(
    r'"?(?P<plan>十[二三四五六]五)"?(?:规划)?(?P<end>期末|时期末|期间末|末)?(?P<during>期间|时期)?'
)
_RELATIVE = re.compile(
    rf"(?:到|至|在|于)?(?P<what>年底|年末|年内|年中|上半年|下半年|本月底|月底|季度末|季末|本季度内|第?[一二三四]季度末?)(?P<limit>{_LIMIT})?"
)
_QUARTER_ENDS = {"一": "03", "二": "06", "三": "09", "四": "12"} | {
    str(number): f"{3 * number:02}" for number in range(1, 5)
}
_MONTHS = {
    "年中": "06",
    "年": "12",
    "上半年": "06",
    "下半年": "12",
    **{f"{name}季度": month for name, month in _QUARTER_ENDS.items()},
}
_RATE = re.compile("[^,。;、\\d]{0,4}率")
"""15日内办结率: the span says what the rate measures."""
_NO_TERM_AFTER = (
    *("至", "到", "控制在", "压缩在", "保持在"),
    *("近", "毕业", "离校", "成立", "注册", "入职", "落户", "登记"),
)
"""压缩至3日内 and 控制在3日内 say how long something takes, 近3年内 and 毕业2年内 look back."""
_WITHIN = listed("之内 以内 内 时间")


@dataclass(frozen=True, slots=True)
class DatePoint:
    """A date named in the text; one that starts or compares (自2021年, 比2020年) limits nothing."""

    deadline: Deadline
    end: int
    is_limit: bool
    """Whether the words make it the end of something."""
    is_a_start: bool = False


def date_at(text: str, start: int, current_year: int | None) -> DatePoint | None:
    """The date that begins at `start`: 2025年底前, 到2027年, 6月底前, “十四五”末, 年内, 30日内.

    A date without a year gets `current_year`.
    """
    for reader in (_whole_date, _span, _month, _day, _relative):
        found = reader(text, start, current_year)
        if found is not None:
            return found
    return None


def _whole_date(text: str, start: int, current_year: int | None) -> DatePoint | None:
    match = _DATE.match(text, start)
    if match is None:
        return None
    if match["year"] == "次" and text[start - 1 : start] in ("人", "批", "场"):
        return None  # 接待人次年均增长
    if match["year"] == "当" and not (match["month"] or match["part"] or match["limit"]):
        return None  # 当年度: of that year, whichever it is
    year = _year(match["year"], current_year)
    parts = [year or "", *_month_and_day(match["month"], match["day"], match["part"])]
    lead = match["lead"] or ""
    return DatePoint(
        Deadline(
            match[0].removeprefix("在").removeprefix("于"), on="-".join(filter(None, parts)) or None
        ),
        match.end(),
        is_limit=bool(match["limit"])
        or lead in _LATEST
        or (match["part"] or "").endswith(("底", "末")),
        is_a_start=lead in ("自", "从", "比", "较", "以") or text.startswith(_SINCE, match.end()),
    )


def _year(written: str, current_year: int | None) -> str | None:
    if written.isdecimal():
        return written
    if written[0] == "二":
        return "".join(
            str("〇一二三四五六七八九".index(each.replace("零", "〇")))
            for each in written
            if each != "十"
        )
    if current_year is None:
        return None
    return str(current_year + (written in ("明", "次", "翌")))


def _month_and_day(month: str | None, day: str | None, part: str | None) -> Iterator[str]:
    if month is not None:
        yield from (
            f"{int(numeral.number):02}"
            for each in (month, day)
            if each and (numeral := numeral_at(each, 0))
        )
    elif part and "季度" not in part and part.endswith(("底", "末", "下半年")):
        yield "12"
    elif part in ("上半年", "年中", "中"):
        yield "06"
    elif part and "季度" in part:
        yield _QUARTER_ENDS[part.lstrip("第")[0]]


def plan_period_at(text: str, start: int) -> DatePoint | None:
    """The period of a five-year plan that begins at `start`: 到“十四五”末, “十四五”期间.

    The name alone dates nothing.

    >>> plan_period_at('"十四五"末', 0).deadline.on, plan_period_at('"十四五"规划', 0)
    ('2025', None)
    """
    match = _PLAN.match(text, start)
    if match is None or not (match["end"] or match["during"]):
        return None
    year = str(_YEAR_OF_PLAN[match["plan"]]) if match["plan"] in _YEAR_OF_PLAN else None
    return DatePoint(Deadline(match[0], on=year), match.end(), is_limit=bool(match["end"]))


def _month(text: str, start: int, current_year: int | None) -> DatePoint | None:
    match = _MONTH.match(text, start)
    if match is None:
        return None
    is_dated = match["day"] or match["part"] or match["limit"] or RESULTS.at(text, match.end())
    if not is_dated:
        return None
    parts = [
        str(current_year or ""),
        *_month_and_day(match["month"], match["day"], None),
    ]
    is_limit = bool(match["limit"]) or match["part"] in ("底", "末") or match["lead"] in _LATEST
    written = match[0].removeprefix("在").removeprefix("于")
    is_a_start = match["lead"] in ("自", "从") or text.startswith(_SINCE, match.end())
    return DatePoint(
        Deadline(written, on="-".join(filter(None, parts))), match.end(), is_limit, is_a_start
    )


def _day(text: str, start: int, _current_year: int | None) -> DatePoint | None:
    """每月25日前, 每季度末25日前: a day of every month or quarter."""
    match = _DAY.match(text, start)
    return DatePoint(Deadline(match[0]), match.end(), is_limit=True) if match else None


def _relative(text: str, start: int, current_year: int | None) -> DatePoint | None:
    match = _RELATIVE.match(text, start)
    if match is None or (
        start and (text[start - 1] in "半学青周老当每近" or is_numeral_character(text[start - 1]))
    ):
        return None
    month = next(
        (month for name, month in _MONTHS.items() if match["what"].lstrip("第").startswith(name)),
        "",
    )
    year = str(current_year or "")
    on = "-".join(filter(None, (year, month))) or None
    return DatePoint(Deadline(match[0], on=on if month else None), match.end(), is_limit=True)


def _span(text: str, start: int, _current_year: int | None) -> DatePoint | None:
    """5年内, 30日内, 15个工作日以内, 用3年时间, 用两到三年时间."""
    numeral, upper = _one_or_two(text, start)
    unit = SPANS.at(text, numeral.end) if numeral else None
    before = text[max(start - 3, 0) : start]
    if numeral is None or unit is None or before.endswith(_NO_TERM_AFTER):
        return None
    end = numeral.end + len(unit[0])
    for extra in ("左右", "的"):
        end += len(extra) * text.startswith(extra, end)
    within = _WITHIN.at(text, end)
    if within is None or text.startswith(("内部", "内容", "内涵"), end):
        return None
    end += len(within[0])
    # 压减为2个环节、15天以内: what a list names before was no term either.
    is_listed = before.endswith("、") and text[end : end + 1] in ",。;、"
    if is_listed or _RATE.match(text, end):
        return None
    amount = Amount(numeral.number, unit[0], numeral.multiplier, upper)
    return DatePoint(Deadline(text[start:end], within=amount), end, is_limit=True)


def _one_or_two(text: str, start: int) -> tuple[Numeral | None, Decimal | None]:
    """The numeral at `start`, and the end of its range; it then ends where that does."""
    numeral = numeral_at(text, start)
    if numeral is None or text[numeral.end : numeral.end + 1] not in ("-", "~", "至", "到"):
        return numeral, None
    last = numeral_at(text, numeral.end + 1)
    if last is None or last.number <= numeral.number:
        return None, None
    return replace(last, number=numeral.number), last.number
