"""The kind `correct`: new values for some fields of a verified record."""

from collections.abc import Mapping, Sequence
from copy import copy

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.core.records.models import Record
from taizhang.registers.authority import hidden_fields, place
from taizhang.registers.corrections.authority import reach_to_propose
from taizhang.registers.corrections.kinds import Proposal, ProposalKind
from taizhang.registers.corrections.packing import (
    ReferenceGone,
    expect_no_void_references,
    unpacked,
)
from taizhang.registers.corrections.payload import content_of
from taizhang.registers.display import label_of, masked, separator, shown
from taizhang.registers.guards import OUTSIDE_REACH
from taizhang.registers.history import CORRECTED, PROPOSED_CORRECTION, Change
from taizhang.registers.refusals import TransitionRefused
from taizhang.registers.saving import Checked, checked
from taizhang.registers.spec import Label, RegisterSpec
from taizhang.registers.staleness import mark_stale
from taizhang.registers.values import Values, lists_of, put, standing_lists, stated

NOT_ACCEPTED = _("The proposal was not accepted.")
REFUSE_INSTEAD = _("Refuse it with this reason, so that it can be proposed anew.")


def as_corrected(spec: RegisterSpec, record: Record, values: Values, *, by: User) -> Checked:
    """The record with the values that `by` proposes, by all rules; nothing is saved.

    Raises ValidationError with all faults by field.
    """
    before = stated(record, values, standing_lists(spec, record, {}))
    put(spec, record, values)
    place(spec, record)
    return checked(spec, record, values, before, reach_to_propose(spec, record, by))


def proposed_values(proposal: Proposal) -> dict[str, object]:
    """The new values by field."""
    return unpacked(proposal.spec, content_of(proposal.correction)["values"])


def field_changes(
    spec: RegisterSpec, record: Record, values: Values, *, hidden: frozenset[str]
) -> list[Change]:
    """What stands and what is proposed, as people read it; hidden fields as masks."""
    as_proposed = copy(record)
    put(spec, as_proposed, values)
    found = []
    for name in values:
        old = shown(record, name)
        new = (
            separator().join(map(str, values[name]))
            if name in lists_of(spec)
            else shown(as_proposed, name)
        )
        if name in hidden:
            old, new = masked(old), masked(new)
        found.append(Change(label_of(spec.model, name), old, new))
    return found


def still_valid(proposal: Proposal, values: Values) -> Checked:
    """The record with the values, checked again as of now and by the reach of whoever proposed.

    Raises TransitionRefused with the first fault.
    """
    proposer = proposal.correction.proposed_by
    if reach_to_propose(proposal.spec, proposal.record, proposer) is None:
        raise TransitionRefused(NOT_ACCEPTED, OUTSIDE_REACH[0], REFUSE_INSTEAD)
    try:
        expect_no_void_references(proposal.spec, values)
        return as_corrected(proposal.spec, proposal.record, values, by=proposer)
    except ReferenceGone as gone:
        why = format_lazy(
            _("“{record}” ({number}) in “{field}” is void by now."),
            record=gone.record,
            number=gone.record.record_no,
            field=gone.field.verbose_name,
        )
        raise TransitionRefused(NOT_ACCEPTED, why, REFUSE_INSTEAD) from gone
    except ValidationError as fault:
        raise TransitionRefused(NOT_ACCEPTED, _first(proposal.spec, fault), REFUSE_INSTEAD) from (
            fault
        )


def _carry_out(proposal: Proposal, by: User) -> None:
    corrected = still_valid(proposal, proposed_values(proposal))
    corrected.record.version += 1
    corrected.save()
    write_audit(
        by=by,
        action=CORRECTED,
        subject=proposal.spec.key,
        subject_no=proposal.record.record_no,
        changes=corrected.changes,
        reason=proposal.correction.reason,
    )
    mark_stale(proposal.spec.slug)


def _changes(proposal: Proposal, by: User) -> Sequence[Change]:
    hidden = hidden_fields(proposal.spec, by, proposal.record)
    return field_changes(proposal.spec, proposal.record, proposed_values(proposal), hidden=hidden)


def _undecidable(proposal: Proposal, by: User) -> tuple[Label, Label] | None:
    """Nobody vouches for what he may not see."""
    proposed: Mapping[str, object] = content_of(proposal.correction)["values"]
    hidden = sorted(hidden_fields(proposal.spec, by, proposal.record) & proposed.keys())
    if not hidden:
        return None
    label = proposal.spec.model._meta.get_field(hidden[0]).verbose_name
    return (
        format_lazy(_("Your account may not read “{field}”, which would change."), field=label),
        _("Leave it to those who may read and verify it."),
    )


def _first(spec: RegisterSpec, fault: ValidationError) -> str:
    """The first fault, with the field that it stands at."""
    name, messages = next(iter(fault.message_dict.items()))
    if name not in spec.fields:
        return messages[0]
    return gettext("“%(field)s”: %(fault)s") % {
        "field": label_of(spec.model, name),
        "fault": messages[0],
    }


CORRECT = ProposalKind(
    key="correct",
    label=_("Correction"),
    proposed=PROPOSED_CORRECTION,
    carry_out=_carry_out,
    changes=_changes,
    undecidable=_undecidable,
)
