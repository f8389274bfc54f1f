"""The items of a document's ledgers: rows of its tables, else its numbered paragraphs."""

from taizhang.notices.document import Document, Passage
from taizhang.notices.model import Item, Ledger
from taizhang.notices.reading.paragraphs import paragraph_items
from taizhang.notices.reading.tables import table_items
from taizhang.notices.reading.wording import LONGEST_TITLE, is_title, without_layout


def read_ledgers(document: Document, title: str | None) -> tuple[Ledger, ...]:
    """The ledgers of a document; none when it holds no items.

    A number that does not go on from the one before begins another ledger. `title` is that of
    the first; the others have the one above them.
    """
    items = table_items(document) or paragraph_items(document)
    sequences: list[list[Item]] = []
    for item in items:
        if not sequences or item.number <= sequences[-1][-1].number:
            sequences.append([])
        sequences[-1].append(item)
    return tuple(
        Ledger(_title_above(document, sequence[0].passage) if position else title, tuple(sequence))
        for position, sequence in enumerate(sequences)
    )


def _title_above(document: Document, passage: Passage) -> str | None:
    """The nearest paragraph above that reads like a title."""
    start = passage.spans[0].start
    for paragraph in reversed(document.paragraphs()):
        text = without_layout(paragraph.text)
        if paragraph.spans[0].start < start and len(text) <= LONGEST_TITLE and is_title(text):
            return text
    return None
