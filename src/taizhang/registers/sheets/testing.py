"""Short ways for tests from rows to an import that the worker has checked."""

import csv
import io
from collections.abc import Sequence

from taizhang.core.access.models import User
from taizhang.registers.sheets.chore import work_on_imports
from taizhang.registers.sheets.models import ImportRun, RunState
from taizhang.registers.sheets.runs import move, start_import
from taizhang.registers.spec import RegisterSpec


def csv_bytes(*rows: Sequence[object]) -> bytes:
    """The rows as a CSV file."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def uploaded(
    spec: RegisterSpec, by: User, content: bytes, name: str = "sheet.csv", *, clears: bool = False
) -> ImportRun:
    """The import of the file as the worker checked it; doubtful columns are taken as suggested."""
    run = start_import(spec, name, content, by=by, clears=clears)
    if run.state == RunState.MAPPING:
        move(run, (RunState.MAPPING,), RunState.WAITING_CHECK)
    work_on_imports()
    run.refresh_from_db()
    return run
