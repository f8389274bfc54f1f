"""Old Word documents (.doc, .wps), which LibreOffice turns into .docx where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from taizhang.notices.document import Document
from taizhang.notices.errors import ConverterMissing
from taizhang.notices.formats.docx import read_docx

_SECONDS = 60
_NAMES = ("soffice", "libreoffice")


def read_doc(content: bytes) -> Document:
    """The document in a .doc file.

    Raises `ConverterMissing` where LibreOffice is not there, fails or takes longer than a
    minute, else what `read_docx` raises.
    """
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise ConverterMissing
    with tempfile.TemporaryDirectory(prefix="taizhang-doc-") as folder:
        source = Path(folder) / "notice.doc"
        source.write_bytes(content)
        command = [
            program,
            # A profile of its own: two conversions at once must not wait for one another.
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            *("--headless", "--convert-to", "docx", "--outdir", folder, str(source)),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
            converted = source.with_suffix(".docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise ConverterMissing from error
    return read_docx(converted)
