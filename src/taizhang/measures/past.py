"""How far back a commitment can be read from the records as they are known now, and on which days.

A register tells nothing of the time before its first row, and one of states without a start
date nothing of any day but the present (handbook 0.4, "The window before"). Figures of such a time
are unknown, not zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from taizhang.lib import windows
from taizhang.lib.windows import Period
from taizhang.measures.catalogue import Catalogue
from taizhang.measures.commitments import Commitment, Ledger
from taizhang.measures.compile.rules import RuleBook
from taizhang.measures.periods import RowsBy, day_of, place, place_before, rows_by
from taizhang.measures.plan import Plan, plan
from taizhang.measures.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Past:
    """`begins`: the first day that is known, None when no earlier day is.

    `register` is the one that says nothing of the time before, "" where nothing is counted.
    """

    begins: date | None
    register: str = ""

    def reaches(self, day: date) -> bool:
        return self.begins is not None and self.begins <= day


def past_of(
    commitment: Commitment, ledger: Ledger, catalogue: Catalogue, snapshot: Snapshot
) -> Past:
    """How far back the registers reach that the numerator counts, by way of derived fields too.

    Who owes, and what is divided by, are read with the cells they hold now. Raises FormulaError.
    """
    known = plan(commitment, ledger, catalogue)
    if known.counted is None:
        return Past(None)
    found = [Past(date.min)]
    for slug, dates in _dated_by(known, RuleBook(catalogue)):
        found.append(Past(_first_day(snapshot, slug, dates), slug))
    return max(found, key=lambda past: past.begins or date.max)


def days_before(commitment: Commitment, day: date, most: int) -> list[date]:
    """The days on which the windows before are read, the latest first.

    Of windows with a window before their last days, so that each is whole; of year_on_year the
    same day of earlier years. Terms and single days are looked at on the ends of the quarters
    before, five-year windows, which differ from unit to unit, on the ends of the years before.
    """
    period = commitment.period
    if period in (Period.POINT_IN_TIME, Period.TERM):
        return _quarter_ends(day, most)
    if period is Period.FIVE_YEAR:
        return [date(day.year - back, 12, 31) for back in range(1, most + 1)]
    by = rows_by(commitment.by)
    found: list[date] = []
    current = place(period, by, day)
    while len(found) < most and (before := place_before(period, by, current)) is not None:
        found.append(before.today)
        current = before
    return found


def _quarter_ends(day: date, most: int) -> list[date]:
    """The last days of the quarters before the one that `day` lies in."""
    found: list[date] = []
    first = windows.quarter(day).first
    for _ in range(most):
        found.append(windows.add_days(first, -1))
        first = windows.quarter(found[-1]).first
    return found


def _dated_by(known: Plan, book: RuleBook) -> Iterator[tuple[str, Sequence[str]]]:
    """The registers that the numerator counts, each with the fields that date its first row.

    Rows by number of term have dates of no such kind and set no bound.
    """
    assert known.counted is not None
    own = known.counted.register
    slugs = {own, *book.counted(book.uses(known.counted))}
    for slug in sorted(slugs):
        by = known.commitment.by if slug == own else book.registers[slug].period
        if rows_by(by) is RowsBy.STATE:
            yield slug, book.registers[slug].state_from
        elif rows_by(by) is not RowsBy.TERM_NO and not any("." in name for name in by):
            yield slug, by


def _first_day(snapshot: Snapshot, slug: str, dates: Sequence[str]) -> date | None:
    """The earliest day by which a row of the register is dated, None when none is."""
    if slug not in snapshot.tables or not dates:
        return None
    table = pq.read_table(snapshot.path(slug), columns=list(dates))
    columns = [table[name] for name in dates]
    if pa.types.is_integer(columns[0].type):
        return day_of(pc.min(columns[0]).as_py())
    days = pc.coalesce(*(column.cast(pa.date32()) for column in columns))
    return day_of(pc.min(days).as_py())
