"""Who calls: the account behind a token, with the limits of the token."""

from typing import NoReturn

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from taizhang.core.access.models import ApiToken
from taizhang.core.access.tokens import note_use, token_of
from taizhang.lib.refusal import Refused
from taizhang.registers.api.faults import Refusal
from taizhang.registers.api.throttle import Throttle

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_NOT_DONE = _("Nothing was done.")


class BearerToken(HttpBearer):
    """Lets a token in force pass as its account; a reading token does not write."""

    def __init__(self) -> None:
        super().__init__()
        self.throttle = Throttle()

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        found = token_of(token)
        if found is None:
            return None
        wait = self.throttle.wait(found.prefix, settings.API_REQUESTS_PER_MINUTE)
        if wait:
            _refuse_for_a_while(wait)
        note_use(found)
        if request.method not in _READING and found.scope != ApiToken.Scope.WRITE:
            raise limited(_("It was made for reading."))
        request.user = found.user
        return found


def limited(why: object) -> Refusal:
    """The token itself does not go this far, whatever its account may do."""
    refused = Refused(_NOT_DONE, why, _("Make a token for it on the page of access tokens."))
    return Refusal(403, "token_limited", refused)


def _refuse_for_a_while(seconds: int) -> NoReturn:
    refused = Refused(
        _NOT_DONE,
        _("This token sent too many requests within a minute."),
        _("Wait as long as the header Retry-After says, then go on more slowly."),
    )
    raise Refusal(429, "too_many_requests", refused, headers={"Retry-After": str(seconds)})
