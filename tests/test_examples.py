"""The examples in the docstrings are true."""

import doctest
import importlib
from pathlib import Path

import pytest

import taizhang

SOURCE = Path(taizhang.__file__).parent


def modules_with_examples() -> list[str]:
    """Every module of the product that has one; tests, which may quote one, are none."""
    found = (path.relative_to(SOURCE.parent) for path in sorted(SOURCE.rglob("*.py")))
    return [
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path in found
        if "tests" not in path.parts and ">>> " in (SOURCE.parent / path).read_text("utf-8")
    ]


@pytest.mark.parametrize("name", modules_with_examples())
def test_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))

    assert result.attempted
    assert not result.failed
