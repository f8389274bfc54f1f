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
