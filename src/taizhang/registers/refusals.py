"""Why an action on a record is refused, in words for whoever asked for it."""

from taizhang.core.records.models import Record
from taizhang.lib.refusal import Refused


class EntryRefused(Refused):
    """The account may not enter or change this record, or the record is past changing."""


class TransitionRefused(Refused):
    """The record cannot take this step now, or not by this account."""


class RecordChanged(Refused):
    """Somebody else changed the record since the page was opened; nothing was written.

    `current` is the record as it stands now, for showing it beside what was typed.
    """

    def __init__(self, what: object, why: object, next: object, *, current: Record) -> None:  # noqa: A002
        super().__init__(what, why, next)
        self.current = current
