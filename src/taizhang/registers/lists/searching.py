"""What a search in a register means: which records it finds, by the index or record by record."""

from django.db.models import Q

from taizhang.registers.display import spec_of
from taizhang.registers.lists.grams import words
from taizhang.registers.lists.paging import FEW, Condition
from taizhang.registers.lists.stores import SearchStore, search_store
from taizhang.registers.spec import RegisterSpec


def searched(spec: RegisterSpec, text: str) -> Condition | None:
    """The records that hold all words of the text; None when there are no words.

    A record is found by its own texts, or by a record that it refers to: a meeting of workers by
    whatever its employing unit is found by.
    """
    wanted = words(text)
    if not wanted:
        return None
    by_index, by_record, sample = Q(), Q(), Q()
    for path, store in _stores(spec):
        by_index |= Q(**{f"{path}__in": store.matching(wanted)})
        sample |= Q(**{f"{path}__in": store.matching(wanted, FEW + 1)})
        by_record |= Q(store.holding(path, wanted))
    return Condition(by_index, by_record, sample=sample)


def _stores(spec: RegisterSpec) -> list[tuple[str, SearchStore]]:
    """The indexes that are asked, each with the field that holds the ids it speaks of."""
    using = spec.model.objects.db
    referred = dict.fromkeys(name.rpartition("__")[0] for name in spec.search if "__" in name)
    return [
        ("pk", search_store(spec.slug, using)),
        *((path, search_store(_target(spec, path), using)) for path in referred),
    ]


def _target(spec: RegisterSpec, path: str) -> str:
    """The register that a path of references such as `congress__employer` leads to."""
    model = spec.model
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return spec_of(model).slug
