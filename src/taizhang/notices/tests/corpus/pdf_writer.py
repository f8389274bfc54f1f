"""Writes small PDF pages: characters and lines where a case wants them, no font within.

The font is one of those that every reader of PDF knows by name, with the encoding UniGB-UCS2-H:
a character stands in the page as its code, so that a file takes a few kilobytes.
"""

from collections.abc import Iterable, Sequence

HEIGHT, WIDTH = 842, 595
_FONTS = b"""<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H
/DescendantFonts [ << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light
/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000
/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6
/FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120
/CapHeight 880 /StemV 93 >> >> ] >>"""


def text(x: float, y: float, content: str, size: float = 16) -> bytes:
    """Characters from (x, y), counted from the page's lower left corner."""
    code = content.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf {x} {y} Td <{code}> Tj ET\n".encode()


def line(x: float, y: float, to_x: float, to_y: float) -> bytes:
    return f"{x} {y} m {to_x} {to_y} l S\n".encode()


def ruled(
    top: float, widths: Sequence[float], rows: Iterable[Sequence[Sequence[str]]], left: float = 60
) -> bytes:
    """A ruled table whose cells are lists of lines, 20 points each."""
    drawn = b""
    edges = [left + sum(widths[:at]) for at in range(len(widths) + 1)]
    y = top
    for cells in rows:
        height = 20 * max(len(lines) for lines in cells) + 6
        for x, lines in zip(edges, cells, strict=False):
            for at, content in enumerate(lines):
                drawn += text(x + 5, y - 18 - 20 * at, content, 14)
        drawn += line(left, y, edges[-1], y)
        for x in edges:
            drawn += line(x, y, x, y - height)
        y -= height
    return drawn + line(left, y, edges[-1], y)


def turned(drawing: bytes) -> bytes:
    """A drawing of a landscape page, to be stored on a portrait one that is shown turned by 90."""
    return b"0 1 -1 0 %d 0 cm\n%s" % (WIDTH, drawing)


def pdf(
    *pages: bytes,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    turn: int = 0,
    further: Sequence[bytes] = (),
    resources: bytes = b"",
) -> bytes:
    """A PDF of pages, each its drawing; `further` objects follow those of a single page, from 6.

    `turn`: the degrees by which a reader turns a page to show it.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONTS]
    kids = []
    for drawing in pages:
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> >>" % (*size, turn, len(objects), resources)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects += further
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    content = b"%PDF-1.4\n"
    places = []
    for at, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (at, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (count, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + end
