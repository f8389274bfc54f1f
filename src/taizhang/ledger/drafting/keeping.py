"""What the office keeps of a clause besides a commitment: a draft, or that none follows."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from taizhang.core.audit.trail import write_audit
from taizhang.ledger.drafting.checks import (
    check_open,
    check_permission,
    checked_reason,
    lock,
)
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.drafting.publishing import NOT_PUBLISHED, Span, publish_commitment
from taizhang.ledger.drafting.statement import Statement
from taizhang.ledger.models import Commitment, Item
from taizhang.measures.commitments import Comparator, Modality, Scope
from taizhang.notices.normalise import text_hash

_NOT_KEPT = _("Nothing was kept.")


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

    Raises CommitmentRefused without the permission, and when the draft is published already or
    thrown away.
    """
    check_permission(by, _NOT_KEPT)
    lock(item, _NOT_KEPT)
    draft = draft or _draft(item, clause)
    check_open(draft, _NOT_KEPT)
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
    check_permission(by, NOT_PUBLISHED)
    why = checked_reason(reason, NOT_PUBLISHED)
    lock(item, NOT_PUBLISHED)
    draft = _draft(item, clause)
    check_open(draft, NOT_PUBLISHED)
    statement = Statement(
        duty_zh=duty.strip()[: Commitment._meta.get_field("duty_zh").max_length],
        who_owes=who_owes,
        modality=Modality.SHOULD,
        scope=Scope.POOL,
        population_zh="—",
        definition="all",
        comparator=Comparator.EXISTS,
        note_zh=why,
    )
    row = publish_commitment(item, statement, by=by, clause=clause)
    draft.state, draft.commitment = Draft.State.UNCOUNTED, row
    draft.reason, draft.by = why, by
    draft.save()
    return row


@transaction.atomic
def say_no_duty(item: Item, clause: Span, *, by, reason: str) -> Draft:
    """What was found in the clause is no duty: a name with a number in it, a circumstance.

    One audit row. Raises CommitmentRefused, with nothing kept.
    """
    check_permission(by, _NOT_KEPT)
    why = checked_reason(reason, _NOT_KEPT)
    lock(item, _NOT_KEPT)
    draft = _draft(item, clause)
    check_open(draft, _NOT_KEPT)
    draft.state, draft.reason, draft.by = Draft.State.NO_DUTY, why, by
    draft.save()
    write_audit(
        by=by,
        action="say_no_duty",
        subject="ledger.item",
        subject_no=item.code,
        changes={"clause": (None, item.text[clause.start : clause.end])},
        reason=why,
    )
    return draft


@transaction.atomic
def drop_draft(draft: Draft, *, by) -> None:
    """Throw away what was written, or take back that a clause is no duty: it is open again.

    Raises CommitmentRefused when a commitment came of it: that one is withdrawn instead.
    """
    check_permission(by, _NOT_KEPT)
    lock(draft.item, _NOT_KEPT)
    check_open(draft, _NOT_KEPT)
    if draft.state == Draft.State.NO_DUTY:
        write_audit(
            by=by,
            action="say_duty_again",
            subject="ledger.item",
            subject_no=draft.item.code,
            changes={"clause": (draft.item.text[draft.start : draft.end], None)},
        )
    draft.delete()


def _draft(item: Item, clause: Span | None) -> Draft:
    """The draft of the clause as it was left, or a new one; not saved."""
    if clause is None:
        return Draft(item=item)
    place = {"start": clause.start, "end": clause.end, "text_hash": text_hash(item.text)}
    return Draft.objects.filter(item=item, **place).first() or Draft(item=item, **place)
