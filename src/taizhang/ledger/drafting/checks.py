"""What has to hold before the office writes something on a ledger."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.current import current_ledger
from taizhang.ledger.drafting.faults import faults
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.drafting.statement import Statement, as_row
from taizhang.ledger.drafting.trial import refusal_of
from taizhang.ledger.models import Commitment, Item, Ledger
from taizhang.ledger.permissions import APPROVE
from taizhang.lib.refusal import Refused

REASON_LENGTH = 300


class CommitmentRefused(Refused):
    """A commitment was not published, revised or withdrawn, or nothing was kept of a draft."""


def check_permission(by, what: Promise) -> None:
    """Raises CommitmentRefused; `what` was not done then, here and below."""
    if by is None or not by.holds(APPROVE):
        raise CommitmentRefused(
            what,
            _("This account may not write commitments."),
            _("The General Office and the leaders in charge may."),
        )


def checked_reason(reason: str, what: Promise) -> str:
    """The reason as it is kept. Raises CommitmentRefused where there is none."""
    if not reason.strip():
        raise CommitmentRefused(what, _("A reason is missing."), _("Say why."))
    return reason.strip()[:REASON_LENGTH]


def checked_row(statement: Statement, item: Item, what: Promise, *, code: str = "?") -> Commitment:
    """The commitment that the statement makes, not saved; it takes a computation.

    Raises CommitmentRefused when something is wrong in it, or when the engine refuses it.
    """
    current = current_ledger()
    first = next(iter(faults(statement, current.pack, current.catalogue)), None)
    if first is not None:
        raise CommitmentRefused(what, first.text, _CORRECT)
    row = as_row(statement, item, current.pack, current.catalogue, code=code)
    refusal = refusal_of(row) if row.numerator else ""
    if refusal:
        raise CommitmentRefused(what, refusal, _CORRECT)
    return row


def lock(item: Item, what: Promise) -> None:
    """Whoever writes on the same ledger at the same time waits here, for the next free code.

    Raises CommitmentRefused when the ledger is in force no more.
    """
    ledger = Ledger.objects.select_for_update().get(pk=item.ledger_id)
    if not ledger.is_in_force:
        raise CommitmentRefused(
            what,
            _("The ledger is not in force any more."),
            _("Write it on the ledger that took its place."),
        )


def check_open(draft: Draft, what: Promise) -> None:
    """Raises CommitmentRefused when a commitment came of the draft, or somebody threw it away.

    Its ledger is locked already.
    """
    if draft.pk is None:
        return
    standing = Draft.objects.filter(pk=draft.pk).values_list("commitment", flat=True)
    if not standing:
        raise CommitmentRefused(
            what, _("The draft was thrown away meanwhile."), _("Look at the list again.")
        )
    if standing[0] is not None:
        raise CommitmentRefused(
            what,
            _("A commitment came of this clause already."),
            _("Revise that one, or withdraw it."),
        )


_CORRECT = _("Correct it, and try again.")
