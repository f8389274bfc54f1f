"""The office writes a commitment: publishes, revises and withdraws it, or says there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taizhang.core.audit.trail import write_audit
from taizhang.core.parameters.clock import status_date
from taizhang.ledger.current import CurrentLedger, current_ledger
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.drafting.statement import Statement, as_row, faults
from taizhang.ledger.drafting.trial import compute_trial
from taizhang.ledger.evaluation import keep_item_verdicts
from taizhang.ledger.measured import settle
from taizhang.ledger.models import (
    WITHDRAWN,
    Clause,
    Commitment,
    Item,
    Ledger,
    StaleCommitment,
)
from taizhang.ledger.permissions import APPROVE
from taizhang.ledger.retiring import retire
from taizhang.ledger.upgrading import FIELDS
from taizhang.lib.refusal import Refused
from taizhang.measures.commitments import Comparator, Modality, Scope
from taizhang.notices.normalise import text_hash

_REASON_LENGTH = 300
# Behind those of the pack, of which a newer version may bring more.
_AFTER_THE_PACK = 1000
_NOT_PUBLISHED = _("The commitment was not published.")
_NOT_REVISED = _("The commitment was not revised.")
_NOT_WITHDRAWN = _("The commitment was not withdrawn.")
_NOT_KEPT = _("Nothing was kept.")


class CommitmentRefused(Refused):
    """A commitment was not published, revised or withdrawn."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where an item's text states it: offsets into the text."""

    start: int
    end: int


@transaction.atomic
def publish_commitment(
    item: Item, statement: Statement, *, by, clause: Span | None = None, draft: Draft | None = None
) -> Commitment:
    """Put a commitment on an item, with its clause where the text states it.

    It is computed by the next evaluation. `draft` is closed by it. One audit row.

    Raises CommitmentRefused, with nothing kept: without the permission, when the ledger is not in
    force, when something is wrong in the statement, when it cannot be computed.
    """
    _check_permission(by, _NOT_PUBLISHED)
    _lock(item, _NOT_PUBLISHED)
    current = current_ledger()
    _check_statement(statement, current, _NOT_PUBLISHED)
    row = as_row(statement, item, current.pack, current.catalogue)
    _check_computable(row, by, _NOT_PUBLISHED)
    _place(row, by)
    row.save()
    if clause is not None:
        _quote(row, clause)
    StaleCommitment.objects.create(commitment=row)
    if draft is not None:
        draft.state, draft.commitment, draft.by = Draft.State.PUBLISHED, row, by
        draft.save()
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


@transaction.atomic
def revise_commitment(
    commitment: Commitment, statement: Statement, *, by, reason: str
) -> Commitment:
    """Change what a commitment of the office's own asks; its answers and its history stay.

    The figures follow with the next evaluation. One audit row with old and new values.

    Raises CommitmentRefused as `publish_commitment` does, for one that a pack states, and without
    a reason.
    """
    _check_own(commitment, by, reason, _NOT_REVISED)
    current = current_ledger()
    _check_statement(statement, current, _NOT_REVISED)
    new = as_row(statement, commitment.item, current.pack, current.catalogue, code=commitment.code)
    _check_computable(new, by, _NOT_REVISED)
    changes = {
        name: (_audited(commitment, name), _audited(new, name))
        for name in FIELDS
        if getattr(commitment, name) != getattr(new, name)
    }
    for name in FIELDS:
        setattr(commitment, name, getattr(new, name))
    settle(commitment, commitment.answers.filter(area=None), status_date())
    commitment.written_by = by
    commitment.save()
    StaleCommitment.objects.create(commitment=commitment)
    write_audit(
        by=by,
        action="revise_commitment",
        subject="ledger.commitment",
        subject_no=commitment.code,
        changes=changes,
        reason=reason.strip()[:_REASON_LENGTH],
    )
    return commitment


@transaction.atomic
def withdraw_commitment(commitment: Commitment, *, by, reason: str) -> None:
    """Take a commitment of the office's own out of the ledger; its clause is open again.

    Its answers and its history stay; it is computed no more. One audit row.

    Raises CommitmentRefused for one that a pack states, and without a reason.
    """
    _check_own(commitment, by, reason, _NOT_WITHDRAWN)
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
        reason=reason.strip()[:_REASON_LENGTH],
    )


@transaction.atomic
def keep_draft(
    item: Item,
    values: Mapping[str, object],
    *,
    by,
    clause: Span | None = None,
    picked: str = "",
    draft: Draft | None = None,
) -> Draft:
    """Keep what is written so far, whatever is still missing; nothing is computed for it.

    Raises CommitmentRefused without the permission, and when the draft is published already.
    """
    _check_permission(by, _NOT_KEPT)
    _lock(item, _NOT_KEPT)
    draft = draft or _draft(item, clause)
    _check_open(draft)
    draft.values, draft.picked, draft.by = dict(values), picked, by
    draft.state, draft.reason = Draft.State.OPEN, ""
    draft.save()
    return draft


@transaction.atomic
def say_uncounted(
    item: Item, clause: Span, *, by, reason: str, duty: str, who_owes: tuple[str, ...]
) -> Commitment:
    """The clause is a duty that nobody can honestly count: a reviewed report is owed instead.

    It becomes a commitment without a formula (`not_quantified`), so that the ledger counts it
    among those. One audit row. Raises CommitmentRefused, with nothing kept.
    """
    _check_reason(reason, _NOT_PUBLISHED)
    statement = Statement(
        duty_zh=duty.strip()[: Commitment._meta.get_field("duty_zh").max_length],
        who_owes=who_owes,
        modality=Modality.SHOULD,
        scope=Scope.POOL,
        population_zh="—",
        definition="all",
        comparator=Comparator.EXISTS,
        note_zh=reason.strip(),
    )
    draft = _draft(item, clause)
    _check_open(draft)
    row = publish_commitment(item, statement, by=by, clause=clause)
    draft.state, draft.commitment = Draft.State.UNCOUNTED, row
    draft.reason, draft.by = reason.strip()[:_REASON_LENGTH], by
    draft.save()
    return row


@transaction.atomic
def say_no_duty(item: Item, clause: Span, *, by, reason: str) -> Draft:
    """What was found in the clause is no duty: a name with a number in it, a circumstance.

    One audit row. Raises CommitmentRefused, with nothing kept.
    """
    _check_permission(by, _NOT_KEPT)
    _check_reason(reason, _NOT_KEPT)
    _lock(item, _NOT_KEPT)
    draft = _draft(item, clause)
    _check_open(draft)
    draft.state, draft.by = Draft.State.NO_DUTY, by
    draft.reason = reason.strip()[:_REASON_LENGTH]
    draft.save()
    write_audit(
        by=by,
        action="say_no_duty",
        subject="ledger.item",
        subject_no=item.code,
        changes={"clause": (None, item.text[clause.start : clause.end])},
        reason=draft.reason,
    )
    return draft


@transaction.atomic
def drop_draft(draft: Draft, *, by) -> None:
    """Throw away what was written, or take back that a clause is no duty: it is open again.

    Raises CommitmentRefused when a commitment came of it: that one is withdrawn instead.
    """
    _check_permission(by, _NOT_KEPT)
    draft.refresh_from_db(from_queryset=Draft.objects.select_for_update())
    if draft.commitment_id is not None:
        raise CommitmentRefused(
            _NOT_KEPT,
            _("A commitment came of it."),
            _("Withdraw that one, with a reason."),
        )
    if draft.state == Draft.State.NO_DUTY:
        write_audit(
            by=by,
            action="say_duty_again",
            subject="ledger.item",
            subject_no=draft.item.code,
            changes={"clause": (draft.item.text[draft.start : draft.end], None)},
        )
    draft.delete()


def _check_permission(by, what: Promise) -> None:
    if by is None or not by.holds(APPROVE):
        raise CommitmentRefused(
            what,
            _("This account may not write commitments."),
            _("The General Office and the leaders in charge may."),
        )


def _check_reason(reason: str, what: Promise) -> None:
    if not reason.strip():
        raise CommitmentRefused(what, _("A reason is missing."), _("Say why."))


def _check_own(commitment: Commitment, by, reason: str, what: Promise) -> None:
    """The commitment, as it stands now, may be changed by the account."""
    _check_permission(by, what)
    _check_reason(reason, what)
    _lock(commitment.item, what)
    commitment.refresh_from_db(from_queryset=Commitment.with_retired.all())
    if not commitment.is_written_here:
        raise CommitmentRefused(
            what,
            _("The ledger's pack states it."),
            _("It changes with a newer version of the pack; its threshold may be answered."),
        )
    if commitment.retired_in:
        raise CommitmentRefused(
            what, _("It is withdrawn already."), _("Look at the item that it stood on.")
        )


def _check_open(draft: Draft) -> None:
    if draft.commitment_id is not None:
        raise CommitmentRefused(
            _NOT_KEPT,
            _("A commitment came of this clause already."),
            _("Revise that one, or withdraw it."),
        )


def _check_statement(statement: Statement, current: CurrentLedger, what: Promise) -> None:
    first = next(iter(faults(statement, current.pack, current.catalogue)), None)
    if first is not None:
        raise CommitmentRefused(what, first.text, _("Correct it, and try again."))


def _check_computable(row: Commitment, by, what: Promise) -> None:
    refusal = compute_trial(row, by=by).refusal if row.numerator else ""
    if refusal:
        raise CommitmentRefused(what, refusal, _("Correct it, and try again."))


def _lock(item: Item, what: Promise) -> None:
    """Whoever writes on the same ledger at the same time waits here, for the next free code."""
    ledger = Ledger.objects.select_for_update().get(pk=item.ledger_id)
    if not ledger.is_in_force:
        raise CommitmentRefused(
            what,
            _("The ledger is not in force any more."),
            _("Write it on the ledger that took its place."),
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
            _NOT_PUBLISHED,
            _("The item has no code left for another commitment."),
            _("Revise one of those that it has."),
        )
    row.position = (_AFTER_THE_PACK if item.ledger.has_pack else 0) + len(taken) + 1
    row.written_by, row.written_at = by, timezone.now()


def _quote(row: Commitment, clause: Span) -> None:
    text = row.item.text
    if not 0 <= clause.start < clause.end <= len(text):
        raise CommitmentRefused(
            _NOT_PUBLISHED,
            _("The item's text has no such passage."),
            _("Choose the words in the text again."),
        )
    Clause.objects.create(
        commitment=row, start=clause.start, end=clause.end, text_hash=text_hash(text)
    )


def _draft(item: Item, clause: Span | None) -> Draft:
    """The draft of the clause as it was left, or a new one; not saved."""
    if clause is None:
        return Draft(item=item)
    place = {"start": clause.start, "end": clause.end, "text_hash": text_hash(item.text)}
    return Draft.objects.filter(item=item, **place).first() or Draft(item=item, **place)


def _audited(row: Commitment, name: str) -> object:
    value = getattr(row, name)
    return value.value if hasattr(value, "value") else value
