"""The system check of the search index, for `taizhang check --deploy`: it reads every record."""

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections

from taizhang.registers.lists.search_index import index_faults, is_prepared
from taizhang.registers.spec import REGISTERS


@checks.register(deploy=True)
def check_indexes(**_kwargs: object) -> list[checks.CheckMessage]:
    """`lists.W001` for each register whose index differs from its records.

    A database that has not been migrated yet has neither, and is not looked at.
    """
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        tables = frozenset(connections[DEFAULT_DB_ALIAS].introspection.table_names(cursor))
    counted = (
        (spec.slug, len(index_faults(spec)))
        for spec in REGISTERS.values()
        if is_prepared(spec, tables)
    )
    return [
        checks.Warning(
            f"The search index of {slug!r} differs from its records in {count} of them.",
            hint=f"Run `taizhang reindex {slug}`.",
            id="lists.W001",
        )
        for slug, count in counted
        if count
    ]
