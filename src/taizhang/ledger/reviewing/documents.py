"""The document of a notice as it was read, kept so that the page need not read the file again."""

from taizhang.ledger.models import Notice
from taizhang.ledger.reviewing.models import KeptDocument
from taizhang.notices.document import Document
from taizhang.notices.errors import ReadingError
from taizhang.notices.kept_document import as_kept_document, kept_document
from taizhang.notices.normalise import text_hash
from taizhang.notices.read import read_notice


def keep_document(notice: Notice, document: Document) -> None:
    """Keep the document that the notice's reading quotes."""
    KeptDocument.objects.update_or_create(
        notice=notice, defaults={"content": as_kept_document(document)}
    )


def document_of(notice: Notice) -> Document | None:
    """The document as it was read; without one in the present form, the stored file read again.

    That one is kept too where the reading quotes it. None where the file is gone, as after
    restoring a database without its uploads, or is refused by the present reader.
    """
    kept = _kept(notice)
    if kept is not None:
        return kept
    try:
        with notice.file.open("rb") as file:
            document = read_notice(file.read(), filename=notice.file_name).document
    except (FileNotFoundError, ReadingError):
        return None
    if is_quoted(notice, document):
        keep_document(notice, document)
    return document


def is_quoted(notice: Notice, document: Document) -> bool:
    """Whether the offsets of the notice's reading count in this document."""
    return notice.reading.get("text_hash") == text_hash(document.text)


def _kept(notice: Notice) -> Document | None:
    row = KeptDocument.objects.filter(notice=notice).first()
    try:
        return kept_document(row.content) if row else None
    except ValueError:  # another version kept it in another form
        return None
