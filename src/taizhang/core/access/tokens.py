"""Access tokens: by them a program acts for one account, with at most what the account may do."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import ApiToken, User
from taizhang.core.access.refusals import ActionRefused
from taizhang.core.audit.trail import write_audit

TOKEN = "access.token"  # noqa: S105  the subject of its audit rows
LONGEST_DAYS = 365

_MARK = "tz"  # by which a scanner of leaked secrets recognises one
_PREFIX_BYTES, _SECRET_BYTES = 4, 32
_PARTS = 3


@transaction.atomic
def create_token(
    *, by: User, name: str, scope: ApiToken.Scope, registers: Iterable[str], expires_on: date
) -> tuple[ApiToken, str]:
    """A new token of the account and its secret, which is shown once and never kept.

    `registers`: keys `domain.slug` to which the token is limited; none is no limit.
    `expires_on`: its last day. Raises ActionRefused for a day past or more than a year ahead.
    """
    today = timezone.localdate()
    if not today <= expires_on <= today + timedelta(days=LONGEST_DAYS):
        raise ActionRefused(
            _("The token was not created."),
            _("A token is valid until today at least and for one year at most."),
            _("Choose an earlier or later last day."),
        )
    prefix = secrets.token_hex(_PREFIX_BYTES)
    secret = "_".join((_MARK, prefix, secrets.token_hex(_SECRET_BYTES)))
    token = ApiToken.objects.create(
        user=by,
        name=name,
        prefix=prefix,
        secret_hash=_hash(secret),
        scope=scope,
        registers=sorted(registers),
        expires_on=expires_on,
    )
    write_audit(
        by=by,
        action="create",
        subject=TOKEN,
        subject_no=prefix,
        changes={
            "name": (None, name),
            "scope": (None, str(scope)),
            "registers": (None, token.registers),
            "expires_on": (None, expires_on),
        },
    )
    return token, secret


@transaction.atomic
def revoke_token(*, by: User, token: ApiToken) -> None:
    """End one of the account's own tokens; a second time changes nothing.

    Raises ActionRefused for another account's token.
    """
    if token.user_id != by.pk:
        raise ActionRefused(
            _("The token was not revoked."),
            _("It belongs to another account."),
            _("Ask that person, or let a security administrator deactivate the account."),
        )
    if token.revoked_at is not None:
        return
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    write_audit(by=by, action="revoke", subject=TOKEN, subject_no=token.prefix)


def token_of(secret: str) -> ApiToken | None:
    """The token with this secret, and its account; None unless both are in force now.

    An account that must change its one-time password first acts through no token either.
    """
    parts = secret.split("_")
    if len(parts) != _PARTS or parts[0] != _MARK or not secret.isascii():
        return None
    token = (
        ApiToken.objects.filter(prefix=parts[1], revoked_at=None)
        .select_related("user")
        .filter(user__is_active=True, user__must_change_password=False)
        .first()
    )
    if token is None or not secrets.compare_digest(token.secret_hash, _hash(secret)):
        return None
    return token if token.expires_on >= timezone.localdate() else None


def note_use(token: ApiToken) -> None:
    """Keep the day, so that its owner notices a token that nothing uses; the hour is not kept."""
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)


def _hash(secret: str) -> str:
    # The secret is 256 random bits: nobody guesses it, so slow hashing would gain nothing.
    return hashlib.sha256(secret.encode()).hexdigest()
