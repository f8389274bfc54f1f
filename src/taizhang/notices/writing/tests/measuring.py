"""A made-up notice, and rulers for the file that is written of it."""

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from taizhang.notices.writing import (
    Align,
    Attachment,
    Cell,
    DocumentNumber,
    Imprint,
    Level,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
    write_docx,
)

# Blank pages too: those before a page that must be even are pages of the print.
_PDF = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
LONG = "一二三四五六七八九十" * 60
HEAD = Row([Cell("序号"), Cell("目标任务"), Cell("责任部门"), Cell("状态")])


def ledger(items: int = 30, text: str = "健全职工代表大会制度，按期召开会议。" * 4) -> Table:
    """A ledger in the notice's own form, with a column for the state."""
    rows = [
        Row([Cell(str(number), Align.CENTRE), Cell(text), Cell("办公室\n组织部"), Cell("滞后")])
        for number in range(1, items + 1)
    ]
    return Table((11, 150, 34, 30), [HEAD], rows)


def annex(**changes: Any) -> Attachment:
    given: dict[str, Any] = {
        "title": "临江市总工会服务职工工作台账",
        "blocks": [ledger()],
        "note": "数据截至2030年3月1日",
        "landscape": True,
    }
    return Attachment(**(given | changes))


def notice(**changes: Any) -> OfficialDocument:
    given: dict[str, Any] = {
        "agency": "临江市总工会办公室",
        "number": DocumentNumber("临工办字", 2030, 7),
        "title": "临江市总工会办公室印发《临江市总工会服务职工工作台账》的通知",
        "addressees": "各县（区）总工会，高新区总工会",
        "body": [
            Paragraph("总体要求", Level.FIRST),
            Paragraph(LONG),
            Paragraph("职责分工", Level.SECOND),
            Paragraph("请抓好落实。"),
        ],
        "signature": Signature("临江市总工会办公室", date(2030, 3, 5)),
        "attachments": [annex()],
        "note": "此件公开发布",
        "imprint": Imprint("临江市总工会办公室", date(2030, 3, 6), ["市委办公室", "市政府办公室"]),
    }
    return OfficialDocument(**(given | changes))


def written(document: OfficialDocument | Attachment) -> Any:
    """The document, written and opened by python-docx."""
    target = io.BytesIO()
    write_docx(document, target)
    return Document(target)


def attributes(parent: Any, path: str) -> dict[str, str]:
    """What the element at a path of tags carries, without the namespace."""
    found = parent
    for tag in path.split("/"):
        found = found.find(qn(f"w:{tag}"))
        assert found is not None, f"no {tag} of {path}"
    return {name.rpartition("}")[2]: value for name, value in found.attrib.items()}


def style_of(document: Any, name: str) -> Any:
    return document.styles[name].element


def as_pdf(document: OfficialDocument | Attachment, folder: Path) -> Path:
    """The document as LibreOffice prints it; the test is skipped where there is none."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: pages are not measured")
    source = folder / "document.docx"
    write_docx(document, source)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", _PDF, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return source.with_suffix(".pdf")


def lines_of(page: Any, is_text: Callable[[dict[str, Any]], bool]) -> list[list[dict[str, Any]]]:
    """The characters of a page in lines from the top, each from the left."""
    lines: dict[int, list[dict[str, Any]]] = {}
    for character in page.chars:
        if is_text(character):
            lines.setdefault(round(character["bottom"]), []).append(character)
    return [sorted(line, key=lambda each: each["x0"]) for _at, line in sorted(lines.items())]
