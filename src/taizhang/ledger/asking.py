"""What units owe where only a share of all is judged, read once per computed ledger and kept.

The figure of such a commitment is the city's or the area's; whether one union or enterprise has
what is asked of it lies in the records behind, which takes a second or two to look up.
"""

import hashlib
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.cache import cache

from taizhang.ledger.current import current_ledger
from taizhang.ledger.models import EvaluationRun
from taizhang.measures.commitments import Unit
from taizhang.measures.explain import asked_of
from taizhang.measures.explanation import Asked
from taizhang.measures.snapshot import Snapshot, SnapshotError

_KEPT_SECONDS = 24 * 60 * 60


def asked_if_kept(run: EvaluationRun, units: Iterable[Unit]) -> Sequence[Asked] | None:
    """What is asked of the units, when it has been looked up already; else None."""
    return cache.get(_key(run, units))


def asked(run: EvaluationRun, units: Iterable[Unit]) -> Sequence[Asked]:
    """What is asked of the units, from the snapshot of a run; nothing when that is not kept."""
    units = frozenset(units)
    found = asked_if_kept(run, units)
    if found is None:
        found = _look_up(run, units)
        cache.set(_key(run, units), found, _KEPT_SECONDS)
    return found


def _look_up(run: EvaluationRun, units: frozenset[Unit]) -> Sequence[Asked]:
    current = current_ledger(run.as_of)
    try:
        snapshot = Snapshot.open(settings.SNAPSHOT_DIR, run.snapshot)
    except SnapshotError:
        return ()
    return asked_of(current.measures, current.catalogue, current.areas, snapshot, run.as_of, units)


def _key(run: EvaluationRun, units: Iterable[Unit]) -> str:
    """Another run has another key, so nothing old is ever shown for new."""
    names = ";".join(f"{unit.subject}:{unit.key}" for unit in sorted(units))
    digest = hashlib.sha256(names.encode()).hexdigest()
    return f"asked-{run.pk}-{run.finished_at.timestamp()}-{digest}"
