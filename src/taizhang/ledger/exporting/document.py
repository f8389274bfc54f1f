"""The ledger as an official document: as an annex by itself, or behind a notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from taizhang.ledger.exporting import wording
from taizhang.ledger.exporting.progress import ItemProgress, Progress
from taizhang.ledger.figures import ShownFigure
from taizhang.notices.writing import (
    Align,
    Attachment,
    Cell,
    DocumentNumber,
    Imprint,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
)

# Widths in millimetres of a turned page, 225 in all.
_ITEM_WIDTHS = (11, 90, 22, 18, 17, 67)
_COMMITMENT_WIDTHS = (13, 34, 50, 28, 23, 18, 21, 38)


class Detail(StrEnum):
    """How much a document tells: a row for each item, or one for each of its commitments too."""

    ITEMS = "items"
    COMMITMENTS = "commitments"


@dataclass(frozen=True, slots=True)
class NoticeHead:
    """What only the office can say of a notice that carries the ledger."""

    agency: str
    number: DocumentNumber
    title: str
    addressees: str
    signatory: str
    signed_on: date
    text: str = ""
    copied_to: Sequence[str] = ()


def annex(progress: Progress, detail: Detail) -> Attachment:
    """The ledger ready to be put behind a notice, or to be used in the house."""
    table = item_table(progress) if detail is Detail.ITEMS else commitment_table(progress)
    return Attachment(
        title=wording.title_words(progress),
        blocks=[table],
        note=wording.as_of_words(progress),
        landscape=True,
        mark=_("Annex"),
    )


def notice(progress: Progress, detail: Detail, head: NoticeHead) -> OfficialDocument:
    """The ledger behind a notice of its own, with the head that the office gives it."""
    said = head.text or _("The state of the “%(title)s” as of %(day)s is hereby sent to you.") % {
        "title": progress.ledger.title,
        "day": wording.day_words(progress.run.as_of),
    }
    return OfficialDocument(
        agency=head.agency,
        number=head.number,
        title=head.title,
        addressees=head.addressees,
        body=[Paragraph(said)],
        signature=Signature(head.signatory, head.signed_on),
        attachments=[annex(progress, detail)],
        imprint=Imprint(head.signatory, head.signed_on, head.copied_to),
    )


def item_table(progress: Progress) -> Table:
    """The form of the notice, a row for each item, with what is late."""
    return Table(
        _ITEM_WIDTHS,
        [Row([Cell(head) for head in wording.item_heads()])],
        [_item_row(entry) for entry in progress.items],
    )


def commitment_table(progress: Progress) -> Table:
    """The columns of the standard ledger in two lines: of the item, and of each commitment.

    One line of eleven columns leaves a task of three hundred characters a strip of thirty lines;
    here it has the width of two columns, and its commitments stand below it.
    """
    rows = []
    for entry in progress.items:
        rows.append(_group_row(entry))
        rows += [_commitment_row(each, progress) for each in entry.figures]
    return Table(_COMMITMENT_WIDTHS, _commitment_heads(), rows)


def _item_row(entry: ItemProgress) -> Row:
    names = "\n".join(duty.department for duty in entry.departments)
    return Row(
        [
            Cell(str(entry.item.number), Align.CENTRE),
            Cell(wording.task_words(entry)),
            Cell(names or wording.UNKNOWN, Align.CENTRE),
            Cell(wording.verdict_words(entry.verdict), Align.CENTRE),
            Cell(wording.met_words(entry), Align.RIGHT),
            Cell(wording.missed_words(entry)),
        ]
    )


def _commitment_heads() -> list[Row]:
    number, task, lead, others, owed, indicator, target, actual, state, day, remark = (
        wording.standard_heads()
    )
    return [
        Row(
            [
                Cell(number),
                Cell(task, span=2),
                Cell(lead),
                Cell(others),
                Cell(state),
                Cell(remark, span=2),
            ]
        ),
        Row(
            [Cell(each) for each in ("", owed, indicator, target, actual, state, day, remark)],
        ),
    ]


def _group_row(entry: ItemProgress) -> Row:
    others = "\n".join(duty.department for duty in entry.others)
    met = _("Met %(met)s") % {"met": wording.met_words(entry)}
    return Row(
        [
            Cell(str(entry.item.number), Align.CENTRE),
            Cell(wording.task_words(entry), span=2),
            Cell(wording.lead_words(entry), Align.CENTRE),
            Cell(others or wording.UNKNOWN, Align.CENTRE),
            Cell(wording.verdict_words(entry.verdict), Align.CENTRE),
            Cell(met, span=2),
        ],
        is_group=True,
    )


def _commitment_row(each: ShownFigure, progress: Progress) -> Row:
    commitment = each.commitment
    return Row(
        [
            Cell(commitment.code, Align.CENTRE),
            Cell(_(", ").join(commitment.owing_bodies)),
            Cell(commitment.duty),
            Cell(wording.target_words(each)),
            Cell(wording.actual_words(each), Align.RIGHT),
            Cell(wording.state_words(each), Align.CENTRE),
            Cell(wording.day_words(progress.run.as_of), Align.CENTRE),
            Cell(wording.remark_words(each)),
        ]
    )
