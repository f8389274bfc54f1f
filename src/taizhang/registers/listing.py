"""The list of a register as others use it: a page of it, or all of its rows."""

from taizhang.registers.lists.filters import FilterSelect, filter_form
from taizhang.registers.lists.ordering import CursorFault
from taizhang.registers.lists.page import (
    CURSOR,
    PAGE_ROWS,
    ListPage,
    list_page,
    list_rows,
    narrow,
)

__all__ = [
    "CURSOR",
    "PAGE_ROWS",
    "CursorFault",
    "FilterSelect",
    "ListPage",
    "filter_form",
    "list_page",
    "list_rows",
    "narrow",
]
