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
import tempfile
from pathlib import Path

from taizhang.notices.document import Document
from taizhang.notices.errors import BrokenFile, ReadingError, TooDemanding, refused_elsewhere
from taizhang.notices.kept_document import kept_document

MAX_SECONDS = 60
MAX_MEMORY = 480_000_000
"""Bytes of address space, the interpreter's own 50 MB among them."""

MAX_ANSWER = 50_000_000
"""Bytes that the other process may write: ten times what the longest notice takes."""

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
    command = [_interpreter(), "-P", "-m", "taizhang.notices.formats", ending]
    # A file and no pipe: of a file the system sees to it that it gets no longer than MAX_ANSWER.
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(  # noqa: S603
                command,
                input=content,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=MAX_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TooDemanding from error
        answer.seek(0)
        return _document(ending, done.returncode, answer.read())


def _document(ending: str, code: int, answer: bytes) -> Document:
    """What a process that ended with this code has answered; raises as `read_isolated` does."""
    if code == OUT_OF_MEMORY or -code in _OUT_OF_MEANS:
        raise TooDemanding
    if code not in (0, REFUSED):
        raise BrokenFile(f"reading a {ending} file failed with {code}")
    try:
        said = refused_elsewhere(*json.loads(answer)) if code else kept_document(answer)
    except (ValueError, TypeError, StopIteration) as error:
        raise BrokenFile(f"reading a {ending} file gave no document") from error
    if isinstance(said, ReadingError):
        raise said
    return said


def _interpreter() -> str:
    """The Python that runs this; a server that holds one within itself is no Python to start."""
    if Path(sys.executable or "").name.startswith(("python", "pypy")):
        return sys.executable
    folder = "Scripts" if sys.platform == "win32" else "bin"
    return str(Path(sys.prefix, folder, "python3"))


def _environment() -> dict[str, str]:
    """What the other process needs to find its modules, and none of this one's secrets."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
