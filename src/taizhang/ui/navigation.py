"""The main navigation: each app adds its entries in a `navigation.py` file, found at start."""

from dataclasses import dataclass

from django.utils.functional import Promise

from taizhang.lib.registry import Registry


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """`position` orders the entries; `permission` empty: for everybody who is signed in."""

    label: str | Promise
    url_name: str
    position: int
    permission: str = ""


NAVIGATION: Registry[NavigationEntry] = Registry("navigation entry")
