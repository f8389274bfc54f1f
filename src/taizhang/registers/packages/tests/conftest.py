"""A folder for a package, and a short way to write files into it and load them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from taizhang.registers.packages.load import LoadReport, load_package

Load = Callable[..., LoadReport]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "package"


@pytest.fixture
def load(folder: Path, tree) -> Load:
    """`load(meeting="…", verified_by=chen)`: write the files named by register, load the folder."""

    def write_and_load(*, by=None, verified_by=None, dry_run=False, **files: str | bytes):
        folder.mkdir(exist_ok=True)
        for slug, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / f"{slug}.csv").write_bytes(data)
        return load_package(folder, by=by, verified_by=verified_by, dry_run=dry_run)

    return write_and_load
