"""The examples in the docstrings of the plain-Python packages are true."""

import doctest
import importlib
import pkgutil

import pytest

import taizhang.lib
import taizhang.measures
import taizhang.notices

PACKAGES = (taizhang.lib, taizhang.measures, taizhang.notices)


def modules() -> list[str]:
    """Every module of the packages but their tests."""
    found = [
        module.name
        for package in PACKAGES
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return [name for name in found if ".tests" not in name]


@pytest.mark.parametrize("name", modules())
def test_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))

    assert not result.failed
