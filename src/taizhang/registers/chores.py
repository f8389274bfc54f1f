"""Work that waits in the background: what the worker does, one chore after another.

A layer registers its chores in `reactions.py`, found at start; `taizhang work` runs them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from taizhang.lib.registry import Registry

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """`run` does what waits, and says whether there was anything.

    It is called twice a second, so it must find out cheaply that nothing waits. A worker may be
    killed in the middle: what a chore left half-done, its next run takes up again.
    """

    key: str
    run: Callable[[], bool]


CHORES: Registry[Chore] = Registry("chore")


def offer_chore(chore: Chore) -> Chore:
    return CHORES.register(chore.key, chore)


def run_chores() -> bool:
    """Run each chore once; was there anything to do?

    A chore that fails is logged and does not keep the others from their work.
    """
    done = [_run(chore) for chore in CHORES.values()]  # all of them, whatever the first says
    return any(done)


def _run(chore: Chore) -> bool:
    try:
        return chore.run()
    except Exception:  # noqa: BLE001 - the boundary of the worker: any fault of one is logged here
        _log.exception("chore %s failed", chore.key)
        return False
