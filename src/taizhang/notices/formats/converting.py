"""Files of other office programs: LibreOffice, where it is installed, makes .docx or .xlsx of them.

It runs in a profile of its own, so that two conversions do not wait for one another, without
macros, and without fetching what a document links to.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from taizhang.notices.errors import ConverterMissing

MAX_SECONDS = 60
_MAX_KILOBYTES = 350_000  # of its own data; a plain document takes a third of it
_NAMES = ("soffice", "libreoffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def convert(content: bytes, ending: str, to: str) -> bytes:
    """The document in a file of this ending, written as one with the ending `to`.

    Raises `ConverterMissing` where LibreOffice is not there, fails, takes longer than
    MAX_SECONDS or more memory than a notice may.
    """
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise ConverterMissing
    with tempfile.TemporaryDirectory(prefix="taizhang-converted-") as folder:
        source = Path(folder, f"notice{ending}")
        source.write_bytes(content)
        profile = Path(folder, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        own_profile = f"-env:UserInstallation={profile.as_uri()}"
        becomes = ("--convert-to", to.removeprefix("."), "--outdir", folder)
        try:
            _run(program, own_profile, "--headless", *becomes, str(source))
            return source.with_suffix(to).read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ConverterMissing from error


def _run(*command: str) -> None:
    """Runs a program within bounds, and ends all that it has started when it takes too long."""
    # The limit is set by a shell: it has to hold for the processes that the program starts too.
    bounded = ("/bin/sh", "-c", f'ulimit -d {_MAX_KILOBYTES}; exec "$@"', "sh", *command)
    with subprocess.Popen(  # noqa: S603
        bounded, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as running:
        try:
            running.wait(MAX_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            raise
