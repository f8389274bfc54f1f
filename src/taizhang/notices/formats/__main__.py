"""Reads the file on standard input for `isolated` and writes the document to standard output.

The argument is the ending of such files. Bounds its own memory, time and output before it looks
at one.
"""

import json
import sys

from taizhang.notices.errors import ReadingError
from taizhang.notices.formats import ISOLATED
from taizhang.notices.formats.isolated import (
    MAX_ANSWER,
    MAX_MEMORY,
    MAX_SECONDS,
    OUT_OF_MEMORY,
    REFUSED,
)
from taizhang.notices.kept_document import as_kept_document

if sys.platform != "win32":
    import resource


def main() -> int:
    """The exit code: 0 for a document, REFUSED for a refusal in JSON, OUT_OF_MEMORY."""
    _bound()
    try:
        content = sys.stdin.buffer.read()
        sys.stdout.buffer.write(as_kept_document(ISOLATED[sys.argv[1]].read(content)))
    except ReadingError as refusal:
        sys.stdout.write(json.dumps([refusal.key, str(refusal)]))
        return REFUSED
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _bound() -> None:
    """Windows knows no such bounds: there who waits for the answer bounds the time alone."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_ANSWER, MAX_ANSWER))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
