"""A real browser for the tests that drive one, and the scene of those that sweep all pages."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.scene import scene as scene

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium. CI fails without it, another machine skips the tests by name."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        message = "no Chromium on this machine: apt install chromium (see apt-packages.txt)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    # Chromium refuses to sandbox itself when root starts it, as in a container.
    unsandboxed = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=unsandboxed)
        yield started
        started.close()
