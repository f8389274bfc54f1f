"""Deadlines as written, e.g. in the column of a ledger, and the last day that they leave."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from taizhang.notices.commitments.dates import date_at, plan_period_at
from taizhang.notices.commitments.model import Deadline
from taizhang.notices.commitments.numerals import numeral_at
from taizhang.notices.commitments.recurrences import recurrence_at
from taizhang.notices.normalise import normalise

_LAST_MONTH = 12
_FIGURES = re.compile(r"(?P<year>20\d\d)[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?(?!\d)")
_UNTIL = re.compile(
    r"[-—–~至到]+(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:(?P<day>\d{1,2})日)?"
)
_BARE_MONTH = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?")


def read_deadline(text: str, *, issued_on: date | None = None) -> Deadline:
    """The deadline that a text states, the latest of several; its `text` is the whole text.

    `issued_on`, the date of the notice, gives 年底前 its year. `on` and `within` are None where the
    text leaves none: 长期坚持, 每季度末.

    >>> [read_deadline(said, issued_on=date(2025, 3, 1)).on for said in ("6月底前", "2026.5.31前")]
    ['2025-06', '2026-05-31']
    >>> read_deadline("2025年6月启动，2026年底前完成").on, read_deadline("2025年3月至10月").on
    ('2026-12', '2025-10')
    >>> read_deadline("每月25日前").on
    """
    normalised = normalise(text).text
    if _BARE_MONTH.fullmatch(normalised):
        normalised += "底"
    stated = list(_stated(normalised, issued_on.year if issued_on else None))
    if not stated:
        return Deadline(text)
    latest = max(stated, key=lambda deadline: last_day(deadline) or date.min)
    return replace(latest, text=text)


def last_day(deadline: Deadline) -> date | None:
    """The last day of the year, the month or the day that a deadline names.

    None without its year, for a span of time, and for a day that no calendar has.

    >>> last_day(Deadline("2026年2月底前", on="2026-02")), last_day(Deadline("年底前", on="12"))
    (datetime.date(2026, 2, 28), None)
    """
    year, month, day = (*map(int, (deadline.on or "0").split("-")), 0, 0)[:3]
    if year <= _LAST_MONTH:
        return None
    month = month or _LAST_MONTH
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:  # 6月31日, 13月
        return None


def _stated(text: str, year: int | None) -> Iterator[Deadline]:
    """Dates of the text but those from which something starts; a recurring one dates nothing."""
    at = 0
    while at < len(text):
        if recurrence_at(text, at) is not None:
            return
        figures = _FIGURES.match(text, at) or (_UNTIL.match(text, at) if year else None)
        if figures is not None:
            said = {"year": str(year)} | figures.groupdict()
            year, at = int(said["year"]), figures.end()
            yield Deadline(figures[0], on=_iso(said))
            continue
        point = plan_period_at(text, at) or date_at(text, at, year)
        if point is None:
            at += 1
            continue
        at = point.end
        on = point.deadline.on
        # What follows goes by the year named before: 2025年3月至10月.
        year = int(on[:4]) if on and len(on) >= len("2025") else year
        if not point.is_a_start:
            yield point.deadline


def _iso(said: Mapping[str, str | None]) -> str:
    written = (said[name] for name in ("year", "month", "day"))
    numerals = (numeral_at(each, 0) for each in written if each)
    return "-".join(f"{int(numeral.number):02}" for numeral in numerals if numeral)
