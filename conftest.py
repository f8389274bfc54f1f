"""What tests of every package share: the samples, and how random examples are drawn."""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import translation
from hypothesis import settings

from taizhang.core.audit.guard import remove_guard

pytest_plugins = ["taizhang.registers.testing_cast"]
pytest.register_assert_rewrite("taizhang.registers.testing", "taizhang.registers.sheets.contract")

_ROOT = Path(__file__).parent

# On a machine shared by several test processes the time of one example says nothing.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, without the guard of the change log: some tests empty its tables."""
    with django_db_blocker.unblock():
        remove_guard(connection)


@pytest.fixture(autouse=True)
def chinese():
    """A page in English leaves its language behind: every test begins in the first one."""
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of samples (`TAIZHANG_SAMPLES`, by default `shared` beside the repository).

    They are not part of the project: without them a machine skips these tests, CI fails.
    """
    folder = Path(os.environ.get("TAIZHANG_SAMPLES", _ROOT.parent / "shared"))
    if not (folder / "seed" / "notice.txt").is_file():
        message = f"samples: no seed/notice.txt in {folder} (set TAIZHANG_SAMPLES)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder
