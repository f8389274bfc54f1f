"""Writes official documents as .docx in the layout of GB/T 9704-2012 (handbook 6).

A document is a value; writing it is one call. Usable from a notebook, without Django:

>>> import io
>>> from datetime import date
>>> from taizhang.notices.writing import *
>>> notice = OfficialDocument(
...     agency="临江市总工会办公室",
...     number=DocumentNumber("临工办字", 2030, 7),
...     title="临江市总工会办公室关于做好台账更新工作的通知",
...     addressees="各县（区）总工会，市直机关工会",
...     body=[Paragraph("总体要求", Level.FIRST), Paragraph("按季度更新。")],
...     signature=Signature("临江市总工会办公室", date(2030, 3, 5)),
... )
>>> target = io.BytesIO()
>>> write_docx(notice, target)
>>> target.getvalue()[:2]
b'PK'
"""

from taizhang.notices.writing.docx import write_docx
from taizhang.notices.writing.model import (
    Align,
    Attachment,
    Cell,
    DocumentNumber,
    Imprint,
    Level,
    NotADocumentNumber,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
    day_text,
)

__all__ = [
    "Align",
    "Attachment",
    "Cell",
    "DocumentNumber",
    "Imprint",
    "Level",
    "NotADocumentNumber",
    "OfficialDocument",
    "Paragraph",
    "Row",
    "Signature",
    "Table",
    "day_text",
    "write_docx",
]
