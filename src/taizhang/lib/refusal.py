"""The refusal of a request, in words for the person who made it: what, why, and what to do next."""


class Refused(Exception):
    """Nothing was done. `what` was not done, `why`, and what to do `next`.

    The parts may be lazy translations: they become text in the language of whoever reads them.
    Raise a subclass named for the refusal.
    """

    def __init__(self, what: object, why: object, next: object) -> None:  # noqa: A002
        super().__init__(what, why, next)
        self.what = what
        self.why = why
        self.next = next

    def __str__(self) -> str:
        """The three sentences in one line; Chinese ones follow each other without a space.

        >>> print(Refused("The file was not kept.", "It is empty.", "Choose another file."))
        The file was not kept. It is empty. Choose another file.
        >>> print(Refused("文件未保存。", "文件是空的。", "请另选文件。"))
        文件未保存。文件是空的。请另选文件。
        """
        sentences = " ".join(str(part) for part in (self.what, self.why, self.next))
        return sentences.replace("。 ", "。")
