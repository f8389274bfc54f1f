"""A case of the corpus: a file and its label."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Row:
    """An item as labelled: `text` without white space."""

    number: int
    text: str
    lead: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    deadline: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Metadata as labelled; what is left out, the document does not say."""

    issuers: tuple[str, ...] = ()
    number: str | None = None
    title: str | None = None
    issued_on: date | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """`name` tells the layout; `write` makes the file."""

    name: str
    filename: str
    write: Callable[[], bytes]
    head: Head
    rows: tuple[Row, ...]
    ledgers: int = 1


def text_case(name: str, text: str, head: Head, *rows: Row, ledgers: int = 1) -> Case:
    """A case whose file is the text as it stands."""
    content = text.strip("\n").encode()
    return Case(name, f"{name}.txt", lambda: content, head, rows, ledgers if rows else 0)
