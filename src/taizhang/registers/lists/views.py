"""The pages on which a view of a list is kept, changed and deleted."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.registers.lists.filters import asked, filter_form
from taizhang.registers.lists.forms import ViewForm
from taizhang.registers.lists.models import SavedView
from taizhang.registers.lists.saving import (
    drop_view,
    keep_view,
    may_drop,
    question_of,
    views_for,
)
from taizhang.registers.lists.tabs import ALL
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.views.addressing import register_view


@register_view
def view_new(request: HttpRequest, spec: RegisterSpec) -> HttpResponse:
    """Keep the filters and the order that stand in this address under a name."""
    view = SavedView(
        register=spec.slug,
        owner=request.user,
        query=question_of(spec, request.user, request.GET),
    )
    return _form_page(request, spec, view)


@register_view
def view_edit(request: HttpRequest, spec: RegisterSpec, pk: int) -> HttpResponse:
    """Change a view of one's own; of a common one of somebody else only what it asks is shown."""
    return _form_page(request, spec, _found(request, spec, pk))


@require_POST
@register_view
def view_delete(request: HttpRequest, spec: RegisterSpec, pk: int) -> HttpResponse:
    view = _found(request, spec, pk)
    try:
        drop_view(view, by=request.user)
    except PermissionError as refusal:
        raise Http404(str(pk)) from refusal
    messages.success(request, _("The view “%(name)s” was deleted.") % {"name": view.name})
    return redirect("register_list", spec.slug)


def _found(request: HttpRequest, spec: RegisterSpec, pk: int) -> SavedView:
    view = views_for(spec, request.user).filter(pk=pk).first()
    if view is None or not may_drop(view, request.user):
        raise Http404(str(pk))
    return view


def _form_page(request: HttpRequest, spec: RegisterSpec, view: SavedView) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    is_own = view.owner == request.user
    form = ViewForm(typed, instance=view, by=request.user) if is_own else None
    if form is not None and form.is_valid():
        try:
            keep_view(
                view,
                by=request.user,
                is_shared=form.cleaned_data.get("is_shared", view.is_shared),
                is_default=form.cleaned_data["is_default"],
            )
        except ValidationError as fault:
            form.add_error("name", fault.messages)
        else:
            messages.success(request, _("The view “%(name)s” was saved.") % {"name": view.name})
            return redirect(view_url(spec, view))
    criteria = filter_form(spec, request.user, QueryDict(view.query))
    criteria.is_valid()
    context = {
        "spec": spec,
        "view": view,
        "form": form,
        "asked": [(label, value) for _name, label, value in asked(criteria)],
        "cancel_url": view_url(spec, view),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "lists/view.html", context, status=status)


def view_url(spec: RegisterSpec, view: SavedView) -> str:
    """The list as the view shows it."""
    return f"{reverse('register_list', args=[spec.slug])}?{view.query or f'{ALL}=all'}"
