"""Suggestions for a reference: records of this register that another form may name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taizhang.registers.lists.suggesting import suggestions
from taizhang.registers.references import naming
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.views.addressing import register_view


@register_view
def register_options(request: HttpRequest, spec: RegisterSpec) -> HttpResponse:
    """`<option>` elements for a data list; `for` names the input whose text is searched."""
    field = request.GET.get("for", "q")
    text = next(filter(None, reversed(request.GET.getlist(field))), "").strip()
    found = suggestions(spec, request.user, text)
    return render(request, "registers/_options.html", {"names": [naming(row) for row in found]})
