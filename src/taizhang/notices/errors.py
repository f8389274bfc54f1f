"""Why a file could not be read, and what to do about it."""

from typing import ClassVar


class ReadingError(Exception):
    """A file gives no notice. `key` is stable: a page says the same in the reader's language."""

    key: ClassVar[str]


class FileNotReadable(ReadingError):
    key = "file_not_readable"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} cannot be opened ({reason}): check the path and who may read it")


class EmptyDocument(ReadingError):
    key = "empty_document"

    def __init__(self) -> None:
        super().__init__("the file holds no text: check that it is the right one and save it again")


class TooLarge(ReadingError):
    key = "too_large"

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"the file has {size:,} bytes, more than the {limit:,} a notice may have: "
            "keep the notice and its annexes, and leave pictures out"
        )


class UnknownFormat(ReadingError):
    key = "unknown_format"

    def __init__(self, found: str, known: str) -> None:
        super().__init__(f"{found} cannot be read: save the document as one of {known}")


class NotText(ReadingError):
    key = "not_text"

    def __init__(self) -> None:
        super().__init__(
            "the file is neither UTF-8 nor GB18030 text: open it where it was written and "
            "save it as plain text in UTF-8"
        )


class BrokenFile(ReadingError):
    key = "broken_file"

    def __init__(self, part: str) -> None:
        super().__init__(
            f"the file is damaged or not what its name says ({part}): open it where it was "
            "written and save it again"
        )


class EncryptedFile(ReadingError):
    key = "encrypted_file"

    def __init__(self) -> None:
        super().__init__("the file is locked with a password: save a copy without one")


class ScannedFile(ReadingError):
    key = "scanned_file"

    def __init__(self) -> None:
        super().__init__(
            "the file holds pictures of pages and no text: ask for the document as text, or run "
            "it through text recognition first"
        )


class ConverterMissing(ReadingError):
    key = "converter_missing"

    def __init__(self) -> None:
        super().__init__(
            "an old .doc file is read with LibreOffice, which is not installed here or failed: "
            "save the document as .docx"
        )
