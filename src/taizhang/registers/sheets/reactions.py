"""The work on imports, offered to the worker; found at start by the generic register."""

from taizhang.registers.chores import Chore, offer_chore
from taizhang.registers.sheets.chore import work_on_imports

offer_chore(Chore("registers.sheets", work_on_imports))
