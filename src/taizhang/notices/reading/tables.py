"""Items that are rows of tables."""

import re
from collections.abc import Sequence

from taizhang.notices.document import Document, Passage, Table
from taizhang.notices.model import Item
from taizhang.notices.reading.columns import Column, Columns, read_head, refined
from taizhang.notices.reading.lead_rule import stated_rule
from taizhang.notices.reading.leading import departments_of_line
from taizhang.notices.reading.row_items import row_items
from taizhang.notices.reading.rows import Draft, Row, numbered_task
from taizhang.notices.reading.wording import is_title, number_mark, without_layout

_ANNEX = re.compile("附件[0-9０-９一二三四五六七八九十]{0,2}[：:]?")
_LONGEST_HEADING = 60
_SHORTEST_TASK = 8  # characters on average, of a table that does not say who is responsible


def table_items(document: Document) -> tuple[Item, ...]:
    """The rows with a task, of every table with a ledger's head.

    A table without a head goes on with the columns of the one before, if it is as wide. A row
    without a number is the rest of the row before it, cut by the end of a page, or a heading
    when it has one text only and stands at the width of the table.
    """
    drafts: list[Draft] = []
    columns: Columns | None = None
    heading: str | None = None
    for block in document.blocks:
        if isinstance(block, Table):
            columns = _read_table(block, columns, drafts, heading)
            heading = None
        elif _begins_another(block):
            columns = None
            heading = without_layout(block.text) if departments_of_line(block.text) else None
        elif len(block.text) <= _LONGEST_HEADING and _is_heading(block):
            heading = without_layout(block.text)
    return row_items(_of_ledgers(drafts), stated_rule(document))


def _begins_another(paragraph: Passage) -> bool:
    """Whether a paragraph says that what follows it is another table: 附件2, the title of one."""
    text = without_layout(paragraph.text)
    return _ANNEX.fullmatch(text) is not None or (
        len(text) <= _LONGEST_HEADING and is_title(text) and number_mark(text) is None
    )


def _is_heading(paragraph: Passage) -> bool:
    """Whether a short line right above a table heads it: 一、加强监管, or departments alone."""
    return bool(numbered_task(paragraph) or departments_of_line(paragraph.text))


def _read_table(
    table: Table, columns: Columns | None, drafts: list[Draft], heading: str | None
) -> Columns | None:
    """Adds the rows of a table to the drafts; returns the columns for one that goes on.

    `heading` is the numbered line right above the table, if there is one.
    """
    reader = _TableReader(columns, drafts, heading)
    head: Sequence[str] = ()
    has_head = False  # then a row may be short: text leaves empty cells at its end out
    for cells in table.rows:
        texts = [cell.text for cell in cells]
        found = read_head(texts)
        if found is None and head and reader.columns:
            found = refined(reader.columns, head, texts) if len(head) == len(texts) else None
        if found is not None:
            reader.columns, head = found, texts
            has_head = True
        elif reader.columns is not None and (has_head or len(cells) == reader.width):
            head = ()
            reader.add(Row(cells, reader.columns))
    return reader.columns


class _TableReader:
    """Takes the rows of a table one after the other, with what holds from row to row."""

    def __init__(self, columns: Columns | None, drafts: list[Draft], heading: str | None) -> None:
        self.columns = columns
        self._drafts = drafts
        self._own_heading = heading is not None
        self._heading = heading or (drafts[-1].heading if drafts else None)
        self._groups: dict[int, str] = {}

    @property
    def width(self) -> int:
        return len(self.columns.by_position) if self.columns else 0

    def add(self, row: Row) -> None:
        drafts = self._drafts
        if row.is_foot and row.number is None:
            return
        if drafts and drafts[-1].has_number_of(row):
            drafts[-1].rows.append(row)
        elif row.columns.number is None:
            self._add_unnumbered(row)
        elif row.number is not None and row.task is not None:
            if self._is_group(row):
                self._head(without_layout(row.task.text))
            else:
                self._head_by_code(row)
                self._start(row, row.number)
        elif row.heading and (row.is_one_cell or not (drafts and drafts[-1].goes_on_in(row))):
            self._head(row.heading)
        elif drafts and row.number is None:
            drafts[-1].rows.append(row)

    def _add_unnumbered(self, row: Row) -> None:
        """A row of a table without a column of numbers: they stand in the task, or nowhere."""
        if row.heading:
            self._head(row.heading)
        elif row.task is not None:
            marked = numbered_task(row.task)
            drafts = self._drafts
            is_first = not drafts or drafts[-1].rows[-1].columns is not row.columns
            following = 1 if is_first else drafts[-1].number + 1
            self._start(row, marked[0] if marked else following)
        elif self._drafts:
            self._drafts[-1].rows.append(row)

    def _head(self, heading: str) -> None:
        if len(heading) <= _LONGEST_HEADING:
            self._heading = heading
            self._own_heading = True
            self._groups = {}

    def _start(self, row: Row, number: int) -> None:
        for at in row.columns.positions(Column.GROUP):
            text = without_layout(row.cells[at].text) if at < len(row.cells) else ""
            if text:
                self._groups[at] = text
        if self._drafts and number <= self._drafts[-1].number and not self._own_heading:
            self._heading = None  # another ledger begins, which the heading above is not of
        groups = tuple(self._groups[at] for at in sorted(self._groups))
        self._drafts.append(Draft(number, self._heading, groups, [row]))

    def _head_by_code(self, row: Row) -> None:
        """Makes the row before a heading where the code of this one counts on below it: 1, 1.1."""
        last = self._drafts[-1].rows[-1] if self._drafts else None
        if last is None or last.columns is not row.columns or not last.task:
            return
        is_below = bool(last.code) and re.fullmatch(rf"{re.escape(last.code)}[.．-]1", row.code)
        if is_below and not last.says_more:
            self._head(without_layout(last.task.text))
            self._drafts.pop()

    def _is_group(self, row: Row) -> bool:
        """Whether a Chinese number and a short text without departments head the rows below."""
        cell = row.number_cell
        is_chinese = cell is not None and re.search("[一二三四五六七八九十]", cell.text) is not None
        is_short = row.task is not None and len(row.task.text) <= _LONGEST_HEADING
        firsts = (draft.rows[0] for draft in reversed(self._drafts))
        last = next((each for each in firsts if each.columns is row.columns), None)
        has_digits = last is None or not _is_chinese(last.number_cell)
        return (
            is_chinese
            and is_short
            and has_digits
            and row.columns.is_surely_a_ledger
            and not row.says_more
        )


def _is_chinese(cell: Passage | None) -> bool:
    return cell is not None and re.search("[一二三四五六七八九十]", cell.text) is not None


def _of_ledgers(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """The drafts without those of tables that name things, such as budget lines.

    A table that says neither who does what nor until when counts only where no other does,
    and where its rows are more than names.
    """
    surely = [draft for draft in drafts if draft.rows[0].columns.is_surely_a_ledger]
    if surely:
        return surely
    lengths = [len(draft.rows[0].task.text) for draft in drafts if draft.rows[0].task]
    return drafts if sum(lengths) >= _SHORTEST_TASK * len(lengths) else ()
