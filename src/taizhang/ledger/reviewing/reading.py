"""A reading as it was kept, and as it stands after a person's corrections.

The values are plain JSON, by the names of `ReadingCorrection.Field`: a text or None, a list of
names, and for departments {"lead": […], "cooperating": […], "lead_is_stated": bool}.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from taizhang.ledger.models import Notice
from taizhang.ledger.reviewing.models import ReadingCorrection
from taizhang.notices.model import Departments

Values = Mapping[str, Any]
Field = ReadingCorrection.Field
HEAD = (
    Field.ISSUERS,
    Field.DOCUMENT_NUMBER,
    Field.TITLE,
    Field.ISSUED_ON,
    Field.RECIPIENTS,
    Field.SIGNATORIES,
    Field.ANNEX_TITLE,
)
OF_ITEM = (Field.NUMBER, Field.TEXT, Field.DEPARTMENTS, Field.DEADLINE)


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item of a reading at its position; `values` are those of OF_ITEM."""

    position: int
    values: Values

    @property
    def number(self) -> int:
        return self.values[Field.NUMBER]

    @property
    def text(self) -> str:
        return self.values[Field.TEXT]

    @property
    def departments(self) -> Departments:
        said = self.values[Field.DEPARTMENTS]
        return Departments(
            tuple(said["lead"]), tuple(said["cooperating"]), lead_is_stated=said["lead_is_stated"]
        )

    @property
    def deadline(self) -> str | None:
        return self.values[Field.DEADLINE]


@dataclass(frozen=True, slots=True)
class Reading:
    """The head and the items of a notice, in their order."""

    head: Values
    items: tuple[ReadItem, ...]

    @property
    def issued_on(self) -> date | None:
        said = self.head[Field.ISSUED_ON]
        return date.fromisoformat(said) if said else None

    def item(self, position: int) -> ReadItem | None:
        return next((item for item in self.items if item.position == position), None)


def as_read(kept: Mapping[str, Any]) -> Reading:
    """The reading in its kept form (`notices.kept.as_kept`), without any correction."""
    meta, extra = kept["meta"], kept["meta"]["extra"]
    head = {
        Field.ISSUERS: _names(meta["issuer"]),
        Field.DOCUMENT_NUMBER: meta["doc_number"],
        Field.TITLE: meta["title"],
        Field.ISSUED_ON: meta["date"],
        Field.RECIPIENTS: list(meta["recipients"]),
        Field.SIGNATORIES: _names(extra["signatory"]),
        Field.ANNEX_TITLE: extra["annex_title"],
    }
    items = tuple(
        ReadItem(position, _item_values(item)) for position, item in enumerate(kept["items"])
    )
    return Reading(head, items)


def corrected(notice: Notice, corrections: Iterable[ReadingCorrection] | None = None) -> Reading:
    """The reading of the notice with its corrections, the latest of each value.

    Added items stand behind those of the file. Commitments are not in it: see `commitments`.
    `corrections` are those of the notice, if they are at hand already.
    """
    read = as_read(notice.reading)
    head = dict(read.head)
    items = {item.position: dict(item.values) for item in read.items}
    for each in notice.corrections.all() if corrections is None else corrections:
        if each.position is None:
            head[each.field] = each.new
        elif each.field == Field.COMMITMENT:
            continue
        elif each.field != Field.ITEM:
            items[each.position][each.field] = each.new
        elif each.new is None:
            del items[each.position]
        else:
            items[each.position] = dict(each.new)
    return Reading(head, tuple(ReadItem(at, values) for at, values in sorted(items.items())))


def _item_values(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        Field.NUMBER: item["number"],
        Field.TEXT: item["text"],
        Field.DEPARTMENTS: {
            "lead": item["lead"],
            "cooperating": item["co"],
            "lead_is_stated": item.get("lead_is_stated", bool(item["co"])),
        },
        Field.DEADLINE: item["deadline"],
    }


def _names(joined: str | None) -> list[str]:
    return joined.split("、") if joined else []
