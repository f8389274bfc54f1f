"""Writes .docx files from the parts a case needs, so that each of them stands in sight."""

import io
import zipfile
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; plain text is one run."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p>{properties}{inner}</w:p>"


def numbered(text: str, list_id: int, level: int = 0) -> str:
    """A paragraph whose number exists only as formatting."""
    return paragraph(
        text,
        properties=f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/>'
        "</w:numPr></w:pPr>",
    )


def cell(*blocks: str, properties: str = "") -> str:
    """A cell of paragraphs or tables; plain text is one paragraph."""
    inner = "".join(each if each.startswith("<") else paragraph(each) for each in blocks or ("",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of rows of cells; plain text is a cell."""
    inner = "".join(
        "<w:tr>"
        + "".join(each if each.startswith("<w:tc>") else cell(each) for each in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{inner}</w:tbl>"


def level(at: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*abstracts: tuple[str, ...]) -> str:
    """numbering.xml with a list for each tuple of levels; their ids count from 1."""
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{"".join(levels)}</w:abstractNum>'
        for at, levels in enumerate(abstracts)
    )
    lists = "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(len(abstracts))
    )
    return f'<w:numbering xmlns:w="{_W}">{definitions}{lists}</w:numbering>'


def document(*blocks: str, parts: dict[str, str] | None = None) -> bytes:
    """The bytes of a .docx with a body of blocks; `parts` are further ones by their names."""
    body = "".join(each if each.startswith("<") else paragraph(each) for each in blocks)
    written = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        **(parts or {}),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in written.items():
            archive.writestr(name, text)
    return content.getvalue()
