"""The ledgers in force, the pack they draw on, and what an evaluation of them needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from taizhang.core.parameters.clock import status_date
from taizhang.ledger.measured import measures_of
from taizhang.ledger.models import Ledger, ThresholdAnswer
from taizhang.ledger.packs import SHIPPED, LedgerPack, load_pack
from taizhang.measures import catalogue as measures_catalogue
from taizhang.measures import commitments as measures
from taizhang.measures.catalogue import Catalogue
from taizhang.registers.catalogue import known_areas, offered_registers

DEFAULT_PACK = "qinhuangdao-2021"


class NoLedger(LookupError):
    """The database holds no ledger with commitments yet: `taizhang init` makes one."""


@dataclass(frozen=True)
class CurrentLedger:
    """The current ledger with those beside it.

    `measures` are the commitments of all ledgers in force, by their codes. `catalogue`: the
    offered registers, and those that the pack declares and nobody offers.
    """

    row: Ledger
    pack: LedgerPack
    measures: measures.Ledger
    catalogue: Catalogue
    areas: tuple[measures_catalogue.Area, ...]


def current_ledger(
    day: date | None = None, proposed: Sequence[ThresholdAnswer] = ()
) -> CurrentLedger:
    """The ledgers in force, by the answers that hold on `day`, and `proposed` ones.

    Without a day it is the status date. Raises NoLedger.
    """
    row = Ledger.objects.filter(is_current=True).first()
    if row is None or not (SHIPPED / row.pack_key).is_dir():
        raise NoLedger("no ledger in this database: run `taizhang init` first")
    pack = shipped_pack(row.pack_key)
    return CurrentLedger(
        row=row,
        pack=pack,
        measures=measures_of(row, day or status_date(), proposed),
        catalogue=catalogue_of(pack.key),
        areas=known_areas(),
    )


@cache
def shipped_pack(key: str) -> LedgerPack:
    return load_pack(SHIPPED / key)


@cache
def catalogue_of(key: str) -> Catalogue:
    return Catalogue({**shipped_pack(key).catalogue.registers, **offered_registers()})
