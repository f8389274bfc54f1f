"""The way in: a file, or its bytes, to a `Notice`."""

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from taizhang.notices.commitments import find_commitments
from taizhang.notices.errors import FileNotReadable
from taizhang.notices.formats import read_document
from taizhang.notices.model import Item, Ledger, Metadata, Notice
from taizhang.notices.reading import read_from_document


def read_notice(
    path_or_bytes: str | os.PathLike[str] | bytes,
    *,
    filename: str | None = None,
    isolated: bool = True,
) -> Notice:
    """The notice that a file holds: .docx, .xlsx, .xls, .pdf, .html, .mht, .md, .csv or .txt.

    .doc, .wps, .rtf, .odt and .ods are read where LibreOffice is installed. `filename` tells kinds
    of text apart; what any other file is, its content says. Nothing is invented: what the document
    does not say is None or empty, and a cover notice has no items.

    PDFs and workbooks are read in a process of their own, bounded in memory and time: it costs a
    fifth of a second. Without `isolated` they are read in this one, for files of one's own making.

    Raises a `ReadingError` when the file cannot be opened, is empty, too large or too demanding,
    damaged, locked with a password or a scan without text, or is of a format that is not read.
    """
    if isinstance(path_or_bytes, bytes):
        return _read(path_or_bytes, filename, isolated=isolated)
    path = Path(path_or_bytes)
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = getattr(error, "strerror", None) or str(error)
        raise FileNotReadable(str(path), reason) from error
    return _read(content, filename or path.name, isolated=isolated)


def _read(content: bytes, filename: str | None, *, isolated: bool) -> Notice:
    notice = read_from_document(read_document(content, filename, isolated=isolated))
    return replace(
        notice,
        ledgers=tuple(
            _with_commitments(ledger, _dated(notice.metadata, ledger)) for ledger in notice.ledgers
        ),
    )


def _dated(metadata: Metadata, ledger: Ledger) -> date | None:
    """The day that gives 6月底前 its year: of the notice, else any of the year its titles name."""
    titles = (metadata.title, ledger.title, metadata.annex_title)
    years = (re.search("(20[0-9]{2})年", title or "") for title in titles)
    year = next((int(found[1]) for found in years if found), None)
    return metadata.issued_on or (date(year, 1, 1) if year else None)


def _with_commitments(ledger: Ledger, issued_on: date | None) -> Ledger:
    """The ledger with what its items oblige to, read from their texts one by one."""
    items: list[Item] = [
        replace(item, commitments=find_commitments(item.text, issued_on=issued_on))
        for item in ledger.items
    ]
    return replace(ledger, items=tuple(items))
