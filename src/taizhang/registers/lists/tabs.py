"""The saved views above a list, and which of them is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.registers.lists.models import SavedView
from taizhang.registers.lists.saving import may_drop, question_of, views_for
from taizhang.registers.spec import RegisterSpec
from taizhang.ui.components import Tab

ALL = "view"  # in the address: the whole list, also for whom it opens with a view


@dataclass(frozen=True, slots=True)
class Views:
    """`tabs`: the whole list and the views. `edit_url` changes the present one, `keep_url` keeps
    what is looked at as a new one; "" where there is nothing to change or to keep.
    """

    tabs: Sequence[Tab]
    edit_url: str
    keep_url: str


def views_of_list(spec: RegisterSpec, by: User, query: QueryDict) -> Views:
    """What stands above the list that the address asks for."""
    question = question_of(spec, by, query)
    known = list(views_for(spec, by))
    present = next((view for view in known if view.query == question), None)
    address = reverse("register_list", args=[spec.slug])
    whole = Tab(_("All"), f"{address}?{ALL}=all", is_current=not question and present is None)
    edit = (
        reverse("view_edit", args=[spec.slug, present.pk])
        if present is not None and may_drop(present, by)
        else ""
    )
    keep = f"{reverse('view_new', args=[spec.slug])}?{question}" if not present and question else ""
    tabs = [whole, *(_tab(view, by, address, view == present) for view in known)]
    return Views(tabs if known else [], edit, keep)


def _tab(view: SavedView, by: User, address: str, is_current: bool) -> Tab:
    is_of_others = view.owner_id != by.pk
    label = format_lazy(_("{view} (common)"), view=view.name) if is_of_others else view.name
    return Tab(label, f"{address}?{view.query or f'{ALL}=all'}", is_current)
