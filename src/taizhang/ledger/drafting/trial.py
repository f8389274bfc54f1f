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


def compute_trial(row: Commitment, *, by: User) -> Trial:
    """What the commitment, saved or not, comes to on the facts of the last run.

    Raises NoLedger where there is no current ledger.
    """
    asked = _ask(row)
    behind = _behind(asked, by) if row.numerator else (None, None)
    return Trial(asked.day, asked.snapshot.id, _figures(asked), *behind)


def refusal_of(row: Commitment) -> str:
    """Why the commitment cannot be computed on the facts of the last run, "" where it can."""
    return next((each.reason for _area, each in _figures(_ask(row)) if each.verdict == "error"), "")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A commitment alone in a ledger, with what it is asked of."""

    row: Commitment
    alone: Ledger
    current: CurrentLedger
    snapshot: Snapshot
    day: date


def _ask(row: Commitment) -> _Asked:
    snapshot, day = _facts()
    current = current_ledger(day)
    named = row.population or _POPULATION
    alone = Ledger(
        (measure_of(row, named),),
        {named: row.population_definition},
        current.measures.parameters,
    )
    return _Asked(row, alone, current, snapshot, day)


def _figures(asked: _Asked) -> list[tuple[Area, ShownFigure]]:
    """The figure of every area, the city first."""
    current, row = asked.current, asked.row
    result = evaluate(asked.alone, current.catalogue, current.areas, asked.snapshot, asked.day)
    figures = {figure.area: figure_row(row, figure) for figure in result.figures}
    shown = [
        (area, ShownFigure(row, figures[area.code], current.row.pack_key))
        for area in Area.objects.order_by("code")
        if area.code in figures
    ]
    return sorted(shown, key=lambda pair: not pair[0].is_city)


def _facts() -> tuple[Snapshot, date]:
    """The snapshot that the pages show; where it is not kept any more, the facts as they stand."""
    run = latest_run()
    if run is not None:
        try:
            return Snapshot.open(settings.SNAPSHOT_DIR, run.snapshot), run.as_of
        except SnapshotError:
            pass
    return current_snapshot()


def _behind(asked: _Asked, by: User) -> tuple[Lines | None, Lines | None]:
    row, current = asked.row, asked.current
    found = explain(
        asked.alone,
        current.catalogue,
        current.areas,
        asked.snapshot,
        asked.day,
        row.code,
        limit=_SHOWN,
    )
    withheld = tells_hidden_values(row, by)
    return (
        record_lines(found.counted, by, withheld=withheld),
        lacking_lines(found.subjects, by, withheld=withheld),
    )
