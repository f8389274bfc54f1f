"""What content is taken for which kind of file."""

import io

import pytest

from taizhang.core.files import kinds
from taizhang.core.files.kinds import kind_of
from taizhang.core.files.testing import (
    DOCX,
    HTML,
    JPEG,
    OFD,
    PDF,
    PNG,
    PROGRAM,
    XLSX,
    package,
)

GENUINE = {
    "a.pdf": PDF,
    "a.ofd": OFD,
    "a.docx": DOCX,
    "a.xlsx": XLSX,
    "a.png": PNG,
    "a.jpg": JPEG,
    "a.jpeg": JPEG,
    "a.txt": "第一次联席会议\r\n".encode(),
    "a.csv": "序号,名称\n1,海港\n".encode("gb18030"),
}
WITH_MACROS = package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


def is_genuine(name: str, content: bytes) -> bool:
    return kind_of(name).is_genuine(io.BytesIO(content))


@pytest.mark.parametrize("name", GENUINE)
def test_genuine_content_is_accepted(name):
    assert is_genuine(name, GENUINE[name])


@pytest.mark.parametrize("name", GENUINE)
@pytest.mark.parametrize("content", [PROGRAM, b"PK\x03\x04 broken"], ids=["program", "broken zip"])
def test_programs_and_broken_packages_are_nothing(name, content):
    assert not is_genuine(name, content)


@pytest.mark.parametrize("name", [name for name in GENUINE if name[-3:] not in ("txt", "csv")])
def test_a_web_page_is_no_document(name):
    assert not is_genuine(name, HTML)


def test_one_kind_is_not_taken_for_another():
    assert not is_genuine("a.docx", XLSX)
    assert not is_genuine("a.xlsx", DOCX)
    assert not is_genuine("a.pdf", b"\n" + HTML + PDF)
    assert not is_genuine("a.png", JPEG)


def test_a_document_with_macros_is_refused():
    assert not is_genuine("a.docx", WITH_MACROS)


def test_a_package_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(kinds, "UNPACKED_LIMIT_BYTES", 7)

    assert not is_genuine("a.docx", DOCX)


def test_a_damaged_package_is_refused():
    damaged = bytearray(DOCX)
    damaged[35] ^= 0xFF

    assert not is_genuine("a.docx", bytes(damaged))


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.docm", "a", "a.pdf.exe", ".pdf"])
def test_other_extensions_are_not_accepted(name):
    assert kind_of(name) is None
