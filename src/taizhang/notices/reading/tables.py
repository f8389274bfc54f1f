"""Items that are rows of tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from taizhang.notices.document import Document, Passage, Table
from taizhang.notices.model import Departments, Item
from taizhang.notices.numerals import whole_number
from taizhang.notices.reading.columns import Column, Columns, read_head
from taizhang.notices.reading.departments import by_roles, department_names, first_named_leads
from taizhang.notices.reading.wording import without_layout

_NO_DEADLINE = frozenset({"", "-", "—", "——", "/", "无"})


@dataclass(frozen=True, slots=True)
class _Row:
    """A row under its columns; a missing cell is empty."""

    cells: tuple[Passage, ...]
    columns: Columns

    def texts(self, column: Column) -> list[str]:
        positions = self.columns.positions(column)
        return [self.cells[at].text for at in positions if at < len(self.cells)]

    @property
    def task(self) -> Passage | None:
        at = self.columns.task
        return self.cells[at] if at < len(self.cells) and self.cells[at].text else None

    @property
    def number(self) -> int | None:
        cell = "".join(self.texts(Column.NUMBER)[:1])
        return whole_number(re.sub(r"[\s.．、()（）]", "", cell))

    @property
    def heading(self) -> str | None:
        """The one text of a row that is merged over all columns."""
        filled = {without_layout(cell.text) for cell in self.cells if cell.text}
        return filled.pop() if len(filled) == 1 and self.number is None else None


def table_items(document: Document) -> tuple[Item, ...]:
    """The rows with a number and a task, of every table with a ledger's head.

    A table without a head goes on with the columns of the one before. A row without a number
    is the rest of the row before it, cut by the end of a page, or a heading when it has one
    text only and stands at the width of the table.
    """
    first_leads = first_named_leads(document)
    items: list[Item] = []
    columns: Columns | None = None
    heading: str | None = None
    for cells in _rows(document):
        head = read_head([cell.text for cell in cells])
        columns = head or columns
        if head or columns is None:
            continue
        row = _Row(cells, columns)
        if row.number is not None and row.task is not None:
            items.append(_item(row, row.number, row.task, heading, first_leads=first_leads))
        elif row.number is None and row.heading and not _is_rest(row, items):
            heading = row.heading
        elif row.number is None and items:
            items[-1] = _continued(items[-1], row, first_leads=first_leads)
    return tuple(items)


def _rows(document: Document) -> Sequence[tuple[Passage, ...]]:
    return [row for block in document.blocks if isinstance(block, Table) for row in block.rows]


def _is_rest(row: _Row, items: Sequence[Item]) -> bool:
    """Whether a lone text stands in the task's column and goes on with an unfinished sentence."""
    return row.task is not None and bool(items) and not items[-1].text.endswith(("。", "；"))


def _item(row: _Row, number: int, task: Passage, heading: str | None, *, first_leads: bool) -> Item:
    groups = [without_layout(text) for text in row.texts(Column.GROUP)]
    deadline = without_layout("".join(row.texts(Column.DEADLINE)))
    return Item(
        number=number,
        passage=task,
        departments=_departments(row, first_leads=first_leads),
        deadline=None if deadline in _NO_DEADLINE else deadline,
        group=tuple(group for group in (heading, *groups) if group),
    )


def _departments(row: _Row, *, first_leads: bool) -> Departments:
    names = {
        column.value: department_names("、".join(row.texts(column)))
        for column in (Column.LEAD, Column.RESPONSIBLE, Column.COOPERATING)
        if row.columns.positions(column)
    }
    return by_roles(names, first_leads=first_leads)


def _continued(item: Item, row: _Row, *, first_leads: bool) -> Item:
    passage = item.passage + row.task if row.task else item.passage
    rest = _departments(row, first_leads=False)
    listed = item.departments
    departments = replace(
        listed, lead=listed.lead + rest.lead, cooperating=listed.cooperating + rest.cooperating
    )
    return replace(item, passage=passage, departments=departments)
