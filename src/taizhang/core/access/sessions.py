"""What holds while somebody is signed in: idle sign-out, and the change of a one-time password."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponse]

RENEWED_AT = "renewed_at"
RENEW_EVERY_SECONDS = 60
# Where somebody with a one-time password may still go.
_OPEN_UNTIL_CHANGED = {"account_change_password", "account_logout", "set_language"}


def polled(view: View) -> View:
    """Mark a view that a page asks for by itself: its requests do not keep a session alive."""
    view.polled = True
    return view


def renew_sessions(get_response: View) -> View:
    """Middleware: a session ends `SESSION_COOKIE_AGE` after the person's last own request.

    It is renewed once a minute at most, so that reading pages does not write for each of them.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        view = request.resolver_match.func if request.resolver_match else None
        if not getattr(view, "polled", False) and SESSION_KEY in request.session:
            now = int(timezone.now().timestamp())
            if now - request.session.get(RENEWED_AT, 0) >= RENEW_EVERY_SECONDS:
                request.session[RENEWED_AT] = now
        return response

    return middleware


def require_new_password(get_response: View) -> View:
    """Middleware: whoever signed in with a one-time password changes it before anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *_view: object) -> HttpResponse | None:
        if (
            request.user.is_authenticated
            and request.user.must_change_password
            and request.resolver_match.url_name not in _OPEN_UNTIL_CHANGED
        ):
            return redirect("account_change_password")
        return None

    middleware.process_view = process_view
    return middleware


def send_parts_to_sign_in(get_response: View) -> View:
    """Middleware: a part of a page that finds its session ended sends the whole page to sign in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        if request.htmx and response.headers.get("Location", "").startswith(sign_in):
            back = urlencode({"next": request.htmx.current_url_abs_path or "/"})
            return HttpResponseClientRedirect(f"{sign_in}?{back}")
        return response

    return middleware
