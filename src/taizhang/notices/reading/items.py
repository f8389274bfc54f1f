"""The items of a document's ledgers: rows of its tables and its numbered paragraphs."""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence

from taizhang.notices.document import Document
from taizhang.notices.model import Item, Ledger, Metadata
from taizhang.notices.reading.paragraphs import paragraph_items
from taizhang.notices.reading.tables import table_items
from taizhang.notices.reading.wording import LONGEST_TITLE, is_title, without_layout


def read_ledgers(document: Document, metadata: Metadata) -> tuple[Ledger, ...]:
    """The ledgers of a document in its order; none when it holds no items.

    A number that does not go on from the one before begins another ledger. The first bears the
    title of the annex or of the notice; the others have the one above them.
    """
    in_tables = table_items(document)
    titles = None if in_tables else (metadata.annex_title, metadata.title)
    in_paragraphs = paragraph_items(document, titles)
    sequences = sorted([*_sequences(in_tables), *_sequences(in_paragraphs)], key=_place)
    above = _titles(document)
    return tuple(
        Ledger(
            _title_above(above, sequence[0])
            if position
            else metadata.annex_title or metadata.title,
            tuple(sequence),
        )
        for position, sequence in enumerate(sequences)
    )


def _sequences(items: Iterable[Item]) -> Iterator[list[Item]]:
    sequence: list[Item] = []
    for item in items:
        if sequence and item.number <= sequence[-1].number:
            yield sequence
            sequence = []
        sequence.append(item)
    if sequence:
        yield sequence


def _place(sequence: Sequence[Item]) -> int:
    return _start(sequence[0])


def _start(item: Item) -> int:
    return item.passage.spans[0].start if item.passage.spans else 0


def _titles(document: Document) -> list[tuple[int, str]]:
    """Where the paragraphs that read like titles stand, and what they say."""
    texts = ((line.spans[0].start, without_layout(line.text)) for line in document.paragraphs())
    return [(at, text) for at, text in texts if len(text) <= LONGEST_TITLE and is_title(text)]


def _title_above(titles: Sequence[tuple[int, str]], item: Item) -> str | None:
    place = bisect(titles, (_start(item), ""))
    return titles[place - 1][1] if place else None
