"""The list of registers: what each holds and why."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taizhang.registers.spec import REGISTERS


@login_required
def registers(request: HttpRequest) -> HttpResponse:
    """The registers that the account may read, and where it may enter; nothing is counted.

    Administrators read none: they find what their role is for.
    """
    entries = [
        {"spec": spec, "may_enter": request.user.holds(spec.permission("enter"))}
        for spec in REGISTERS.values()
        if request.user.holds(spec.permission("read"))
    ]
    context = {"entries": entries, "powers": request.user.administrative_roles()}
    return render(request, "registers/index.html", context)
