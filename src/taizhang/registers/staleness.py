"""Telling whoever computes from a register that its facts changed, inside the fact's transaction.

The ledger adds its own marking in `reactions.py`; `registers` knows nothing above it.
"""

from collections.abc import Callable

STALE_HOOKS: list[Callable[[str], None]] = []


def mark_stale(slug: str) -> None:
    """Say that the register `slug` changed; called by every action that changes a record."""
    for hook in STALE_HOOKS:
        hook(slug)
