"""The desk 工作台: what waits for whoever is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.core.parameters.clock import status_date
from taizhang.ledger.desk import read_desk
from taizhang.ledger.permissions import READ_BOARD


@require_GET
@permission_required(READ_BOARD)
def desk(request: HttpRequest) -> HttpResponse:
    """Records to correct, to finish and to verify; days that come near; figures that fall short."""
    return render(request, "ledger/desk.html", {"desk": read_desk(request.user, status_date())})
