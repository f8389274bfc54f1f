"""LibreOffice as it may behave: what it is asked, and what is done when it fails or hangs."""

import os
from pathlib import Path
from select import select

import pytest

from taizhang.notices.errors import ConverterMissing
from taizhang.notices.formats import converting
from taizhang.notices.formats.converting import convert


def pretend_program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program named as LibreOffice is; $profile, $folder and $file are what it was given."""
    program = folder / "soffice"
    arguments = 'profile="${1#-env:UserInstallation=file://}" folder="$6" file="$7"\n'
    program.write_text(f"#!/bin/sh\n{arguments}{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def test_a_file_is_converted_within_bounds_without_macros_and_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = 'cat "$file" "$profile/user/registrymodifications.xcu"; ulimit -d'
    pretend_program(tmp_path, monkeypatch, f'{{ {said}; }} > "$folder/notice.docx"')

    found = convert(b"{\\rtf1}", ".rtf", ".docx").decode()

    assert found.startswith("{\\rtf1}<?xml")
    assert found.count("<value>true</value>") == 2
    assert "BlockUntrustedRefererLinks" in found
    assert "DisableMacrosExecution" in found
    assert found.endswith("350000\n")


def test_a_program_that_writes_nothing_is_a_failed_conversion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_program(tmp_path, monkeypatch, "exit 1")

    with pytest.raises(ConverterMissing):
        convert(b"{\\rtf1}", ".rtf", ".docx")


def test_what_a_hanging_program_has_started_ends_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = tmp_path / "line"
    os.mkfifo(line)
    pretend_program(tmp_path, monkeypatch, f'{{ printf x; exec sleep 60; }} > "{line}" & wait')
    monkeypatch.setattr(converting, "MAX_SECONDS", 1)
    reading = os.open(line, os.O_RDONLY | os.O_NONBLOCK)

    with pytest.raises(ConverterMissing):
        convert(b"{\\rtf1}", ".rtf", ".docx")

    assert os.read(reading, 9) == b"x"  # it began
    is_left, _, _ = select([reading], [], [], 5)
    assert is_left  # by whoever could write on
    assert os.read(reading, 9) == b""
    os.close(reading)
