"""Keeping what one looks at: a view has a name and an owner, and may be common to all readers."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.registers.lists.filters import filter_names
from taizhang.registers.lists.models import SHARE_VIEW, SavedView
from taizhang.registers.lists.ordering import SORT
from taizhang.registers.spec import RegisterSpec

_SUBJECT = "registers.view"
_TOLD = ("name", "query")


def views_for(spec: RegisterSpec, by: User) -> QuerySet[SavedView]:
    """The account's own views of the list, and the common ones of others."""
    return SavedView.objects.filter(Q(owner=by) | Q(is_shared=True), register=spec.slug)


def question_of(spec: RegisterSpec, by: User, query: QueryDict) -> str:
    """What an address asks of the list, as a view keeps it: filters and order, no place."""
    names = (*filter_names(spec, by), SORT)
    kept = QueryDict(mutable=True)
    kept.update({name: value for name in names if (value := query.get(name, "").strip())})
    return kept.urlencode()


@transaction.atomic
def keep_view(view: SavedView, *, by: User, is_shared: bool, is_default: bool = False) -> SavedView:
    """Save a new or changed view of the account; the change log tells of common ones.

    Raises ValidationError by field; PermissionError for a view of somebody else, or for sharing
    without the permission.
    """
    before = SavedView.objects.filter(pk=view.pk).first()
    if before is not None and before.owner_id != by.pk:
        raise PermissionError(view.pk)
    was_shared = before is not None and before.is_shared
    if is_shared and not was_shared and not by.holds(SHARE_VIEW):
        raise PermissionError(SHARE_VIEW)
    view.owner, view.is_shared, view.is_default = by, is_shared, is_default
    if is_default:
        others = SavedView.objects.filter(owner=by, register=view.register).exclude(pk=view.pk)
        others.update(is_default=False)
    view.full_clean()
    view.save()
    _tell(view, _told(before) if was_shared else {}, _told(view) if is_shared else {}, by)
    return view


@transaction.atomic
def drop_view(view: SavedView, *, by: User) -> None:
    """Delete a view: one's own, or a common one for whoever may keep common views.

    Raises PermissionError.
    """
    if not may_drop(view, by):
        raise PermissionError(view.pk)
    if view.is_shared:
        _tell(view, _told(view), {}, by)
    view.delete()


def may_drop(view: SavedView, by: User) -> bool:
    return view.owner_id == by.pk or (view.is_shared and by.holds(SHARE_VIEW))


def default_view(spec: RegisterSpec, by: User) -> SavedView | None:
    """The view with which the list opens for the account."""
    return SavedView.objects.filter(owner=by, register=spec.slug, is_default=True).first()


def _told(view: SavedView) -> Mapping[str, object]:
    return {"register": view.register, **{name: getattr(view, name) for name in _TOLD}}


def _tell(
    view: SavedView, before: Mapping[str, object], after: Mapping[str, object], by: User
) -> None:
    """An audit row when what all readers see changed."""
    if before == after:
        return
    action = "change_view" if before and after else "share_view" if after else "withdraw_view"
    changes = {
        name: (before.get(name), after.get(name))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    }
    write_audit(by=by, action=action, subject=_SUBJECT, subject_no=str(view.pk), changes=changes)
