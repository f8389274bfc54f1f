"""Rules of the organising registers that reach beyond one row (handbook 2.5 R01, R03; 3.7)."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taizhang.core.organisations.lineage import (
    ParentCycle,
    ancestors_of,
    rebuild_lineage,
    refresh_lineage,
)
from taizhang.core.organisations.models import Organisation, Post
from taizhang.core.organisations.organisations import check_employers
from taizhang.core.organisations.posts import person_key


def check_lines(record: Organisation, lists: Mapping[str, Collection]) -> None:
    """No body stands above itself, neither in the territorial nor in the industrial line.

    Raises ValidationError for the field that closes the circle.
    """
    for field in ("parent", "industry_parent"):
        above = getattr(record, f"{field}_id")
        if record.pk is None or above is None:
            continue
        try:
            ancestors_of(_line(field) | {record.pk: above}, record.pk)
        except ParentCycle:
            raise ValidationError(
                {
                    field: _(
                        "%(union)s stands below this organisation already; "
                        "an organisation cannot stand above itself."
                    )
                    % {"union": getattr(record, field)}
                }
            ) from None


def check_number_of_employers(record: Organisation, lists: Mapping[str, Collection]) -> None:
    """The number of employing units fits the kind of union. Raises ValidationError."""
    check_employers(record.org_type, len(lists["employer"]))


def keep_lineage(record: Organisation, changed: Collection[str]) -> None:
    """Scope and rollup follow the tree as it stands."""
    if "parent" in changed or not record.lineage.exists():
        refresh_lineage(record.pk, _line("parent"))


def keep_whole_lineage(records: Collection[Organisation]) -> None:
    """The same after many organisations were entered or changed together."""
    rebuild_lineage(_line("parent"))


def keep_person_key(record: Post, changed: Collection[str]) -> None:
    """The pseudonym follows a name or a birth year that is put right."""
    if {"person_name", "birth_year"} & set(changed):
        record.person_key = person_key(record.person_name, record.birth_year)
        record.save(update_fields=["person_key"])


def _line(field: str) -> dict[int, int | None]:
    return dict(Organisation.objects.values_list("pk", field))
