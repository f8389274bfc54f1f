"""Where the rows of a table begin and end that came as one cell a line."""

import re
from collections.abc import Sequence

from taizhang.notices.document import Block, Passage
from taizhang.notices.numerals import whole_date, whole_number
from taizhang.notices.reading.clauses import is_clause_line
from taizhang.notices.reading.columns import Columns
from taizhang.notices.reading.leading import departments_of_heading
from taizhang.notices.reading.wording import (
    begins_a_foot,
    ends_like_a_body,
    is_page_number,
    is_title,
    number_mark,
    without_layout,
)

FlatRow = tuple[Passage, list[Passage]]
"""The line that a row begins with, and those of its other cells; a heading has none."""

_MOST_LEFT_OUT = 20  # numbers between two rows of an extract
_LONGEST_NAMES = 60
LONG_CELL = 25  # characters: longer ones are tasks
_TIME = re.compile("[年月季底]|持续|长期|全年|常态|每|立即|适时|按|[0-9]日")
_DAY_ALONE = re.compile(".{4}年.{1,3}月.{1,3}日")  # below the table: that of the signature
_SENTENCE = re.compile("[。；：、，]")


def flat_rows(
    blocks: Sequence[Block], at: int, head: tuple[str, ...], columns: Columns
) -> tuple[list[FlatRow], int]:
    """The rows from a block on, and the block behind the last of them.

    Heads that every page repeats and the numbers of pages are left out.
    """
    reader = _Reader(blocks, columns)
    while at < len(blocks):
        following = tuple(_text(block) for block in blocks[at : at + len(head)])
        if following == head:
            at += len(head)
        elif is_page_number(_text(blocks[at])) or reader.take(at):
            at += 1
        else:
            break
    rows = reader.rows
    return rows if any(lines for _, lines in rows) else [], at


class _Reader:
    """Takes line after line into rows."""

    def __init__(self, blocks: Sequence[Block], columns: Columns) -> None:
        self.rows: list[FlatRow] = []
        self._blocks = blocks
        self._columns = columns
        self._expected: int | None = None

    def take(self, at: int) -> bool:
        """Whether the line at a place is one of the table's."""
        line = self._blocks[at]
        if not isinstance(line, Passage):
            return False
        number = number_of(line.text)
        if self._is_heading(at):
            self._begin(line, number_of(_text(self._blocks[at + 1])))
        elif number is not None and self._counts_on(number):
            self._begin(line, number + 1)
        elif self.rows and self._belongs(at, line):
            self.rows[-1][1].append(line)
        else:
            return False
        return True

    def _begin(self, line: Passage, expected: int | None) -> None:
        self.rows.append((line, []))
        self._expected = expected

    @property
    def _is_complete(self) -> bool:
        """Whether the last row has a line for each of its cells, or is a heading."""
        lines = self.rows[-1][1] if self.rows else []
        return not lines or len(lines) >= len(self._columns.by_position) - 1

    def _counts_on(self, number: int) -> bool:
        """Whether a number is that of the next row; some may be left out behind a whole row."""
        if self._expected is None or number == self._expected:
            return True
        return self._is_complete and self._expected < number <= self._expected + _MOST_LEFT_OUT

    def _is_heading(self, at: int) -> bool:
        """Whether a short line stands between two rows: the next one begins right below."""
        text = without_layout(_text(self._blocks[at]))
        number = number_of(_text(self._blocks[at + 1])) if at + 1 < len(self._blocks) else None
        if number is None or len(text) >= LONG_CELL or number_of(text) is not None:
            return False
        is_plain = self._is_complete and not (
            _SENTENCE.search(text) or departments_of_heading(text) or is_time(text)
        )
        is_next = number == 1 or number >= (self._expected or number)
        return is_next and (number_mark(text) is not None or is_plain)

    def _belongs(self, at: int, line: Passage) -> bool:
        """Whether a line may still be a cell of the row: until the row has all, anything may."""
        row = self.rows[-1][1]
        text = without_layout(line.text)
        if begins_a_foot(text):
            return False
        if len(row) < len(self._columns.by_position) - 1:
            return True
        if self._is_signature(at):
            return False
        if len(text) > _LONGEST_NAMES or text.endswith(("。", "；")):
            return not any(_is_short(each) for each in row[1:])
        is_names = (
            ends_like_a_body(re.sub("[（(][^（()）]*[）)]$", "", text))
            and not re.search("[。；：]", text)
            and not is_title(text)
        )
        is_short_time = len(text) < LONG_CELL and is_time(text) and not _DAY_ALONE.fullmatch(text)
        return is_names or is_short_time or number_mark(text) is not None

    def _is_signature(self, at: int) -> bool:
        """Whether a line signs the document: a date alone stands below it, behind a whole row."""
        below = _text(self._blocks[at + 1]) if at + 1 < len(self._blocks) else ""
        return whole_date(below.strip("（()）")) is not None


def number_of(text: str) -> int | None:
    """The number that a line is, whatever marks it has: 3, 3., （3）."""
    return whole_number(re.sub(r"^[（(]|[）).．、\s]+$", "", text.strip()))


def is_time(text: str) -> bool:
    return _TIME.search(text) is not None and not ends_like_a_body(text)


def _is_short(line: Passage) -> bool:
    """Whether a line is a cell behind the task: names, a date, a clause on who does it."""
    is_open = len(line.text) < LONG_CELL and not line.text.endswith(("。", "；"))
    return is_open or is_clause_line(line.text)


def _text(block: Block) -> str:
    return block.text if isinstance(block, Passage) else ""
