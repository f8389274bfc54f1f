"""What an account may do with a record: whether a permission reaches it, and where it may enter."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.access.roles import grants
from taizhang.core.organisations.models import Area, Employer, Organisation
from taizhang.core.records.models import Reach, Record
from taizhang.registers.spec import Label, RegisterSpec

# The fields that say whose a record is: by them rows are counted (handbook 0.5 rule 5).
_PLACES = {"org": Organisation, "employer": Employer, "parent": Organisation}


def permits(by: User, permission: str, record: Record) -> bool:
    """Does any role of the account carry the permission at a node that covers the record?"""
    reach = by.reach(permission)
    if reach is None or reach.everywhere:
        return reach is not None
    return type(record).objects.filter(type(record).within(reach), pk=record.pk).exists()


def owning_organisation(by: User, permission: str) -> Organisation | None:
    """The organisation for which the account enters: that of its first role with the permission."""
    return next(
        (grant.organisation for grant in by.active_grants if grants(grant.role, permission)), None
    )


def entry_areas(reach: Reach):
    """The areas for which records may be entered: a queryset of Area."""
    if reach.everywhere:
        return Area.objects.all()
    own = Organisation.objects.filter(pk__in=reach.organisations).values("region")
    return Area.objects.filter(Q(pk__in=reach.regions) | Q(pk__in=own))


def misplaced(
    spec: RegisterSpec, record: Record, changed: Collection[str], reach: Reach
) -> dict[str, Label]:
    """The changed fields by which the record would belong to somebody outside the reach.

    Whoever enters for one county cannot fulfil or spoil a duty of another.
    """
    if reach.everywhere:
        return {}
    faults: dict[str, Label] = {}
    if "region" in changed and not _is_within(entry_areas(reach), record.region_id):
        faults["region"] = _("Your account does not enter records for this area.")
    for name, model in _PLACES.items():
        if name not in changed or spec.model._meta.get_field(name).many_to_many:
            continue
        key = getattr(record, f"{name}_id")
        if key and not _is_within(model.objects.filter(model.within(reach)), key):
            faults[name] = _("Your account does not enter records for this organisation.")
    return faults


def hidden_fields(spec: RegisterSpec, by: User, record: Record | None = None) -> frozenset[str]:
    """The restricted fields that the account may not read in the record.

    Without a record (a list, a new record): those it may not read wherever they stand.
    """
    return frozenset(
        name
        for name, permission in spec.restricted.items()
        if not (permits(by, permission, record) if record else _everywhere(by, permission))
    )


def closed_fields(spec: RegisterSpec, by: User, record: Record | None) -> frozenset[str]:
    """The restricted fields that the account may not enter in the record.

    In a new record nobody's values stand yet: there it is enough to hold the permission anywhere.
    """
    if record is not None:
        return hidden_fields(spec, by, record)
    return frozenset(
        name for name, permission in spec.restricted.items() if by.reach(permission) is None
    )


def _everywhere(by: User, permission: str) -> bool:
    reach = by.reach(permission)
    return reach is not None and reach.everywhere


def _is_within(rows, key) -> bool:
    return rows.filter(pk=key).exists()
