"""Tables whose merged cells came as one filled cell above empty ones."""

from collections.abc import Iterator, Sequence

from taizhang.notices.document import Document, Passage, Table
from taizhang.notices.reading.columns import ROLES, Columns, read_head


def with_merges_found(document: Document) -> Document:
    """The document with departments that stand once, before the tasks of several rows, in each.

    Behind its task an empty cell says that there is nobody; before it, the row would begin with
    nothing.
    """
    blocks = tuple(
        Table(tuple(_rows(block.rows))) if isinstance(block, Table) else block
        for block in document.blocks
    )
    return Document(document.text, blocks, document.page_starts)


def _rows(rows: Sequence[tuple[Passage, ...]]) -> Iterator[tuple[Passage, ...]]:
    columns: Columns | None = None
    above: dict[int, Passage] = {}
    for row in rows:
        found = read_head([cell.text for cell in row])
        if found is not None:
            columns, above = found, {}
            yield row
        elif columns is None or not any(cell.text for cell in row[columns.task :]):
            yield row
        else:
            yield tuple(_cells(row, columns, above))


def _cells(
    row: Sequence[Passage], columns: Columns, above: dict[int, Passage]
) -> Iterator[Passage]:
    for at, cell in enumerate(row):
        is_before = at < columns.task and columns.by_position[at] in ROLES
        if is_before and cell.text:
            above[at] = cell
        yield above.get(at, cell) if is_before else cell
