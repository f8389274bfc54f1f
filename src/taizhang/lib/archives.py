"""What reading a zip archive from outside may run into."""

import zipfile
import zlib

# Over damaged archives and over parts under a password; ValueError where an offset points before
# the file, NotImplementedError for a compression that Python does not know.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
