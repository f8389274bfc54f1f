"""A commitment computed before it is published, on the snapshot of the last run; keeps nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area
from taizhang.ledger.board import latest_run
from taizhang.ledger.current import CurrentLedger, current_ledger
from taizhang.ledger.evaluation import current_snapshot, figure_row
from taizhang.ledger.explanation import Lines, lacking_lines, record_lines, tells_hidden_values
from taizhang.ledger.figures import ShownFigure
from taizhang.ledger.measured import measure_of
from taizhang.ledger.models import Commitment
from taizhang.measures.commitments import Ledger
from taizhang.measures.evaluate import evaluate
from taizhang.measures.explain import explain
from taizhang.measures.snapshot import Snapshot, SnapshotError

_SHOWN = 10
_POPULATION = "?"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a commitment comes to in every area, the city first, and what lies behind it there.

    `counted` and `lacking` are the first records that count and units that lack one, as far as
    the viewer may see them; None where the formula counts nothing.
    """

    day: date
    snapshot: str
    figures: Sequence[tuple[Area, ShownFigure]]
    counted: Lines | None
    lacking: Lines | None

    @property
    def city(self) -> ShownFigure:
        return self.figures[0][1]

    @property
    def refusal(self) -> str:
        """Why it cannot be computed, "" where it can."""
        return next((each.reason for _area, each in self.figures if each.verdict == "error"), "")


def compute_trial(row: Commitment, *, by: User) -> Trial:
    """What the commitment, saved or not, comes to on the facts of the last run.

    Raises NoLedger where there is no current ledger.
    """
    snapshot, day = _facts()
    current = current_ledger(day)
    alone = Ledger(
        (measure_of(row, _named(row)),),
        {_named(row): row.population_definition},
        current.measures.parameters,
    )
    result = evaluate(alone, current.catalogue, current.areas, snapshot, day)
    figures = {figure.area: figure_row(row, figure) for figure in result.figures}
    pack = current.row.pack_key
    shown = [
        (area, ShownFigure(row, figures[area.code], pack))
        for area in Area.objects.order_by("code")
        if area.code in figures
    ]
    shown.sort(key=lambda pair: not pair[0].is_city)
    behind = _behind(row, alone, current, snapshot, day, by) if row.numerator else (None, None)
    return Trial(day, snapshot.id, shown, *behind)


def _facts() -> tuple[Snapshot, date]:
    """The snapshot that the pages show; where it is not kept any more, the facts as they stand."""
    run = latest_run()
    if run is not None:
        try:
            return Snapshot.open(settings.SNAPSHOT_DIR, run.snapshot), run.as_of
        except SnapshotError:
            pass
    return current_snapshot()


def _named(row: Commitment) -> str:
    """What its population goes by in the ledger that holds it alone."""
    return row.population or _POPULATION


def _behind(
    row: Commitment,
    alone: Ledger,
    current: CurrentLedger,
    snapshot: Snapshot,
    day: date,
    by: User,
) -> tuple[Lines | None, Lines | None]:
    found = explain(alone, current.catalogue, current.areas, snapshot, day, row.code, limit=_SHOWN)
    withheld = tells_hidden_values(row, by)
    return (
        record_lines(found.counted, by, withheld=withheld),
        lacking_lines(found.subjects, by, withheld=withheld),
    )
