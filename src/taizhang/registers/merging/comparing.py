"""Two records side by side, field by field, for whoever judges whether they are one."""

from dataclasses import dataclass

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.registers.authority import hidden_fields
from taizhang.registers.display import label_of, masked, shown
from taizhang.registers.spec import RegisterSpec


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of both; `may_choose`: whether the account may say which value stays."""

    name: str
    label: str
    one: str
    other: str
    may_choose: bool

    @property
    def differs(self) -> bool:
        return self.one != self.other

    @property
    def other_is_better(self) -> bool:
        """Something stands only in the second."""
        return not self.one and bool(self.other)


def compared(spec: RegisterSpec, one: Record, other: Record, by: User) -> list[Compared]:
    """The entered fields of two records, in the order of the form."""
    hidden = hidden_fields(spec, by, one) | hidden_fields(spec, by, other)
    found = []
    for name in spec.fields:
        left, right = shown(one, name), shown(other, name)
        may_choose = name not in hidden and left != right
        if name in hidden:
            left, right = masked(left), masked(right)
        found.append(Compared(name, label_of(spec.model, name), left, right, may_choose))
    return found
