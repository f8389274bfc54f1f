"""The gate before a page: signed in, and with a permission held somewhere."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from taizhang.core.access.permissions import PERMISSIONS

View = Callable[..., HttpResponse]


def permission_required(permission: str) -> Callable[[View], View]:
    """Send the anonymous to sign in, and refuse (403) whoever does not hold the permission.

    Raises UnknownKey at import when nobody has declared the permission.
    """
    PERMISSIONS[permission]

    def gate(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.user.holds(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return gate
