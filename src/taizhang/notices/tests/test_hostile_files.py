"""Files made to take all memory or time: each is answered, within the bounds of a notice."""

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO, Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from taizhang.notices import read_notice
from taizhang.notices.errors import BrokenFile, TooDemanding
from taizhang.notices.formats import isolated
from taizhang.notices.kept_document import MAX_UNPACKED, kept_document
from taizhang.notices.tests.corpus.pdf_writer import pdf, text
from taizhang.notices.tests.corpus.word_writer import document

MEGABYTES = 500
# A process takes over the peak of the one that starts it, which tests make large: a small one
# stands between.
THROUGH_A_SMALL_ONE = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
CORNERS = (Path(__file__).parent / "files" / "corners.xls").read_bytes()
"""An old workbook of two cells, A1 and IV65536, which a library lays out as a grid."""
_MERGED = '<w:gridSpan w:val="150"/>'
_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

# Reads each file named in its arguments; prints the answers and the highest memory of the process
# and of those that it started, so far, in megabytes.
READING = """
import json, resource, sys
from taizhang.notices import ReadingError, read_notice
for path in sys.argv[1:]:
    try:
        answer = f"{len(read_notice(path).items)} items"
    except ReadingError as refusal:
        answer = type(refusal).__name__
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    apart = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps([path, answer, max(own, apart) // 1024]))
"""


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def workbook(strings: str, rows: str, after: str = "") -> bytes:
    """An .xlsx whose shared strings and sheet are these."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as written:
        written.add_worksheet().write_row(0, 0, ("x", "y"))
    with zipfile.ZipFile(content) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] = f"<sst {_SHEET}>{strings}</sst>"
    sheet = f"<worksheet {_SHEET}><sheetData>{rows}</sheetData>{after}</worksheet>"
    return zipped(parts | {"xl/worksheets/sheet1.xml": sheet})


def chain_without_an_end() -> bytes:
    """The old workbook, its sectors following one another in a circle."""
    content = bytearray(CORNERS)
    (table,) = struct.unpack_from("<I", content, 76)
    for at in range(512 * (table + 1), 512 * (table + 2), 4):
        if content[at : at + 4] == b"\xfe\xff\xff\xff":  # the end of a chain
            content[at : at + 4] = bytes(4)
    return bytes(content)


def deflated(drawing: bytes, times: int, *, twice: bool = False) -> bytes:
    """A PDF whose page unpacks to a drawing so many times; made without unpacking it here."""
    packer = zlib.compressobj(9)
    first = packer.compress(drawing) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush nothing refers to what came before: what follows can be repeated.
    again = packer.compress(drawing) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * (times - 1) + packer.flush()
    packed = zlib.compress(packed, 9) if twice else packed
    filters = b"[/FlateDecode /FlateDecode]" if twice else b"/FlateDecode"
    return pdf(b"").replace(
        b"<< /Length 0 >>\nstream\n",
        b"<< /Length %d /Filter %s >>\nstream\n%s" % (len(packed), filters, packed),
    )


def forms_within_forms() -> bytes:
    """A page that draws a form which draws one eight times, and so on: 8 to the power of 12."""
    forms = []
    for at in range(12):
        inner = b"/F Do " * 8 if at < 11 else b"0 0 m 9 9 l S"
        forms.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length %d /Resources "
            b"<< /XObject << /F %d 0 R >> >> >>\nstream\n%s\nendstream"
            % (len(inner), at + 7, inner)
        )
    return pdf(b"/F Do", further=forms, resources=b"/XObject << /F 6 0 R >>")


def table_of(row: str, times: int) -> bytes:
    return document("<w:tbl>" + row * times + "</w:tbl>")


@cache
def hostile_files() -> dict[str, tuple[bytes, str]]:
    """By name with its ending: what is in the file, and what is answered."""
    long_text = "长" * 1_000_000
    cells = "".join(f'<c r="{column}%d" t="s"><v>0</v></c>' for column in "ABCDEFGHIJKLMNOPQRST")
    begun = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>"
    wide = f"<w:tr><w:tc><w:tcPr>{_MERGED}</w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
    return {
        "far corners.xls": (CORNERS, "TooDemanding"),
        "chain without an end.xls": (chain_without_an_end(), "TooDemanding"),
        "one long text in every cell.xlsx": (
            workbook(
                f"<si><t>{long_text}</t></si>",
                "".join(
                    f'<row r="{at}">{cells.replace("%d", str(at))}</row>' for at in range(1, 300)
                ),
            ),
            "TooDemanding",
        ),
        "merged over and over.xlsx": (
            workbook(
                "<si><t>x</t></si>",
                '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="GR1" t="s"><v>0</v></c></row>'
                '<row r="1000"><c r="GR1000" t="s"><v>0</v></c></row>',
                "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 5000 + "</mergeCells>",
            ),
            "TooLarge",
        ),
        "page that unpacks to a gigabyte.pdf": (deflated(b" " * 1_000_000, 900), "TooDemanding"),
        "page packed twice.pdf": (deflated(b" " * 1_000_000, 900, twice=True), "TooDemanding"),
        "millions of lines.pdf": (deflated(b"0 0 m 9 9 l S " * 10_000, 600), "TooDemanding"),
        "forms within forms.pdf": (forms_within_forms(), "TooDemanding"),
        "elements without number.docx": (document("<w:p/>" * 2_000_000), "TooLarge"),
        "attributes without number.docx": (document(f"<w:p {'a=' * 1_300_000}/>"), "TooLarge"),
        "more text than memory.docx": (document("长" * 21_000_000), "TooLarge"),
        "columns over columns.docx": (table_of(wide, 9000), "TooLarge"),
        "one long text merged over rows.html": (
            f"<table><tr><td rowspan=9999>{long_text[:99_000]}<td>1</tr>".encode()
            + b"<tr><td>1<td>2</tr>" * 900
            + b"</table>",
            "TooLarge",
        ),
        "spans over spans.html": (
            b"<table>" + b"<tr><td colspan=200 rowspan=9999>x<td>y</tr>" * 9000 + b"</table>",
            "TooLarge",
        ),
        "paragraphs without an end.docx": (document((begun % ("长" * 20)) * 40_000), "0 items"),
    }


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """What a process of its own answers over all of them, one after the other."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (content, _) in hostile_files().items():
        (folder / name).write_bytes(content)
    paths = [str(folder / name) for name in hostile_files()]
    done = subprocess.run(
        [sys.executable, "-c", THROUGH_A_SMALL_ONE, sys.executable, "-c", READING, *paths],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    lines: list[Any] = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(path).name: (answer, peak) for path, answer, peak in lines}


@pytest.mark.parametrize("name", hostile_files())
def test_a_hostile_file_is_answered_within_the_memory_of_a_notice(
    name: str, answers: dict[str, tuple[str, int]]
) -> None:
    answer, peak = answers[name]

    assert answer == hostile_files()[name][1]
    assert peak < MEGABYTES


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "MAX_SECONDS", 0.01)

    with pytest.raises(TooDemanding, match=r"save it as \.docx"):
        read_notice(pdf(text(80, 700, "一、修桥。")))


def test_a_crash_of_the_other_process_is_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    crash = subprocess.CompletedProcess((), returncode=-11, stdout=b"")
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: crash)

    with pytest.raises(BrokenFile, match="failed with -11"):
        read_notice(pdf(text(80, 700, "一、修桥。")))


@pytest.mark.parametrize("code", [0, isolated.REFUSED])
@pytest.mark.parametrize(
    "answer", [b"", b"{}", b"[]", b'["x","y"]', zlib.compress(b"[]"), b"\xff\xfe"]
)
def test_an_answer_that_is_none_is_a_broken_file(
    code: int, answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*args: object, stdout: IO[bytes], **kwargs: object) -> object:
        stdout.write(answer)
        return subprocess.CompletedProcess((), returncode=code)

    monkeypatch.setattr(subprocess, "run", run)

    with pytest.raises(BrokenFile, match="gave no document"):
        read_notice(pdf(text(80, 700, "一、修桥。")))


def test_a_document_that_unpacks_to_more_than_any_notice_is_not_unpacked() -> None:
    packed = zlib.compress(b"[" * (MAX_UNPACKED + 1), 1)

    with pytest.raises(ValueError, match="more than any notice"):
        kept_document(packed)


def test_the_other_process_writes_no_more_than_an_answer(tmp_path: Path) -> None:
    bounded = (
        "import os; from taizhang.notices.formats import __main__ as reader; reader._bound();"
        "[os.write(1, bytes(1_000_000)) for _ in range(100)]"
    )
    path = tmp_path / "answer"

    with path.open("wb") as answer:
        done = subprocess.run([sys.executable, "-c", bounded], stdout=answer, check=False)

    assert done.returncode
    assert path.stat().st_size <= isolated.MAX_ANSWER


def test_a_server_with_a_python_within_is_not_started_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/usr/sbin/uwsgi")

    content = pdf(text(80, 700, "一、修桥。（市交通局负责）"))

    assert read_notice(content) == read_notice(content, isolated=False)


def test_the_other_process_is_told_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, str] = {}
    crash = subprocess.CompletedProcess((), returncode=1, stdout=b"")

    def run(*args: object, env: dict[str, str], **kwargs: object) -> object:
        told.update(env)
        return crash

    monkeypatch.setenv("TAIZHANG_SECRET_KEY", "secret")
    monkeypatch.setattr(subprocess, "run", run)

    with pytest.raises(BrokenFile):
        read_notice(pdf(text(80, 700, "一、修桥。")))
    assert "secret" not in told.values()
    assert told["PYTHONPATH"]


def test_reading_apart_finds_what_reading_here_does() -> None:
    content = pdf(
        text(80, 700, "一、修桥。（市交通局负责）"), text(80, 700, "二、修路。（市交通局负责）")
    )

    assert read_notice(content) == read_notice(content, isolated=False)
