"""Text as the search index sees it: pairs of neighbouring characters.

Chinese has no spaces between words and most words have two characters, so pairs find what words
and groups of three do not.
"""

import re
import unicodedata
from collections.abc import Iterable

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")
# Marks of ASCII would part tokens in the index of SQLite: each stands as a private character.
_MARKS = {ord(mark): 0xE000 + ord(mark) for mark in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}


def normal(text: str) -> str:
    """The text without differences of width, case and blanks.

    >>> normal("ＡＢ  纪要 〔2026〕\\n7号")
    'ab 纪要 〔2026〕 7号'
    """
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def words(text: str) -> list[str]:
    """What a search asks for: each of its words must be found, wherever it stands.

    >>> words("工资 集体协商")
    ['工资', '集体协商']
    """
    return normal(text).split()


def grams(text: str) -> list[str]:
    """The pairs of a normal text in their order; each word ends with its last character alone.

    Pairs never reach over a blank, and what ends a word keeps pairs of two words apart.

    >>> grams("工会法 ab")
    ['工会', '会法', '法', 'ab', 'b']
    """
    return [word[place : place + 2] for word in text.split(" ") for place in range(len(word))]


def tokens(text: str) -> str:
    """The pairs of a normal text as SQLite's index takes them: parted by blanks."""
    return _plain(grams(text))


def phrase(word: str) -> str:
    """The query that finds the word wherever it stands inside another.

    A single character is looked for at the beginning of pairs: each character begins one.

    >>> phrase("工会法"), phrase("工")
    ('"工会 会法"', '"工"*')
    """
    if len(word) == 1:
        return f'"{_plain([word])}"*'
    return f'"{_plain(grams(word)[:-1])}"'


def _plain(parts: Iterable[str]) -> str:
    return " ".join(parts).translate(_MARKS)
