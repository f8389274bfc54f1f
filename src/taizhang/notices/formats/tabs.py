"""Tables in a text whose cells tabs part and run over several lines: a row is more than one."""

import re
from collections.abc import Iterator, Sequence

from taizhang.notices.formats.aligned import Aligned
from taizhang.notices.numerals import whole_date
from taizhang.notices.reading.columns import read_head
from taizhang.notices.reading.wording import ends_like_a_body, number_mark

_FEWEST_COLUMNS = 3
_LONGEST_NAME = 30
_NUMBER = re.compile(r"\s*\"?(\d{1,3})[.．、]?\"?\t")


def tab_tables(lines: Sequence[str]) -> Iterator[Aligned]:
    """The tables among `lines` of which a row runs over several of them.

    A row begins with the next number and has all the tabs of the head. Tables with a line for
    each row are read line by line, as are those in which a row has too few cells or too many.
    """
    at = 0
    while at < len(lines):
        table = _table(lines, at) if lines[at].count("\t") >= _FEWEST_COLUMNS - 1 else None
        if table:
            yield table
        at = table.end if table else at + 1


def _table(lines: Sequence[str], at: int) -> Aligned | None:
    head = tuple(cell.strip() for cell in lines[at].split("\t"))
    columns = read_head(head)
    if columns is None or columns.number != 0:
        return None
    rows: list[list[str]] = []
    end = at + 1
    while end < len(lines) and _begins(lines[end], len(rows) + 1):
        row = _row(lines, end, len(head) - 1, len(rows) + 2)
        if row is None:
            return None
        rows.append(row)
        end += len(row)
    if not any(len(row) > 1 for row in rows):
        return None
    cells = (tuple(map(_unquoted, "\n".join(row).split("\t"))) for row in rows)
    return Aligned(at, end, (head, *cells))


def _begins(line: str, number: int) -> bool:
    found = _NUMBER.match(line)
    return found is not None and int(found[1]) == number


def _row(lines: Sequence[str], at: int, tabs: int, following: int) -> list[str] | None:
    """The lines of the row that begins at a place; None where its cells are not those of the head.

    Behind its last tab it goes on up to the next row, or as long as names stand there.
    """
    row = [lines[at]]
    left = tabs - lines[at].count("\t")
    while left > 0 and at + len(row) < len(lines):
        line = lines[at + len(row)]
        left -= line.count("\t")
        row.append(line)
    if left:
        return None
    more = list(_names(lines, at + len(row), following))
    return row + more


def _names(lines: Sequence[str], at: int, following: int) -> Iterator[str]:
    """The lines of names that go on with the last cell; those above a date sign the document."""
    end = at
    while end < len(lines) and _is_name(lines[end]):
        end += 1
    below = lines[end].strip() if end < len(lines) else ""
    if end < len(lines) and (_begins(lines[end], following) or whole_date(below) is None):
        yield from lines[at:end]


def _is_name(line: str) -> bool:
    text = line.strip().rstrip('、，"')
    is_short = 0 < len(text) <= _LONGEST_NAME and not re.search("[\t：:。；]", text)
    return is_short and ends_like_a_body(text) and number_mark(text) is None


def _unquoted(cell: str) -> str:
    """A cell without the quotes that a spreadsheet puts around one with line breaks."""
    text = cell.strip()
    if "\n" in text and len(text) > 1 and text.startswith('"') and text.endswith('"'):
        return text[1:-1].replace('""', '"')
    return text
