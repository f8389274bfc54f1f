"""From a `Document` to a `Notice`: what the blocks of an official document say."""

from taizhang.notices.document import Document
from taizhang.notices.model import Notice
from taizhang.notices.reading.cards import with_cards_found
from taizhang.notices.reading.items import read_ledgers
from taizhang.notices.reading.lost_breaks import with_breaks_found
from taizhang.notices.reading.lost_merges import with_merges_found
from taizhang.notices.reading.lost_tables import with_tables_found
from taizhang.notices.reading.matrix import with_lists_found
from taizhang.notices.reading.metadata import read_metadata
from taizhang.notices.reading.places import with_places


def read_from_document(document: Document) -> Notice:
    """The notice in a document, whatever file it came from.

    Layout that was lost on the way is found first: line breaks, and tables that came as one cell
    a line; cards are made rows, marks under departments are made names, and cells that were merged
    stand in every row again.
    """
    found = with_tables_found(with_breaks_found(document))
    found = with_merges_found(with_lists_found(with_cards_found(found)))
    metadata = read_metadata(found)
    return with_places(Notice(metadata, read_ledgers(found, metadata), found))
