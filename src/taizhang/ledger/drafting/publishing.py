"""The office writes a commitment: publishes, revises and withdraws it."""

from dataclasses import dataclass
from string import ascii_lowercase

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.audit.trail import write_audit
from taizhang.core.parameters.clock import status_date
from taizhang.ledger.drafting.checks import (
    CommitmentRefused,
    check_open,
    check_permission,
    checked_reason,
    checked_row,
    lock,
)
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.drafting.statement import Statement
from taizhang.ledger.evaluation import keep_item_verdicts
from taizhang.ledger.measured import settle
from taizhang.ledger.models import WITHDRAWN, Clause, Commitment, Item, StaleCommitment
from taizhang.ledger.retiring import retire
from taizhang.ledger.reviewing.commitments import places_of
from taizhang.ledger.upgrading import FIELDS
from taizhang.notices.normalise import text_hash

# Behind those of the pack, of which a newer version may bring more.
_AFTER_THE_PACK = 1000
# Another of these, and an answer on the threshold would be about another number.
_WHAT_AN_ANSWER_IS_ABOUT = frozenset({"kind", "comparator", "unit_zh", "period"})
NOT_PUBLISHED = _("The commitment was not published.")
_NOT_REVISED = _("The commitment was not revised.")
_NOT_WITHDRAWN = _("The commitment was not withdrawn.")


@dataclass(frozen=True, slots=True)
class Span:
    """Where an item's text states it: offsets into the text."""

    start: int
    end: int


def publish_commitment(
    item: Item, statement: Statement, *, by, clause: Span | None = None, draft: Draft | None = None
) -> Commitment:
    """Put a commitment on an item, with its clause where the text states it.

    It is computed by the next evaluation. `draft` is closed by it. One audit row.

    Raises CommitmentRefused, with nothing kept: without the permission, when the ledger is not in
    force, when something is wrong in the statement, when it cannot be computed, when the item has
    the very same already.
    """
    check_permission(by, NOT_PUBLISHED)
    row = checked_row(statement, item, NOT_PUBLISHED)
    with transaction.atomic():
        lock(item, NOT_PUBLISHED)
        _check_new(row)
        if draft is not None:
            check_open(draft, NOT_PUBLISHED)
        _place(row, by)
        row.save()
        if clause is not None:
            _quote(row, clause)
        if draft is not None:
            draft.state, draft.commitment, draft.by = Draft.State.PUBLISHED, row, by
            draft.save()
        StaleCommitment.objects.create(commitment=row)
        write_audit(
            by=by,
            action="publish_commitment",
            subject="ledger.commitment",
            subject_no=row.code,
            changes={
                "item": (None, item.code),
                **{name: (None, _audited(row, name)) for name in FIELDS if getattr(row, name)},
            },
        )
    return row


def revise_commitment(
    commitment: Commitment, statement: Statement, *, by, reason: str
) -> Commitment:
    """Change what a commitment that no pack states asks; its history stays.

    So do the answers on its threshold, unless they would be about another kind of number now: then
    they are withdrawn, with the same reason. The figures follow with the next evaluation. One audit
    row with old and new values.

    Raises CommitmentRefused as `publish_commitment` does, for one that a pack states, and without
    a reason.
    """
    why = _check_own(commitment, by, reason, _NOT_REVISED)
    new = checked_row(statement, commitment.item, _NOT_REVISED, code=commitment.code)
    with transaction.atomic():
        _lock_own(commitment, _NOT_REVISED)
        changes = {
            name: (_audited(commitment, name), _audited(new, name))
            for name in FIELDS
            if getattr(commitment, name) != getattr(new, name)
        }
        for name in FIELDS:
            setattr(commitment, name, getattr(new, name))
        if not _WHAT_AN_ANSWER_IS_ABOUT.isdisjoint(changes):
            changes |= _withdraw_answers(commitment, by, why)
        settle(commitment, commitment.answers.filter(area=None), status_date())
        if not commitment.is_written_here:
            commitment.written_by, commitment.written_at = by, timezone.now()
        commitment.save()
        StaleCommitment.objects.create(commitment=commitment)
        write_audit(
            by=by,
            action="revise_commitment",
            subject="ledger.commitment",
            subject_no=commitment.code,
            changes=changes,
            reason=why,
        )
    return commitment


@transaction.atomic
def withdraw_commitment(commitment: Commitment, *, by, reason: str) -> None:
    """Take a commitment that no pack states out of the ledger; its clause is open again.

    Its answers and its history stay; it is computed no more. One audit row.

    Raises CommitmentRefused for one that a pack states, and without a reason.
    """
    why = _check_own(commitment, by, reason, _NOT_WITHDRAWN)
    _lock_own(commitment, _NOT_WITHDRAWN)
    item = commitment.item
    retire([commitment], WITHDRAWN)
    commitment.drafts.update(state=Draft.State.OPEN, reason="", commitment=None)
    keep_item_verdicts([item])
    write_audit(
        by=by,
        action="withdraw_commitment",
        subject="ledger.commitment",
        subject_no=commitment.code,
        changes={"retired_in": ("", WITHDRAWN)},
        reason=why,
    )


def quoted(item: Item, quote: str) -> Span:
    """Where the item's text has the words. Raises CommitmentRefused unless exactly once."""
    places = places_of(quote, item.text)
    if len(places) != 1:
        raise CommitmentRefused(
            NOT_PUBLISHED,
            format_lazy(
                _("“{quote}” stands {n} times in the item's text, not once."),
                quote=quote,
                n=len(places),
            ),
            _("Quote just the words that state it, as they stand there."),
        )
    return Span(places[0], places[0] + len(quote))


def _check_own(commitment: Commitment, by, reason: str, what: Promise) -> str:
    """The reason as it is kept, where the account may change the commitment."""
    check_permission(by, what)
    why = checked_reason(reason, what)
    if not commitment.is_open_to_revision:
        raise CommitmentRefused(
            what,
            _("The ledger's pack states it."),
            _("It changes with a newer version of the pack; its threshold may be answered."),
        )
    return why


def _lock_own(commitment: Commitment, what: Promise) -> None:
    """The commitment as it stands now; nobody else writes on its ledger until this is through."""
    lock(commitment.item, what)
    commitment.refresh_from_db(from_queryset=Commitment.with_retired.select_for_update())
    if commitment.retired_in:
        raise CommitmentRefused(
            what, _("It is withdrawn already."), _("Look at the item that it stood on.")
        )


def _check_new(row: Commitment) -> None:
    """Whoever presses the button twice gets one commitment."""
    names = [name for name in FIELDS if name != "code"]
    asked = [getattr(row, name) for name in names]
    for each in row.item.commitments.all():
        if [getattr(each, name) for name in names] == asked:
            raise CommitmentRefused(
                NOT_PUBLISHED,
                format_lazy(_("The item has the very same as {code}."), code=each.code),
                _("Look at that one; or write what is different."),
            )


def _place(row: Commitment, by) -> None:
    """The next free code of the item: letters where a pack has the numbers (`5.a`), else numbers.

    A code is never given twice, also not after its commitment was withdrawn.
    """
    item = row.item
    taken = set(Commitment.with_retired.filter(item=item).values_list("code", flat=True))
    ends = iter(ascii_lowercase) if item.ledger.has_pack else map(str, range(1, 100))
    codes = (f"{item.code}.{end}" for end in ends)
    row.code = next((code for code in codes if code not in taken), "")
    if not row.code:
        raise CommitmentRefused(
            NOT_PUBLISHED,
            _("The item has no code left for another commitment."),
            _("Revise one of those that it has."),
        )
    row.position = (_AFTER_THE_PACK if item.ledger.has_pack else 0) + len(taken) + 1
    row.written_by, row.written_at = by, timezone.now()


def _quote(row: Commitment, clause: Span) -> None:
    text = row.item.text
    if not 0 <= clause.start < clause.end <= len(text):
        raise CommitmentRefused(
            NOT_PUBLISHED,
            _("The item's text has no such passage."),
            _("Choose the words in the text again."),
        )
    Clause.objects.create(
        commitment=row, start=clause.start, end=clause.end, text_hash=text_hash(text)
    )


def _withdraw_answers(commitment: Commitment, by, reason: str) -> dict[str, tuple[object, object]]:
    """The standing answers fall; what the change log says of that."""
    standing = commitment.answers.filter(withdrawn_at=None)
    fallen = list(standing.values_list("pk", flat=True))
    standing.update(withdrawn_by=by, withdrawn_at=timezone.now(), withdrawn_because=reason)
    return {"withdrawn_answers": (None, fallen)} if fallen else {}


def _audited(row: Commitment, name: str) -> object:
    value = getattr(row, name)
    return value.value if hasattr(value, "value") else value
