"""The main navigation: each app adds its entries in a `navigation.py` file, found at start."""

from dataclasses import dataclass

from django.utils.functional import Promise

from taizhang.lib.registry import Registry


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """`position` orders the entries; `permission` empty: for everybody who is signed in.

    `covers` names the further pages that belong to the entry: it is marked as current on them.
    """

    label: str | Promise
    url_name: str
    position: int
    permission: str = ""
    covers: tuple[str, ...] = ()

    def is_current(self, url_name: str | None) -> bool:
        return url_name is not None and (url_name == self.url_name or url_name in self.covers)


NAVIGATION: Registry[NavigationEntry] = Registry("navigation entry")
