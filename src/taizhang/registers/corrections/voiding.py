"""The kind `void`: a verified record that should not stand at all."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.corrections.kinds import Proposal, ProposalKind
from taizhang.registers.display import separator
from taizhang.registers.history import PROPOSED_VOID, VOIDED, Change
from taizhang.registers.referring import holding_fields, registers_reading, standing_references
from taizhang.registers.refusals import TransitionRefused
from taizhang.registers.spec import Label, RegisterSpec
from taizhang.registers.staleness import mark_stale

NAMED = 8
NOT_VOIDED = _("The record was not made void.")


def expect_unreferred(spec: RegisterSpec, record: Record, what: Label) -> None:
    """Nothing that stands refers to the record. Raises TransitionRefused with what does."""
    found = list(islice(dict.fromkeys(_referring(record)), NAMED + 1))
    if not found:
        return
    named = separator().join(found[:NAMED])
    more = _(" and more") if len(found) > NAMED else ""
    raise TransitionRefused(
        what,
        format_lazy(_("Other records refer to it: {records}{more}."), records=named, more=more),
        _("Correct these first, or make them void; a duplicate is merged instead."),
    )


def make_void(spec: RegisterSpec, record: Record) -> None:
    """Take the record out of every figure; whoever verified it stays named."""
    reading = set(registers_reading(spec, record))
    record.record_status = RecordStatus.VOID
    record.version += 1
    record.save()
    for slug in {spec.slug, *reading}:
        mark_stale(slug)


def _referring(record: Record) -> Iterator[str]:
    """What refers to it, in words: records, and roles held at it."""
    for spec, row in standing_references(record):
        yield f"{spec.label} {row.record_no}"
    for field in holding_fields(type(record)):
        yield from map(str, field.model.objects.filter(**{field.name: record.pk})[:NAMED])


def _carry_out(proposal: Proposal, by: User) -> None:
    expect_unreferred(proposal.spec, proposal.record, NOT_VOIDED)
    make_void(proposal.spec, proposal.record)
    write_audit(
        by=by,
        action=VOIDED,
        subject=proposal.spec.key,
        subject_no=proposal.record.record_no,
        changes={"record_status": (RecordStatus.VERIFIED.value, RecordStatus.VOID.value)},
        reason=proposal.correction.reason,
    )


def _changes(proposal: Proposal, by: User) -> Sequence[Change]:
    return ()


def _undecidable(proposal: Proposal, by: User) -> None:
    return None


VOID = ProposalKind(
    key="void",
    label=_("Making void"),
    proposed=PROPOSED_VOID,
    carry_out=_carry_out,
    changes=_changes,
    undecidable=_undecidable,
)
