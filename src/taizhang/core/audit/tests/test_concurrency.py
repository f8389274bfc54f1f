"""Many writers at once: each row gets its own place in one unbroken chain."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest
from django.db import connection, connections
from django.db.utils import load_backend

from taizhang.core.audit.models import AuditRow
from taizhang.core.audit.trail import chain_faults, write_audit

WRITERS, ROWS_EACH = 4, 10


@pytest.fixture
def open_connection(tmp_path, transactional_db) -> Callable[[], None]:
    """Gives the calling thread a connection of its own to one shared database.

    SQLite's tests run in memory, which threads cannot share: a file with the same schema stands in.
    """
    if connection.vendor != "sqlite":
        return connection.ensure_connection
    connection.ensure_connection()
    path = str(tmp_path / "threads.sqlite3")
    with closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)
    settings = {**connections.settings["default"], "NAME": path}

    def open_file() -> None:
        backend = load_backend(settings["ENGINE"])
        connections["default"] = backend.DatabaseWrapper(settings, "default")

    return open_file


def test_rows_written_at_once_form_one_chain(open_connection):
    start = Barrier(WRITERS)

    def write(writer: int) -> None:
        open_connection()
        start.wait()
        with closing(connection):
            for number in range(ROWS_EACH):
                write_audit(by=None, action="create", subject=f"w{writer}", subject_no=str(number))

    def look() -> tuple[list[str], list[tuple[str, str]]]:
        open_connection()
        with closing(connection):
            rows = AuditRow.objects.values_list("subject", "subject_no")
            return list(chain_faults()), list(rows)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    with ThreadPoolExecutor(1) as pool:
        faults, rows = pool.submit(look).result()

    assert faults == []
    assert len(rows) == WRITERS * ROWS_EACH
    for writer in range(WRITERS):
        numbers = [number for subject, number in rows if subject == f"w{writer}"]
        assert numbers == [str(number) for number in range(ROWS_EACH)]
