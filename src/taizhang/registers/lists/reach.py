"""What of a list lies within a reach, in parts of which each has an index that leads to it.

A reach is whole areas *or* what certain unions entered, and for an *or* a database has no index:
it picks up and sorts everything. So a list is put together from one part for each area, which the
indexes of `list_indexes` keep in every order that is offered, and from what the unions entered
about other areas, which is little.
"""

from django.db.models import Q

from taizhang.core.records.models import Reach
from taizhang.registers.lists.ordering import Order, leads_in_order, sortable
from taizhang.registers.lists.paging import Condition, holds_for_few
from taizhang.registers.spec import RegisterSpec

AREA = "region"
# As many records of unions are sorted for a page in less than its 200 ms.
SORTED_AT_MOST = 30_000


def reached(spec: RegisterSpec, reach: Reach, order: Order, area: str = "") -> Condition | None:
    """Which records lie within the reach; None where that asks for nothing.

    `area`: the only area that the list shows, by another of its conditions. What is whole there
    asks for nothing more, and what is not is found by union and area together.
    """
    if reach.everywhere:
        return None
    within = spec.model.within(reach)
    areas, entered = _areas_and_rest(within)
    if area:
        return None if area in areas else Condition.of(Q(**{AREA: area}) & entered)
    if not areas or not leads_in_order(spec, AREA, order):
        return Condition.of(within)
    parts = [Condition.of(Q(**{AREA: code}), along=True) for code in sorted(areas)]
    return Condition.of(within, parts=(*parts, Condition.of(_elsewhere(areas, entered))))


def sortable_within(spec: RegisterSpec, reach: Reach | None) -> frozenset[str]:
    """The columns by which whoever has this reach can sort the list.

    All that an index keeps, unless unions of the reach entered too much about other areas than
    those that it covers whole: no index keeps that in any order but the register's own.
    """
    if reach is None or reach.everywhere:
        return sortable(spec)
    areas, entered = _areas_and_rest(spec.model.within(reach))
    elsewhere = Condition.of(_elsewhere(areas, entered))
    if holds_for_few(spec.model.objects.all(), elsewhere, SORTED_AT_MOST):
        return sortable(spec)
    return sortable(spec) & {spec.ordering.removeprefix("-")}


def _areas_and_rest(within: Q) -> tuple[frozenset[str], Q]:
    """The areas that a reach covers whole, and what lets it see records of others."""
    if within.connector != Q.OR or within.negated:
        return frozenset(), within
    by_area = [each for each in within.children if _is_of_areas(each)]
    others = [each for each in within.children if not _is_of_areas(each)]
    rest = Q(*others, _connector=Q.OR) if others else Q(pk__in=[])
    return frozenset(code for _name, codes in by_area for code in codes), rest


def _is_of_areas(part: object) -> bool:
    return isinstance(part, tuple) and part[0] == f"{AREA}__in"


def _elsewhere(areas: frozenset[str], entered: Q) -> Q:
    return entered & ~Q(**{f"{AREA}__in": sorted(areas)}) if areas else entered
