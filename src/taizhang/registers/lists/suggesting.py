"""The few records that somebody may mean who has begun to type, found by the search index."""

from collections.abc import Iterator

from django.db.models import Q

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Organisation
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.lists.conditions import STATUS, visibility
from taizhang.registers.lists.ordering import Order
from taizhang.registers.lists.paging import Condition, fill_page
from taizhang.registers.lists.searching import searched
from taizhang.registers.references import unions_above, without_number
from taizhang.registers.spec import RegisterSpec

SUGGESTIONS = 12


def suggestions(spec: RegisterSpec, by: User, text: str) -> list[Record]:
    """The first records that the account may refer to and that a search for the text finds."""
    found = searched(spec, without_number(text))
    if found is None:
        return []
    order = Order(spec.model, spec.model._meta.pk.name, downwards=False)
    wanted = [found, *_nameable(spec, by, order)]
    return fill_page(spec.model.objects.all(), wanted, order, "", SUGGESTIONS)


def _nameable(spec: RegisterSpec, by: User, order: Order) -> Iterator[Condition]:
    """As `candidates`: what the account sees, and the unions above its own; nothing void."""
    seen = visibility(spec, by, {}, order)
    if seen is not None and spec.model is Organisation:
        yield Condition.of(seen.by_index | Q(pk__in=unions_above(by)))
    elif seen is not None:
        yield seen
    yield Condition.of(~Q(**{STATUS: RecordStatus.VOID}), is_broad=True)
