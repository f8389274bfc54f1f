"""Tables that came as one cell a line: their heads, then the cells row by row."""

from collections.abc import Sequence

from taizhang.notices.document import Block, Document, Passage, Span, Table
from taizhang.notices.reading.columns import ROLES, Column, Columns, head_column, read_head
from taizhang.notices.reading.departments import is_person
from taizhang.notices.reading.flat_rows import LONG_CELL, flat_rows, is_time

_MOST_COLUMNS = 9


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
    rows, end = flat_rows(
        document.blocks, at + len(head), tuple(cell.text for cell in head), columns
    )
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


def _cells(lines: Sequence[Passage], columns: Columns) -> list[list[Passage]]:
    """The cells behind the first; a heading between two rows has none."""
    return row_cells(lines, columns) if lines else [[] for _ in columns.by_position[1:]]


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
        if lines[at].text.rstrip().endswith(("。", "；")) or len(lines[at].text) > LONG_CELL
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
        times = [line for line in rest if is_time(line.text)]
        if kind is Column.DEADLINE and times:
            cells[at] = [times[0]]
            rest.remove(times[0])
    for at, kind in enumerate(kinds):
        persons = [line for line in rest if is_person(line.text)]
        if kind is Column.OTHER and persons:
            cells[at] = [persons[0]]
            rest.remove(persons[0])
    open_columns = [at for at, kind in enumerate(kinds) if kind in ROLES]
    for position, at in enumerate(open_columns):
        is_last = position == len(open_columns) - 1
        cells[at] = rest if is_last else rest[:1]
        rest = rest[1:]
    return cells


def _one(text: str, parts: Sequence[Passage]) -> Passage:
    """One cell of several lines, with the line breaks between them."""
    if not parts:
        return Passage("", ())
    span = Span(parts[0].spans[0].start, parts[-1].spans[-1].end)
    return Passage(text[span.start : span.end], (span,))
