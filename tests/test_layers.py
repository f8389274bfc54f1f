"""The import contracts hold, and a new folder must pick its place among the layers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "taizhang"


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    """The verdict of the contracts on the package in `source`."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as lint; lint()",
            "--config",
            str(ROOT / "pyproject.toml"),
            "--no-cache",
        ],
        env={**os.environ, "PYTHONPATH": str(source)},
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package's Python files that a test may add to."""
    only_python = shutil.ignore_patterns("__pycache__", "*.toml", "*.po", "*.mo", "static", "data")
    shutil.copytree(PACKAGE, tmp_path / "taizhang", ignore=only_python)
    return tmp_path


def write_module(source: Path, name: str, text: str) -> None:
    path = source / "taizhang" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.joinpath("__init__.py").touch()
    path.write_text(text, encoding="utf-8")


def test_the_contracts_hold(copied: Path) -> None:
    result = lint_imports(copied)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "text", "broken"),
    [
        ("newcomer/thing.py", "", "newcomer"),
        ("core/newcomer/thing.py", "", "core.newcomer"),
        ("lib/upward.py", "import taizhang.measures\n", "lib.upward -> taizhang.measures"),
        (
            "domains/leadership/sideways.py",
            "import taizhang.domains.organising\n",
            "domains.leadership.sideways -> taizhang.domains.organising",
        ),
        ("measures/webby.py", "import django.db\n", "measures.webby -> django"),
    ],
    ids=["new folder", "new folder in the core", "upward", "domain to domain", "Django below"],
)
def test_a_breach_is_refused_by_name(copied: Path, module: str, text: str, broken: str) -> None:
    write_module(copied, module, text)

    result = lint_imports(copied)

    assert result.returncode == 1
    assert broken in " ".join(result.stdout.split())
