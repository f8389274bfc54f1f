"""A notice in the JSON form of labelled notices, for comparison and for other programs."""

import re
from typing import Any

from taizhang.notices.model import Item, Metadata, Notice, PrintInfo

_EDGE = 12  # characters, white space left out


def as_label(notice: Notice, doc: str = "") -> dict[str, Any]:
    """The notice as plain JSON values; `doc` names the document.

    `text` is verbatim, `text_start` and `text_end` are its first and last 12 characters without
    white space. `commitments` is empty: numbers inside the text are not read yet.
    """
    return {
        "doc": doc,
        "meta": _metadata(notice.metadata),
        "items": [_item(item) for item in notice.items],
        "commitments": [],
    }


def _metadata(metadata: Metadata) -> dict[str, Any]:
    return {
        "issuer": "、".join(metadata.issuers) or None,
        "doc_number": metadata.document_number,
        "title": metadata.title,
        "date": metadata.issued_on.isoformat() if metadata.issued_on else None,
        "recipients": list(metadata.recipients),
        "extra": {
            "signatory": "、".join(metadata.signatories) or None,
            "annex_title": metadata.annex_title,
            "print_info": _print_info(metadata.print_info),
        },
    }


def _print_info(info: PrintInfo | None) -> dict[str, Any] | None:
    if info is None:
        return None
    return {
        "print_org": info.printed_by,
        "print_date": info.printed_on.isoformat() if info.printed_on else None,
        "cc": list(info.copied_to),
    }


def _item(item: Item) -> dict[str, Any]:
    seen = re.sub(r"\s", "", item.text)
    return {
        "number": item.number,
        "text": item.text,
        "text_start": seen[:_EDGE],
        "text_end": seen[-_EDGE:],
        "lead": list(item.departments.lead),
        "co": list(item.departments.cooperating),
        "deadline": item.deadline,
    }
