"""From a `Document` to a `Notice`: what the blocks of an official document say."""

from taizhang.notices.document import Document
from taizhang.notices.model import Notice
from taizhang.notices.reading.items import read_ledgers
from taizhang.notices.reading.metadata import read_metadata


def read_from_document(document: Document) -> Notice:
    """The notice in a document, whatever file it came from."""
    metadata = read_metadata(document)
    ledgers = read_ledgers(document, metadata.annex_title or metadata.title)
    return Notice(metadata, ledgers, document)
