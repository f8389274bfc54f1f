"""The known name that a mistyped one most likely meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The closest of `known` to `name`, or None when nothing is close.

    >>> nearest("held_one", ["held_on", "region"])
    'held_on'
    >>> nearest("zzz", ["held_on"]) is None
    True
    """
    matches = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return matches[0] if matches else None
