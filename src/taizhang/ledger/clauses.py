"""An item's verbatim text cut at its clauses, so that each can be marked and followed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from taizhang.notices.normalise import text_hash


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text; `codes`: commitments it states, `closing`: those whose clause ends here."""

    text: str
    codes: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """`start` and `end` are offsets into the text whose normalised form has `hash`."""

    code: str
    start: int
    end: int
    hash: str


def passages(text: str, spans: Iterable[Span]) -> Iterator[Passage]:
    """The text in order, cut wherever a clause begins or ends; clauses may overlap.

    Spans of another text are left out: nothing is marked that the ledger was not written for.

    >>> [(p.text, p.codes, p.closing) for p in passages("甲乙丙", [])]
    [('甲乙丙', (), ())]
    """
    digest = text_hash(text)
    known = [span for span in spans if span.hash == digest]
    cuts = sorted({0, len(text), *(s.start for s in known), *(s.end for s in known)})
    for start, end in pairwise(cuts):
        yield Passage(
            text[start:end],
            tuple(span.code for span in known if span.start <= start and end <= span.end),
            tuple(span.code for span in known if span.end == end),
        )
