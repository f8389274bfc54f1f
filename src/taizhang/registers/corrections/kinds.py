"""The kinds of proposals: what each does once a second person accepts it.

`correct` and `void` stand in this package; another adds its own in its `reactions.py`, found at
start.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.lib.registry import Registry
from taizhang.registers.corrections.models import Correction
from taizhang.registers.history import Change
from taizhang.registers.spec import Label, RegisterSpec


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction with its register and its record, locked, as they stand now."""

    correction: Correction
    spec: RegisterSpec
    record: Record


@dataclass(frozen=True, slots=True)
class ProposalKind:
    """`label`: what is asked for. `proposed`: the action of the change log when it is asked.

    carry_out: does it, in the transaction of the acceptance, with its row in the change log; checks
      again what was checked when it was proposed. Raises a Refused and leaves all as it was.
    changes: field by field what would change, as the account may read it.
    undecidable: why the account may not decide on it although it may verify the record, or None.
    """

    key: str
    label: Label
    proposed: str
    carry_out: Callable[[Proposal, User], None]
    changes: Callable[[Proposal, User], Sequence[Change]]
    undecidable: Callable[[Proposal, User], tuple[Label, Label] | None]


KINDS: Registry[ProposalKind] = Registry("kind of proposal")
