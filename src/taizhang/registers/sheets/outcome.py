"""What would become of each row of a sheet, and of the sheet as a whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from taizhang.core.records.models import Record
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.rows import Row
from taizhang.registers.sheets.faults import SheetFault, by_place, told
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import Changes

KEPT_FAULTS = 1000


class Outcome(Enum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    TO_BE_CORRECTED = "to_be_corrected"


@dataclass(frozen=True)
class Planned:
    """A row with what becomes of it.

    values: what the row states otherwise than its record, by field. changes: as the change log
    tells them. before: the values that a change replaces. lists: the references with several
    values as they will stand.
    """

    row: Row
    outcome: Outcome
    values: Mapping[str, object]
    changes: Changes
    lists: Mapping[str, list[Record]]
    before: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """`faults` are the first of them, in the order of the sheet; `fault_count` counts all."""

    rows: tuple[Planned, ...]
    faults: tuple[SheetFault, ...]
    fault_count: int
    faulty_rows: int

    @property
    def counts(self) -> dict[str, int]:
        """Rows by what becomes of them; `faulty` ones are not counted otherwise."""
        found = Counter(each.outcome.value for each in self.rows)
        return {each.value: found[each.value] for each in Outcome} | {"faulty": self.faulty_rows}

    def of(self, outcome: Outcome) -> list[Planned]:
        return [each for each in self.rows if each.outcome is outcome]


def plan_of(
    spec: RegisterSpec,
    planned: Sequence[Planned],
    faults: Sequence[Fault],
    columns: Mapping[int, str],
) -> Plan:
    """The plan for rows of which some are faulty."""
    places = {name: at for at, name in columns.items()}
    faulty = {fault.row for fault in faults if fault.row is not None}
    return Plan(
        tuple(each for each in planned if each.row.number not in faulty),
        tuple(told(spec, fault, places) for fault in by_place(faults, places)[:KEPT_FAULTS]),
        len(faults),
        len(faulty),
    )
