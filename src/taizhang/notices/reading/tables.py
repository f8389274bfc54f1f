"""Items that are rows of tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    drafts: list[_Draft] = []
    columns: Columns | None = None
    heading: str | None = None
    for cells in _rows(document):
        head = read_head([cell.text for cell in cells])
        columns = head or columns
        if head or columns is None:
            continue
        row = _Row(cells, columns)
        if row.number is not None:
            if row.task is not None:
                drafts.append(_Draft(row.number, heading, [row]))
        elif row.heading and not (drafts and drafts[-1].is_continued_by(row)):
            heading = row.heading
        elif drafts:
            drafts[-1].rows.append(row)
    first_leads = first_named_leads(document)
    return tuple(_item(draft, first_leads=first_leads) for draft in drafts)


@dataclass(frozen=True, slots=True)
class _Draft:
    """The rows of one item: more than one where the end of a page cut it."""

    number: int
    heading: str | None
    rows: list[_Row]

    def is_continued_by(self, row: _Row) -> bool:
        """Whether a lone text in the task's column goes on with an unfinished sentence."""
        last = self.rows[-1].task
        is_finished = last is not None and last.text.endswith(("。", "；"))
        return row.task is not None and not is_finished

    def texts(self, column: Column) -> list[str]:
        return [text for row in self.rows for text in row.texts(column)]


def _rows(document: Document) -> Sequence[tuple[Passage, ...]]:
    return [row for block in document.blocks if isinstance(block, Table) for row in block.rows]


def _item(draft: _Draft, *, first_leads: bool) -> Item:
    groups = [without_layout(text) for text in draft.rows[0].texts(Column.GROUP)]
    deadline = without_layout("".join(dict.fromkeys(draft.texts(Column.DEADLINE))))
    return Item(
        number=draft.number,
        passage=Passage.joined(row.task for row in draft.rows if row.task),
        departments=_departments(draft, first_leads=first_leads),
        deadline=None if deadline in _NO_DEADLINE else deadline,
        group=tuple(group for group in (draft.heading, *groups) if group),
    )


def _departments(draft: _Draft, *, first_leads: bool) -> Departments:
    columns = draft.rows[0].columns
    names = {
        column.value: department_names("、".join(draft.texts(column)))
        for column in (Column.LEAD, Column.RESPONSIBLE, Column.COOPERATING)
        if columns.positions(column)
    }
    return by_roles(names, first_leads=first_leads)
