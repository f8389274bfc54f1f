"""Word documents (.docx): what a reader sees once all tracked changes are accepted."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from taizhang.notices.document import MAX_CELLS, Document, DocumentBuilder, Place
from taizhang.notices.errors import BrokenFile, TooLarge
from taizhang.notices.formats.archive import Archive
from taizhang.notices.formats.flow import write_lines
from taizhang.notices.formats.numbering import Numbering
from taizhang.notices.formats.word import STRICT, TRANSITIONAL, attribute, child_value, is_on, tag

_MAIN_PART = re.compile(r"word/document\d*\.xml")  # some programs number it
_DEEPEST = 60  # tables within tables and boxes within boxes, beyond any document
_WIDEST = 200  # columns of a table

_CONTAINERS = frozenset(
    tag(name)
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "sdtContent")
)
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATHS_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_LEFT_OUT = frozenset(
    tag(name)
    for name in ("del", "moveFrom", "delText", "instrText", "rt", "sdtPr", "pPr", "rPr", "tcPr")
)


def read_docx(content: bytes) -> Document:
    """The document in a .docx file, without its page headers and footers.

    Numbers that exist only as formatting are written in front of their paragraphs, text boxes
    before the paragraph that holds them, footnotes below the text. Raises `BrokenFile`,
    `EncryptedFile` or `TooLarge`.
    """
    archive = Archive(content)
    name = main_part(archive.names)
    root = _part(archive, name) if name else None
    body = None if root is None else root.find(tag("body"))
    if body is None:
        raise BrokenFile("the text of the document")
    story = _Story(
        Numbering.of(_part(archive, "word/numbering.xml")),
        _Styles.of(_part(archive, "word/styles.xml")),
    )
    builder = DocumentBuilder()
    _write(builder, story.blocks(body))
    notes = _part(archive, "word/footnotes.xml")
    for note in () if notes is None else notes.iterchildren(tag("footnote")):
        for paragraph in note.iterchildren(tag("p")):
            for line in _text(paragraph).splitlines():
                builder.line(line)
    return builder.build()


def main_part(names: Iterable[str]) -> str | None:
    """The part that holds the text, among the names of an archive."""
    return next((name for name in names if _MAIN_PART.fullmatch(name)), None)


def _part(archive: Archive, name: str) -> etree._Element | None:
    root = archive.xml(name)
    if root is not None and root.tag.startswith(f"{{{STRICT}}}"):
        for element in root.iter(etree.Element):
            element.tag = element.tag.replace(STRICT, TRANSITIONAL)
            for key in [key for key in element.attrib if key.startswith(f"{{{STRICT}}}")]:
                element.set(key.replace(STRICT, TRANSITIONAL), element.attrib.pop(key))
    return root


@dataclass(frozen=True, slots=True)
class _Styles:
    """The list and level that paragraph styles give their paragraphs."""

    lists: dict[str, tuple[str | None, int | None]]
    based_on: dict[str, str]

    @classmethod
    def of(cls, root: etree._Element | None) -> "_Styles":
        lists: dict[str, tuple[str | None, int | None]] = {}
        based_on: dict[str, str] = {}
        for style in () if root is None else root.iterchildren(tag("style")):
            name = attribute(style, "styleId") or ""
            properties = style.find(tag("pPr"))
            if properties is not None:
                lists[name] = _list_of(properties)
            based_on[name] = child_value(style, "basedOn") or ""
        return cls(lists, based_on)

    def list_of(self, style: str | None) -> tuple[str | None, int | None]:
        seen: set[str] = set()
        list_id: str | None = None
        level: int | None = None
        while style and style not in seen:
            seen.add(style)
            own_list, own_level = self.lists.get(style, (None, None))
            list_id = own_list if list_id is None else list_id
            level = own_level if level is None else level
            style = self.based_on.get(style)
        return list_id, level


def _list_of(properties: etree._Element) -> tuple[str | None, int | None]:
    numbered = properties.find(tag("numPr"))
    if numbered is None:
        return None, None
    level = child_value(numbered, "ilvl")
    is_level = level is not None and re.fullmatch("[0-8]", level)
    return child_value(numbered, "numId"), int(level) if level and is_level else None


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    blocks: tuple["_Block", ...]
    width: int
    goes_on_from_above: bool
    column: int = 0


@dataclass(frozen=True, slots=True)
class _Grid:
    rows: tuple[tuple[_Cell, ...], ...]


_Block = str | _Grid
"""A line of text, or a table."""


@dataclass(slots=True)
class _Story:
    """Goes through a part of the document in reading order and counts its lists."""

    numbering: Numbering
    styles: _Styles
    _begun: list[str] = field(default_factory=list)

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[_Block]:
        """Lines and tables below an element that holds paragraphs."""
        if depth > _DEEPEST:
            raise BrokenFile("nested too deep")
        for element in parent.iterchildren(etree.Element):
            if element.tag == tag("p"):
                yield from self._paragraph(element, depth)
            elif element.tag == tag("tbl"):
                yield self._grid(element, depth)
            elif element.tag == tag("sdt") or element.tag in _CONTAINERS:
                yield from self.blocks(element, depth + 1)
        if self._begun and parent.tag not in _CONTAINERS:
            yield from self._taken().split("\n")  # nothing follows that it could go on in

    def _taken(self) -> str:
        """What was begun, which is thereby no longer open."""
        text = "".join(self._begun)
        self._begun.clear()
        return text

    def _paragraph(self, paragraph: etree._Element, depth: int) -> Iterator[_Block]:
        for box in _boxes(paragraph):
            yield from self.blocks(box, depth + 1)
        properties = paragraph.find(tag("pPr"))
        self._begun.append(self._label(properties) + _text(paragraph))
        mark = None if properties is None else properties.find(tag("rPr"))
        if mark is not None and mark.find(tag("del")) is not None:
            return  # its end was deleted: it goes on in the next paragraph
        yield from self._taken().split("\n")

    def _label(self, properties: etree._Element | None) -> str:
        own = (None, None) if properties is None else _list_of(properties)
        style = None if properties is None else child_value(properties, "pStyle")
        of_style = self.styles.list_of(style)
        list_id = of_style[0] if own[0] is None else own[0]
        level = of_style[1] if own[1] is None else own[1]
        return self.numbering.label(list_id, level or 0) if list_id else ""

    def _grid(self, table: etree._Element, depth: int) -> _Grid:
        rows = []
        for row in _descend(table, tag("tr")):
            properties = row.find(tag("trPr"))
            if properties is not None and properties.find(tag("del")) is not None:
                continue
            cells = [self._cell(cell, depth) for cell in _descend(row, tag("tc"))]
            rows.append(tuple(_in_columns(cells, _skipped(properties))))
        return _Grid(tuple(rows))

    def _cell(self, cell: etree._Element, depth: int) -> _Cell:
        blocks = tuple(self.blocks(cell, depth + 1))
        properties = cell.find(tag("tcPr"))
        width = "1" if properties is None else child_value(properties, "gridSpan") or "1"
        merge = None if properties is None else properties.find(tag("vMerge"))
        return _Cell(
            text="\n".join(_flat_lines(blocks)),
            blocks=blocks,
            width=int(width) if re.fullmatch("[1-9][0-9]{0,2}", width) else 1,
            goes_on_from_above=merge is not None and attribute(merge, "val") != "restart",
        )


def _text(element: etree._Element) -> str:
    """The text of a paragraph, line breaks in it as "\\n"."""
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element.iterchildren(etree.Element):
        name = child.tag
        if name == tag("t") or name == _MATHS_TEXT:
            yield child.text or ""
        elif name == tag("tab"):
            yield "\t"
        elif name in (tag("br"), tag("cr")):
            yield "\n"
        elif name == tag("noBreakHyphen"):
            yield "-"
        elif name == tag("r"):
            if not is_on(child.find(tag("rPr")), "vanish"):
                yield from _pieces(child)
        elif name not in _LEFT_OUT and name not in _HOLDS_BOXES:
            yield from _pieces(child)


_HOLDS_BOXES = frozenset({tag("drawing"), tag("pict"), tag("object"), _ALTERNATIVES})


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a paragraph, each once: Word writes a box in two forms for old readers."""
    for holder in paragraph.iter(tag("drawing"), tag("pict"), tag("object")):
        alternatives = next(holder.iterancestors(_ALTERNATIVES), None)
        if alternatives is not None and not _is_first_choice(holder, alternatives):
            continue
        outer = next(holder.iterancestors(tag("txbxContent")), None)
        if outer is not None and _is_within(outer, paragraph):
            continue
        for box in holder.iter(tag("txbxContent")):
            if not _is_within(next(box.iterancestors(tag("txbxContent")), None), holder):
                yield box


def _is_first_choice(holder: etree._Element, alternatives: etree._Element) -> bool:
    first = next(alternatives.iterchildren(etree.Element), None)
    return _is_within(holder, first)


def _is_within(element: etree._Element | None, ancestor: etree._Element | None) -> bool:
    if element is None or ancestor is None:
        return False
    return element is ancestor or any(each is ancestor for each in element.iterancestors())


def _descend(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or cells of a table, also those within content controls and marks of insertion."""
    for child in parent.iterchildren(etree.Element):
        if child.tag == name:
            yield child
        elif child.tag == tag("sdt") or child.tag in _CONTAINERS:
            yield from _descend(child, name)


def _skipped(properties: etree._Element | None) -> int:
    """Columns of the grid before the first cell of a row."""
    before = "0" if properties is None else child_value(properties, "gridBefore") or "0"
    return int(before) if re.fullmatch("[0-9]{1,2}", before) else 0


def _in_columns(cells: Iterable[_Cell], first: int) -> Iterator[_Cell]:
    column = first
    for cell in cells:
        if column < _WIDEST:
            yield _Cell(cell.text, cell.blocks, cell.width, cell.goes_on_from_above, column)
        column += cell.width


def _flat_lines(blocks: Iterable[_Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            if block.strip():
                yield block
        else:
            for row in block.rows:
                yield from (cell.text for cell in row if cell.text)


def _write(builder: DocumentBuilder, blocks: Iterable[_Block]) -> None:
    lines: list[str] = []
    for block in _unframed(blocks):
        if isinstance(block, str):
            lines.append(block)
            continue
        write_lines(builder, lines)
        lines = []
        _write_grid(builder, block)
    write_lines(builder, lines)


def _unframed(blocks: Iterable[_Block]) -> Iterator[_Block]:
    """The blocks with those of a table that is only a frame: one column, or tables within."""
    for block in blocks:
        if isinstance(block, str):
            yield block
        elif all(len(row) < 2 for row in block.rows) or _holds_a_grid(block):
            for row in block.rows:
                for cell in row:
                    yield from _unframed(cell.blocks)
        else:
            yield block


def _holds_a_grid(grid: _Grid) -> bool:
    """Whether a cell holds a table of several rows and columns, not a mere arrangement."""
    return any(
        isinstance(block, _Grid) and len(block.rows) > 2 and any(len(row) > 2 for row in block.rows)
        for row in grid.rows
        for cell in row
        for block in cell.blocks
    )


def _write_grid(builder: DocumentBuilder, grid: _Grid) -> None:
    ends = (row[-1].column + row[-1].width for row in grid.rows if row)
    width = min(max(ends, default=0), _WIDEST)
    if width * len(grid.rows) > MAX_CELLS:
        raise TooLarge(width * len(grid.rows), MAX_CELLS, "cells")
    merged: dict[Place, Place] = {}
    texts: list[list[str]] = []
    above: dict[int, Place] = {}  # by column, the cell that a merged one below goes on with
    for row_at, row in enumerate(grid.rows):
        texts.append([""] * width)
        for cell in row:
            origin = above.get(cell.column) if cell.goes_on_from_above else None
            covered = range(cell.column, min(cell.column + cell.width, width))
            if origin is None:
                origin = (row_at, cell.column)
                texts[-1][cell.column] = cell.text
            for column in covered:
                above[column] = origin
                if (row_at, column) != origin:
                    merged[row_at, column] = origin
    builder.grid(texts, merged)
