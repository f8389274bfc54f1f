"""Tables that came as one cell a line: their heads, then the cells row by row."""

import re
from collections.abc import Sequence

from taizhang.notices.document import Block, Document, Passage, Span, Table
from taizhang.notices.numerals import whole_number
from taizhang.notices.reading.columns import ROLES, Column, Columns, head_column, read_head
from taizhang.notices.reading.wording import (
    begins_a_foot,
    ends_like_a_body,
    is_page_number,
    is_title,
    number_mark,
    without_layout,
)

_MOST_COLUMNS = 9
_MOST_LEFT_OUT = 20  # numbers between two rows of an extract
_LONGEST_NAMES = 60
_LONG_CELL = 25  # characters: longer ones are tasks
_TIME = re.compile("[年月季底]|持续|长期|全年|常态|每|立即|适时|按|[0-9]日")
_DAY_ALONE = re.compile(".{4}年.{1,3}月.{1,3}日")  # below the table: that of the signature


def with_tables_found(document: Document) -> Document:
    """The document with such lines made tables again; the same one where there are none."""
    blocks: list[Block] = []
    at = 0
    while at < len(document.blocks):
        found = _table(document, at)
        if found is None:
            blocks.append(document.blocks[at])
            at += 1
        else:
            blocks.append(found[0])
            at = found[1]
    if len(blocks) == len(document.blocks):
        return document
    return Document(document.text, tuple(blocks), document.page_starts)


def _table(document: Document, at: int) -> tuple[Table, int] | None:
    """The table whose first head is the block at a place, and the block behind it."""
    head = _head(document.blocks, at)
    columns = read_head([cell.text for cell in head]) if head else None
    if columns is None or columns.number != 0:
        return None
    rows, end = _rows(document.blocks, at + len(head), tuple(cell.text for cell in head), columns)
    if not rows:
        return None
    cells = [
        tuple(_one(document.text, parts) for parts in ([first], *_cells(lines, columns)))
        for first, lines in rows
    ]
    return Table((tuple(head), *cells)), end


def _head(blocks: Sequence[Block], at: int) -> list[Passage]:
    head: list[Passage] = []
    for block in blocks[at : at + _MOST_COLUMNS]:
        if not isinstance(block, Passage) or head_column(block.text) is None:
            break
        head.append(block)
    return head if len(head) > 1 else []


def _rows(
    blocks: Sequence[Block], at: int, head: tuple[str, ...], columns: Columns
) -> tuple[list[tuple[Passage, list[Passage]]], int]:
    """Each row's number and lines, and the block behind the last row."""
    rows: list[tuple[Passage, list[Passage]]] = []
    expected: int | None = None
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Passage):
            break
        number = whole_number(block.text.strip(".．、 "))
        following = tuple(
            each.text for each in blocks[at : at + len(head)] if isinstance(each, Passage)
        )
        if following == head:
            at += len(head)
        elif is_page_number(block.text):
            at += 1
        elif _is_heading(blocks, at, expected):
            rows.append((block, []))
            expected = whole_number(_text(blocks[at + 1]).strip(".．、 "))
            at += 1
        elif number is not None and _counts_on(number, expected, rows, columns):
            rows.append((block, []))
            expected = number + 1
            at += 1
        elif not rows or not _belongs(block, rows[-1][1], columns):
            break
        else:
            rows[-1][1].append(block)
            at += 1
    return rows if any(lines for _, lines in rows) else [], at


def _counts_on(
    number: int,
    expected: int | None,
    rows: Sequence[tuple[Passage, list[Passage]]],
    columns: Columns,
) -> bool:
    """Whether a number is that of the next row; one may be left out where the row is complete."""
    if expected is None or number == expected:
        return True
    is_complete = not rows[-1][1] or len(rows[-1][1]) >= len(columns.by_position) - 1
    return is_complete and expected < number <= expected + _MOST_LEFT_OUT


def _is_heading(blocks: Sequence[Block], at: int, expected: int | None) -> bool:
    """Whether a short numbered line stands between two rows: the next one begins right below."""
    block, below = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
    if not isinstance(block, Passage) or not isinstance(below, Passage):
        return False
    is_heading = len(block.text) < _LONG_CELL and number_mark(block.text) is not None
    number = whole_number(below.text.strip(".．、 "))
    return is_heading and number is not None and (number == 1 or number >= (expected or number))


def _cells(lines: Sequence[Passage], columns: Columns) -> list[list[Passage]]:
    """The cells behind the first; a heading between two rows has none."""
    return row_cells(lines, columns) if lines else [[] for _ in columns.by_position[1:]]


def _text(block: Block) -> str:
    return block.text if isinstance(block, Passage) else ""


def _belongs(line: Passage, row: Sequence[Passage], columns: Columns) -> bool:
    """Whether a line may still be a cell of a row: until the row has all, anything may."""
    if len(row) < len(columns.by_position) - 1:
        return True
    text = without_layout(line.text)
    if begins_a_foot(text):
        return False
    if len(text) > _LONGEST_NAMES:
        return not any(_is_short(each) for each in row[1:])
    is_names = (
        ends_like_a_body(re.sub("[（(][^（()）]*[）)]$", "", text))
        and not re.search("[。；：]", text)
        and not is_title(text)
    )
    is_short_time = len(text) < _LONG_CELL and _is_time(text) and not _DAY_ALONE.fullmatch(text)
    return is_names or is_short_time or text.endswith(("。", "；")) or _is_marked(text)


def _is_short(line: Passage) -> bool:
    return len(line.text) < _LONG_CELL and not line.text.endswith(("。", "；"))


def _is_marked(text: str) -> bool:
    return number_mark(text) is not None


def row_cells(lines: Sequence[Passage], columns: Columns) -> list[list[Passage]]:
    """The lines of a row, its number left out, given to its columns.

    The task ends with the last sentence. Groups before it may be missing where they were merged
    over several rows; of the columns behind it a deadline is known by its words.
    """
    before, behind = columns.task - 1, len(columns.by_position) - columns.task - 1
    start = max(range(min(before + 1, len(lines))), key=lambda at: len(lines[at].text))
    sentences = [
        at
        for at in range(start, len(lines))
        if lines[at].text.rstrip().endswith(("。", "；")) or len(lines[at].text) > _LONG_CELL
    ]
    end = max(sentences, default=start) + 1
    end = min(end, max(len(lines) - behind, start + 1)) if len(lines) - end < behind else end
    groups: list[list[Passage]] = [[] for _ in range(before - start)]
    groups += [[line] for line in lines[:start]]
    kinds = columns.by_position[columns.task + 1 :]
    return [*groups, list(lines[start:end]), *_behind(lines[end:], kinds)]


def _behind(lines: Sequence[Passage], kinds: Sequence[Column | None]) -> list[list[Passage]]:
    if len(lines) == len(kinds):
        return [[line] for line in lines]
    if len(kinds) == 1:
        return [list(lines)]
    cells: list[list[Passage]] = [[] for _ in kinds]
    rest = list(lines)
    for at, kind in enumerate(kinds):
        times = [line for line in rest if _is_time(line.text)]
        if kind is Column.DEADLINE and times:
            cells[at] = [times[0]]
            rest.remove(times[0])
    open_columns = [at for at, kind in enumerate(kinds) if kind in ROLES]
    for position, at in enumerate(open_columns):
        is_last = position == len(open_columns) - 1
        cells[at] = rest if is_last else rest[:1]
        rest = rest[1:]
    return cells


def _is_time(text: str) -> bool:
    return _TIME.search(text) is not None and not ends_like_a_body(text)


def _one(text: str, parts: Sequence[Passage]) -> Passage:
    """One cell of several lines, with the line breaks between them."""
    if not parts:
        return Passage("", ())
    span = Span(parts[0].spans[0].start, parts[-1].spans[-1].end)
    return Passage(text[span.start : span.end], (span,))
