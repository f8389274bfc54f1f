"""The kind `merge`: two records of one body become one, and all that refers to either goes on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.core.organisations.lineage import ancestors_of
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.authority import hidden_fields, permits
from taizhang.registers.corrections.correcting import (
    NOT_ACCEPTED,
    REFUSE_INSTEAD,
    field_changes,
    still_valid,
)
from taizhang.registers.corrections.kinds import Proposal, ProposalKind
from taizhang.registers.corrections.payload import content_of
from taizhang.registers.display import separator
from taizhang.registers.guards import OUTSIDE_REACH
from taizhang.registers.history import MERGED, PROPOSED_MERGE, Change
from taizhang.registers.merging.finder import own_lines
from taizhang.registers.merging.models import Merged
from taizhang.registers.merging.moves import by_register, carry, carry_roles, conflicts, moves_of
from taizhang.registers.referring import registers_reading
from taizhang.registers.refusals import TransitionRefused
from taizhang.registers.saving import Checked
from taizhang.registers.spec import REGISTERS, Label, RegisterSpec
from taizhang.registers.staleness import mark_stale
from taizhang.registers.values import Values, lists_of

NAMED = 8


@dataclass(frozen=True, slots=True)
class Merger:
    """`survivor` stands on; `taken` are the fields in which it takes the value of the loser."""

    proposal: Proposal
    survivor: Record
    taken: Collection[str]

    @property
    def spec(self) -> RegisterSpec:
        return self.proposal.spec

    @property
    def loser(self) -> Record:
        return self.proposal.record

    def values(self) -> dict[str, object]:
        """The values that the survivor takes over."""
        lists = lists_of(self.spec)
        return {
            name: list(getattr(self.loser, name).all())
            if name in lists
            else getattr(self.loser, name)
            for name in self.taken
        }


def merger_of(proposal: Proposal, *, lock: bool = False) -> Merger:
    """What a proposal of the kind asks for, with the survivor as it stands now."""
    content = content_of(proposal.correction)
    rows = proposal.spec.model.objects
    survivor = (rows.select_for_update() if lock else rows).get(pk=content["survivor"])
    return Merger(proposal, survivor, tuple(content["taken"]))


def merge(merger: Merger, *, by: User) -> None:
    """Make one record of two, in the transaction of whoever calls.

    Raises TransitionRefused when one stands above the other, when rows that refer to the loser
    could not refer to the survivor, and when the survivor would break a rule.
    """
    spec, loser, survivor = merger.spec, merger.loser, merger.survivor
    expect_apart(spec, loser, survivor, NOT_ACCEPTED)
    values = merger.values()
    reading = set(registers_reading(spec, loser))
    moves = moves_of(loser, survivor, lock=True)
    _expect_no_conflicts(conflicts(moves, loser, survivor))
    _end_loser(merger, values.keys(), by=by)
    _go_on(merger, values, by=by)
    reason = merger.proposal.correction.reason
    for move in moves:
        carry(move, loser, survivor, by=by, reason=reason)
    carry_roles(loser, survivor, by=by, reason=reason)
    Merged.objects.filter(register=spec.slug, survivor=loser.pk).update(survivor=survivor.pk)
    Merged.objects.create(register=spec.slug, loser=loser.pk, survivor=survivor.pk)
    for slug in {spec.slug, *reading, *(move.spec.slug for move in moves)}:
        mark_stale(slug)


def expect_apart(spec: RegisterSpec, loser: Record, survivor: Record, what: Label) -> None:
    """Neither names the other, at any distance, by a line such as parent or successor.

    Raises TransitionRefused.
    """
    for field in own_lines(spec):
        line = dict(spec.model.objects.values_list("pk", field.attname))
        for below, above in ((loser, survivor), (survivor, loser)):
            if above.pk in ancestors_of(line, below.pk):
                raise TransitionRefused(
                    what,
                    format_lazy(
                        _("“{above}” stands above “{below}” as “{line}”; they are two bodies."),
                        above=above,
                        below=below,
                        line=field.verbose_name,
                    ),
                    _("If that line is wrong, correct it first."),
                )


def _expect_no_conflicts(found: Sequence[str]) -> None:
    if not found:
        return
    more = _(" and more") if len(found) > NAMED else ""
    raise TransitionRefused(
        NOT_ACCEPTED,
        format_lazy(
            _("What refers to the one cannot refer to the other: {conflicts}{more}"),
            conflicts=" ".join(found[:NAMED]),
            more=more,
        ),
        _("Correct these records or make them void, then merge."),
    )


def _end_loser(merger: Merger, taken: Collection[str], *, by: User) -> None:
    """Void, with the survivor's code where the survivor takes its own: both stay known by one."""
    spec, loser, survivor = merger.spec, merger.loser, merger.survivor
    swapped = {name: getattr(survivor, name) for name in _unique(spec) if name in taken}
    for name in swapped:
        # Neither row may hold a code while it changes hands.
        spec.model.objects.filter(pk=survivor.pk).update(**{name: f"~{survivor.pk}"})
        setattr(loser, name, swapped[name])
    loser.record_status = RecordStatus.VOID
    loser.version += 1
    Checked(spec, loser, {}, {}).save()
    write_audit(
        by=by,
        action=MERGED,
        subject=spec.key,
        subject_no=loser.record_no,
        changes={
            "record_status": (RecordStatus.VERIFIED.value, RecordStatus.VOID.value),
            "merged_into": (None, survivor.record_no),
        },
        reason=merger.proposal.correction.reason,
    )


def _go_on(merger: Merger, values: Values, *, by: User) -> None:
    """The survivor with what it takes over, by all rules."""
    spec, loser, survivor = merger.spec, merger.loser, merger.survivor
    if survivor.owner_org_id == loser.pk and type(loser) is type(survivor.owner_org):
        survivor.owner_org = survivor
    standing = Proposal(merger.proposal.correction, spec, survivor)
    going_on = still_valid(standing, values)
    survivor.version += 1
    going_on.save()
    write_audit(
        by=by,
        action=MERGED,
        subject=spec.key,
        subject_no=survivor.record_no,
        changes={**going_on.changes, "merged": (None, loser.record_no)},
        reason=merger.proposal.correction.reason,
    )


def _unique(spec: RegisterSpec) -> Iterator[str]:
    fields = (spec.model._meta.get_field(name) for name in spec.fields)
    return (field.name for field in fields if field.unique)


def _carry_out(proposal: Proposal, by: User) -> None:
    merger = merger_of(proposal, lock=True)
    version = content_of(proposal.correction)["survivor_version"]
    survivor = merger.survivor
    if survivor.version != version or survivor.record_status != RecordStatus.VERIFIED:
        raise TransitionRefused(
            NOT_ACCEPTED,
            format_lazy(
                _("“{record}” ({number}) was changed after the proposal was made."),
                record=survivor,
                number=survivor.record_no,
            ),
            REFUSE_INSTEAD,
        )
    merge(merger, by=by)


def _changes(proposal: Proposal, by: User) -> Sequence[Change]:
    """What the survivor is, what it takes over, and how many rows follow."""
    merger = merger_of(proposal)
    hidden = _hidden(merger, by)
    survivor = f"{merger.survivor}（{merger.survivor.record_no}）"
    moved = by_register(moves_of(merger.loser, merger.survivor))
    rows = separator().join(f"{REGISTERS[slug].label} {count}" for slug, count in moved.items())
    return (
        Change(gettext("Goes on as"), f"{merger.loser}（{merger.loser.record_no}）", survivor),
        *field_changes(merger.spec, merger.survivor, merger.values(), hidden=hidden),
        Change(gettext("Records that follow"), "", rows),
    )


def _undecidable(proposal: Proposal, by: User) -> tuple[Label, Label] | None:
    """Both records must lie within the reach, and nobody vouches for what he may not see."""
    merger = merger_of(proposal)
    if not permits(by, merger.spec.permission("verify"), merger.survivor):
        return OUTSIDE_REACH
    hidden = sorted(_hidden(merger, by) & set(merger.taken))
    if not hidden:
        return None
    label = capfirst(merger.spec.model._meta.get_field(hidden[0]).verbose_name)
    return (
        format_lazy(_("Your account may not read “{field}”, which would change."), field=label),
        _("Leave it to those who may read and verify it."),
    )


def _hidden(merger: Merger, by: User) -> frozenset[str]:
    """What the account may not read in one of the two: either value would show."""
    loser, survivor = merger.loser, merger.survivor
    return hidden_fields(merger.spec, by, loser) | hidden_fields(merger.spec, by, survivor)


MERGE = ProposalKind(
    key="merge",
    label=_("Merging of a duplicate"),
    proposed=PROPOSED_MERGE,
    carry_out=_carry_out,
    changes=_changes,
    undecidable=_undecidable,
)
