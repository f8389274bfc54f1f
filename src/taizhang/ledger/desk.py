"""What waits for one account: records in hand, days that come near, figures that fall short."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area
from taizhang.core.records.models import Record, RecordStatus
from taizhang.ledger.deadlines import NOTHING_OWED
from taizhang.ledger.describing import describe, described
from taizhang.ledger.figures import ShownFigure
from taizhang.ledger.models import Duty, FigureRow, Item, ItemVerdict
from taizhang.ledger.next_step import NextStep, next_step
from taizhang.ledger.permissions import PUBLISH_NOTICES, READ_BOARD
from taizhang.ledger.superseding.models import CarriedCommitment, Supersession
from taizhang.measures.catalogue import Bound
from taizhang.measures.commitments import Verdict
from taizhang.registers.corrections.kinds import KINDS
from taizhang.registers.corrections.models import Correction
from taizhang.registers.corrections.reading import refused_of, waiting_for
from taizhang.registers.spec import REGISTERS, Label, RegisterSpec

AHEAD = timedelta(days=90)
# A desk is a place to start from, not a register: each list shows its oldest rows.
ROWS = 20
# Terms end too, though their registers are not read by how they stand.
TERM_ENDS = {"term": "end", "org": "term_end"}
SHORT = (Verdict.UNMET, Verdict.BEHIND, Verdict.NO_DATA)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record in somebody's hands; `text` says in its own columns what it is about."""

    spec: RegisterSpec
    record: Record
    text: str


@dataclass(frozen=True, slots=True)
class Pile:
    """Records in the same state, over all registers: the oldest `rows`, and how many there are."""

    rows: Sequence[Waiting] = ()
    total: int = 0

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """A proposal to change a verified record: `label` says of which kind, `text` which record."""

    spec: RegisterSpec
    correction: Correction
    label: Label
    text: str


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """How many commitments a supersession carried over for somebody to look at, and nobody has."""

    supersession: Supersession
    count: int


@dataclass(frozen=True, slots=True)
class Expiring:
    spec: RegisterSpec
    record: Record
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Lagging:
    """A commitment of the account's department or area that falls short, and what to enter."""

    shown: ShownFigure
    step: NextStep | None


@dataclass(frozen=True, slots=True)
class Desk:
    """`area`: whose figures are looked at, None for an account without an organisation.

    `due` are the items whose own deadline, set by their notice, is near.

    `lagging_total` counts all commitments that fall short there, of which the worst are listed.
    """

    returned: Pile
    drafts: Pile
    to_verify: Pile
    to_decide: Sequence[ProposedChange]
    refused: Sequence[ProposedChange]
    to_look_at: Sequence[ToLookAt]
    expiring: Sequence[Expiring]
    due: Sequence[Item]
    lagging: Sequence[Lagging]
    lagging_total: int
    area: Area | None

    @property
    def is_empty(self) -> bool:
        return not any(
            (
                self.returned,
                self.drafts,
                self.to_verify,
                self.to_decide,
                self.refused,
                self.to_look_at,
                self.expiring,
                self.due,
                self.lagging,
            )
        )


def read_desk(user: User, day: date) -> Desk:
    """The desk of an account on a day: a fixed number of queries per register."""
    piles = _in_hand(user)
    area = _area(user)
    short = _short(user, area) if area else FigureRow.objects.none()
    return Desk(
        returned=piles[RecordStatus.RETURNED],
        drafts=piles[RecordStatus.DRAFT],
        to_verify=piles[RecordStatus.SUBMITTED],
        to_decide=list(_proposed(waiting_for(user)[:ROWS], user)),
        refused=list(_proposed(refused_of(user)[:ROWS], user)),
        to_look_at=_to_look_at(user),
        expiring=sorted(_expiring(user, day), key=lambda row: row.on)[:ROWS],
        due=_due_items(user, area, day) if area else [],
        lagging=[_lagging(row, user) for row in short[:ROWS]],
        lagging_total=short.count(),
        area=area,
    )


def _in_hand(user: User) -> Mapping[RecordStatus, Pile]:
    """Own drafts and returned records, and what others submitted within the reach to verify."""
    waiting: dict[str, list[Waiting]] = defaultdict(list)
    totals: Counter[str] = Counter()
    for spec in REGISTERS.values():
        found = _oldest_of_each_status(spec, user)
        totals.update({row.record_status: row.of_status for row in found})
        for row in found:
            waiting[row.record_status].append(Waiting(spec, row, describe(spec, row)))
    return {
        status: Pile(sorted(waiting[status], key=_entered_at)[:ROWS], totals[status])
        for status in (RecordStatus.RETURNED, RecordStatus.DRAFT, RecordStatus.SUBMITTED)
    }


def _oldest_of_each_status(spec: RegisterSpec, user: User) -> Sequence[Record]:
    """One query: many drafts of an import never crowd out a record that was sent back."""
    mine = Q(entered_by=user.pk, record_status__in=[RecordStatus.DRAFT, RecordStatus.RETURNED])
    same = {"partition_by": F("record_status")}
    rows = described(spec, user).filter(mine | _verifiable(spec, user))
    ranked = rows.annotate(
        place=Window(RowNumber(), order_by=("entered_at", "pk"), **same),
        of_status=Window(Count("pk"), **same),
    )
    return list(ranked.filter(place__lte=ROWS))


def _entered_at(row: Waiting) -> datetime:
    return row.record.entered_at


def _verifiable(spec: RegisterSpec, user: User) -> Q:
    reach = user.reach(spec.permission("verify"))
    if reach is None:
        return Q(pk__in=())
    submitted = Q(record_status=RecordStatus.SUBMITTED) & ~Q(entered_by=user.pk)
    if reach.everywhere:
        return submitted
    within = spec.model.objects.filter(spec.model.within(reach)).values("pk")
    return submitted & Q(pk__in=within)


def _proposed(corrections: Iterable[Correction], user: User) -> Iterator[ProposedChange]:
    """With the records that they concern: one query per register among them."""
    corrections = list(corrections)
    wanted: dict[str, list[int]] = defaultdict(list)
    for each in corrections:
        wanted[each.register].append(each.record)
    records = {
        slug: described(REGISTERS[slug], user).in_bulk(keys) for slug, keys in wanted.items()
    }
    for each in corrections:
        record = records[each.register].get(each.record)
        if record is not None:
            spec = REGISTERS[each.register]
            yield ProposedChange(spec, each, KINDS[each.kind].label, describe(spec, record))


def _to_look_at(user: User) -> Sequence[ToLookAt]:
    """What was carried over from superseded ledgers, for whoever publishes notices."""
    if not user.holds(PUBLISH_NOTICES):
        return []
    waiting = CarriedCommitment.objects.to_be_looked_at().values_list("supersession", flat=True)
    counts = Counter(waiting)
    rows = Supersession.objects.select_related("new", "old").filter(pk__in=counts).order_by("pk")
    return [ToLookAt(row, counts[row.pk]) for row in rows]


def _expiring(user: User, day: date) -> Iterator[Expiring]:
    """Documents and terms whose last day is near, of the registers that name one.

    Of organisations the own one and those right below it: each elects under its leading body.
    """
    for spec in REGISTERS.values():
        last_day = _last_day(spec)
        if not last_day:
            continue
        near = Q(**{f"{last_day}__range": (day, day + AHEAD)})
        if spec.slug == "org":
            near &= Q(pk=user.home.pk) | Q(parent=user.home.pk) if user.home else Q(pk__in=())
        rows = described(spec, user).verified().filter(near)
        for record in rows.order_by(last_day, "pk")[:ROWS]:
            yield Expiring(spec, record, describe(spec, record), getattr(record, last_day))


def _last_day(spec: RegisterSpec) -> str:
    """The field that says when a record of the register ends, "" where none does."""
    if spec.slug in TERM_ENDS:
        return TERM_ENDS[spec.slug]
    return spec.state_to if spec.state_to_is is Bound.LAST_DAY_IN else ""


def _area(user: User) -> Area | None:
    """The area that the account's organisation stands for or lies in."""
    return Area.objects.get(pk=user.home.region_id) if user.home else None


def _short(user: User, area: Area) -> QuerySet[FigureRow]:
    """Worst first; what nobody owes, or what needs a register not in use, is no next step."""
    rows = FigureRow.objects.filter(
        area=area,
        commitment__item__ledger__is_in_force=True,
        commitment__register__in=list(REGISTERS),
        verdict__in=SHORT,
        owed__gt=0,
    ).exclude(Q(reason="population_empty") | Q(reason__startswith="register_not_offered"))
    if user.department and area.is_city:
        rows = rows.filter(commitment__item__in=_items_of(user.department))
    worst_first = Case(
        *(When(verdict=verdict, then=Value(at)) for at, verdict in enumerate(SHORT)),
        output_field=IntegerField(),
    )
    return rows.select_related("commitment__item__ledger").order_by(
        worst_first,
        "-commitment__item__ledger__is_current",
        "commitment__item__ledger",
        "commitment__item__number",
        "commitment__position",
    )


def _due_items(user: User, area: Area, day: date) -> Sequence[Item]:
    """Items with a day of their own that is near, unless they are met: the department's, if any."""
    if not user.holds(READ_BOARD):
        return []
    done = ItemVerdict.objects.filter(item=OuterRef("pk"), area=area, verdict__in=NOTHING_OWED)
    rows = Item.objects.filter(
        ~Exists(done), ledger__is_in_force=True, due_on__range=(day, day + AHEAD)
    )
    if user.department and area.is_city:
        rows = rows.filter(pk__in=_items_of(user.department))
    return list(rows.select_related("ledger").order_by("due_on", "ledger", "number")[:ROWS])


def _lagging(row: FigureRow, user: User) -> Lagging:
    pack = row.commitment.item.ledger.pack_key
    return Lagging(
        ShownFigure(row.commitment, row, pack), next_step(row.commitment, user, row.area_id)
    )


def _items_of(department: str) -> QuerySet:
    duties = Duty.objects.filter(Q(department_zh=department) | Q(department_en=department))
    return duties.values("item")
