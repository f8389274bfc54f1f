"""The figures of a commitment in the windows before, from the facts as they are known now.

They are computed when somebody looks, by the formulas of the version in force and the answers
that held then, and kept until the next run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.cache import cache

from taizhang.ledger.current import CurrentLedger, current_ledger
from taizhang.ledger.models import EvaluationRun
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Commitment, Figure, Verdict
from taizhang.measures.evaluate import evaluate
from taizhang.measures.formula import FormulaError
from taizhang.measures.past import Past, days_before, past_of
from taizhang.measures.periods import place, rows_by
from taizhang.measures.snapshot import Snapshot, SnapshotError

WINDOWS = 8
_KEPT_SECONDS = 24 * 60 * 60
# Their windows are not the calendar's: a point of the trend is named by the day it is read on.
NAMED_BY_DAY = (Period.POINT_IN_TIME, Period.TERM, Period.FIVE_YEAR)


@dataclass(frozen=True, slots=True)
class Point:
    """One window before, read on its last day; `figures` by area, none where it is unknown."""

    label: str
    day: date
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trend:
    """`points` from the latest to the earliest; `past` says how far back the registers reach."""

    points: Sequence[Point]
    past: Past


def trend_if_kept(run: EvaluationRun, code: str) -> Trend | None:
    """The trend, when it has been computed already; else None."""
    return cache.get(_key(run, code))


def trend(run: EvaluationRun, code: str) -> Trend:
    """The windows before the present one, at most `WINDOWS`, from the snapshot of a run.

    Of those before the registers reach back one is kept, as unknown. Nothing where the snapshot is
    not kept any more, and where nothing is counted.
    """
    found = trend_if_kept(run, code)
    if found is None:
        found = _look_back(run, code)
        cache.set(_key(run, code), found, _KEPT_SECONDS)
    return found


def _look_back(run: EvaluationRun, code: str) -> Trend:
    current = current_ledger(run.as_of)
    commitment = next(each for each in current.measures.commitments if each.code == code)
    try:
        snapshot = Snapshot.open(settings.SNAPSHOT_DIR, run.snapshot)
        past = past_of(commitment, current.measures, current.catalogue, snapshot)
    except (SnapshotError, FormulaError):
        return Trend((), Past(None))
    return Trend(tuple(_points(current, commitment, snapshot, run.as_of, past)), past)


def _points(
    current: CurrentLedger, commitment: Commitment, snapshot: Snapshot, as_of: date, past: Past
) -> list[Point]:
    found: list[Point] = []
    for day in days_before(commitment, as_of, WINDOWS):
        label = _label(commitment, day)
        if not past.reaches(day):
            found.append(Point(label, day))
            break
        figures = _figures(current_ledger(day), commitment.code, snapshot, day)
        is_known = any(each.verdict is not Verdict.NO_DATA for each in figures.values())
        found.append(Point(label, day, figures if is_known else {}))
    while len(found) > 1 and not (found[-1].figures or found[-2].figures):
        found.pop()
    return found


def _figures(then: CurrentLedger, code: str, snapshot: Snapshot, day: date) -> Mapping[str, Figure]:
    result = evaluate(then.measures, then.catalogue, then.areas, snapshot, day, (code,))
    return {figure.area: figure for figure in result.figures}


def _label(commitment: Commitment, day: date) -> str:
    if commitment.period in NAMED_BY_DAY:
        return day.isoformat()
    return place(commitment.period, rows_by(commitment.by), day).window.label


def _key(run: EvaluationRun, code: str) -> str:
    """Another run has another key, so nothing old is ever shown for new."""
    return f"trend-{run.pk}-{run.finished_at.timestamp()}-{code}"
