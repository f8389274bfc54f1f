"""A strict registry of everything that a folder plugs in: keyed, no duplicates, no silent miss."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Generic, TypeVar

from taizhang.lib.nearest import nearest

T = TypeVar("T")


class DuplicateKey(ValueError):
    """Two things were registered under one key; neither silently wins."""


class UnknownKey(LookupError):
    """Nothing is registered under the key; the message names the nearest known one."""


class Registry(Mapping[str, T], Generic[T]):
    """Values by key, in the order in which they were registered.

    >>> shapes = Registry[str]("shape")
    >>> shapes.register("round", "o")
    'o'
    >>> shapes["rond"]
    Traceback (most recent call last):
    ...
    taizhang.lib.registry.UnknownKey: no shape 'rond' (did you mean 'round'?)
    """

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._values: dict[str, T] = {}

    def register(self, key: str, value: T) -> T:
        if key in self._values:
            raise DuplicateKey(f"{self._noun} {key!r} is registered twice")
        self._values[key] = value
        return value

    def __getitem__(self, key: str) -> T:
        try:
            return self._values[key]
        except KeyError:
            hint = nearest(key, self._values)
            meant = f" (did you mean {hint!r}?)" if hint else ""
            raise UnknownKey(f"no {self._noun} {key!r}{meant}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def get(self, key: str, default: T | None = None) -> T | None:  # type: ignore[override]
        return self._values.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @contextmanager
    def temporarily(self, change: Callable[["Registry[T]"], None]) -> Iterator[None]:
        """Apply `change` inside the block and undo it after: for tests."""
        kept = dict(self._values)
        try:
            change(self)
            yield
        finally:
            self._values = kept
