"""Finds the words of a fixed list in a text, the longest first."""

from collections.abc import Mapping
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


class Words(Generic[Meaning]):
    """A list of words, each with its meaning.

    >>> Words({"不少": 1, "不少于": 2}).at("每年不少于1次", 2)
    ('不少于', 2)
    """

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._by_first: dict[str, list[tuple[str, Meaning]]] = {}
        for word in sorted(meanings, key=len, reverse=True):
            self._by_first.setdefault(word[0], []).append((word, meanings[word]))

    def __contains__(self, word: str) -> bool:
        """Whether `word` itself is listed."""
        return any(word == listed for listed, _ in self._by_first.get(word[:1], ()))

    def at(self, text: str, start: int) -> tuple[str, Meaning] | None:
        """The longest word that begins at `start`, with its meaning; None when none does."""
        for word, meaning in self._by_first.get(text[start : start + 1], ()):
            if text.startswith(word, start):
                return word, meaning
        return None


def listed(words: str) -> Words[str]:
    """Words given in one string, parted by spaces; the meaning of each is itself."""
    return Words({word: word for word in words.split()})
