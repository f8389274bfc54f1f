"""A reading in the form in which it is kept: the label, and where each value stands.

The kept form stays what it was when a later reader reads the file in another way.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from taizhang.notices.commitments.model import (
    Amount,
    Commitment,
    Comparator,
    Deadline,
    Kind,
    Role,
    Strength,
)
from taizhang.notices.document import Span
from taizhang.notices.labels import as_label
from taizhang.notices.model import Notice, Sureness, Trace, Traces
from taizhang.notices.normalise import text_hash


def as_kept(notice: Notice) -> dict[str, Any]:
    """The label of the notice, with traces of the head and of each item, as plain JSON values.

    Each item says too whether the source states who leads, and has its own commitments.
    `text_hash` is that of the document's text, in which the offsets count.
    """
    label = as_label(notice)
    items = [
        kept
        | {
            "lead_is_stated": item.departments.lead_is_stated,
            "commitments": [as_kept_commitment(each) for each in item.commitments],
            "traces": _plain(item.traces),
        }
        for kept, item in zip(label["items"], notice.items, strict=True)
    ]
    return {
        "doc": label["doc"],
        "meta": label["meta"],
        "items": items,
        "traces": _plain(notice.metadata.traces),
        "text_hash": text_hash(notice.document.text),
    }


def kept_traces(kept: Mapping[str, Any]) -> Traces:
    """The traces of a head or an item in its kept form; none where an earlier reader kept none.

    >>> kept_traces({"traces": {"title": {"sureness": "sure", "spans": [[0, 4]]}}})["title"].spans
    (Span(start=0, end=4),)
    """
    return {
        name: Trace(
            Sureness(trace["sureness"]), tuple(Span(start, end) for start, end in trace["spans"])
        )
        for name, trace in kept.get("traces", {}).items()
    }


def as_kept_commitment(commitment: Commitment) -> dict[str, Any]:
    """The commitment as plain JSON values from which it can be had back.

    >>> yearly = Commitment(
    ...     "每年1次", 0, 4, Kind.COUNT, Role.COMMITMENT, Comparator.EQUAL, Amount(Decimal(1), "次")
    ... )
    >>> kept_commitment(as_kept_commitment(yearly)) == yearly
    True
    """
    amount, deadline, strength = commitment.amount, commitment.deadline, commitment.strength
    return {
        "quote": commitment.quote,
        "start": commitment.start,
        "end": commitment.end,
        "kind": commitment.kind.value,
        "role": commitment.role.value,
        "comparator": commitment.comparator.value,
        "amount": _plain_amount(amount) if amount else None,
        "recurrence": commitment.recurrence,
        "deadline": _plain_deadline(deadline) if deadline else None,
        "subject": commitment.subject,
        "condition": commitment.condition,
        "modality": commitment.modality,
        "strength": strength.value if strength else None,
        "action": commitment.action,
        "counted": commitment.counted,
        "is_sure": commitment.is_sure,
    }


def kept_commitment(kept: Mapping[str, Any]) -> Commitment:
    """The commitment of a kept form."""
    amount, deadline, strength = kept["amount"], kept["deadline"], kept["strength"]
    return Commitment(
        quote=kept["quote"],
        start=kept["start"],
        end=kept["end"],
        kind=Kind(kept["kind"]),
        role=Role(kept["role"]),
        comparator=Comparator(kept["comparator"]),
        amount=_amount(amount) if amount else None,
        recurrence=kept["recurrence"],
        deadline=_deadline(deadline) if deadline else None,
        subject=kept["subject"],
        condition=kept["condition"],
        modality=kept["modality"],
        strength=Strength(strength) if strength else None,
        action=kept["action"],
        counted=kept["counted"],
        is_sure=kept["is_sure"],
    )


def _plain_amount(amount: Amount) -> dict[str, Any]:
    return {
        "number": str(amount.number),
        "upper": None if amount.upper is None else str(amount.upper),
        "multiplier": amount.multiplier,
        "unit": amount.unit,
    }


def _amount(kept: Mapping[str, Any]) -> Amount:
    upper = kept["upper"]
    return Amount(
        number=Decimal(kept["number"]),
        unit=kept["unit"],
        multiplier=kept["multiplier"],
        upper=None if upper is None else Decimal(upper),
    )


def _plain_deadline(deadline: Deadline) -> dict[str, Any]:
    within = deadline.within
    return {
        "text": deadline.text,
        "on": deadline.on,
        "within": _plain_amount(within) if within else None,
    }


def _deadline(kept: Mapping[str, Any]) -> Deadline:
    within = kept["within"]
    return Deadline(kept["text"], on=kept["on"], within=_amount(within) if within else None)


def _plain(traces: Traces) -> dict[str, Any]:
    return {
        name: {
            "sureness": trace.sureness.value,
            "spans": [[span.start, span.end] for span in trace.spans],
        }
        for name, trace in traces.items()
    }
