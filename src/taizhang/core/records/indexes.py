"""The indexes that let the list of a register be sorted and narrowed at any size."""

from collections.abc import Iterator

from django.db import models


def list_indexes(
    *filters: str, order: str = "id", sorts: tuple[str, ...] = ()
) -> Iterator[models.Index]:
    """The indexes of a list in the order of the field `order`, narrowed by each of `filters`.

    `sorts`: further columns by which people sort it. Each ends with the id, so that a page can be
    continued after any record. Most accounts see one area and what their unions enter elsewhere:
    so every order is kept within each area, too, and the areas are kept within each union.

    >>> [index.fields for index in list_indexes("kind", order="held_on", sorts=("chair",))]
    ... # doctest: +NORMALIZE_WHITESPACE
    [['held_on', 'id'], ['chair', 'id'],
     ['kind', 'held_on', 'id'], ['region', 'held_on', 'id'],
     ['region', 'chair', 'id'], ['region', 'record_no', 'id'],
     ['owner_org', 'region']]
    """
    for name in (order, *sorts):
        if name != "id":
            yield models.Index(fields=[name, "id"])
    for name in dict.fromkeys((*filters, "region")):
        yield models.Index(fields=[name, "id"] if order == "id" else [name, order, "id"])
    for name in (*sorts, "record_no"):
        yield models.Index(fields=["region", name, "id"])
    yield models.Index(fields=["owner_org", "region"])
