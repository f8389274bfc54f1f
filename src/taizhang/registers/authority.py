"""What an account may do with a record: whether a permission reaches it, and where it may enter."""

from collections.abc import Collection

from django.db.models import Model, Q
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


class EntryPlaces:
    """The areas, organisations and employers for which a reach may enter records.

    Each answer is kept, so that ten thousand rows ask a question of the database once only.
    """

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._known: dict[tuple[type[Model], object], bool] = {}

    def hold(self, model: type[Model], key: object) -> bool:
        """Does the row of the model lie within the reach?"""
        if (model, key) not in self._known:
            rows = (
                entry_areas(self._reach)
                if model is Area
                else model.objects.filter(model.within(self._reach))
            )
            self._known[model, key] = rows.filter(pk=key).exists()
        return self._known[model, key]


def misplaced(
    spec: RegisterSpec,
    record: Record,
    changed: Collection[str],
    reach: Reach,
    places: EntryPlaces | None = None,
) -> dict[str, Label]:
    """The changed fields by which the record would belong to somebody outside the reach.

    Whoever enters for one county cannot fulfil or spoil a duty of another. `places` are those of
    the reach, given by whoever asks for many records.
    """
    if reach.everywhere:
        return {}
    places = places or EntryPlaces(reach)
    faults: dict[str, Label] = {}
    if "region" in changed and not places.hold(Area, record.region_id):
        faults["region"] = _("Your account does not enter records for this area.")
    for name, model in _PLACES.items():
        if name not in changed or spec.model._meta.get_field(name).many_to_many:
            continue
        key = getattr(record, f"{name}_id")
        if key and not places.hold(model, key):
            faults[name] = _("Your account does not enter records for this organisation.")
    return faults


def place(spec: RegisterSpec, record: Record) -> None:
    """Give a record of a register without an area the one it is seen in (handbook 2.1)."""
    if "region" in spec.fields:
        return
    seen_in = getattr(record, "org", None) or getattr(record, "employer", None) or record.owner_org
    record.region_id = seen_in.region_id if seen_in else None


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
