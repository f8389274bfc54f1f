"""The way of a clerk at the command line: `taizhang load`, then `taizhang status --json`."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command


def load(folder: Path, *options: str, **tables: str) -> None:
    """Load the tables, written as CSV; verified in somebody's name where nothing else is said."""
    folder.mkdir()
    for register, text in tables.items():
        (folder / f"{register}.csv").write_text(text.lstrip(), "utf-8")
    call_command("load", str(folder), *(options or ("--verified-by=核实人",)), stdout=StringIO())


def status(on: date, org: str | None = None) -> dict[str, dict[str, Any]]:
    """What the board shows of each commitment at the end of the day, by code."""
    out = StringIO()
    seen_from = [] if org is None else [f"--org={org}"]
    call_command("status", "--json", f"--as-of={on}", *seen_from, stdout=out)
    board = json.loads(out.getvalue())
    return {row["code"]: row for item in board["items"] for row in item["commitments"]}
