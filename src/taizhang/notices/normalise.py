"""The form of a text in which two copies of one document agree, with the way back to the original.

A copy that went through another program may differ in white space, in left-over markup, in
full-width or plain digits, in the drawing of quotation marks and dashes. None of that changes
what a task says, so none of it is in the normalised form. Every other character stays.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,80}>")
_FULL_WIDTH_OFFSET = ord("!") - ord("！")
_FOLDED = {code: code + _FULL_WIDTH_OFFSET for code in range(ord("！"), ord("～") + 1)} | {
    ord(drawn): plain
    for plain, variants in {'"': "“”„‟", "'": "‘’‚‛", "-": "‐‑‒–—―−", ":": "∶"}.items()
    for drawn in variants
}
# Spaces and line ends, control, format and private-use characters: nothing a reader sees.
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cs", "Cn"})


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` is the normalised form; `origins[i]` the offset of its i-th character before."""

    text: str
    origins: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the non-empty part from `start` to `end` of `text` stands in the original.

        >>> normalise("每年 至少１ 次").original_span(2, 5)
        (3, 6)
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no part from {start} to {end} in a text of {len(self.text)}")
        return self.origins[start], self.origins[end - 1] + 1


def normalise(text: str) -> Normalised:
    """The normalised form: one character for each that counts, in the same order.

    >>> normalise("<p>每年至少召开 １ 次“会议”。</p>").text
    '每年至少召开1次"会议"。'
    """
    marked = {at for tag in _TAG.finditer(text) for at in range(*tag.span())}
    origins = tuple(
        at
        for at, character in enumerate(text)
        if at not in marked and unicodedata.category(character) not in _UNSEEN
    )
    kept = "".join(text[at] for at in origins)
    return Normalised(kept.translate(_FOLDED), origins)


def text_hash(text: str) -> str:
    """SHA-256 of the normalised form, in hexadecimal: equal for two copies of one text.

    >>> text_hash("召开 1 次") == text_hash("召开１次") != text_hash("召开2次")
    True
    """
    return hashlib.sha256(normalise(text).text.encode()).hexdigest()
