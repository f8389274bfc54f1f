"""A reading in the form in which it is kept: the label, and where each value stands.

The kept form stays what it was when a later reader reads the file in another way.
"""

from collections.abc import Mapping
from typing import Any

from taizhang.notices.document import Span
from taizhang.notices.labels import as_label
from taizhang.notices.model import Notice, Sureness, Trace, Traces
from taizhang.notices.normalise import text_hash


def as_kept(notice: Notice) -> dict[str, Any]:
    """The label of the notice, with traces of the head and of each item, as plain JSON values.

    Each item says too whether the source states who leads. `text_hash` is that of the document's
    text, in which the offsets count.
    """
    label = as_label(notice)
    items = [
        kept
        | {
            "lead_is_stated": item.departments.lead_is_stated,
            "traces": _plain(item.traces),
        }
        for kept, item in zip(label["items"], notice.items, strict=True)
    ]
    return label | {
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


def _plain(traces: Traces) -> dict[str, Any]:
    return {
        name: {
            "sureness": trace.sureness.value,
            "spans": [[span.start, span.end] for span in trace.spans],
        }
        for name, trace in traces.items()
    }
