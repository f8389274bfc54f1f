"""Proposing that two records be merged, and saying that two alike ones are not the same.

Whoever accepts, refuses or withdraws a merger does so as with any correction.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.core.records.models import Record
from taizhang.registers.authority import permits
from taizhang.registers.corrections.actions import (
    NOT_PROPOSED,
    lock_for_proposal,
    open_proposal,
)
from taizhang.registers.corrections.kinds import Proposal
from taizhang.registers.corrections.models import Correction
from taizhang.registers.guards import NOT_SAVED, OUTSIDE_REACH, expect_own_fields
from taizhang.registers.history import FOUND_DISTINCT
from taizhang.registers.merging.merging import MERGE, merge, merger_of
from taizhang.registers.merging.models import Distinct
from taizhang.registers.refusals import EntryRefused
from taizhang.registers.spec import RegisterSpec


@transaction.atomic
def propose_merge(
    spec: RegisterSpec,
    survivor: Record,
    loser: Record,
    taken: Collection[str],
    *,
    reason: str,
    by: User,
    versions: tuple[int, int],
) -> Correction:
    """Ask that `loser` be merged into `survivor`, which takes its values of the fields in `taken`.

    `versions` are those of survivor and loser that the page showed. The merger is tried out and
    taken back, so that whatever would refuse it is known at once.
    Raises EntryRefused, RecordChanged, and TransitionRefused with what stands in the way.
    """
    if survivor.pk == loser.pk:
        raise EntryRefused(
            NOT_PROPOSED, _("It is one record."), _("Choose two records of the register.")
        )
    version_of = {survivor.pk: versions[0], loser.pk: versions[1]}
    # By number, so that two who merge the same pair crosswise do not wait for each other.
    current = {
        row.pk: lock_for_proposal(spec, row, by=by, version=version_of[row.pk])
        for row in sorted((survivor, loser), key=lambda row: row.pk)
    }
    for row in current.values():
        expect_own_fields(spec, dict.fromkeys(taken), by, row)
    correction = open_proposal(
        MERGE,
        spec,
        current[loser.pk],
        {
            "survivor": survivor.pk,
            "survivor_version": current[survivor.pk].version,
            "taken": sorted(taken),
        },
        reason=reason,
        by=by,
        changes={"merged_into": (None, survivor.record_no)},
    )
    _try_out(Proposal(correction, spec, current[loser.pk]), by)
    return correction


@transaction.atomic
def mark_distinct(spec: RegisterSpec, one: Record, other: Record, *, by: User) -> Distinct:
    """Keep that two alike records are two, so that they are not shown as a pair again.

    Raises EntryRefused unless the account may verify both.
    """
    first, second = sorted((one, other), key=lambda row: row.pk)
    if first.pk == second.pk or not all(
        permits(by, spec.permission("verify"), row) for row in (first, second)
    ):
        raise EntryRefused(NOT_SAVED, *OUTSIDE_REACH)
    kept, is_new = Distinct.objects.get_or_create(
        register=spec.slug, one=first.pk, other=second.pk, defaults={"said_by": by}
    )
    if is_new:
        write_audit(
            by=by,
            action=FOUND_DISTINCT,
            subject=spec.key,
            subject_no=first.record_no,
            changes={"distinct_from": (None, second.record_no)},
        )
    return kept


class _TriedOut(Exception):
    """The merger would go through; what it did is taken back."""


def _try_out(proposal: Proposal, by: User) -> None:
    try:
        with transaction.atomic():
            merge(merger_of(proposal), by=by)
            raise _TriedOut
    except _TriedOut:
        return
