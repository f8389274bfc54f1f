"""The examples in the docstrings of `measures` are true."""

import doctest
from types import ModuleType

import pytest

from taizhang.measures import periods, verdicts


@pytest.mark.parametrize("module", [periods, verdicts], ids=lambda m: m.__name__)
def test_examples(module: ModuleType) -> None:
    found = doctest.testmod(module)

    assert found.attempted
    assert not found.failed
