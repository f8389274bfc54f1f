"""What one organisation owes by itself: every commitment that asks something of it, worst first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Organisation
from taizhang.core.records.models import Record
from taizhang.ledger.asking import asked, asked_if_kept
from taizhang.ledger.deadlines import SETTLED, Deadline, deadline
from taizhang.ledger.explanation import (
    RecordLine,
    nearest_lines,
    register_label,
    tells_hidden_values,
)
from taizhang.ledger.figures import target_text, window_text
from taizhang.ledger.models import AssessmentRow, Commitment, EvaluationRun
from taizhang.ledger.next_step import NextStep, next_step
from taizhang.measures.commitments import Unit, Verdict
from taizhang.measures.explanation import Asked
from taizhang.registers.display import masked
from taizhang.ui.components import number

WORST_FIRST = (
    Verdict.ERROR,
    Verdict.UNMET,
    Verdict.BEHIND,
    Verdict.NO_DATA,
    Verdict.ON_PACE,
    Verdict.NOT_DUE,
    Verdict.MET,
    Verdict.NOT_QUANTIFIED,
    Verdict.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Owed:
    """A commitment that asks something of a unit, in words.

    `unit` is "" where it is the organisation itself. `value` is "" where the unit only has or
    lacks what is asked, and masked where the viewer may not read what it is made of. `nearest`
    are the records that come nearest to counting; where there is none at all, `no_record_in` names
    the register. `step` is the form that enters what is missing,
    None where nothing is, or where the viewer does not enter it.
    """

    commitment: Commitment
    unit: str | Promise
    verdict: Verdict
    value: str
    target: str
    window: str
    due: Deadline | None
    nearest: Sequence[RecordLine]
    no_record_in: str
    step: NextStep | None


@dataclass(frozen=True, slots=True)
class _Party:
    """A unit that the organisation answers for; `record` None: an area."""

    unit: Unit
    label: str | Promise
    record: Record | None


def is_looked_up(row: Organisation, run: EvaluationRun) -> bool:
    """Whether `owed_by` can answer at once."""
    return asked_if_kept(run, _units(_parties(row))) is not None


def owed_by(row: Organisation, run: EvaluationRun, user: User, day: date) -> Sequence[Owed]:
    """What the organisation owes; a local federation also stands for its area.

    Where a union has one employing unit, what that one owes is the union's to see to as well.
    """
    parties = list(_parties(row))
    judged = [one for party in parties for one in _judged(party, user, day)]
    shares = list(_shares(run, parties, user, day))
    return sorted([*judged, *shares], key=_place)


def _parties(row: Organisation) -> Iterator[_Party]:
    yield _Party(Unit("org", str(row.pk)), "", row)
    if row.is_local_federation:
        yield _Party(Unit("area", row.region_id), _("the area"), None)
    employers = list(row.employer.verified()[:2])
    if len(employers) == 1:
        yield _Party(Unit("employer", str(employers[0].pk)), _("the employing unit"), employers[0])


def _units(parties: Iterable[_Party]) -> list[Unit]:
    """Areas are never counted one by one in a share."""
    return [party.unit for party in parties if party.record is not None]


def _judged(party: _Party, user: User, day: date) -> Iterator[Owed]:
    """The commitments that judge the unit alone."""
    rows = AssessmentRow.objects.filter(
        subject=party.unit.subject,
        key=party.unit.key,
        commitment__item__ledger__is_in_force=True,
    )
    for each in rows.select_related("commitment__item__ledger"):
        commitment, verdict = each.commitment, Verdict(each.verdict)
        yield Owed(
            commitment=commitment,
            unit=party.label,
            verdict=verdict,
            value=_value(each, party, user),
            target=target_text(commitment),
            window=window_text(commitment, each.window),
            due=deadline(each.window, commitment.planned, verdict, day),
            nearest=(),
            no_record_in="",
            step=_step(commitment, verdict, party, user),
        )


def _shares(run: EvaluationRun, parties: Sequence[_Party], user: User, day: date) -> Iterator[Owed]:
    """The commitments that judge a share of all, in which the unit is one."""
    found = {each.code: each for each in asked(run, _units(parties))}
    rows = Commitment.objects.in_force().filter(code__in=found)
    for commitment in rows.select_related("item__ledger"):
        each = found[commitment.code]
        party = _party_of(each, parties)
        yield Owed(
            commitment=commitment,
            unit=party.label,
            verdict=each.verdict,
            value="",
            target=str(pgettext_lazy("what is asked of one unit", "to be there")),
            window=window_text(commitment, each.window.label),
            due=deadline(each.window.label, commitment.planned, each.verdict, day),
            nearest=[] if tells_hidden_values(commitment, user) else _nearest(each, user),
            no_record_in=next((register_label(one.no_record_in) for one in each.lacking), ""),
            step=_step(commitment, each.verdict, party, user),
        )


def _party_of(each: Asked, parties: Sequence[_Party]) -> _Party:
    """Whom the share counts: the employing unit when its things are those, else the union."""
    by_subject = {party.unit.subject: party for party in parties}
    return by_subject.get(each.subject, parties[0])


def _nearest(each: Asked, user: User) -> Sequence[RecordLine]:
    return [line for subject in each.lacking for line in nearest_lines(subject.nearest, user)]


def _step(commitment: Commitment, verdict: Verdict, party: _Party, user: User) -> NextStep | None:
    if verdict in SETTLED:
        return None
    area = party.unit.key if party.record is None else ""
    return next_step(commitment, user, area, party.record)


def _value(each: AssessmentRow, party: _Party, user: User) -> str:
    if party.record is not None and tells_hidden_values(each.commitment, user, party.record):
        return masked(number(each.value))
    return number(each.value)


def _place(each: Owed) -> tuple[int, str, int, int]:
    """The worst first; among the same those of the current ledger, which has no prefix."""
    commitment, item = each.commitment, each.commitment.item
    return WORST_FIRST.index(each.verdict), item.ledger.prefix, item.number, commitment.position
