"""Ledger packs: a ledger as data, in the project's own short wording.

A pack is a folder of TOML files. It holds what a ledger asks for, never the sentences of the
notice: those come with the notice itself, and `ledger.binding` lays the one upon the other.
"""

from pathlib import Path

from taizhang.ledger.packs.loader import load_pack
from taizhang.ledger.packs.model import LedgerPack
from taizhang.ledger.packs.toml import PackError

SHIPPED = Path(__file__).parent

__all__ = ["SHIPPED", "LedgerPack", "PackError", "load_pack"]
