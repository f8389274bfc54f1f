"""Which record stands for one that was merged away: for whoever names it by its old number."""

from collections.abc import Collection

from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.merging.models import Merged


def survivors(model: type[Record], losers: Collection[int]) -> dict[int, int]:
    """Id of a merged record → id of the one that stands for it now."""
    register = model.REGISTER.rpartition(".")[2]
    rows = Merged.objects.filter(register=register, loser__in=losers)
    return dict(rows.values_list("loser", "survivor"))


def standing_for(model: type[Record], texts: Collection[str], keys: Collection[str]) -> set[int]:
    """The ids of the records that stand for merged ones which one of the texts names by a key."""
    named = set()
    for key in keys:
        rows = model.objects.filter(record_status=RecordStatus.VOID, **{f"{key}__in": texts})
        named.update(rows.values_list("pk", flat=True))
    return set(survivors(model, named).values()) if named else set()
