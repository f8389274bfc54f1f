"""How far an import is, told outside the database.

The write of an import is one transaction; on SQLite it keeps every other writer waiting, and what
it writes is not seen before its end. So its progress lies in a small file, one per import.
"""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

_PAUSE_SECONDS = 0.2
PHASES = {
    "reading": _("Reading the cells"),
    "checking": _("Checking the rows"),
    "writing": _("Writing the records"),
    "undoing": _("Taking the records back"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` rows in a phase."""

    phase: str
    done: int
    total: int

    @property
    def label(self) -> str:
        return str(PHASES[self.phase])

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


class ProgressFile:
    """The file of one import; called with a step, it writes at most five times a second."""

    def __init__(self, run: int) -> None:
        self._path = _path(run)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._told_at = 0.0
        self._phase = ""

    def __call__(self, phase: str, done: int, total: int) -> bool:
        """Write it down when it is time; was it?"""
        now = time.monotonic()
        if phase == self._phase and done < total and now - self._told_at < _PAUSE_SECONDS:
            return False
        self._told_at, self._phase = now, phase
        # A reader sees the old file or the new one, never half of one.
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps([phase, done, total]), encoding="utf-8")
        os.replace(fresh, self._path)
        return True

    def remove(self) -> None:
        self._path.unlink(missing_ok=True)


def progress_of(run: int) -> Progress | None:
    """How far the import is; None when nobody works on it."""
    try:
        return Progress(*json.loads(_path(run).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _path(run: int) -> Path:
    return settings.PROGRESS_DIR / f"{run}.json"
