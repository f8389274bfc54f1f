"""The items of a document's ledgers: rows of its tables, else its numbered paragraphs."""

from bisect import bisect
from collections.abc import Sequence

from taizhang.notices.document import Document
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
    titles = _titles(document)
    return tuple(
        Ledger(_title_above(titles, sequence[0]) if position else title, tuple(sequence))
        for position, sequence in enumerate(sequences)
    )


def _titles(document: Document) -> list[tuple[int, str]]:
    """Where the paragraphs that read like titles stand, and what they say."""
    texts = ((line.spans[0].start, without_layout(line.text)) for line in document.paragraphs())
    return [(at, text) for at, text in texts if len(text) <= LONGEST_TITLE and is_title(text)]


def _title_above(titles: Sequence[tuple[int, str]], item: Item) -> str | None:
    place = bisect(titles, (item.passage.spans[0].start, ""))
    return titles[place - 1][1] if place else None
