"""Web pages (.html): lines where a browser breaks them, and tables that are more than a frame."""

import re
from collections.abc import Iterator
from itertools import count

from lxml import etree, html  # type: ignore[import-untyped]  # ships no types

from taizhang.notices.document import MAX_CELLS, Document, DocumentBuilder, Place
from taizhang.notices.errors import BrokenFile, TooLarge
from taizhang.notices.formats.encoding import decode
from taizhang.notices.formats.flow import write_lines

_BEGINNING = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_CHINESE_CHARSETS = ("gb2312", "gbk", "gb18030", "gb_2312-80")
_NOT_SHOWN = frozenset(
    (
        *("script", "style", "nav", "noscript", "template", "select", "button", "iframe", "svg"),
        # The parser keeps in the head whatever follows <style> without a <body>, articles too.
        *("title", "meta", "link", "base"),
        "del",
    )
)
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "label"),
        *("mark", "o:p", "s", "small", "span", "st1:chsdate", "strong", "sub", "sup", "time"),
        *("tt", "u"),
    )
)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_NOTE = re.compile(r"#_?(?:ft|ed|sdfoot|sdend)n", re.IGNORECASE)  # of Word and LibreOffice
_RUNNING = ("header", "footer")  # titles that LibreOffice gives them
_NUMBERS = ("{}.", "（{}）", "{}）")  # by the depth of a list: no two levels may look alike
_SENTENCE = 20  # characters: the entries of a menu have fewer
_DEEPEST = 200
_WIDEST = 200


def looks_like_html(content: bytes) -> bool:
    """Whether a file begins as web pages do.

    >>> looks_like_html(b"<!DOCTYPE html><p>"), looks_like_html("<p>一</p>\\t二".encode())
    (True, False)
    """
    return _BEGINNING.match(content[:2048]) is not None


def read_html(content: bytes, charset: str | None = None) -> Document:
    """The document in a web page. Loads nothing. Raises `NotText` or `BrokenFile`.

    `charset` is what came with the page; without it the page itself may name one.
    """
    text = _CHARSET_DECLARATION.sub("", _decode(content, charset))
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise BrokenFile("the page") from error
    builder = DocumentBuilder()
    page = _Page(builder)
    page.walk(root, 0)
    page.flush()
    return builder.build()


_CHARSET_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)


def _decode(content: bytes, charset: str | None) -> str:
    """The text of a page: in the character set it names, else as any text file."""
    named = _CHARSET.search(content[:4096])
    if charset is None and named:
        charset = named.group(1).decode("ascii")
    if charset and charset.lower() in _CHINESE_CHARSETS:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            pass  # the page is not in the set it names; a text file's way may still do
    return decode(content)


class _Page:
    """Collects lines as a browser lays them out, and hands them on in front of each table."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._lines: list[str] = [""]
        self._number = ""  # of the entry of a list whose text has not begun

    def flush(self) -> None:
        write_lines(self._builder, (_SPACES.sub(" ", line) for line in self._lines))
        self._lines = [""]

    def walk(self, element: etree._Element, depth: int) -> None:
        if depth > _DEEPEST:
            raise BrokenFile("nested too deep")
        name = element.tag
        if not isinstance(name, str) or name in _NOT_SHOWN or _is_hidden(element):
            return
        if name == "table" and _is_grid(element):
            self.flush()
            _write_grid(self._builder, element)
            return
        is_block = name not in _INLINE
        if is_block:
            self._lines.append("")
        self._write(element.text)
        numbers = _numbers(element)
        for child in element:
            self._number = next(numbers, "") if child.tag == "li" else self._number
            self.walk(child, depth + 1)
            self._write(child.tail)
        if is_block:
            self._lines.append("")

    def _write(self, text: str | None) -> None:
        if text and self._number and not text.isspace():
            self._lines[-1] += self._number
            self._number = ""
        self._lines[-1] += text or ""


def _numbers(element: etree._Element) -> Iterator[str]:
    """What a browser shows in front of the entries of a numbered list, unless it is a menu."""
    if element.tag != "ol" or not any(_is_sentence(entry) for entry in element.iterchildren("li")):
        return
    level = min(sum(1 for _ in element.iterancestors("ol")), len(_NUMBERS) - 1)
    start = element.get("start") or "1"
    first = int(start) if re.fullmatch("[0-9]{1,4}", start) else 1
    yield from (_NUMBERS[level].format(number) for number in count(first))


def _is_sentence(entry: etree._Element) -> bool:
    return sum(len(text.strip()) for text in entry.itertext()) >= _SENTENCE


def _is_hidden(element: etree._Element) -> bool:
    return (
        "hidden" in element.attrib
        or element.get("title") in _RUNNING
        or (element.tag == "a" and _NOTE.match(element.get("href") or "") is not None)
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _is_grid(table: etree._Element) -> bool:
    """Whether a table holds data: it has columns, and none of its cells holds a table."""
    has_columns = any(len(list(row.iterchildren("td", "th"))) > 1 for row in table.iter("tr"))
    return has_columns and next(table.iterdescendants("table"), None) is None


def _write_grid(builder: DocumentBuilder, table: etree._Element) -> None:
    rows: list[list[str]] = []
    taken: dict[Place, Place] = {}
    widths: dict[int, int] = {}
    elements = list(table.iter("tr"))
    for row_at, row in enumerate(elements):
        texts: dict[int, str] = {}
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (row_at, column) in taken:
                column += 1
            if column >= _WIDEST:
                break
            texts[column] = "\n".join(_cell_lines(cell))
            height = min(_span(cell, "rowspan"), len(elements) - row_at)
            width = min(_span(cell, "colspan"), _WIDEST - column)
            if len(taken) + height * width > MAX_CELLS:
                raise TooLarge(len(taken) + height * width, MAX_CELLS, "cells")
            for below in range(row_at, row_at + height):
                widths[below] = max(widths.get(below, 0), column + width)
                for beside in range(column, column + width):
                    taken[below, beside] = (row_at, column)
            column += width
        rows.append([texts.get(at, "") for at in range(widths.get(row_at, 0))])
    merged = {place: origin for place, origin in taken.items() if place != origin}
    builder.grid(rows, merged)


def _span(cell: etree._Element, name: str) -> int:
    written = cell.get(name) or "1"
    return max(int(written), 1) if re.fullmatch("[0-9]{1,4}", written) else 1


def _cell_lines(cell: etree._Element) -> Iterator[str]:
    page = _Lines()
    page.walk(cell, 0)
    for line in page.lines:
        shown = _SPACES.sub(" ", line).strip()
        if shown:
            yield shown


class _Lines(_Page):
    """The lines of a cell; a table cannot stand in it."""

    def __init__(self) -> None:
        super().__init__(DocumentBuilder())

    @property
    def lines(self) -> list[str]:
        return self._lines
