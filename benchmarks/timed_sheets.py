"""Run by `benchmarks.sheets` in a process of its own: imports, undoes and exports, and tells.

The points of the bar are those that a page asking ten times a second would have seen.
"""

import io
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import django
import xlsxwriter

django.setup()

from django.http import QueryDict  # noqa: E402

from taizhang.core.access.models import User  # noqa: E402
from taizhang.lib.identifiers import uscc_check_character  # noqa: E402
from taizhang.registers.lists.page import list_rows  # noqa: E402
from taizhang.registers.sheets.chore import work_on  # noqa: E402
from taizhang.registers.sheets.export import workbook_file  # noqa: E402
from taizhang.registers.sheets.models import ImportRun, RunState  # noqa: E402
from taizhang.registers.sheets.progress import progress_of  # noqa: E402
from taizhang.registers.sheets.runs import (  # noqa: E402
    request_undo,
    request_write,
    start_import,
)
from taizhang.registers.spec import REGISTERS  # noqa: E402

ACCOUNT = "county"
Cells = Iterable[Iterable[object]]


def employers(count: int) -> Iterator[tuple[object, ...]]:
    yield (
        *("name", "uscc", "region", "industry", "ownership", "headcount", "headcount_as_of"),
        *("above_scale", "operating_state", "data_source"),
    )
    for number in range(count):
        body = f"91130302MB{number:07d}"
        yield (
            *(f"海港第{number}制造有限公司", body + uscc_check_character(body), "海港区", "C34"),
            *("private", 20 + number % 900, date(2026, 1, 1), "是", "operating", "own"),
        )


def meetings(count: int) -> Iterator[tuple[object, ...]]:
    yield ("kind", "held_on", "region", "convener_level", "convener", "agenda", "minutes_no")
    for number in range(count):
        held_on = date(2022, 1, 1) + timedelta(days=number % 1700)
        yield (
            *("other", held_on, "海港区", "county", "海港区人民政府"),
            *("一、职工之家建设；二、工资集体协商", f"海政纪要〔2026〕{number}号"),
        )


def workbook(rows: Cells) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return buffer.getvalue()


def main(count: int) -> None:
    by = User.objects.get(username=ACCOUNT)
    for slug, rows in (("employer", employers(count)), ("meeting", meetings(count))):
        spec = REGISTERS[slug]
        content = workbook(rows)
        with timed(slug, "upload, columns found"):
            run = start_import(spec, "sheet.xlsx", content, by=by)
        with timed(slug, "dry run", run):
            work_on(run)
        expect(run, RunState.CHECKED, count)
        request_write(run)
        with timed(slug, "import", run):
            work_on(run)
        expect(run, RunState.DONE, count)
        with timed(slug, "export as XLSX"):
            workbook_file(spec, list_rows(spec, by, QueryDict("")), by).close()
        request_undo(run)
        with timed(slug, "undo", run):
            work_on(run)
        expect(run, RunState.UNDONE, count)


def expect(run: ImportRun, state: RunState, count: int) -> None:
    run.refresh_from_db()
    if run.state != state or run.counts.get("new") != count:
        raise AssertionError(f"{run.state}: {run.counts} {run.faults[:3]} {run.message}")


@contextmanager
def timed(slug: str, step: str, run: ImportRun | None = None) -> Iterator[None]:
    """Prints how long the block took, and how many points of the bar could be seen meanwhile."""
    seen: set[tuple[str, int]] = set()
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(run, seen, ended.is_set))
    watcher.start()
    started = time.perf_counter()
    yield
    seconds = time.perf_counter() - started
    ended.set()
    watcher.join()
    print(f"{slug} {step}: {seconds:.2f} s, the bar stood at {len(seen)} points", flush=True)


def _watch(run: ImportRun | None, seen: set[tuple[str, int]], is_over: Callable[[], bool]) -> None:
    while run is not None and not is_over():
        if progress := progress_of(run.pk):
            seen.add((progress.phase, progress.done))
        time.sleep(0.1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
