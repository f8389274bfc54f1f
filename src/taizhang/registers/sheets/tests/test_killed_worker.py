"""A worker that is killed in the middle of writing leaves nothing half-written."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROWS = 2000
SECONDS = 120

PREPARE = f"""
import django; django.setup()
from taizhang.core.access.models import Grant, User
from taizhang.core.organisations.lineage import refresh_lineage
from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.testing import FederationFactory
from taizhang.registers.sheets.models import ImportRun
from taizhang.registers.sheets.runs import start_import
from taizhang.registers.spec import REGISTERS
city = FederationFactory(org_type="city_federation", region_id="130300", parent=None)
by = User.objects.create_user("liu", display_name="刘干事")
Grant.objects.create(user=by, role="CC", organisation=city, confirmed=True)
rows = ["kind,held_on,region,convener_level,convener"]
rows += [f"other,2026-03-18,130302,county,第{{n}}次会议" for n in range({ROWS})]
run = start_import(REGISTERS["meeting"], "会议.csv", "\\n".join(rows).encode(), by=by)
"""
ASK = """
import django; django.setup()
from taizhang.registers.sheets.models import ImportRun
from taizhang.registers.sheets.runs import request_write
request_write(ImportRun.objects.get())
"""
TELL = """
import django; django.setup()
from taizhang.core.audit.models import AuditRow
from taizhang.core.audit.trail import chain_faults
from taizhang.domains.leadership.models import Meeting
from taizhang.registers.sheets.models import ImportRun
run = ImportRun.objects.get()
log = AuditRow.objects.filter(subject="leadership.meeting", action="create").count()
print(run.state, Meeting.objects.count(), log, len(list(chain_faults())))
"""


def test_a_write_that_is_killed_leaves_nothing_and_is_taken_up_again(tmp_path):
    product = Product(tmp_path)
    product.taizhang("init")
    product.python(PREPARE)
    product.taizhang("work", "--once")
    product.python(ASK)

    worker = product.start("work")
    try:
        product.wait_until_writing()
        os.kill(worker.pid, signal.SIGKILL)
    finally:
        worker.kill()
        worker.wait()
    after_the_kill = product.python(TELL)
    product.taizhang("work", "--once")
    at_the_end = product.python(TELL)

    assert after_the_kill == "writing 0 0 0"
    assert at_the_end == f"done {ROWS} {ROWS} 0"


class Product:
    """An installation of its own, in a folder, with a database on disk."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | {
            "TAIZHANG_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "taizhang.config.settings",
        }

    def taizhang(self, *arguments: str) -> None:
        self._run("-m", "taizhang.config.cli", *arguments)

    def python(self, code: str) -> str:
        return self._run("-c", code).strip()

    def start(self, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "taizhang.config.cli", *arguments]
        return subprocess.Popen(command, env=self._env)

    def wait_until_writing(self) -> None:
        """Come back when some rows are written, and others not yet."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            for path in self._home.glob("progress/*/*.json"):
                try:
                    phase, done, total = json.loads(path.read_text(encoding="utf-8"))
                except FileNotFoundError:
                    continue
                if phase == "writing" and 0 < done < total:
                    return
            time.sleep(0.01)
        raise AssertionError("the worker did not begin to write")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self._env,
            check=True,
            text=True,
            stdout=subprocess.PIPE,
            timeout=SECONDS,
        )
        return done.stdout
