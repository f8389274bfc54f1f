"""Exporting the ledger: what the board's buttons and the command call."""

import io
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.ledger.exporting.document import Detail, NoticeHead, annex, notice
from taizhang.ledger.exporting.progress import Progress, read_progress
from taizhang.ledger.exporting.workbook import write_workbook
from taizhang.notices.writing import write_docx


class Format(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`area` "": the whole city; `head` None: the annex without a notice before it.

    `ledger` is the key of one in force; "": the current one.

    A workbook holds items and commitments, whatever `detail` and `head` say.
    """

    format: Format
    detail: Detail = Detail.ITEMS
    area: str = ""
    department: str = ""
    ledger: str = ""
    head: NoticeHead | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A file, and a name for it that says what it holds and as of when."""

    name: str
    content: bytes


@transaction.atomic
def export_ledger(wanted: Wanted, *, by: User | None) -> Exported:
    """A ledger in force as a file, in the language that is active.

    It holds what the board and the pages of items show to everybody who reads them, and no record.
    One audit row: a file leaves the house.

    Raises NoLedger, UnknownArea, UnknownDepartment, UnknownLedger.
    """
    progress = read_progress(wanted.area, wanted.department, wanted.ledger)
    content = _content(progress, wanted)
    run = progress.run
    write_audit(
        by=by,
        action="export_ledger",
        subject="ledger.ledger",
        subject_no=progress.ledger.key,
        changes={
            "format": (None, wanted.format.value),
            "area": (None, progress.area.code),
            "department": (None, wanted.department),
            "as_of": (None, run.as_of.isoformat()),
            "snapshot": (None, run.snapshot),
        },
    )
    place = "" if progress.area.is_city else f"-{progress.area.code}"
    name = f"{progress.ledger.key}{place}-{run.as_of.isoformat()}.{wanted.format.value}"
    return Exported(name, content)


def _content(progress: Progress, wanted: Wanted) -> bytes:
    target = io.BytesIO()
    if wanted.format is Format.XLSX:
        write_workbook(progress, target)
    elif wanted.head is not None:
        write_docx(notice(progress, wanted.detail, wanted.head), target)
    else:
        write_docx(annex(progress, wanted.detail), target)
    return target.getvalue()
