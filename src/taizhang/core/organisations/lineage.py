"""Who stands above whom in the territorial tree: one row per ancestor and descendant.

Scope and rollup ask "everything below this body" on integer ids, without recursion; the rows are
derived from `parent` and rebuilt with it.
"""

from collections import defaultdict

from django.db import models


class Lineage(models.Model):
    ancestor = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    descendant = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="lineage"
    )
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="lineage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"


class ParentCycle(ValueError):
    """A body would stand above itself."""


def ancestors_of(parents: dict[int, int | None], org: int) -> list[int]:
    """The body itself and those above it, nearest first.

    Raises ParentCycle when following `parents` comes back to a body already passed.
    """
    line: list[int] = []
    at: int | None = org
    while at is not None:
        if at in line:
            raise ParentCycle(f"organisation {org} stands above itself")
        line.append(at)
        at = parents.get(at)
    return line


def rebuild_lineage(parents: dict[int, int | None]) -> None:
    """Replace all rows by those that `parents` (organisation id → parent id) says."""
    rows = [
        Lineage(ancestor_id=above, descendant_id=org, depth=depth)
        for org in parents
        for depth, above in enumerate(ancestors_of(parents, org))
    ]
    Lineage.objects.all().delete()
    Lineage.objects.bulk_create(rows, batch_size=5000)


def refresh_lineage(org: int, parents: dict[int, int | None]) -> None:
    """Bring the rows of `org` and everything below it in line with `parents`."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    below, queue = [], [org]
    while queue:
        at = queue.pop()
        below.append(at)
        queue.extend(children[at])
    rows = [
        Lineage(ancestor_id=above, descendant_id=each, depth=depth)
        for each in below
        for depth, above in enumerate(ancestors_of(parents, each))
    ]
    Lineage.objects.filter(descendant__in=below).delete()
    Lineage.objects.bulk_create(rows, batch_size=5000)
