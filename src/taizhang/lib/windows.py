"""Windows of time: which days a commitment is judged over, and how far the status date is in them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Period(StrEnum):
    """The periods of handbook 0.4."""

    YEAR = "year"
    QUARTER = "quarter"
    TERM = "term"
    FIVE_YEAR = "five_year"
    PLAN_PERIOD = "plan_period"
    POINT_IN_TIME = "point_in_time"
    YEAR_ON_YEAR = "year_on_year"


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `first` to `last`, both included, with the label of handbook 0.4."""

    first: date
    last: date
    label: str

    def progress(self, day: date) -> Fraction:
        """The share of the window that is over at the end of `day`, at most 1 (handbook 5.5: p).

        >>> Window(date(2026, 1, 1), date(2026, 12, 31), "2026").progress(date(2026, 10, 1))
        Fraction(274, 365)
        """
        if day >= self.last:
            return Fraction(1)
        days = (self.last - self.first).days + 1
        return max(Fraction(0), Fraction((day - self.first).days + 1, days))
