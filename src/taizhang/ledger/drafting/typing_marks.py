"""Formulas as they are typed with a Chinese input method: its marks are those of the language."""

_OFFSET = ord("!") - ord("！")
_SAME_LENGTH = {code: code + _OFFSET for code in range(ord("！"), ord("～") + 1)} | str.maketrans(
    "【】〔〕、。　", "[][],. "
)
_SIGNS = str.maketrans({"≥": ">=", "≤": "<=", "≠": "!="})


def half_width(text: str) -> str:
    """The text with full-width marks, letters and digits made plain, each place kept.

    >>> half_width("count（meeting【kind＝gov")
    'count(meeting[kind=gov'
    """
    return text.translate(_SAME_LENGTH)


def as_formula(text: str) -> str:
    """A formula in plain marks, on one line.

    >>> as_formula("count（employer【headcount≥２００】）")
    'count(employer[headcount>=200])'
    """
    return " ".join(half_width(text).translate(_SIGNS).split())
