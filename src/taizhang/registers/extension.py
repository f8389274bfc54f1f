"""What upper layers add to a record's page, in their `reactions.py`, which is found at start."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from taizhang.core.records.models import Record
from taizhang.lib.registry import Registry
from taizhang.registers.spec import Label, RegisterSpec


@dataclass(frozen=True, slots=True)
class RecordPanel:
    """A panel below the facts of a record, such as the commitments that it counts for.

    `render(request, spec, record)` gives its HTML, "" to leave the panel out. It runs for every
    record of every register, so it asks `spec.slug` first.
    """

    title: Label
    position: int
    render: Callable[[HttpRequest, RegisterSpec, Record], SafeString | str]


RECORD_PANELS: Registry[RecordPanel] = Registry("record panel")


def panels_for(
    request: HttpRequest, spec: RegisterSpec, record: Record
) -> list[tuple[Label, SafeString | str]]:
    """The panels that have something to show, in their order, as (title, HTML)."""
    ordered = sorted(RECORD_PANELS.values(), key=lambda panel: panel.position)
    rendered = ((panel.title, panel.render(request, spec, record)) for panel in ordered)
    return [(title, html) for title, html in rendered if html]
