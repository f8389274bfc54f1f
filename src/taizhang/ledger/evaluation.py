"""Computing the ledgers in force and keeping their figures: all, or what changed facts touch."""

import fcntl
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from taizhang.core.parameters.clock import status_date
from taizhang.ledger.changes import kept_figures, note_changes
from taizhang.ledger.current import CurrentLedger, current_ledger
from taizhang.ledger.measured import settle_thresholds
from taizhang.ledger.models import (
    AssessmentRow,
    Commitment,
    EvaluationRun,
    FigureRow,
    Item,
    ItemVerdict,
    StaleCommitment,
    StaleRegister,
)
from taizhang.measures.commitments import Assessment, Evaluation, Figure, Modality, Verdict
from taizhang.measures.evaluate import evaluate
from taizhang.measures.reads import registers_read
from taizhang.measures.snapshot import Snapshot
from taizhang.measures.verdicts import item_verdict
from taizhang.registers.snapshots import take_snapshot


def mark_register(slug: str) -> None:
    """Note in the fact's own transaction that a register changed (see `registers.staleness`)."""
    StaleRegister.objects.create(register=slug)


def compute(as_of: date | None = None) -> tuple[CurrentLedger, Evaluation, Snapshot]:
    """All ledgers in force over the facts as they stand now, on any status date; keeps nothing."""
    snapshot, today = current_snapshot()
    day = as_of or today
    current = current_ledger(day)
    return current, _evaluate(current, snapshot, day), snapshot


def current_snapshot() -> tuple[Snapshot, date]:
    """A snapshot of the facts as they stand now, and the status date.

    The marks of changed registers stay: the kept figures still wait for their run.
    """
    stale = set(StaleRegister.objects.values_list("register", flat=True))
    return take_snapshot(settings.SNAPSHOT_DIR, changed=stale), status_date()


def evaluate_ledger() -> EvaluationRun:
    """Compute all ledgers in force on the status date and keep the figures."""
    return _run(_marks(), everything=True)


def evaluate_stale() -> EvaluationRun | None:
    """Compute what changed facts and thresholds touch; None when nothing has changed.

    Everything is computed when there is no run yet, when the status date has moved on, and when
    the current ledger has another version.
    """
    marks = _marks()
    last = (
        EvaluationRun.objects.filter(ledger__is_current=True)
        .select_related("ledger")
        .order_by("-pk")
        .first()
    )
    if last is None or (last.as_of, last.ledger_version) != (status_date(), last.ledger.version):
        return _run(marks, everything=True)
    return _run(marks, everything=False) if marks else None


@dataclass(frozen=True)
class _Marks:
    """What is marked as changed, by mark: what is computed and what is removed are one."""

    registers: Mapping[int, str]
    commitments: Mapping[int, str]

    def __bool__(self) -> bool:
        return bool(self.registers or self.commitments)

    def remove(self) -> None:
        StaleRegister.objects.filter(pk__in=self.registers).delete()
        StaleCommitment.objects.filter(pk__in=self.commitments).delete()


def _marks() -> _Marks:
    return _Marks(
        dict(StaleRegister.objects.values_list("pk", "register")),
        dict(StaleCommitment.objects.values_list("pk", "commitment__code")),
    )


def _run(marks: _Marks, *, everything: bool) -> EvaluationRun:
    """Marks set after `marks` was read are not seen by this run, and stay for the next."""
    with _one_run_at_a_time():
        started = time.perf_counter()
        changed = None if everything else set(marks.registers.values())
        day = status_date()
        current = current_ledger(day)
        snapshot = take_snapshot(settings.SNAPSHOT_DIR, changed)
        only = None
        if changed is not None:
            only = _touched(current, changed) | set(marks.commitments.values())
        result = _evaluate(current, snapshot, day, only)
        with transaction.atomic():
            if everything:
                settle_thresholds(day)
            before = kept_figures(only)
            _keep(result)
            marks.remove()
            run = EvaluationRun.objects.create(
                ledger=current.row,
                ledger_version=current.row.version,
                as_of=day,
                snapshot=snapshot.id,
                milliseconds=round((time.perf_counter() - started) * 1000),
            )
            note_changes(run, before, only)
            return run


@contextmanager
def _one_run_at_a_time() -> Iterator[None]:
    """A run that began earlier must not put its older figures over those of a later one."""
    settings.SNAPSHOT_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.SNAPSHOT_DIR / "RUN").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _touched(current: CurrentLedger, changed: Collection[str]) -> frozenset[str]:
    reads = registers_read(current.measures, current.catalogue)
    return frozenset(code for code, slugs in reads.items() if not slugs.isdisjoint(changed))


def _evaluate(
    current: CurrentLedger,
    snapshot: Snapshot,
    day: date,
    only: Collection[str] | None = None,
) -> Evaluation:
    return evaluate(current.measures, current.catalogue, current.areas, snapshot, day, only)


def _keep(result: Evaluation) -> None:
    """Replace the figures of the commitments computed, and the verdicts of their items.

    What was retired in the meantime is left out; what is to be retired waits until they are kept.
    """
    rows_in_force = Commitment.objects.in_force().select_related("item")
    commitments = {row.code: row for row in rows_in_force.select_for_update(of=("self",))}
    computed = {figure.code for figure in result.figures} & commitments.keys()
    rows = [commitments[code].pk for code in computed]
    FigureRow.objects.filter(commitment__in=rows).delete()
    AssessmentRow.objects.filter(commitment__in=rows).delete()
    FigureRow.objects.bulk_create(
        (
            figure_row(commitments[figure.code], figure)
            for figure in result.figures
            if figure.code in computed
        ),
        batch_size=1000,
    )
    AssessmentRow.objects.bulk_create(
        (
            _assessment_row(commitments[each.code], each)
            for each in result.assessments
            if each.code in computed
        ),
        batch_size=1000,
    )
    touched = {commitments[code].item_id for code in computed}
    keep_item_verdicts(Item.objects.filter(pk__in=touched))


def keep_item_verdicts(items: Iterable[Item]) -> None:
    """The verdict of each item in each area, from all its figures (handbook 0.7)."""
    found: dict[tuple[int, str], list[tuple[Modality, Verdict]]] = defaultdict(list)
    figures = FigureRow.objects.filter(commitment__item__in=items).values_list(
        "commitment__item", "area", "commitment__modality", "verdict"
    )
    for item, area, modality, verdict in figures:
        found[item, area].append((Modality(modality), Verdict(verdict)))
    ItemVerdict.objects.filter(item__in=items).delete()
    ItemVerdict.objects.bulk_create(
        (
            ItemVerdict(item_id=item, area_id=area, verdict=item_verdict(parts))
            for (item, area), parts in sorted(found.items())
        ),
        batch_size=1000,
    )


def figure_row(commitment: Commitment, figure: Figure) -> FigureRow:
    """The figure as it is kept, not saved."""
    target, target_to = figure.target if isinstance(figure.target, tuple) else (figure.target, None)
    return FigureRow(
        commitment=commitment,
        area_id=figure.area,
        window=figure.window,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        target=target,
        target_to=target_to,
        owed=figure.owed,
        met=figure.met,
        no_data=figure.no_data,
        verdict=figure.verdict,
        flags=[flag.value for flag in figure.flags],
        reason=figure.reason[:300],
    )


def _assessment_row(commitment: Commitment, each: Assessment) -> AssessmentRow:
    target = each.target[0] if isinstance(each.target, tuple) else each.target
    return AssessmentRow(
        commitment=commitment,
        subject=each.unit.subject,
        key=each.unit.key,
        area_id=each.area,
        window=each.window.label,
        numerator=each.numerator,
        denominator=each.denominator,
        value=each.value,
        target=target,
        verdict=each.verdict,
        flags=[flag.value for flag in each.flags],
    )
