"""Items that are rows of tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.notices.document import Document, Passage, Table, is_same_cell
from taizhang.notices.model import Departments, Item, Sureness, Trace, Traces
from taizhang.notices.numerals import whole_number
from taizhang.notices.reading import sureness
from taizhang.notices.reading.clauses import read_clauses
from taizhang.notices.reading.columns import Column, Columns, read_head, refined
from taizhang.notices.reading.departments import (
    by_roles,
    clause_deadline,
    clause_departments,
    department_names,
    first_named_leads,
)
from taizhang.notices.reading.roles import clause_parts
from taizhang.notices.reading.wording import NUMBER_MARKS, ends_like_a_body, without_layout

_NO_DEADLINE = frozenset({"", "-", "—", "——", "/", "无", "－"})
_ROLES = (Column.LEAD, Column.RESPONSIBLE, Column.COOPERATING)
_LONGEST_HEADING = 60
_SHORTEST_TASK = 8  # characters on average, of a table that does not say who is responsible
_NUMBER = re.compile(r"(?:\d{1,3}[-－.．])*(\d{1,3}|[一二三四五六七八九十百]{1,5}|[①-⑳])")
_ROLE_IN_CELL = re.compile("(?:牵头|责任|配合|参与|协办|主办|承办)(?:单位|部门)?[:：]|牵头|配合")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row under its columns; a missing cell is empty."""

    cells: tuple[Passage, ...]
    columns: Columns

    def passages(self, column: Column) -> list[Passage]:
        positions = self.columns.positions(column)
        return [self.cells[at] for at in positions if at < len(self.cells)]

    def texts(self, column: Column) -> list[str]:
        return ["\n".join(passage.parts) for passage in self.passages(column)]

    @property
    def task(self) -> Passage | None:
        at = self.columns.task
        return self.cells[at] if at < len(self.cells) and self.cells[at].text else None

    @property
    def number_cell(self) -> Passage | None:
        return next(iter(self.passages(Column.NUMBER)), None)

    @property
    def code(self) -> str:
        """What stands in the number's cell without its marks: 12, 一, 1.1."""
        cell = self.number_cell
        written = "" if cell is None else re.sub(r"[\s、()（）第项条]|[.．]$", "", cell.text)
        return written.translate(_PLAIN_DIGITS)

    @property
    def number(self) -> int | None:
        found = _NUMBER.fullmatch(self.code)
        return whole_number(found.group(1)) if found else None

    @property
    def has_roles(self) -> bool:
        return any(text for role in _ROLES for text in self.texts(role))

    @property
    def says_more(self) -> bool:
        """Whether it says who is responsible or until when."""
        return self.has_roles or any(self.texts(Column.DEADLINE))

    @property
    def is_one_cell(self) -> bool:
        """Whether it is one cell merged over several columns."""
        filled = [cell for cell in self.cells if cell.text]
        return len(filled) > 1 and all(is_same_cell(filled[0], cell) for cell in filled[1:])

    @property
    def heading(self) -> str | None:
        """The one text of a row that is merged over all columns."""
        filled = {without_layout(cell.text) for cell in self.cells if cell.text}
        return filled.pop() if len(filled) == 1 and self.number is None else None


_PLAIN_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}


@dataclass(frozen=True, slots=True)
class _Draft:
    """The rows of one item: more than one where the end of a page or its parts cut it."""

    number: int
    heading: str | None
    groups: tuple[str, ...]
    rows: list[_Row]

    def goes_on_in(self, row: _Row) -> bool:
        """Whether a lone text in the task's column goes on with an unfinished sentence."""
        last = self.rows[-1].task
        is_finished = last is not None and last.text.endswith(("。", "；"))
        return row.task is not None and not is_finished

    def has_number_of(self, row: _Row) -> bool:
        """Whether the row's number is the very cell of this item's number, merged downward."""
        own, other = self.rows[-1].number_cell, row.number_cell
        return own is not None and other is not None and is_same_cell(own, other)

    def texts(self, column: Column) -> list[str]:
        return [text for row in self.rows for text in row.texts(column)]


def table_items(document: Document) -> tuple[Item, ...]:
    """The rows with a task, of every table with a ledger's head.

    A table without a head goes on with the columns of the one before, if it is as wide. A row
    without a number is the rest of the row before it, cut by the end of a page, or a heading
    when it has one text only and stands at the width of the table.
    """
    drafts: list[_Draft] = []
    columns: Columns | None = None
    heading: str | None = None
    for block in document.blocks:
        if isinstance(block, Table):
            columns = _read_table(block, columns, drafts, heading)
            heading = None
        elif len(block.text) <= _LONGEST_HEADING and _marked_number(block):
            heading = without_layout(block.text)
    first_leads = first_named_leads(document)
    return tuple(_item(draft, first_leads=first_leads) for draft in _of_ledgers(drafts))


def _read_table(
    table: Table, columns: Columns | None, drafts: list[_Draft], heading: str | None
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
            reader.add(_Row(cells, reader.columns))
    return reader.columns


class _TableReader:
    """Takes the rows of a table one after the other, with what holds from row to row."""

    def __init__(self, columns: Columns | None, drafts: list[_Draft], heading: str | None) -> None:
        self.columns = columns
        self._drafts = drafts
        self._own_heading = heading is not None
        self._heading = heading or (drafts[-1].heading if drafts else None)
        self._groups: dict[int, str] = {}

    @property
    def width(self) -> int:
        return len(self.columns.by_position) if self.columns else 0

    def add(self, row: _Row) -> None:
        drafts = self._drafts
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

    def _add_unnumbered(self, row: _Row) -> None:
        """A row of a table without a column of numbers: they stand in the task, or nowhere."""
        if row.heading:
            self._head(row.heading)
        elif row.task is not None:
            marked = _marked_number(row.task)
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

    def _start(self, row: _Row, number: int) -> None:
        for at in row.columns.positions(Column.GROUP):
            text = without_layout(row.cells[at].text) if at < len(row.cells) else ""
            if text:
                self._groups[at] = text
        if self._drafts and number <= self._drafts[-1].number and not self._own_heading:
            self._heading = None  # another ledger begins, which the heading above is not of
        groups = tuple(self._groups[at] for at in sorted(self._groups))
        self._drafts.append(_Draft(number, self._heading, groups, [row]))

    def _head_by_code(self, row: _Row) -> None:
        """Makes the row before a heading where the code of this one counts on below it: 1, 1.1."""
        last = self._drafts[-1].rows[-1] if self._drafts else None
        if last is None or last.columns is not row.columns or not last.task:
            return
        is_below = bool(last.code) and re.fullmatch(rf"{re.escape(last.code)}[.．-]1", row.code)
        if is_below and not last.says_more:
            self._head(without_layout(last.task.text))
            self._drafts.pop()

    def _is_group(self, row: _Row) -> bool:
        """Whether a Chinese number and a short text without departments head the rows below."""
        cell = row.number_cell
        is_chinese = cell is not None and re.search("[一二三四五六七八九十]", cell.text) is not None
        is_short = row.task is not None and len(row.task.text) <= _LONGEST_HEADING
        others = [draft for draft in self._drafts if draft.rows[0].columns is row.columns]
        has_digits = not others or not _is_chinese(others[-1].rows[0].number_cell)
        return (
            is_chinese
            and is_short
            and has_digits
            and row.columns.is_surely_a_ledger
            and not row.says_more
        )


def _is_chinese(cell: Passage | None) -> bool:
    return cell is not None and re.search("[一二三四五六七八九十]", cell.text) is not None


def _marked_number(task: Passage) -> tuple[int, Passage] | None:
    """The number in front of a task, and the task without it."""
    for mark in NUMBER_MARKS:
        match = mark.match(task.text)
        number = whole_number(match.group("number")) if match else None
        if match and number is not None:
            return number, task.cut(match.end(), len(task.text)).strip()
    return None


def _of_ledgers(drafts: Sequence[_Draft]) -> Sequence[_Draft]:
    """The drafts without those of tables that name things, such as budget lines.

    A table that says neither who does what nor until when counts only where no other does,
    and where its rows are more than names.
    """
    surely = [draft for draft in drafts if draft.rows[0].columns.is_surely_a_ledger]
    if surely:
        return surely
    lengths = [len(draft.rows[0].task.text) for draft in drafts if draft.rows[0].task]
    return drafts if sum(lengths) >= _SHORTEST_TASK * len(lengths) else ()


def _item(draft: _Draft, *, first_leads: bool) -> Item:
    passage = Passage.joined(_distinct(row.task for row in draft.rows if row.task))
    if draft.rows[0].columns.number is None:
        marked = _marked_number(passage)
        passage = marked[1] if marked else passage
    deadline = without_layout("".join(dict.fromkeys(draft.texts(Column.DEADLINE))))
    departments = _departments(draft, first_leads=first_leads)
    claused = None if departments.lead else read_clauses(passage)
    if claused:
        passage = claused.task
        departments = clause_departments(claused.clauses, first_leads=first_leads)
        deadline = deadline or clause_deadline(claused.clauses) or ""
    return Item(
        number=draft.number,
        passage=passage,
        departments=departments,
        deadline=None if deadline in _NO_DEADLINE else deadline,
        group=(draft.heading, *draft.groups) if draft.heading else draft.groups,
        traces=_traces(draft, departments, deadline, claused.clauses if claused else None),
    )


def _traces(
    draft: _Draft, departments: Departments, deadline: str, clauses: Sequence[str] | None
) -> Traces:
    """A cell under a head is sure; a table that only names things, or counts nothing, is not."""
    columns = draft.rows[0].columns
    is_numbered = columns.number is not None or (
        draft.rows[0].task is not None and _marked_number(draft.rows[0].task) is not None
    )
    of_text = Sureness.SURE if is_numbered else Sureness.LIKELY
    traces = {"text": Trace(of_text if columns.is_surely_a_ledger else Sureness.GUESSED)}
    if departments.lead or departments.cooperating:
        traces["departments"] = Trace(sureness.of_departments(departments))
    if deadline not in _NO_DEADLINE:
        has_column = any(draft.texts(Column.DEADLINE)) or clauses is None
        traces["deadline"] = Trace(
            Sureness.SURE if has_column else sureness.of_clause_deadline(deadline, clauses or ())
        )
    return traces


def _distinct(passages: Iterator[Passage]) -> Iterator[Passage]:
    """The passages without the repetitions of a merged cell."""
    last: Passage | None = None
    for passage in passages:
        if last is None or not is_same_cell(last, passage):
            yield passage
        last = passage


def _departments(draft: _Draft, *, first_leads: bool) -> Departments:
    columns = draft.rows[0].columns
    names: dict[str, tuple[str, ...]] = {}
    for column in _ROLES:
        if not columns.positions(column):
            continue
        text = _joined([text for text in dict.fromkeys(draft.texts(column)) if text])
        if column is Column.RESPONSIBLE and _ROLE_IN_CELL.search(text):
            for role, part in clause_parts(text.replace("\n", "；")):
                names[role] = names.get(role, ()) + department_names(part)
        else:
            names[column.value] = names.get(column.value, ()) + department_names(text)
    return by_roles(names, first_leads=first_leads)


def _joined(texts: Sequence[str]) -> str:
    """The parts of a cell that a page's end cut; a name may have been cut with it."""
    joined = ""
    for text in texts:
        is_cut = joined and not ends_like_a_body(joined) and not joined.endswith(("等", "）"))
        joined += text if is_cut or not joined else f"、{text}"
    return joined
