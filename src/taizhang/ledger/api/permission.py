"""Who may call what of the ledger."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.permissions import PERMISSIONS
from taizhang.registers.api.authentication import limited
from taizhang.registers.api.faults import no_permission


def expect_permission(request: HttpRequest, name: str) -> None:
    """Raises Refusal 403 without the permission, and for a token limited to registers."""
    if not request.user.holds(name):
        raise no_permission(PERMISSIONS[name].label)
    if request.auth.registers:
        raise limited(_("It is limited to some registers; the ledger is none of them."))
