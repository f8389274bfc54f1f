"""Reads a file in a process of its own, bounded in memory and time, which may die over it.

PDFium and calamine are compiled: no check in Python reaches into what they allocate, and a crash
of theirs would take the whole web server with it. So they run in `python -m
taizhang.notices.formats`, which bounds itself and hands the document on in its kept form.
"""

import json
import os
import signal
import subprocess
import sys

from taizhang.notices.document import Document
from taizhang.notices.errors import BrokenFile, TooDemanding, refused_elsewhere
from taizhang.notices.kept_document import kept_document

MAX_SECONDS = 60
MAX_MEMORY = 480_000_000
"""Bytes of address space, the interpreter's own 50 MB among them."""

OUT_OF_MEMORY, REFUSED = 3, 4
"""Exit codes: MAX_MEMORY was reached in Python; the file was refused, by which key and words."""

# Allocators of compiled code stop the process when they are refused memory, each by its signal.
_OUT_OF_MEANS = (signal.SIGABRT, signal.SIGILL, signal.SIGTRAP, signal.SIGKILL, signal.SIGXCPU)
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG")


def read_isolated(ending: str, content: bytes) -> Document:
    """The document that the reader of files with this ending finds, read in another process.

    Raises what that reader raises, `TooDemanding` when it takes more than MAX_MEMORY or
    MAX_SECONDS, and `BrokenFile` when it crashes.
    """
    # -P: no module is taken from the folder that the server happens to run in.
    command = [sys.executable, "-P", "-m", "taizhang.notices.formats", ending]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooDemanding from error
    if done.returncode == OUT_OF_MEMORY or -done.returncode in _OUT_OF_MEANS:
        raise TooDemanding
    if done.returncode == REFUSED:
        raise refused_elsewhere(*json.loads(done.stdout))
    if done.returncode:
        raise BrokenFile(f"reading a {ending} file failed with {done.returncode}")
    return kept_document(done.stdout)


def _environment() -> dict[str, str]:
    """What the other process needs to find its modules, and none of this one's secrets."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
