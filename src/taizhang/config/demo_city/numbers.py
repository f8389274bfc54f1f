"""Numbers that a fact needs: of the record, of a document, of an organisation."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from random import Random

from taizhang.lib.identifiers import uscc_check_character
from taizhang.lib.workdays import shipped_calendar

CHINA = timezone(timedelta(hours=8))
STATUS_DATE = date(2026, 9, 30)


class Numbers:
    """Serial numbers by prefix, counted up from 1."""

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()

    def record(self, register: str, area: str, year: int) -> str:
        """Such as `R09-130302-2026-0001`."""
        return self._next(f"{register}-{area}-{year}", "{prefix}-{serial:04d}")

    def document(self, body: str, year: int) -> str:
        """Such as 海政办字〔2022〕18号."""
        return self._next(f"{body}字〔{year}〕", "{prefix}{serial}号")

    def minutes(self, body: str, year: int) -> str:
        """Such as 海工会议纪要〔2026〕3号."""
        return self._next(f"{body}纪要〔{year}〕", "{prefix}{serial}号")

    def uscc(self, kind: str, area: str) -> str:
        """A right unified social credit code; `kind` is its first two characters (GB 32100)."""
        body = self._next(f"{kind}{area}MAD", "{prefix}{serial:06d}")
        return body + uscc_check_character(body)

    def _next(self, prefix: str, form: str) -> str:
        self._last[prefix] += 1
        return form.format(prefix=prefix, serial=self._last[prefix])


def day_within(dice: Random, first: date, last: date) -> date:
    return first + timedelta(days=dice.randint(0, (last - first).days))


def workday_within(dice: Random, first: date, last: date) -> date:
    """A day on which offices work; the days must hold one."""
    day = day_within(dice, first, last)
    while not shipped_calendar().is_workday(day):
        day = day_within(dice, first, last)
    return day


def entered_after(dice: Random, day: date, most: int = 15) -> datetime:
    """When a clerk entered what happened on a day: some days later, in office hours, and not after
    the status date."""
    later = shipped_calendar().next_workday(day + timedelta(days=dice.randint(1, most)))
    entered = min(later, STATUS_DATE)
    minute = dice.randint(0, 8 * 60)
    start = datetime(entered.year, entered.month, entered.day, 9, 0, tzinfo=CHINA)
    return start + timedelta(minutes=minute)


def shares(dice: Random, choices: dict[str, float]) -> Callable[[], str]:
    """A draw of the keys by their weights."""
    keys, weights = list(choices), list(choices.values())
    return lambda: dice.choices(keys, weights)[0]
