"""Typed reading of a pack's files: what is missing, mistyped or misspelt is named by its place."""

import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from taizhang.lib.nearest import nearest

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class PackError(ValueError):
    """A pack that cannot be used: `file` in its folder, `key` in the file, and what is wrong."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        self.file = file
        self.key = key
        self.problem = problem
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")


class Table:
    """One table of a file; each key is asked for once, and `close` refuses those left over."""

    def __init__(self, file: str, key: str, values: Mapping[str, object]) -> None:
        self._file = file
        self._key = key
        self._values = values
        self._asked: set[str] = set()

    def error(self, name: str, problem: str) -> PackError:
        return PackError(self._file, f"{self._key}.{name}" if self._key else name, problem)

    def has(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str:
        return self._typed(name, str, "a text")

    def optional_text(self, name: str) -> str:
        """The text, empty where the pack leaves it out."""
        return self.text(name) if self.has(name) else ""

    def integer(self, name: str) -> int:
        return self._typed(name, int, "a whole number")

    def flag(self, name: str) -> bool:
        """The truth value, false where the pack leaves it out."""
        return self._typed(name, bool, "true or false") if self.has(name) else False

    def day(self, name: str) -> date:
        return self._typed(name, date, "a date")

    def number(self, name: str) -> Decimal:
        number = _decimal(self._get(name))
        if number is None:
            self._refuse(name, "a number")
        return number

    def texts(self, name: str) -> tuple[str, ...]:
        """The list of texts, empty where the pack leaves it out."""
        found = self._typed(name, list, "a list of texts") if self.has(name) else []
        if not all(isinstance(entry, str) for entry in found):
            self._refuse(name, "a list of texts")
        return tuple(found)

    def pair_of_numbers(self, name: str) -> tuple[Decimal, Decimal]:
        found = self._typed(name, list, "two numbers")
        numbers = [number for number in map(_decimal, found) if number is not None]
        if len(found) != 2 or len(numbers) != 2 or numbers[0] > numbers[1]:
            self._refuse(name, "two numbers, the lower first")
        return numbers[0], numbers[1]

    def choice(self, name: str, kind: type[E]) -> E:
        value = self.one_of(name, [member.value for member in kind], kind.__name__.lower())
        return kind(value)

    def one_of(self, name: str, known: Collection[str], noun: str) -> str:
        return self._known(name, self.text(name), known, noun)

    def some_of(self, name: str, known: Collection[str], noun: str) -> tuple[str, ...]:
        return tuple(self._known(name, value, known, noun) for value in self.texts(name))

    def table(self, name: str) -> "Table":
        found = self._typed(name, dict, "a table")
        return Table(self._file, f"{self._key}.{name}" if self._key else name, found)

    def tables(self, name: str, label: str) -> tuple["Table", ...]:
        """The tables of an array; each is named by the value of its key `label`."""
        found = self._typed(name, list, "an array of tables")
        if not all(isinstance(entry, dict) for entry in found):
            self._refuse(name, "an array of tables")
        prefix = f"{self._key}." if self._key else ""
        return tuple(
            Table(self._file, f"{prefix}{name}[{entry.get(label, position)}]", entry)
            for position, entry in enumerate(found, 1)
        )

    def close(self) -> None:
        """Raises PackError for a key that nobody asked for."""
        for name in self._values:
            if name not in self._asked:
                raise self.error(name, f"unknown key{_meant(name, self._asked)}")

    def _known(self, name: str, value: str, known: Collection[str], noun: str) -> str:
        if value not in known:
            raise self.error(name, f"no {noun} {value!r}{_meant(value, known)}")
        return value

    def _get(self, name: str) -> object:
        self._asked.add(name)
        if name not in self._values:
            raise self.error(name, "missing")
        return self._values[name]

    def _typed(self, name: str, kind: type[T], described: str) -> T:
        value = self._get(name)
        is_truth = isinstance(value, bool) and kind is not bool
        if is_truth or not isinstance(value, kind):
            self._refuse(name, described)
        return value

    def _refuse(self, name: str, described: str) -> NoReturn:
        raise self.error(name, f"{self._values[name]!r} is not {described}")


def read_file(folder: Path, name: str) -> Table:
    """The top table of a file of the pack. Raises PackError when it cannot be read."""
    try:
        content = (folder / name).read_text(encoding="utf-8")
        return Table(name, "", tomllib.loads(content))
    except OSError as error:
        raise PackError(name, "", f"cannot be opened ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise PackError(name, "", "is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise PackError(name, "", f"is not TOML: {error}") from error


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Decimal(str(value))


def _meant(value: str, known: Collection[str]) -> str:
    hint = nearest(value, known)
    return f" (did you mean {hint!r}?)" if hint else ""
