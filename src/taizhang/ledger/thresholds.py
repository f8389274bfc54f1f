"""The office answers what our defaults stand for: confirmed, changed, set by a county, withdrawn.

Handbook 0.6 says which numbers may be changed, 5.5 what a confirmation names.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taizhang.core.audit.trail import write_audit
from taizhang.core.organisations.models import Area
from taizhang.core.parameters.clock import status_date
from taizhang.ledger.measured import settle
from taizhang.ledger.models import Commitment, Ledger, StaleCommitment, ThresholdAnswer
from taizhang.ledger.permissions import APPROVE
from taizhang.lib.refusal import Refused
from taizhang.measures.commitments import Kind
from taizhang.measures.formula import parse_formula
from taizhang.measures.formula.tree import Parameter

# Handbook 0.6: the notice's own numbers and those of the law change only with them.
CHANGEABLE = frozenset({"default", "practice", "province_target"})
WITHOUT_NUMBER = frozenset({Kind.TREND, Kind.MILESTONE})
MOST = Decimal(10) ** 10 - 1  # what the column holds


class ThresholdRefused(Refused):
    """A threshold was not confirmed, changed or withdrawn."""


@transaction.atomic
def confirm_threshold(
    commitment: Commitment,
    *,
    by,
    source: str,
    value: Decimal | None = None,
    value_to: Decimal | None = None,
    planned: date | None = None,
    area: Area | None = None,
    holds_from: date | None = None,
    note: str = "",
) -> ThresholdAnswer:
    """Confirm a threshold as it is stated, or with another value, range or planned day.

    `source` names the document or says who decided. `area`: what a county has set for itself.
    `holds_from`: windows that end before that day are not touched; None touches all. The figures
    of the commitment follow with the next evaluation. Writes one audit row.

    Raises ThresholdRefused, with nothing kept.
    """
    answer = proposed_answer(
        commitment,
        by=by,
        source=source,
        value=value,
        value_to=value_to,
        planned=planned,
        area=area,
        holds_from=holds_from,
        note=note,
    )
    before = _as_audited(commitment)
    answer.save()
    _follow(commitment)
    write_audit(
        by=by,
        action="confirm_threshold",
        subject="ledger.commitment",
        subject_no=commitment.code,
        changes=_changes(answer, before, _as_audited(commitment)),
        reason=answer.source,
    )
    return answer


@transaction.atomic
def confirm_thresholds(
    commitments: Sequence[Commitment],
    *,
    by,
    source: str,
    holds_from: date | None = None,
    note: str = "",
) -> list[ThresholdAnswer]:
    """Confirm several as they stand now, all of them or none, from one source."""
    return [
        confirm_threshold(each, by=by, source=source, holds_from=holds_from, note=note)
        for each in commitments
    ]


@transaction.atomic
def set_parameter(
    ledger: Ledger,
    name: str,
    *,
    by,
    value: Decimal,
    source: str,
    holds_from: date | None = None,
    note: str = "",
) -> ThresholdAnswer:
    """Give a number that formulas take from the office; the commitments that read it follow.

    Raises ThresholdRefused, with nothing kept.
    """
    answer = proposed_parameter(
        ledger, name, by=by, value=value, source=source, holds_from=holds_from, note=note
    )
    answer.save()
    for commitment in commitments_reading(name):
        StaleCommitment.objects.create(commitment=commitment)
    write_audit(
        by=by,
        action="set_parameter",
        subject="ledger.parameter",
        subject_no=name,
        changes={"value": (ledger.parameters[name], value), "holds_from": (None, holds_from)},
        reason=answer.source,
    )
    return answer


@transaction.atomic
def withdraw_answer(answer: ThresholdAnswer, *, by, reason: str) -> None:
    """Take an answer back: what held without it holds again. It stays in the history.

    Raises ThresholdRefused when it is withdrawn already, or without a reason.
    """
    answer.refresh_from_db(from_queryset=ThresholdAnswer.objects.select_for_update())
    not_withdrawn = _("The answer was not withdrawn.")
    _check_permission(by, not_withdrawn)
    if answer.is_withdrawn:
        raise ThresholdRefused(
            not_withdrawn, _("It is withdrawn already."), _("Look at its history.")
        )
    if not reason.strip():
        raise ThresholdRefused(not_withdrawn, _("A reason is missing."), _("Say why it falls."))
    answer.withdrawn_by, answer.withdrawn_at = by, timezone.now()
    answer.withdrawn_because = reason.strip()[:300]
    answer.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    commitment = answer.commitment
    before = _as_audited(commitment) if commitment else {}
    if commitment is not None:
        _follow(commitment)
    for reader in commitments_reading(answer.parameter):
        StaleCommitment.objects.create(commitment=reader)
    write_audit(
        by=by,
        action="withdraw_threshold",
        subject="ledger.commitment" if commitment else "ledger.parameter",
        subject_no=commitment.code if commitment else answer.parameter,
        changes=_changes(answer, before, _as_audited(commitment) if commitment else {}),
        reason=answer.withdrawn_because,
    )


def proposed_answer(
    commitment: Commitment,
    *,
    by,
    source: str,
    value: Decimal | None = None,
    value_to: Decimal | None = None,
    planned: date | None = None,
    area: Area | None = None,
    holds_from: date | None = None,
    note: str = "",
) -> ThresholdAnswer:
    """The answer that `confirm_threshold` would keep, not saved: for looking at what follows.

    What is not given stays as it holds now. Raises ThresholdRefused.
    """
    _check_permission(by, _NOT_CONFIRMED)
    _check_source(source)
    _check_changeable(commitment)
    if Kind(commitment.kind) not in WITHOUT_NUMBER:
        value_to = commitment.target_to if value is None and value_to is None else value_to
        value = commitment.target if value is None else value
        _check_value(commitment, value, value_to)
    elif value is not None or value_to is not None:
        raise _refused(
            _("This commitment has no number of its own."), _("Confirm it as it stands.")
        )
    if commitment.kind == Kind.MILESTONE:
        planned = planned or commitment.planned
    elif planned is not None:
        raise _refused(_("Only a milestone has a planned day."), _("Give a number instead."))
    _check_area(commitment, area)
    return ThresholdAnswer(
        ledger=commitment.item.ledger,
        commitment=commitment,
        area=area,
        value=value,
        value_to=value_to,
        planned=planned,
        stated_value=commitment.stated_target,
        stated_value_to=commitment.stated_target_to,
        stated_planned=commitment.stated_planned,
        source=source.strip()[:300],
        note=note.strip()[:300],
        holds_from=holds_from,
        by=by,
        at=timezone.now(),
    )


def proposed_parameter(
    ledger: Ledger,
    name: str,
    *,
    by,
    value: Decimal,
    source: str,
    holds_from: date | None = None,
    note: str = "",
) -> ThresholdAnswer:
    """The answer that `set_parameter` would keep, not saved. Raises ThresholdRefused."""
    _check_permission(by, _NOT_CONFIRMED)
    _check_source(source)
    if name not in ledger.parameters:
        raise _refused(
            _("The ledger has no parameter of this name."), _("Look its name up on the page.")
        )
    if not 0 < value <= MOST:
        raise _refused(_("The value must be more than zero."), _("Correct the value."))
    stated = ledger.parameters[name]
    return ThresholdAnswer(
        ledger=ledger,
        parameter=name,
        value=value,
        stated_value=None if stated is None else Decimal(stated),
        source=source.strip()[:300],
        note=note.strip()[:300],
        holds_from=holds_from,
        by=by,
        at=timezone.now(),
    )


def commitments_reading(parameter: str) -> list[Commitment]:
    """The commitments in force that are divided by the parameter; none for an empty name."""
    if not parameter:
        return []
    rows = Commitment.objects.in_force().filter(denominator__contains=parameter)
    return [row for row in rows if parse_formula(row.denominator) == Parameter(parameter)]


def unconfirmed_count(ledger: Ledger) -> int:
    """How many commitments of a ledger rest on a default that the office has not confirmed."""
    rows = Commitment.objects.filter(item__ledger=ledger)
    return rows.filter(threshold_source="default", confirmed_at=None).count()


_NOT_CONFIRMED = _("The threshold was not confirmed.")


def _refused(why: Promise, then: Promise) -> ThresholdRefused:
    return ThresholdRefused(_NOT_CONFIRMED, why, then)


def _check_permission(by, what: Promise) -> None:
    if by is None or not by.holds(APPROVE):
        raise ThresholdRefused(
            what,
            _("This account may not confirm thresholds."),
            _("The General Office and the leaders in charge may."),
        )


def _check_source(source: str) -> None:
    if not source.strip():
        raise _refused(
            _("The source is missing."), _("Give the document number, or who decided it when.")
        )


def _check_changeable(commitment: Commitment) -> None:
    if commitment.threshold_source not in CHANGEABLE:
        raise _refused(
            _("The number stands in the notice or in the law."),
            _("It changes only with a new notice or when the law changes."),
        )


def _check_value(commitment: Commitment, value: Decimal, value_to: Decimal | None) -> None:
    most = Decimal(100) if commitment.unit_en == "%" else MOST
    if not 0 <= value <= most or (value_to is not None and value_to > most):
        raise _refused(_("The value lies outside what its unit allows."), _("Correct the value."))
    is_range = commitment.kind == Kind.RANGE
    if is_range and (value_to is None or value_to < value):
        raise _refused(_("A range needs a lower and an upper value."), _("Correct the range."))
    if not is_range and value_to is not None:
        raise _refused(_("Only a range has an upper value."), _("Leave the upper value empty."))


def _check_area(commitment: Commitment, area: Area | None) -> None:
    if area is None:
        return
    if Kind(commitment.kind) in WITHOUT_NUMBER:
        raise _refused(
            _("An area sets a number for itself, and this commitment has none."),
            _("Confirm it for the whole city."),
        )
    if area.is_city:
        raise _refused(
            _("The target of the city is that of the ledger."), _("Leave the area empty.")
        )


def _follow(commitment: Commitment) -> None:
    """What holds today stands on the commitment at once; its figures come with the evaluation."""
    if settle(commitment, commitment.answers.filter(area=None), status_date()):
        commitment.save(
            update_fields=["target", "target_to", "planned", "confirmed_by", "confirmed_at"]
        )
    StaleCommitment.objects.create(commitment=commitment)


def _as_audited(commitment: Commitment) -> dict[str, object]:
    return {
        "target": commitment.target,
        "target_to": commitment.target_to,
        "planned": commitment.planned,
        "confirmed": commitment.is_confirmed,
    }


def _changes(
    answer: ThresholdAnswer, before: dict[str, object], after: dict[str, object]
) -> dict[str, tuple[object, object]]:
    """What the answer says, and what it changed of what holds."""
    said = {
        "answer": (None, answer.pk),
        "area": (None, answer.area_id),
        "value": (answer.stated_value, answer.value),
        "value_to": (answer.stated_value_to, answer.value_to),
        "holds_from": (None, answer.holds_from),
    }
    changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    return {name: pair for name, pair in said.items() if pair != (None, None)} | changed
