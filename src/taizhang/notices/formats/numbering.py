"""Numbers of paragraphs that a Word document holds as formatting only (ISO/IEC 29500-1, 17.9)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from taizhang.notices.formats.word import attribute, child_value, tag
from taizhang.notices.numerals import chinese_numeral

_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CHINESE_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """How the paragraphs of one level are numbered; `form` is the numFmt of the standard."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restarts_after: int | None = None
    is_decimal_throughout: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A list of the document: which counters it shares, its levels and where they start anew."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts through a document; ask for each numbered paragraph in its order."""

    lists: Mapping[str, _List]
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: etree._Element | None) -> "Numbering":
        """The numbering of numbering.xml; one without lists where the document has none."""
        return cls({} if root is None else dict(_lists(root)))

    def label(self, list_id: str, level: int) -> str:
        """The number in front of the next paragraph of a list, "" where nothing is shown."""
        found = self.lists.get(list_id)
        definition = found.levels.get(level) if found else None
        if found is None or definition is None:
            return ""
        counters = self._counters.setdefault(found.abstract, {})
        if level in found.starts and (list_id, level) not in self._started:
            counters[level] = found.starts[level]
        else:
            counters[level] = counters.get(level, definition.start - 1) + 1
        self._started.add((list_id, level))
        for deeper in [at for at in counters if at > level]:
            restarts_after = found.levels.get(deeper, Level()).restarts_after
            if restarts_after is None or 0 < level + 1 <= restarts_after:
                del counters[deeper]
        if definition.form in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda place: self._part(found, place, level), definition.text)

    def _part(self, found: _List, place: re.Match[str], level: int) -> str:
        at = int(place.group(1)) - 1
        definition = found.levels.get(at, Level())
        number = self._counters[found.abstract].get(at, definition.start)
        is_decimal = found.levels[level].is_decimal_throughout
        return numeral(number, "decimal" if is_decimal else definition.form)


def numeral(number: int, form: str) -> str:
    """`number` as the numFmt `form` writes it; a form not known here as Arabic digits.

    >>> [numeral(12, form) for form in ("chineseCounting", "ideographDigital", "upperLetter")]
    ['十二', '一二', 'L']
    """
    write = _FORMS.get(form)
    return write(number) if write and number > 0 else str(number)


def _letters(number: int) -> str:
    """A to Z, then AA, BB and so on, as Word goes on."""
    return chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * min(count, 20)
    return written


def _from(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if number <= len(characters) else str(number)


def _digit_by_digit(number: int) -> str:
    return "".join(_CHINESE_DIGITS[int(digit)] for digit in str(number))


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))


_FORMS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": chinese_numeral,
    "chineseCountingThousand": chinese_numeral,
    "chineseLegalSimplified": chinese_numeral,
    "taiwaneseCounting": chinese_numeral,
    "taiwaneseCountingThousand": chinese_numeral,
    "japaneseCounting": chinese_numeral,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "ideographTraditional": _from(_HEAVENLY_STEMS),
    "decimalEnclosedCircle": _from(_CIRCLED),
    "decimalEnclosedCircleChinese": _from(_CIRCLED),
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": _full_width,
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}


def _lists(root: etree._Element) -> Iterator[tuple[str, _List]]:
    levels = {
        attribute(abstract, "abstractNumId"): dict(_levels(abstract))
        for abstract in root.iterchildren(tag("abstractNum"))
    }
    for entry in root.iterchildren(tag("num")):
        abstract = child_value(entry, "abstractNumId") or ""
        own: dict[int, Level] = dict(levels.get(abstract, {}))
        starts: dict[int, int] = {}
        for override in entry.iterchildren(tag("lvlOverride")):
            at = _number(attribute(override, "ilvl"))
            start = child_value(override, "startOverride")
            if start is not None:
                starts[at] = _number(start)
            own |= dict(_levels(override))
        yield attribute(entry, "numId") or "", _List(abstract, own, starts)


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for level in parent.iterchildren(tag("lvl")):
        at = _number(attribute(level, "ilvl"))
        restart = child_value(level, "lvlRestart")
        if at <= _DEEPEST:
            yield (
                at,
                Level(
                    form=child_value(level, "numFmt") or "decimal",
                    text=child_value(level, "lvlText") or "",
                    start=_number(child_value(level, "start"), missing=1),
                    restarts_after=None if restart is None else _number(restart),
                    is_decimal_throughout=level.find(tag("isLgl")) is not None,
                ),
            )


def _number(text: str | None, missing: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else missing
