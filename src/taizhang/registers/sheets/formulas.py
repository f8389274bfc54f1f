"""What a spreadsheet program would take for a formula in a CSV file, and how it is kept from it."""

GUARD = "'"
# Programs of Chinese and Japanese computers read the wide signs as the narrow ones.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_formula(text: str) -> bool:
    """Does the text begin like one, whatever number of guards stands before?

    >>> is_formula("=1+1"), is_formula("'=1+1"), is_formula("'tis"), is_formula("")
    (True, True, False, False)
    """
    return text.lstrip(GUARD).startswith(_STARTS)
