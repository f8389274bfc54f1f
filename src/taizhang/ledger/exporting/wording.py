"""The words of an exported ledger: its columns, and a figure in a cell."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from taizhang.ledger.exporting.progress import ItemProgress, Progress
from taizhang.ledger.figures import ShownFigure, amount_text
from taizhang.measures.commitments import Modality
from taizhang.notices.writing import day_text
from taizhang.ui.components import number
from taizhang.ui.verdicts import VERDICTS

UNKNOWN = "—"


def item_heads() -> list[str]:
    """The columns of the notice's own form, with those that say how it stands."""
    return [
        _("No."),
        _("Task"),
        _("Responsible departments"),
        pgettext("column", "State"),
        _("Indicators met"),
        _("Indicators to watch"),
    ]


def standard_heads() -> list[str]:
    """The columns of the standard ledger (handbook 6.5)."""
    return [
        _("No."),
        _("Task"),
        _("Lead department"),
        _("Co-operating departments"),
        _("Owed by"),
        _("Indicator"),
        _("Target value"),
        _("Actual value"),
        pgettext("column", "State"),
        _("Data date"),
        _("Remarks"),
    ]


def day_words(day: date) -> str:
    """A day as official documents write it; in English as pages do."""
    is_chinese = (get_language() or "").startswith("zh")
    return day_text(day) if is_chinese else date_format(day, "DATE_FORMAT")


def verdict_words(verdict: str) -> str:
    return str(VERDICTS[verdict].label)


def state_words(each: ShownFigure) -> str:
    """The verdict, and what it is flagged with."""
    return "\n".join([verdict_words(each.verdict), *each.flags])


def target_words(each: ShownFigure) -> str:
    return each.target + (_(", each unit") if each.is_each else "")


def actual_words(each: ShownFigure) -> str:
    """The value with its parts; a share has one decimal, and what is unknown is never zero."""
    figure = each.figure
    if figure is None or figure.value is None:
        return UNKNOWN
    if each.unit == "%":
        share = Decimal(figure.value).quantize(Decimal("0.1"), ROUND_HALF_UP)
        value = f"{share:,}%"
    else:
        value = amount_text(figure.value, each.unit)
    if figure.denominator is None:
        return value
    return f"{value}\n{number(figure.numerator)}/{number(figure.denominator)}"


def remark_words(each: ShownFigure) -> str:
    """Whose it is, whose threshold, how strong, and why there is no figure."""
    commitment = each.commitment
    is_soft = commitment.modality in (Modality.SUPPORT, Modality.ENCOURAGE)
    said = [
        _("owed outside the union") if commitment.is_owed_outside else "",
        _("default, not confirmed") if commitment.is_provisional else "",
        each.modality if is_soft else "",
        each.reason,
    ]
    return "\n".join(filter(None, said))


def missed_words(entry: ItemProgress) -> str:
    """A line for each indicator that is late, and how many have no data."""
    lines = [
        _("%(code)s %(duty)s: %(actual)s, %(state)s")
        % {
            "code": each.commitment.code,
            "duty": each.commitment.duty,
            "actual": actual_words(each).replace("\n", " · "),
            "state": verdict_words(each.verdict)
            + (_(" (owed outside the union)") if each.commitment.is_owed_outside else ""),
        }
        for each in entry.missed
    ]
    without = entry.counts.get("no_data", 0)
    if without:
        lines.append(_("No data: %(count)d") % {"count": without})
    return "\n".join(lines) or UNKNOWN


def met_words(entry: ItemProgress) -> str:
    """How many of its indicators are met, of how many."""
    return f"{entry.counts.get('met', 0)}/{len(entry.figures)}" if entry.figures else UNKNOWN


def task_words(entry: ItemProgress) -> str:
    """The task, and on a line of its own the deadline that the notice sets for it."""
    if not entry.item.deadline:
        return entry.text
    return entry.text + "\n" + _("Deadline: %(deadline)s") % {"deadline": entry.item.deadline}


def lead_words(entry: ItemProgress) -> str:
    if entry.lead is None:
        return UNKNOWN
    if entry.lead.confirmed:
        return entry.lead.department
    mark = _("(to be confirmed)")
    return f"{entry.lead.department}\n{mark}"


def title_words(progress: Progress) -> str:
    """The ledger's title, with the area and the department that it is narrowed to."""
    department = next(
        (
            duty.department
            for entry in progress.items
            for duty in entry.departments
            if duty.department_zh == progress.department
        ),
        progress.department,
    )
    narrowed = ["" if progress.area.is_city else progress.area.name, department]
    said = _(", ").join(filter(None, narrowed))
    title = progress.ledger.title
    return _("%(title)s (%(what)s)") % {"title": title, "what": said} if said else title


def as_of_words(progress: Progress) -> str:
    return _("Figures as of %(day)s") % {"day": day_words(progress.run.as_of)}
