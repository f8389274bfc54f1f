"""Times the evaluation of the demonstration: snapshot, all commitments cold and warm, one change.

`python -m benchmarks.evaluate [--write]`: prints a table; with --write it also replaces the table
of evaluations in docs/benchmarks.md.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import table
from benchmarks.report import replace_section
from tools.product import environment, prepare_demo

STEPS = {
    "snapshot_all": "Snapshot of all registers",
    "snapshot_one": "Snapshot after a change of one register",
    "cold": "All commitments, cold (a new process)",
    "warm": "All commitments, warm (median of 10)",
    "kept": "Snapshot, all commitments, figures kept in the database",
    "after_a_meeting": "The same after a changed meeting: only what reads meetings",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="taizhang-evaluate-") as folder:
        prepare_demo(Path(folder))
        found = timings(Path(folder))
    shown = table(
        ("step", "ms"),
        [(label, f"{found['timings'][step]:.0f}") for step, label in STEPS.items()],
    )
    basis = f"{found['commitments']} commitments over {found['rows']:,} verified records."
    print(f"{basis}\n\n{shown}")
    if options.write:
        replace_section("evaluation", f"{basis}\n\n{shown}")
    return 0


def timings(home: Path) -> dict:
    """What `benchmarks.timed_evaluation` measured in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks.timed_evaluation"],
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)


if __name__ == "__main__":
    sys.exit(main())
