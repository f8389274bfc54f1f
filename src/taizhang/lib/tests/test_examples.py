"""The examples in the docstrings of `lib` are true."""

import doctest
from types import ModuleType

import pytest

from taizhang.lib import identifiers, nearest, registry, windows, workdays


@pytest.mark.parametrize(
    "module", [identifiers, nearest, registry, windows, workdays], ids=lambda m: m.__name__
)
def test_examples(module: ModuleType) -> None:
    found = doctest.testmod(module)

    assert found.attempted
    assert not found.failed
