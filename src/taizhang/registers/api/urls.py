"""The addresses of the interface, below `/api/v1/`, and of the pages about it."""

from collections.abc import Callable, Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from taizhang.registers.api import views
from taizhang.registers.api.description import INTERFACE, PREFIX
from taizhang.registers.api.faults import answer, not_allowed, not_found

NAMESPACE = "api"
_NOT_ALLOWED = 405
View = Callable[..., HttpResponse]


def for_programs(view: View) -> View:
    """Without sign-in page and form token: a program is told in JSON that its token is missing."""

    def answering(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == _NOT_ALLOWED:
            return answer(not_allowed(response.headers["Allow"]))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return csrf_exempt(login_not_required(answering))


def nothing_here(request: HttpRequest) -> HttpResponse:
    return answer(not_found())


def _operations() -> Iterator[URLPattern]:
    """The addresses of all operations; the root, which ninja adds for itself, is left out."""
    for pattern in INTERFACE.urls[0]:
        if pattern.name != "api-root":
            pattern.callback = for_programs(pattern.callback)
            yield pattern


_FOR_PROGRAMS = [
    *_operations(),
    # All the rest, also with line ends, which no converter of a path matches.
    re_path(r"^[\s\S]*$", for_programs(nothing_here), name="nothing"),
]

urlpatterns = [
    path(f"{PREFIX}openapi.json", login_not_required(views.openapi), name="api_openapi"),
    path(PREFIX, include((_FOR_PROGRAMS, NAMESPACE))),
    path("api/", views.reference, name="api_reference"),
    path("api/registers/<slug:slug>/", views.register_reference, name="api_register"),
    path("accounts/tokens/", views.tokens, name="api_tokens"),
    path("accounts/tokens/new/", views.token_new, name="api_token_new"),
    path("accounts/tokens/<int:pk>/revoke/", views.token_revoke, name="api_token_revoke"),
]
