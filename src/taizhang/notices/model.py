"""What is read from an official document. None and empty mean: the document does not say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from taizhang.notices.commitments.model import Commitment
from taizhang.notices.document import Document, Passage, Span


class Sureness(StrEnum):
    """How sure the reader is of a value, by the way in which it was found."""

    SURE = "sure"  # the document labels it, or two of its places agree
    LIKELY = "likely"  # it stands where such a value stands, and no label says so
    GUESSED = "guessed"  # it only looks like such a value


@dataclass(frozen=True, slots=True)
class Trace:
    """How sure the reader is of a value, and where the document says it.

    `spans` quote the value, but for white space and the width of digits; they are empty where the
    document says it in other words (several cells under one lead, a title cut in two).
    """

    sureness: Sureness
    spans: tuple[Span, ...] = ()


Traces = Mapping[str, Trace]
"""Traces by the name of the field; a field that the document does not state has none."""


def _traces() -> Traces:
    return {}


@dataclass(frozen=True, slots=True)
class PrintInfo:
    """The imprint (版记, GB/T 9704-2012): who had it printed when, and who got a copy."""

    printed_by: str | None
    printed_on: date | None
    copied_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """Head and foot of a document, with spaces and line breaks of the layout taken out.

    `issuers` are those of the agency mark, else those who signed. `recipients` are kept in the
    groups in which the document addresses them. `traces` takes no part in comparing two.
    """

    issuers: tuple[str, ...] = ()
    document_number: str | None = None
    title: str | None = None
    issued_on: date | None = None
    recipients: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    annex_title: str | None = None
    print_info: PrintInfo | None = None
    traces: Traces = field(default_factory=_traces, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Departments:
    """Departments in the order of the source.

    `lead_is_stated`: the source itself says who leads. Where it gives one list only, all of it
    is in `lead` and a person has to say who leads.
    """

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    lead_is_stated: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered task. `passage.text` is verbatim: spaces and wording as in the source.

    `group` holds the headings above it, the widest first; `deadline` is kept as written.
    The offsets of `commitments` count in `text`; `passage.cut` leads to the document. `traces` has
    "text" (the item with its number), "departments" and "deadline"; it takes no part in comparing.
    """

    number: int
    passage: Passage
    departments: Departments
    deadline: str | None = None
    group: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    traces: Traces = field(default_factory=_traces, compare=False, repr=False)

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Ledger:
    """Items of one number sequence, under the title that stands above them."""

    title: str | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A document read: `document` is what every passage of it quotes."""

    metadata: Metadata
    ledgers: tuple[Ledger, ...]
    document: Document

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all its ledgers, in reading order."""
        return tuple(item for ledger in self.ledgers for item in ledger.items)
