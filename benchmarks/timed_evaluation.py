"""Times one process of evaluations on the database of TAIZHANG_HOME; prints JSON.

Started by `benchmarks.evaluate`, so that "cold" is a process that has computed nothing yet.
"""

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "taizhang.config.settings"
django.setup()

from taizhang.core.parameters.clock import status_date  # noqa: E402
from taizhang.ledger.current import current_ledger  # noqa: E402
from taizhang.ledger.evaluation import (  # noqa: E402
    evaluate_ledger,
    evaluate_stale,
    mark_register,
)
from taizhang.measures.evaluate import evaluate  # noqa: E402
from taizhang.registers.snapshots import take_snapshot  # noqa: E402

WARM_RUNS = 10
CHANGED = "meeting"


def main() -> None:
    timings: dict[str, float] = {}
    current, day = current_ledger(), status_date()
    with TemporaryDirectory(prefix="taizhang-snapshot-") as folder:
        snapshots = Path(folder)
        timings["snapshot_all"], snapshot = timed(lambda: take_snapshot(snapshots))
        timings["snapshot_one"], _again = timed(lambda: take_snapshot(snapshots, {CHANGED}))

        def whole() -> object:
            return evaluate(current.measures, current.catalogue, current.areas, snapshot, day, None)

        timings["cold"], _result = timed(whole)
        timings["warm"] = statistics.median(timed(whole)[0] for _ in range(WARM_RUNS))
    timings["kept"], _run = timed(evaluate_ledger)
    mark_register(CHANGED)
    timings["after_a_meeting"], _run = timed(evaluate_stale)
    rows = sum(each.rows for each in snapshot.tables.values())
    commitments = len(current.measures.commitments)
    print(json.dumps({"timings": timings, "rows": rows, "commitments": commitments}))


def timed(action: Callable[[], object]) -> tuple[float, object]:
    """Milliseconds that the action took, and what it gave."""
    started = time.perf_counter()
    result = action()
    return (time.perf_counter() - started) * 1000, result


if __name__ == "__main__":
    main()
