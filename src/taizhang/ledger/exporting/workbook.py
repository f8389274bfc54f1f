"""The ledger as a workbook: the form of the notice, items by area, commitments, and notes."""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from taizhang.ledger.exporting import wording
from taizhang.ledger.exporting.progress import ItemProgress, Progress
from taizhang.ledger.figures import ShownFigure
from taizhang.notices.writing.wording import text_width
from taizhang.ui.verdicts import VERDICTS

_A4 = 9
_LINE, _LOWEST, _HIGHEST = 14, 24, 409  # heights of rows in points; Excel allows no more
_HEAD = 2  # the row of the heads: below the title and the day
_ITEM_WIDTHS = (6, 70, 18, 11, 10, 60)
_COMMITMENT_WIDTHS = (8, 6, 70, 16, 20, 30, 44, 24, 12, 12, 12, 10, 8, 8, 8, 11, 16, 34)


def write_workbook(progress: Progress, target: IO[bytes]) -> None:
    """Four sheets; the cells of the third hold numbers, empty where a figure is unknown."""
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        as_of = datetime.combine(progress.run.as_of, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": wording.title_words(progress), "created": as_of})
        looks = _Looks(book)
        _write_items(book.add_worksheet(_("Ledger")), progress, looks)
        _write_areas(book.add_worksheet(_("By area")), progress, looks)
        _write_commitments(book.add_worksheet(_("Commitments")), progress, looks)
        _write_notes(book.add_worksheet(_("About")), progress, looks)


class _Looks:
    """The few formats of the workbook."""

    def __init__(self, book: Workbook) -> None:
        cell = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_size": 10.5}
        self.title: Format = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.note: Format = book.add_format({"align": "center", "font_size": 10.5})
        self.head: Format = book.add_format({**cell, "bold": True, "align": "center"})
        self.text: Format = book.add_format(cell)
        self.middle: Format = book.add_format({**cell, "align": "center"})
        self.right: Format = book.add_format({**cell, "align": "right"})
        self.number: Format = book.add_format({**cell, "num_format": "#,##0.##"})
        self.share: Format = book.add_format({**cell, "num_format": "0.0"})
        self.count: Format = book.add_format({**cell, "num_format": "#,##0"})
        self.day: Format = book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "center"})
        self.plain: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.strong: Format = book.add_format({"bold": True, "valign": "top"})


def _begin(
    sheet: Worksheet, progress: Progress, looks: _Looks, heads: Sequence[str], rows: int
) -> None:
    """Title, day and heads; the heads stay in sight and are printed on every page."""
    last = len(heads) - 1
    sheet.merge_range(0, 0, 0, last, wording.title_words(progress), looks.title)
    sheet.merge_range(1, 0, 1, last, wording.as_of_words(progress), looks.note)
    sheet.set_row(0, 30)
    sheet.write_row(_HEAD, 0, heads, looks.head)
    sheet.set_row(_HEAD, 32)
    sheet.freeze_panes(_HEAD + 1, 2)
    sheet.repeat_rows(_HEAD)
    sheet.autofilter(_HEAD, 0, _HEAD + rows, last)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.8, right=0.8, top=1.0, bottom=0.9)
    sheet.set_footer("&C— &P —")


def _set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _set_height(
    sheet: Worksheet, row: int, widths: Sequence[float], texts: Mapping[int, str]
) -> None:
    """As high as its longest text: not every program fits rows to wrapped text by itself."""
    lines = max(
        sum(math.ceil(2.1 * text_width(line) / widths[column]) or 1 for line in text.split("\n"))
        for column, text in texts.items()
    )
    sheet.set_row(row, min(_HIGHEST, max(lines * _LINE + 4, _LOWEST)))


def _write_items(sheet: Worksheet, progress: Progress, looks: _Looks) -> None:
    _begin(sheet, progress, looks, wording.item_heads(), len(progress.items))
    _set_widths(sheet, _ITEM_WIDTHS)
    for row, entry in enumerate(progress.items, start=_HEAD + 1):
        names = "\n".join(duty.department for duty in entry.departments)
        sheet.write_number(row, 0, entry.item.number, looks.middle)
        task = wording.task_words(entry)
        sheet.write_string(row, 1, task, looks.text)
        sheet.write_string(row, 2, names or wording.UNKNOWN, looks.middle)
        sheet.write_string(row, 3, wording.verdict_words(entry.verdict), looks.middle)
        sheet.write_string(row, 4, wording.met_words(entry), looks.right)
        missed = wording.missed_words(entry)
        sheet.write_string(row, 5, missed, looks.text)
        _set_height(sheet, row, _ITEM_WIDTHS, {1: task, 2: names, 5: missed})


def _write_areas(sheet: Worksheet, progress: Progress, looks: _Looks) -> None:
    """The verdict of every item in every area; “—” where the item does not split by area."""
    names = [_("Whole city") if area.is_city else area.name for area in progress.areas]
    heads = [_("No."), _("Item"), *names]
    _begin(sheet, progress, looks, heads, len(progress.items))
    _set_widths(sheet, (6, 34, *(10 for _area in progress.areas)))
    for row, entry in enumerate(progress.items, start=_HEAD + 1):
        sheet.write_number(row, 0, entry.item.number, looks.middle)
        sheet.write_string(row, 1, entry.item.title, looks.text)
        for column, area in enumerate(progress.areas, start=2):
            verdict = entry.tiles[area.code]
            words = wording.verdict_words(verdict) if verdict else wording.UNKNOWN
            sheet.write_string(row, column, words, looks.middle)


def _commitment_heads() -> list[str]:
    number, task, lead, others, owed, indicator, target, _actual, state, day, remark = (
        wording.standard_heads()
    )
    return [
        *(_("Code"), number, task, lead, others, owed, indicator, target),
        *(_("Actual value"), _("Unit"), _("Numerator"), _("Denominator")),
        *(pgettext("units", "Owed"), pgettext("units", "Met"), pgettext("units", "No data")),
        *(state, day, remark),
    ]


def _write_commitments(sheet: Worksheet, progress: Progress, looks: _Looks) -> None:
    """The standard columns (handbook 6.5), one row for each commitment, to sort and to reckon."""
    rows = [(entry, each) for entry in progress.items for each in entry.figures]
    _begin(sheet, progress, looks, _commitment_heads(), len(rows))
    _set_widths(sheet, _COMMITMENT_WIDTHS)
    for row, (entry, each) in enumerate(rows, start=_HEAD + 1):
        _write_commitment(sheet, row, entry, each, progress, looks)


def _write_commitment(
    sheet: Worksheet,
    row: int,
    entry: ItemProgress,
    each: ShownFigure,
    progress: Progress,
    looks: _Looks,
) -> None:
    commitment, figure = each.commitment, each.figure
    others = "、".join(duty.department for duty in entry.others)
    sheet.write_string(row, 0, commitment.code, looks.middle)
    sheet.write_number(row, 1, entry.item.number, looks.middle)
    texts = (
        wording.task_words(entry),
        wording.lead_words(entry),
        others or wording.UNKNOWN,
        _(", ").join(commitment.owing_bodies),
        commitment.duty,
        wording.target_words(each),
    )
    for column, text in enumerate(texts, start=2):
        sheet.write_string(row, column, text, looks.text)
    _write_amount(sheet, row, 8, figure and figure.value, _look_of(each, looks), looks)
    sheet.write_string(row, 9, each.unit, looks.middle)
    _write_amount(sheet, row, 10, figure and figure.numerator, looks.number, looks)
    _write_amount(sheet, row, 11, figure and figure.denominator, looks.number, looks)
    for column, name in enumerate(("owed", "met", "no_data"), start=12):
        _write_amount(sheet, row, column, figure and getattr(figure, name), looks.count, looks)
    sheet.write_string(row, 15, wording.state_words(each), looks.middle)
    sheet.write_datetime(row, 16, datetime.combine(progress.run.as_of, time()), looks.day)
    remark = wording.remark_words(each)
    sheet.write_string(row, 17, remark, looks.text)
    # The task stands in every row of its item, to filter by: rows are not made as high as it.
    heights = {**dict(enumerate(texts[1:], start=3)), 17: remark}
    _set_height(sheet, row, _COMMITMENT_WIDTHS, heights)


def _look_of(each: ShownFigure, looks: _Looks) -> Format:
    return looks.share if each.unit == "%" else looks.number


def _write_amount(
    sheet: Worksheet,
    row: int,
    column: int,
    amount: Decimal | int | None,
    look: Format,
    looks: _Looks,
) -> None:
    """A number as a number; what is unknown is a dash, so that no sum takes it for zero."""
    if amount is None:
        sheet.write_string(row, column, wording.UNKNOWN, looks.right)
    else:
        sheet.write_number(row, column, float(amount), look)


def _write_notes(sheet: Worksheet, progress: Progress, looks: _Looks) -> None:
    run, ledger = progress.run, progress.ledger
    facts = [
        (_("Ledger"), ledger.title),
        (_("Basis"), ledger.basis),
        (_("Version of the ledger pack"), ledger.version),
        (_("Status date"), wording.day_words(run.as_of)),
        (_("Snapshot"), run.snapshot),
        (_("Area"), _("Whole city") if progress.area.is_city else progress.area.name),
        *((verdict_label, meaning) for verdict_label, meaning in _meanings()),
        (_("owed outside the union"), _("Another body owes it; the department only tracks it.")),
        (
            _("default, not confirmed"),
            _("The threshold is a default until the office confirms it; never worse than behind."),
        ),
        (wording.UNKNOWN, _("Unknown, or not to be said. Never zero.")),
    ]
    _set_widths(sheet, (28, 90))
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    for row, (name, value) in enumerate(facts):
        sheet.write_string(row, 0, name, looks.strong)
        sheet.write_string(row, 1, value, looks.plain)


def _meanings() -> list[tuple[str, str]]:
    """What each verdict says (handbook 5.5)."""
    meanings = {
        "unmet": _("The target is missed."),
        "behind": _("Below the target or its pace, still near or still in time."),
        "on_pace": _("The target is not reached yet; the pace is kept."),
        "met": _("The target is reached."),
        "not_due": _("It is too early to say."),
        "no_data": _("There are no verified records to compute it from."),
        "not_quantified": _("No formula counts it; a reviewed report tells of it."),
        "not_applicable": _("An exemption takes it out, or nobody owes it here."),
        "error": _("The rule cannot be computed."),
    }
    return [(str(VERDICTS[key].label), meanings[key]) for key in VERDICTS]
