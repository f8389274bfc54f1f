"""What a computation changed in the kept figures: noted with the run that found it."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from taizhang.ledger.models import EvaluationRun, FigureChange, FigureRow

# The commitment and the area of a figure; its window, verdict and value.
Place = tuple[int, str]
Kept = tuple[str, str, Decimal | None]


def kept_figures(only: Collection[str] | None = None) -> Mapping[Place, Kept]:
    """The figures of the ledgers in force as they are kept now, in one query.

    `only` of these codes.
    """
    rows = FigureRow.objects.filter(commitment__item__ledger__is_in_force=True)
    if only is not None:
        rows = rows.filter(commitment__code__in=only)
    found = rows.values_list("commitment", "area", "window", "verdict", "value")
    return {(commitment, area): (*figure,) for commitment, area, *figure in found}


def note_changes(
    run: EvaluationRun, before: Mapping[Place, Kept], only: Collection[str] | None = None
) -> None:
    """Keep what differs from the figures `before` the run: the verdict, the value, or both.

    A figure that was not there before has not changed, nor has one that says the same of another
    window.
    """
    now = kept_figures(only)
    FigureChange.objects.bulk_create(
        (
            _change(run, place, before[place], figure)
            for place, figure in now.items()
            if place in before and before[place][1:] != figure[1:]
        ),
        batch_size=500,
    )


def _change(run: EvaluationRun, place: Place, old: Kept, new: Kept) -> FigureChange:
    commitment, area = place
    return FigureChange(
        commitment_id=commitment,
        area_id=area,
        run=run,
        at=run.finished_at,
        old_window=old[0],
        window=new[0],
        old_verdict=old[1],
        verdict=new[1],
        old_value=old[2],
        value=new[2],
    )
