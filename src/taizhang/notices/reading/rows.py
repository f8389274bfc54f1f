"""Rows of ledger tables under their columns, and the drafts of items made of them."""

import re
from dataclasses import dataclass

from taizhang.notices.document import Passage, is_same_cell
from taizhang.notices.numerals import whole_number
from taizhang.notices.reading.columns import ROLES, Column, Columns
from taizhang.notices.reading.wording import NUMBER_MARKS, begins_a_foot, without_layout

_NUMBER = re.compile(
    r"(?:[A-Za-z]{1,4}[-－]?)?(?:\d{1,4}[-－.．])*(\d{1,3}|[一二三四五六七八九十百]{1,5}|[①-⑳])"
)
_FOOT = re.compile("(?:备注|注|说明|附注|填表说明|合计|总计|小计|共计)[0-9]{0,2}")
_PLAIN_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}


@dataclass(frozen=True, slots=True)
class Row:
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
        return any(text for role in ROLES for text in self.texts(role))

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
    def is_foot(self) -> bool:
        """Whether it is a note below the rows, or their sum."""
        first = next((without_layout(cell.text) for cell in self.cells if cell.text), "")
        return _FOOT.fullmatch(first) is not None or begins_a_foot(first)

    @property
    def heading(self) -> str | None:
        """The one text of a row that is merged over all columns."""
        filled = {without_layout(cell.text) for cell in self.cells if cell.text}
        return filled.pop() if len(filled) == 1 and self.number is None else None


@dataclass(frozen=True, slots=True)
class Draft:
    """The rows of one item: more than one where the end of a page or its parts cut it."""

    number: int
    heading: str | None
    groups: tuple[str, ...]
    rows: list[Row]

    def goes_on_in(self, row: Row) -> bool:
        """Whether a lone text in the task's column goes on with an unfinished sentence."""
        last = self.rows[-1].task
        is_finished = last is not None and last.text.endswith(("。", "；"))
        return row.task is not None and not is_finished

    def has_number_of(self, row: Row) -> bool:
        """Whether the row's number is the very cell of this item's number, merged downward."""
        own, other = self.rows[-1].number_cell, row.number_cell
        return own is not None and other is not None and is_same_cell(own, other)

    def texts(self, column: Column) -> list[str]:
        return [text for row in self.rows for text in row.texts(column)]


def numbered_task(task: Passage) -> tuple[int, Passage] | None:
    """The number in front of a task, and the task without it."""
    for mark in NUMBER_MARKS:
        match = mark.match(task.text)
        number = whole_number(match.group("number")) if match else None
        if match and number is not None:
            return number, task.cut(match.end(), len(task.text)).strip()
    return None
