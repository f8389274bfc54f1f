"""A notice in the JSON form of labelled notices, for comparison and for other programs."""

import re
from decimal import Decimal
from typing import Any

from taizhang.notices.commitments import Commitment
from taizhang.notices.model import Item, Metadata, Notice, PrintInfo

_EDGE = 12  # characters, white space left out


def as_label(notice: Notice, doc: str = "") -> dict[str, Any]:
    """The notice as plain JSON values; `doc` names the document.

    `text` is verbatim, `text_start` and `text_end` are its first and last 12 characters without
    white space. The commitments of all items stand in one list, each with the item's number; a
    multiplier is left in the unit ("万元"), and a date has the unit "date".
    """
    return {
        "doc": doc,
        "meta": _metadata(notice.metadata),
        "items": [_item(item) for item in notice.items],
        "commitments": [
            {"item": item.number, **as_commitment_label(commitment)}
            for item in notice.items
            for commitment in item.commitments
        ],
    }


def as_commitment_label(commitment: Commitment) -> dict[str, Any]:
    """The commitment as plain JSON values, without the number of its item."""
    deadline = commitment.deadline
    value, unit = _value(commitment)
    return {
        "quote": commitment.quote,
        "start": commitment.start,
        "end": commitment.end,
        "kind": commitment.kind.value,
        "role": commitment.role.value,
        "recurrence": commitment.recurrence,
        "comparator": commitment.comparator.value,
        "value": value,
        "unit": unit,
        "subject": commitment.subject,
        "condition": commitment.condition,
        "deadline": deadline.text if deadline and commitment.amount else None,
        "modality": commitment.modality,
        "strength": commitment.strength.value if commitment.strength else None,
        "action": commitment.action,
        "counted": commitment.counted,
        "sure": commitment.is_sure,
    }


def _value(commitment: Commitment) -> tuple[Any, str]:
    deadline = commitment.deadline
    amount = commitment.amount or (deadline.within if deadline else None)
    if amount is None:
        return (deadline.on or deadline.text if deadline else None), "date"
    number, upper = _plain(amount.number), amount.upper
    unit = f"{amount.multiplier}{amount.unit}"
    return (number if upper is None else [number, _plain(upper)]), unit


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


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
