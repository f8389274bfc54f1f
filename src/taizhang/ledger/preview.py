"""What would follow from an answer, before it is given: the verdict of each area now and then."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from taizhang.core.organisations.models import Area
from taizhang.ledger.current import CurrentLedger, current_ledger
from taizhang.ledger.models import EvaluationRun, ThresholdAnswer
from taizhang.ledger.thresholds import commitments_reading
from taizhang.measures.evaluate import evaluate
from taizhang.measures.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class AreaPreview:
    area: Area
    now: str
    then: str

    @property
    def changes(self) -> bool:
        return self.now != self.then


def preview(
    answers: Sequence[ThresholdAnswer], run: EvaluationRun
) -> Mapping[str, list[AreaPreview]]:
    """By commitment code the verdict of each area without and with the answers; keeps nothing.

    Both are computed from the facts and on the day of the last run. Raises SnapshotError when its
    snapshot is not kept any more.
    """
    codes = {code for answer in answers for code in _codes(answer)}
    snapshot = Snapshot.open(settings.SNAPSHOT_DIR, run.snapshot)
    now = _verdicts(current_ledger(run.as_of), snapshot, run, codes)
    then = _verdicts(current_ledger(run.as_of, answers), snapshot, run, codes)
    areas = list(Area.objects.order_by("code"))
    return {
        code: [
            AreaPreview(area, now[code, area.code], then[code, area.code])
            for area in areas
            if (code, area.code) in now
        ]
        for code in codes
    }


def _codes(answer: ThresholdAnswer) -> list[str]:
    if answer.commitment is not None:
        return [answer.commitment.code]
    return [row.code for row in commitments_reading(answer.parameter)]


def _verdicts(
    current: CurrentLedger, snapshot: Snapshot, run: EvaluationRun, codes: Collection[str]
) -> dict[tuple[str, str], str]:
    result = evaluate(
        current.measures, current.catalogue, current.areas, snapshot, run.as_of, codes
    )
    return {(figure.code, figure.area): figure.verdict.value for figure in result.figures}
