"""The lines that the head and the foot of a document are read from."""

import re
from dataclasses import dataclass

from taizhang.notices.document import Document, Passage, Table
from taizhang.notices.reading.columns import read_head
from taizhang.notices.reading.wording import without_layout


@dataclass(frozen=True, slots=True)
class Line:
    """A line in its two forms: as it stands, and without its layout."""

    raw: str
    text: str


def document_lines(document: Document) -> list[Line]:
    """The paragraphs of a document, and the cells of tables that are no ledgers."""
    lines: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Passage):
            lines.append(Line(block.text, without_layout(block.text)))
        elif _is_ledger(block):
            lines += _lines_of(_above_head(block))
            lines.append(Line("", ""))  # nothing above a ledger goes on below it
        else:
            lines += _lines_of(block)
    return lines


def _is_ledger(table: Table) -> bool:
    return len(table.rows) > 1 and any(read_head([cell.text for cell in row]) for row in table.rows)


def _above_head(table: Table) -> Table:
    """The rows above the head: many tables hold their own title."""
    heads = (at for at, row in enumerate(table.rows) if read_head([cell.text for cell in row]))
    return Table(table.rows[: next(heads)])


def _lines_of(table: Table) -> list[Line]:
    """A cell is a line; one that ends as a label takes the cell behind it along."""
    lines: list[Line] = []
    for row in table.rows:
        label = ""
        for text in dict.fromkeys(part for cell in row for part in cell.text.split("\n")):
            if re.fullmatch(r"\s*\S[^：:]{0,12}[：:]\s*", text) and not label:
                label = text
            elif text.strip():
                lines.append(Line(label + text, without_layout(label + text)))
                label = ""
        if label:
            lines.append(Line(label, without_layout(label)))
    return lines
