"""The board as values: one row per item with its verdict, its parts and a tile per area."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists
from django.urls import reverse
from django.utils.http import urlencode

from taizhang.core.organisations.models import Area
from taizhang.ledger.deadlines import Deadline, deadline, item_deadline, next_deadline
from taizhang.ledger.models import (
    Duty,
    EvaluationRun,
    FigureRow,
    ItemVerdict,
    Ledger,
    in_language,
)

# Where all figures of an item say one of these, the item does not split by area.
_WHOLE_CITY = ("not_applicable", "not_quantified")


@dataclass(frozen=True, slots=True)
class Tile:
    """An item in an area; `verdict` empty: the item is a duty of the whole city."""

    area: str
    name: str
    verdict: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """`code`: the number as its page is named by; `counts`: its commitments by verdict.

    `lead` and `others` are the departments.
    """

    number: int
    code: str
    title: str
    lead: str
    others: tuple[str, ...]
    verdict: str
    counts: Mapping[str, int]
    due: Deadline | None
    tiles: tuple[Tile, ...]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def met(self) -> int:
        return self.counts.get("met", 0)

    @property
    def state(self) -> str:
        """What a reader would see change: compared by the page when the rows are refreshed."""
        tiles = " ".join(tile.verdict for tile in self.tiles)
        return f"{self.verdict} {self.met}/{self.total} {tiles}"


@dataclass(frozen=True)
class Board:
    """`summary`: items by verdict; `department`: the one filtered by, in Chinese, or ""."""

    ledger: Ledger
    run: EvaluationRun | None
    areas: Sequence[Area]
    departments: Sequence[tuple[str, str]]
    department: str
    rows: Sequence[BoardRow]
    summary: Mapping[str, int] = field(default_factory=dict)


def ledger_url(ledger: Ledger) -> str:
    """The board of a ledger in force."""
    page = reverse("board")
    return page if ledger.is_current else f"{page}?{urlencode({'ledger': ledger.key})}"


def latest_run() -> EvaluationRun | None:
    """The last computation of the ledgers in force; it bears the current one's name and version."""
    beside = Ledger.objects.filter(is_in_force=True, is_current=False)
    return (
        EvaluationRun.objects.filter(ledger__is_current=True)
        .select_related("ledger")
        .annotate(is_of_several=Exists(beside))
        .order_by("-pk")
        .first()
    )


def ledgers_in_force(run: EvaluationRun | None) -> Sequence[Ledger]:
    """The current ledger and those beside it; no query where the last run knows of only one."""
    if run is not None and not run.is_of_several:
        return [run.ledger]
    return list(Ledger.objects.in_force())


def read_board(ledger: Ledger, run: EvaluationRun | None, department: str = "") -> Board:
    """The board of a ledger as of the last run, in a fixed number of queries.

    `department`, a Chinese name, leaves the items in which that department has a part.
    """
    areas = list(Area.objects.order_by("code"))
    items = list(ledger.items.values_list("pk", "number", "title_zh", "title_en", "due_on"))
    duties = _duties(ledger)
    wanted = [
        item for item in items if not department or department in duties[item[0]].names_in_chinese
    ]
    verdicts = _verdicts(ledger)
    split = _split_by_area(ledger)
    figures = _city_figures(ledger)
    city = next((area.code for area in areas if area.is_city), "")
    rows = [
        BoardRow(
            number=number,
            code=f"{ledger.prefix}{number}",
            title=in_language(title_zh, title_en),
            lead=duties[pk].lead,
            others=duties[pk].others,
            verdict=verdicts.get((pk, city), "no_data"),
            counts=Counter(verdict for verdict, _window, _planned in figures[pk]),
            due=_due(figures[pk], due_on, verdicts.get((pk, city), "no_data"), run),
            tiles=tuple(
                Tile(area.code, area.name, _tile_verdict(pk, area, verdicts, split))
                for area in areas
            ),
        )
        for pk, number, title_zh, title_en, due_on in wanted
    ]
    return Board(
        ledger=ledger,
        run=run,
        areas=areas,
        departments=_departments(duties),
        department=department,
        rows=rows,
        summary=Counter(row.verdict for row in rows),
    )


@dataclass(slots=True)
class _Duties:
    lead: str = ""
    others: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    @property
    def names_in_chinese(self) -> frozenset[str]:
        return frozenset(zh for zh, _en in self.names)


def _duties(ledger: Ledger) -> Mapping[int, _Duties]:
    """The departments of each item, in the order of the notice."""
    found: dict[int, _Duties] = defaultdict(_Duties)
    rows = Duty.objects.filter(item__ledger=ledger).values_list(
        "item", "department_zh", "department_en", "part"
    )
    for item, zh, en, part in rows:
        entry = found[item]
        entry.names = (*entry.names, (zh, en))
        if part == Duty.Part.LEAD and not entry.lead:
            entry.lead = in_language(zh, en)
        else:
            entry.others = (*entry.others, in_language(zh, en))
    return found


def _departments(duties: Mapping[int, _Duties]) -> list[tuple[str, str]]:
    """Chinese name, which the filter goes by, and the name in the language of the page."""
    names = {pair for entry in duties.values() for pair in entry.names}
    return sorted((zh, in_language(zh, en)) for zh, en in names)


def _verdicts(ledger: Ledger) -> dict[tuple[int, str], str]:
    rows = ItemVerdict.objects.filter(item__ledger=ledger)
    return {
        (item, area): verdict for item, area, verdict in rows.values_list("item", "area", "verdict")
    }


def _split_by_area(ledger: Ledger) -> frozenset[tuple[int, str]]:
    """The items and areas where at least one figure is the area's own."""
    rows = (
        FigureRow.objects.filter(commitment__item__ledger=ledger, owed__gt=0)
        .exclude(verdict__in=_WHOLE_CITY)
        .order_by()
        .values_list("commitment__item", "area")
        .distinct()
    )
    return frozenset(rows)


def _city_figures(ledger: Ledger) -> Mapping[int, list[tuple[str, str, date | None]]]:
    """Verdict, window and plan of each commitment of each item, for the whole city."""
    found: dict[int, list[tuple[str, str, date | None]]] = defaultdict(list)
    rows = FigureRow.objects.filter(commitment__item__ledger=ledger, area__parent=None).values_list(
        "commitment__item", "verdict", "window", "commitment__planned"
    )
    for item, *figure in rows:
        found[item].append(tuple(figure))
    return found


def _due(
    figures: Sequence[tuple[str, str, date | None]],
    due_on: date | None,
    verdict: str,
    run: EvaluationRun | None,
) -> Deadline | None:
    """The next day of the item's commitments, or of the item itself."""
    if run is None:
        return None
    found = [deadline(window, planned, each, run.as_of) for each, window, planned in figures]
    found.append(item_deadline(due_on, verdict, run.as_of))
    return next_deadline([each for each in found if each is not None])


def _tile_verdict(
    item: int,
    area: Area,
    verdicts: Mapping[tuple[int, str], str],
    split: frozenset[tuple[int, str]],
) -> str:
    if not area.is_city and (item, area.code) not in split:
        return ""
    return verdicts.get((item, area.code), "no_data")
