"""What the command `taizhang` says where it cannot work, instead of a traceback."""

import os
import subprocess
import sys
from pathlib import Path


def test_a_database_that_is_not_set_up_leads_to_init(tmp_path: Path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "taizhang.config.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        "TAIZHANG_HOME": str(tmp_path),
    }

    run = subprocess.run(
        [sys.executable, "-m", "taizhang.config.cli", "status"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "taizhang init" in run.stderr
    assert "Traceback" not in run.stderr
