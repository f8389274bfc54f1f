"""A commitment goes: out of the pack, or withdrawn by the office that wrote it."""

from collections.abc import Iterable

from taizhang.ledger.models import (
    AssessmentRow,
    Clause,
    Commitment,
    FigureRow,
    StaleCommitment,
)


def retire(rows: Iterable[Commitment], mark: str) -> None:
    """Their answers and their history stay; what stands for the present goes.

    `mark`: the version of the pack that has them no more, or `WITHDRAWN`.
    """
    gone = [row.pk for row in rows]
    # The mark first: an evaluation that keeps their figures just now is through before they go.
    Commitment.objects.filter(pk__in=gone).update(retired_in=mark)
    for model in (FigureRow, AssessmentRow, Clause, StaleCommitment):
        model.objects.filter(commitment__in=gone).delete()
