"""How much short texts are alike: by the pairs of neighbouring characters they share."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much the text at `index` is like the one asked for, and the words that both have.

    `score` is the cosine of their pairs, from 0 to 1, a rare pair weighing more than a common one.
    """

    index: int
    score: float
    shared: tuple[str, ...]


class Resemblance:
    """Texts that are searched by likeness.

    Chinese is written without spaces: two neighbouring characters stand for a word.

    >>> texts = Resemblance(["召开联席会议", "签订集体合同", "走访困难职工"])
    >>> [(found.index, found.shared) for found in texts.like("每年签订一份专项集体合同")]
    [(1, ('签订', '集体合同'))]
    """

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [Counter(_pairs(text)) for text in texts]
        self._holders: dict[str, list[tuple[int, int]]] = {}
        for index, pairs in enumerate(counted):
            for pair, times in pairs.items():
                self._holders.setdefault(pair, []).append((index, times))
        self._weights = {
            pair: math.log((1 + len(texts)) / (1 + len(holders))) + 1
            for pair, holders in self._holders.items()
        }
        self._pairs = [frozenset(pairs) for pairs in counted]
        self._lengths = [self._length(pairs) for pairs in counted]

    def like(self, text: str) -> list[Likeness]:
        """The texts that share a pair with `text`, the most alike first, equals in their order."""
        asked = frozenset(_pairs(text))
        found = [
            Likeness(index, score, _words(text, asked & self._pairs[index]))
            for index, score in self.scores(text).items()
        ]
        return sorted(found, key=lambda likeness: (-likeness.score, likeness.index))

    def scores(self, text: str) -> dict[int, float]:
        """By index the score of each text that shares a pair with `text`, in no order.

        >>> Resemblance(["召开会议", "签订合同"]).scores("每年签订一次").keys()
        dict_keys([1])
        """
        asked = Counter(pair for pair in _pairs(text) if pair in self._weights)
        products: dict[int, float] = {}
        for pair, times in asked.items():
            weight = times * self._weights[pair] ** 2
            for index, theirs in self._holders[pair]:
                products[index] = products.get(index, 0.0) + theirs * weight
        length = self._length(asked)
        return {index: found / (length * self._lengths[index]) for index, found in products.items()}

    def _length(self, pairs: Counter[str]) -> float:
        return math.sqrt(sum((n * self._weights[pair]) ** 2 for pair, n in pairs.items()))


def _pairs(text: str) -> Iterable[str]:
    """Neighbours that are letters both: none goes over a comma or a number."""
    return (
        text[at : at + 2]
        for at in range(len(text) - 1)
        if text[at].isalpha() and text[at + 1].isalpha()
    )


def _words(text: str, pairs: Iterable[str]) -> tuple[str, ...]:
    """The stretches of `text` that the pairs cover, each once, in the order of the text."""
    known = set(pairs)
    words: list[str] = []
    start: int | None = None
    for at in range(len(text)):
        if text[at : at + 2] in known:
            start = at if start is None else start
        elif start is not None:
            words.append(text[start : at + 1])
            start = None
    return tuple(dict.fromkeys(words))
