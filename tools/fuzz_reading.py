"""Coverage-guided fuzzing of the reader: `python tools/fuzz_reading.py docx FOLDER`.

Needs atheris, which is no dependency of the project. The first argument is the kind of file:
text, docx, xlsx or pdf. FOLDER keeps the inputs that reach new code; what follows it goes to
libFuzzer, e.g. -max_total_time=1200. Every input has to give a notice whose items quote the
document, or one of the named refusals. It is read in this process, where the fuzzer sees what is
reached; the bounds of the other process are tested in test_hostile_files.py. docs/fuzzing.md tells
what runs found.
"""

import io
import os
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["taizhang.notices"]):
    from taizhang.notices import Notice, ReadingError, read_notice
    from taizhang.notices.errors import TooDemanding
from taizhang.notices.tests.corpus import CASES
from taizhang.notices.tests.corpus.office import OFFICE
from taizhang.notices.tests.corpus.word_writer import document
from taizhang.notices.tests.test_hostile_files import hostile_files

# The first byte of an input: the whole file, or one part of it; of a text, which ending it has.
_RAW, _PART = b"\0", b"\1"
_LARGEST_SEED = 20_000
_FUZZED_PARTS: Mapping[str, str] = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "text": (".txt", ".md", ".csv", ".html", ".htm", ".mht"),
    "docx": (".docx",),
    "xlsx": (".xlsx",),
    "pdf": (".pdf",),
}


def main() -> None:
    kind, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PATH"] = ""  # without LibreOffice: it is another program, and takes seconds
    for at, seed in enumerate(_seeds(kind)):
        (folder / f"seed-{at:03}").write_bytes(seed)
    atheris.Setup([sys.argv[0], str(folder), *sys.argv[3:]], _check(kind))
    atheris.Fuzz()


def _seeds(kind: str) -> Iterable[bytes]:
    """The files of the corpus and hostile ones; of archives also the part that is fuzzed."""
    for name, (content, answer) in hostile_files().items():
        is_small = len(content) < _LARGEST_SEED and answer != TooDemanding.__name__
        if Path(name).suffix in _ENDINGS[kind] and is_small:
            yield _RAW + content
    for case in CASES:
        ending = Path(case.filename).suffix
        if ending not in _ENDINGS[kind]:
            continue
        content = case.write()
        yield (_RAW if kind in _FUZZED_PARTS else _named(kind, ending)) + content
        if kind in _FUZZED_PARTS:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield _PART + archive.read(_FUZZED_PARTS[kind])


def _named(kind: str, ending: str) -> bytes:
    """The first byte of an input with this ending."""
    return bytes([_ENDINGS[kind].index(ending)])


def _check(kind: str) -> Callable[[bytes], None]:
    container = _container(kind)
    endings = _ENDINGS[kind]

    def check(data: bytes) -> None:
        content = container(data[1:]) if data[:1] == _PART else data[1:]
        ending = endings[data[0] % len(endings)] if data else endings[0]
        try:
            notice = read_notice(content, filename=f"notice{ending}", isolated=False)
        except ReadingError:
            return
        _quotes(notice)

    return check


def _quotes(notice: Notice) -> None:
    text = notice.document.text
    for item in notice.items:
        quoted = "".join(text[span.start : span.end] for span in item.passage.spans)
        if quoted != item.text:
            raise AssertionError(f"item {item.number} does not quote the document")


def _container(kind: str) -> Callable[[bytes], bytes]:
    """A file whose one part is the fuzzed bytes; for kinds without parts, the bytes themselves."""
    if kind not in _FUZZED_PARTS:
        return bytes
    workbook = next(case for case in OFFICE if case.filename.endswith(".xlsx")).write()
    whole = {"docx": document("一"), "xlsx": workbook}[kind]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def contain(part: bytes) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
            for name, own in {**parts, _FUZZED_PARTS[kind]: part}.items():
                archive.writestr(name, own)
        return content.getvalue()

    return contain


if __name__ == "__main__":
    main()
