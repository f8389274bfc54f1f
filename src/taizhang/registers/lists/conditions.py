"""What the filters of a list mean for its records, and which indexes lead to them."""

from collections.abc import Iterator, Mapping

from django.db.models import Q

from taizhang.core.access.models import User, reach_of
from taizhang.core.records.models import RecordStatus
from taizhang.registers.lists.filters import (
    ANY_STATUS,
    FROM,
    SEARCH,
    STATUS,
    TO,
    UNDER,
    UNSTATED,
    ranges,
)
from taizhang.registers.lists.ordering import Order, leads_in_order
from taizhang.registers.lists.paging import Condition
from taizhang.registers.lists.reach import AREA, reached
from taizhang.registers.lists.searching import searched
from taizhang.registers.spec import RegisterSpec


def visibility(
    spec: RegisterSpec, by: User, wanted: Mapping[str, object], order: Order
) -> Condition | None:
    """Which of the records asked for the account may see; None where it sees all of them.

    As `RecordQuerySet.visible_to`, and like it nothing without the permission.
    """
    reach = by.reach(spec.permission("read"))
    if reach is None:
        return Condition.of(Q(pk__in=[]))
    return reached(spec, reach, order, _area(spec, wanted))


def conditions(
    spec: RegisterSpec, wanted: Mapping[str, object], order: Order
) -> Iterator[Condition]:
    """What the cleaned filters ask for; what is empty does not narrow, but void is left out."""
    found = searched(spec, str(wanted.get(SEARCH) or ""))
    yield from [found] if found else []
    if wanted.get(UNDER):
        below = reached(spec, reach_of([wanted[UNDER]]), order, _area(spec, wanted))
        yield from [below] if below else []
    for name in ranges(spec):
        limits = Q()
        for end, lookup in ((FROM, "gte"), (TO, "lte")):
            if wanted.get(name + end) is not None:
                limits &= Q(**{f"{name}__{lookup}": wanted[name + end]})
        if limits:
            yield Condition.of(limits, along=order.name == name)
    yield from _chosen(spec, wanted, order)
    if not wanted.get(STATUS):
        yield Condition.of(~Q(**{STATUS: RecordStatus.VOID}), is_broad=True)


def _chosen(spec: RegisterSpec, wanted: Mapping[str, object], order: Order) -> Iterator[Condition]:
    led = False  # one index is walked, however many filters have one
    for name in spec.filters:
        value = wanted.get(name)
        if not value or (name == STATUS and value == ANY_STATUS):
            continue
        meaning = Q(**{f"{name}__isnull": True}) if value == UNSTATED else Q(**{name: value})
        leads = not led and leads_in_order(spec, name, order)
        yield Condition.of(meaning, along=leads)
        led = led or leads


def _area(spec: RegisterSpec, wanted: Mapping[str, object]) -> str:
    return str(wanted.get(AREA) or "") if AREA in spec.filters else ""
