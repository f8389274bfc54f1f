"""What an explanation says: the records and subjects behind a figure, and what they lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from taizhang.lib.windows import Window
from taizhang.measures.commitments import Unit, Verdict

T = TypeVar("T")


class Fault(StrEnum):
    """What a record can fail."""

    CONDITION = "condition"  # of the formula
    WINDOW = "window"  # dated outside it, or not dated
    STATE = "state"  # does not stand on the day


@dataclass(frozen=True, slots=True)
class Part:
    """A comparison, and the value it was found with (None is unknown; several are joined by ", ").

    `holds` matters inside the rule of a derived field, where the parts are joined by and, or.
    """

    path: str
    operator: str
    value: str
    actual: str | None
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that a record failed; `rule` has the parts of the rule where it is a derived field.

    `text` is the condition as written in the formula; of a window its label.
    """

    fault: Fault
    text: str
    part: Part
    rule: Sequence[Part] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a register; `failures` is empty for one that counted."""

    register: str
    id: str
    record_no: str | None
    day: date | None
    failures: Sequence[Failure] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is asked for something: a unit, or a thing that the denominator counts.

    `verdict` is that of the unit (scope each). Who lacks something has the records `nearest` to
    counting, fewest failures first, or none at all in the register `no_record_in`.
    """

    unit: Unit
    record_no: str | None
    is_satisfied: bool
    verdict: Verdict | None = None
    nearest: Sequence[Record] = ()
    no_record_in: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list; `after` continues it, "" at the end. `total` counts the whole list."""

    items: Sequence[T] = ()
    total: int = 0
    after: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where each list of an explanation goes on: the `after` of the page before."""

    counted: str = ""
    uncounted: str = ""
    subjects: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The records and subjects behind a commitment's figure for an area (None: everything).

    `windows`: of a commitment whose units differ, one for each. `unknown`: rows left out of both
    parts because a value is read as unknown. `reason` says why there is nothing to show.
    """

    code: str
    area: str | None
    windows: Sequence[Window] = ()
    counted: Page[Record] = Page()
    uncounted: Page[Record] = Page()
    subjects: Page[Subject] = Page()
    unknown: Page[Record] = Page()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a commitment judged as a share asks of some units: how many owe it, and have it.

    `subject`: what they are, a register slug. `lacking`: those that do not, with what comes
    nearest where they are few.
    """

    code: str
    subject: str
    window: Window
    owed: int
    met: int
    verdict: Verdict
    lacking: Sequence[Subject] = ()
