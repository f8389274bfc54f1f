"""A document in the form in which it is kept beside its reading: small, and quick to have back.

Blocks are kept as offsets alone, since each quotes the text: a paragraph as the ends of its spans
in one flat list, a table as its rows of such lists.
"""

import json
import zlib
from collections.abc import Sequence
from typing import Any

from taizhang.notices.document import Block, Document, Passage, Span, Table

MAX_UNPACKED = 100_000_000  # bytes; five times what a million characters in cells come to


def as_kept_document(document: Document) -> bytes:
    """The whole document, packed.

    >>> cell = Passage("一二", (Span(3, 5),))
    >>> table = Table(((cell, cell),))
    >>> whole = Document("甲乙\\n一二\\n", (Passage("甲乙", (Span(0, 2),)), table))
    >>> kept_document(as_kept_document(whole)) == whole
    True
    """
    plain = {
        "text": document.text,
        "blocks": [_plain(block) for block in document.blocks],
        "pages": document.page_starts,
    }
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode())


def kept_document(packed: bytes) -> Document:
    """The document of a packed form.

    Raises ValueError for what is of another form, or unpacks to more than any notice.
    """
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, MAX_UNPACKED)
        if unpacking.unconsumed_tail:
            raise ValueError("more than any notice comes to")
        plain = json.loads(unpacked)
        text = plain["text"]
        blocks = tuple(_block(text, kept) for kept in plain["blocks"])
        return Document(text, blocks, tuple(plain["pages"]))
    except (LookupError, TypeError, zlib.error) as error:
        raise ValueError("no document in its kept form") from error


def _plain(block: Block) -> list[Any]:
    if isinstance(block, Table):
        return [[_ends(cell) for cell in row] for row in block.rows]
    return _ends(block)


def _ends(passage: Passage) -> list[int]:
    return [end for span in passage.spans for end in (span.start, span.end)]


def _block(text: str, kept: Sequence[Any]) -> Block:
    # A paragraph is never empty, so that a list without an offset at its head is a table.
    if kept and isinstance(kept[0], int):
        return _passage(text, kept)
    return Table(tuple(tuple(_passage(text, cell) for cell in row) for row in kept))


def _passage(text: str, ends: Sequence[int]) -> Passage:
    spans = tuple(Span(*pair) for pair in zip(ends[::2], ends[1::2], strict=True))
    return Passage("".join(text[span.start : span.end] for span in spans), spans)
