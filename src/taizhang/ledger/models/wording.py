"""What every model of the ledger says in two languages or chooses from an enum."""

from django.utils.translation import get_language


def in_language(zh: str, en: str) -> str:
    """The wording in the language of the page."""
    return en if (get_language() or "").startswith("en") else zh


def choices_of(enum) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]
