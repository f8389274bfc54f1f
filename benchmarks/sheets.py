"""Times an import of ten thousand rows of XLSX, its undo and an export, as the worker does them.

`python -m benchmarks.sheets [--rows N] [--write]`: prints a table; with --write it also replaces
the table of sheets in docs/benchmarks.md.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import table
from benchmarks.report import replace_section
from tools.product import environment, prepare_demo

_STEP = re.compile(r"^(\w+) (.+): ([0-9.]+) s, the bar stood at (\d+) points$")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="taizhang-sheets-") as folder:
        home = Path(folder)
        prepare_demo(home)
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.timed_sheets", str(options.rows)],
            env=environment(home) | {"DJANGO_SETTINGS_MODULE": "taizhang.config.settings"},
            cwd=Path(__file__).parents[1],
            check=True,
            text=True,
            stdout=subprocess.PIPE,
        ).stdout
    shown = sheet_table(told.splitlines())
    print(shown)
    if options.write:
        replace_section("sheets", f"{options.rows:,} rows of XLSX.\n\n{shown}")
    return os.EX_OK


def sheet_table(lines: Sequence[str]) -> str:
    found = [match for line in lines if (match := _STEP.match(line))]
    rows = [(each[1], each[2], f"{float(each[3]):.1f}", each[4]) for each in found]
    return table(("register", "step", "s", "points of the bar seen"), rows)


if __name__ == "__main__":
    sys.exit(main())
