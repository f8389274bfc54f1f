"""Where a notice says that it repeals or replaces an earlier one, by that one's document number."""

import re

from taizhang.notices.normalise import normalise

_REPEAL = re.compile("废止|停止执行|不再执行|停止使用|失效|代替|替代|取代")
_SENTENCE = re.compile("[^。；;]+")
_BRACKETS = str.maketrans("[［【（(﹝]］】）)﹞", "〔〔〔〔〔〔〕〕〕〕〕〕")
_CLOSING = frozenset(")）")
_LONGEST_QUOTE = 80


def repeal_of(number: str, text: str) -> str | None:
    """The words in which `text` says that the notice `number` no longer holds; None without them.

    White space and the drawing of brackets do not count. Long ones are cut at their beginning.

    >>> repeal_of("临工发〔2031〕8号", "现予印发。《台账》（临工发[2031] 8 号）同时废止。")
    '《台账》（临工发[2031]8号）同时废止'
    """
    wanted = _folded(number)
    plain = normalise(text)
    for sentence in _SENTENCE.finditer(plain.text):
        said = sentence.group()
        repeals = list(_REPEAL.finditer(said))
        named = _folded(said).find(wanted)
        if wanted and repeals and named >= 0:
            stop = named + len(wanted)
            stop += said[stop : stop + 1] in _CLOSING
            end = max(repeals[-1].end(), stop)
            start = max(said.find("《", 0, end), 0, end - _LONGEST_QUOTE)
            begin, stop = plain.original_span(sentence.start() + start, sentence.start() + end)
            return "".join(text[begin:stop].split())
    return None


def _folded(text: str) -> str:
    return normalise(text).text.translate(_BRACKETS)
