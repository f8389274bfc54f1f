"""Names as they are compared: what is the same body whichever way its name was typed."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

# Written one way or the other for the same legal form; each left one reads as the right one.
EQUIVALENT = (("有限责任公司", "有限公司"), ("工会委员会", "工会"))
# What tells bodies of one series apart, such as 第一小学 and 第二小学, 东区 and 西区.
_SERIAL = re.compile(r"[0-9a-z〇零一二三四五六七八九十百甲乙丙丁东西南北中]")


def comparable(name: str, prefixes: Iterable[str] = ()) -> str:
    """The name without width, spaces, brackets and place in front.

    >>> comparable("秦皇岛市 海港重机（集团）有限责任公司", ("秦皇岛市", "秦皇岛"))
    '海港重机集团有限公司'
    >>> comparable("Ｈaigang（1）厂")
    'haigang1厂'
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(character for character in folded if character.isalnum())
    for written, read in EQUIVALENT:
        text = text.replace(written, read)
    for prefix in prefixes:
        if text.startswith(prefix) and len(text) > len(prefix) + 1:
            return text.removeprefix(prefix)
    return text


def serials(text: str) -> str:
    """The numbers and letters in the name, in their order.

    >>> serials("第12小学东校区工会")
    '12东'
    """
    return "".join(_SERIAL.findall(text))


def bigrams(text: str) -> frozenset[str]:
    """Each two characters that follow each other; of one character that one."""
    if len(text) < 2:
        return frozenset({text} if text else ())
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def weights(texts: Iterable[Collection[str]]) -> dict[str, float]:
    """How much each bigram tells: the fewer names have it, the more."""
    texts = list(texts)
    counts = Counter(bigram for each in texts for bigram in each)
    return {bigram: math.log1p(len(texts) / count) for bigram, count in counts.items()}


def weigh(text: Iterable[str], weight: Mapping[str, float]) -> float:
    """What the bigrams tell together."""
    return sum(map(weight.__getitem__, text))


def alikeness(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    """The share of what both names say that they say together, 0 to 1."""
    either = weigh(one | other, weight)
    return weigh(one & other, weight) / either if either else 0.0


def telling(text: frozenset[str], weight: Mapping[str, float], least: float) -> list[str]:
    """The rarest bigrams of a name, of which every name at least so alike has one.

    What the others weigh together is less than `least` of the whole, so a name that shares only
    those cannot be alike.
    """
    ordered = sorted(text, key=weight.__getitem__, reverse=True)
    rest = whole = weigh(ordered, weight)
    chosen: list[str] = []
    for bigram in ordered:
        # With a margin for what adding in another order rounds away.
        if rest < least * whole * 0.999:
            break
        chosen.append(bigram)
        rest -= weight[bigram]
    return chosen
