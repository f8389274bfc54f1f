"""What the text of an item obliges to, in numbers and dates: who, what, how much, by when.

Three steps: `scanner` cuts the text into amounts, dates, recurrences and the words around them,
`grammar` joins those of one clause (`limits` tells which amounts are quantities, `conditions` which
only say whom they reach), `wording` reads who and what from the words between.

>>> from taizhang.notices.commitments import find_commitments
>>> found = find_commitments("各县总工会每年至少召开1次联席会议，三级联动。")
>>> [(each.quote, each.comparator.value, each.recurrence) for each in found]
[('每年至少召开1次', '>=', 'year')]
"""

from taizhang.notices.commitments.grammar import find_commitments
from taizhang.notices.commitments.model import (
    Amount,
    Commitment,
    Comparator,
    Deadline,
    Kind,
    Role,
    Strength,
)

__all__ = [
    "Amount",
    "Commitment",
    "Comparator",
    "Deadline",
    "Kind",
    "Role",
    "Strength",
    "find_commitments",
]
