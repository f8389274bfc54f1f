"""The hidden sheet by which our own templates and exports are known again."""

import json
from collections.abc import Mapping, Sequence

MARKER_SHEET = "taizhang"
_FORM = "taizhang sheet 1"


def marker_cells(slug: str, fields: Mapping[str, str]) -> list[str]:
    """The cells of the marker's first column: form, register, and header → field as JSON."""
    return [_FORM, slug, json.dumps(dict(fields), ensure_ascii=False)]


def marked_fields(marker: Sequence[Sequence[object]], slug: str) -> Mapping[str, str]:
    """Header → field as the marker says; empty without a marker of this register."""
    cells = [str(row[0]) for row in marker if row]
    if cells[:2] != [_FORM, slug] or len(cells) < 3:
        return {}
    try:
        fields = json.loads(cells[2])
    except json.JSONDecodeError:
        return {}
    return fields if isinstance(fields, dict) else {}
