"""Reads and writes official documents. Pure Python: usable from a notebook, without Django.

A path or the bytes of a file become a `Notice`: its metadata, and ledgers of items.

>>> from taizhang.notices import find_commitments, read_notice
>>> text = '''临江市总工会办公室文件
... 临工办〔2030〕2号
... 关于印发《临江市总工会年度工作要点》的通知
... 各县总工会：
... 现将要点印发你们，请认真落实。
... 临江市总工会办公室
... 2030年3月5日
... 临江市总工会年度工作要点
... 1．办好职工夜校，每年不少于2期，年底前覆盖80%的街道。（责任单位：宣教部、财务部）
... '''
>>> notice = read_notice(text.encode())
>>> notice.metadata.document_number, notice.metadata.issued_on
('临工办〔2030〕2号', datetime.date(2030, 3, 5))
>>> (item,) = notice.items
>>> item.number, item.departments.lead, item.departments.lead_is_stated
(1, ('宣教部', '财务部'), False)

Each item has the commitments found in its text, with the very words and their place; in a text of
your own, `find_commitments` finds them.

>>> for each in item.commitments:
...     print(each.quote, each.comparator.value, each.amount.number, each.amount.unit)
每年不少于2期 >= 2 期
80% = 80 %
>>> [(each.quote, each.recurrence) for each in find_commitments("每季度召开一次例会。")]
[('每季度召开一次', 'quarter')]

Whatever was read can be shown in its place: `spans` count in the text of the document.

>>> span = item.traces["departments"].spans[0]
>>> notice.document.text[span.start : span.end]
'宣教部'

What cannot be read is refused by name, and what the document does not say is None or empty.

>>> read_notice(b"")  # doctest: +ELLIPSIS
Traceback (most recent call last):
taizhang.notices.errors.EmptyDocument: ...
"""

from taizhang.notices.commitments import find_commitments
from taizhang.notices.errors import ReadingError
from taizhang.notices.model import Item, Ledger, Metadata, Notice
from taizhang.notices.read import read_notice

__all__ = [
    "Item",
    "Ledger",
    "Metadata",
    "Notice",
    "ReadingError",
    "find_commitments",
    "read_notice",
]
