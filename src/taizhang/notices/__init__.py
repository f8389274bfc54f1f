"""Reads and writes official documents. Pure Python: usable from a notebook, without Django.

>>> from taizhang.notices import read_notice
>>> notice = read_notice("临江市总工会办公室文件\\n临工办〔2030〕2号\\n".encode())
>>> notice.metadata.document_number, notice.metadata.issued_on, notice.items
('临工办〔2030〕2号', None, ())
"""

from taizhang.notices.errors import ReadingError
from taizhang.notices.model import Item, Ledger, Metadata, Notice
from taizhang.notices.read import read_notice

__all__ = ["Item", "Ledger", "Metadata", "Notice", "ReadingError", "read_notice"]
