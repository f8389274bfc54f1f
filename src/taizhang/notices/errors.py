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

    def __init__(self, size: int, limit: int, unit: str = "bytes") -> None:
        super().__init__(
            f"the file has {size:,} {unit}, more than the {limit:,} a notice may have: "
            "keep the notice and its annexes, and leave pictures out"
        )


class TooDemanding(ReadingError):
    key = "too_demanding"

    def __init__(self) -> None:
        super().__init__(
            "reading the file takes more time or memory than a notice may: open it where it was "
            "written, keep the notice and its annexes, and save it as .docx or .txt"
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
            "files such as .doc, .rtf and .odt are read with LibreOffice, which is not installed "
            "here or failed: save the document as .docx or .xlsx"
        )


def refused_elsewhere(key: str, reason: str) -> ReadingError:
    """The refusal of this key, in the words that another process found for it.

    >>> refused_elsewhere("encrypted_file", "locked")
    EncryptedFile('locked')
    """
    kind = next(kind for kind in ReadingError.__subclasses__() if kind.key == key)
    # The words are there already: nothing is left for the constructor of the class to do.
    return kind.__new__(kind, reason)
