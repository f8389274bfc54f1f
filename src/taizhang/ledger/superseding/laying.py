"""A notice laid beside an earlier one, with the items of the ledger that the earlier one became."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.ledger.models import Duty, Item, Ledger, Notice
from taizhang.ledger.reviewing.reading import ReadItem, corrected
from taizhang.notices.comparing import Pair, compare
from taizhang.notices.model import Departments


@dataclass(frozen=True)
class OldItem:
    """An item of the earlier notice; `row` is None where that was never published."""

    number: int
    text: str
    departments: Departments
    deadline: str | None
    row: Item | None = None


Laid = Pair[OldItem, ReadItem]


def lay_beside(notice: Notice, old: Notice) -> tuple[Laid, ...]:
    """The items of both, as corrected, in pairs; the earlier ones as they stand on their ledger."""
    return compare(old_items(old), corrected(notice).items)


def ledger_of(notice: Notice) -> Ledger | None:
    """The ledger that has the notice's words; None where it was not published."""
    return notice.ledgers.first()


def old_items(notice: Notice) -> list[OldItem]:
    """The items of the notice's ledger with what the notice says of each, else those read."""
    read: dict[str, list[ReadItem]] = defaultdict(list)
    for item in corrected(notice).items:
        read[item.text].append(item)
    ledger = ledger_of(notice)
    if ledger is None:
        return [_unpublished(item) for items in read.values() for item in items]
    rows = ledger.items.select_related("ledger").prefetch_related("duties")
    return list(_published(rows, read))


def _published(rows, read: dict[str, list[ReadItem]]) -> Iterator[OldItem]:
    for row in rows:
        said = read[row.text].pop(0) if row.text and read[row.text] else None
        departments = said.departments if said else departments_of(row)
        yield OldItem(row.number, row.text, departments, said.deadline if said else None, row)


def _unpublished(item: ReadItem) -> OldItem:
    return OldItem(item.number, item.text, item.departments, item.deadline)


def departments_of(row: Item) -> Departments:
    """The departments as the ledger has them; who leads counts only once it is confirmed."""
    duties = list(row.duties.all())
    if not any(duty.confirmed for duty in duties):
        return Departments(tuple(duty.department_zh for duty in duties))
    parts = {
        part: tuple(duty.department_zh for duty in duties if duty.part == part)
        for part in Duty.Part
    }
    return Departments(parts[Duty.Part.LEAD], parts[Duty.Part.CO], lead_is_stated=True)
