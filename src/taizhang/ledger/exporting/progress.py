"""What an export holds: every item with its figures in one area, as of the last computation."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taizhang.core.organisations.models import Area
from taizhang.ledger.board import Tile, latest_run, read_board
from taizhang.ledger.current import NoLedger
from taizhang.ledger.figures import ShownFigure
from taizhang.ledger.models import (
    Commitment,
    Duty,
    EvaluationRun,
    FigureRow,
    Item,
    ItemVerdict,
    Ledger,
)

MISSED = ("unmet", "behind")


class UnknownArea(LookupError):
    """No area of this database has the code."""


class UnknownDepartment(LookupError):
    """The ledger names no department of this name."""


class UnknownLedger(LookupError):
    """No ledger in force has the key."""


@dataclass(frozen=True)
class ItemProgress:
    """One item; `departments` in the order of the notice, the lead among them by `lead`.

    `tiles`: its verdict in every area by area code, "" where it is a duty of the city alone.
    """

    item: Item
    lead: Duty | None
    departments: Sequence[Duty]
    verdict: str
    figures: Sequence[ShownFigure]
    tiles: Mapping[str, str]

    @property
    def text(self) -> str:
        """The notice's own sentence; the short wordings where it has not been imported."""
        return self.item.text or "；".join(each.commitment.duty for each in self.figures)

    @property
    def others(self) -> list[Duty]:
        return [duty for duty in self.departments if duty is not self.lead]

    @property
    def counts(self) -> Mapping[str, int]:
        """Its commitments by verdict."""
        return Counter(each.verdict for each in self.figures)

    @property
    def missed(self) -> list[ShownFigure]:
        """What is not met and late, the worst first."""
        found = [each for each in self.figures if each.verdict in MISSED]
        return sorted(found, key=lambda each: MISSED.index(each.verdict))


@dataclass(frozen=True)
class Progress:
    """`department`: the one filtered by, in Chinese, or ""."""

    ledger: Ledger
    run: EvaluationRun
    area: Area
    areas: Sequence[Area]
    department: str
    items: Sequence[ItemProgress]


def read_progress(area: str = "", department: str = "", ledger: str = "") -> Progress:
    """A ledger in an area (the whole city without one), in a fixed number of queries.

    `department`, a Chinese name, leaves the items in which that department has a part. `ledger` is
    the key of one in force, the current one without it.

    Raises NoLedger when there is none or it was never computed, UnknownArea, UnknownDepartment,
    UnknownLedger.
    """
    run = latest_run()
    if run is None:
        raise NoLedger("no ledger has been computed in this database")
    shown = _in_force(ledger) if ledger else run.ledger
    areas = list(Area.objects.order_by("code"))
    chosen = next(
        (each for each in areas if each.code == area or (not area and each.is_city)), None
    )
    if chosen is None:
        raise UnknownArea(area)
    rows = list(shown.items.prefetch_related("duties"))
    if department and department not in {d.department_zh for row in rows for d in row.duties.all()}:
        raise UnknownDepartment(department)
    figures = _figures(shown, chosen)
    verdicts = dict(
        ItemVerdict.objects.filter(item__ledger=shown, area=chosen).values_list("item", "verdict")
    )
    tiles = {row.number: row.tiles for row in read_board(shown, run, department).rows}
    items = [
        _item(row, figures[row.pk], verdicts.get(row.pk, "no_data"), tiles[row.number])
        for row in rows
        if not department or any(d.department_zh == department for d in row.duties.all())
    ]
    return Progress(shown, run, chosen, areas, department, items)


def _in_force(key: str) -> Ledger:
    found = Ledger.objects.in_force().filter(key=key).first()
    if found is None:
        raise UnknownLedger(key)
    return found


def _item(
    row: Item, figures: Sequence[ShownFigure], verdict: str, tiles: Sequence[Tile]
) -> ItemProgress:
    duties = list(row.duties.all())
    lead = next((duty for duty in duties if duty.part == Duty.Part.LEAD), None)
    shown = {tile.area: tile.verdict for tile in tiles}
    return ItemProgress(row, lead, duties, verdict, figures, shown)


def _figures(ledger: Ledger, area: Area) -> Mapping[int, list[ShownFigure]]:
    """By item, every commitment in its order, also where nothing was computed."""
    known = {
        figure.commitment_id: figure
        for figure in FigureRow.objects.filter(commitment__item__ledger=ledger, area=area)
    }
    found: dict[int, list[ShownFigure]] = defaultdict(list)
    for each in Commitment.objects.filter(item__ledger=ledger).order_by("item__number", "position"):
        found[each.item_id].append(ShownFigure(each, known.get(each.pk), ledger.pack_key))
    return found
