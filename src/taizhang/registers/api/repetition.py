"""Sending a creation twice without creating twice: a line that broke says nothing of the answer."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import ApiToken
from taizhang.lib.refusal import Refused
from taizhang.registers.api.faults import Refusal
from taizhang.registers.api.models import CreationKey

KEPT_DAYS = 7


@transaction.atomic
def created_once(
    token: ApiToken,
    key: str | None,
    register: str,
    given: Mapping[str, object],
    create: Callable[[], str],
) -> str:
    """The number of the record that `create` makes, or made when this key came the first time.

    Raises Refusal 409 when the key came with another content, and whatever `create` raises; then
    the key is free again.
    """
    if key is None:
        return create()
    digest = _digest(register, given)
    _forget_old_ones(token)
    # Whoever sends the same key at the same moment waits here until the first is through.
    remembered, is_first = CreationKey.objects.get_or_create(
        token=token, key=key, defaults={"digest": digest}
    )
    if is_first:
        remembered.record_no = create()
        remembered.save(update_fields=["record_no"])
    elif remembered.digest != digest:
        raise _used_for_another()
    return remembered.record_no


def _digest(register: str, given: Mapping[str, object]) -> str:
    text = json.dumps([register, given], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _forget_old_ones(token: ApiToken) -> None:
    limit = timezone.now() - timedelta(days=KEPT_DAYS)
    CreationKey.objects.filter(token=token, created_at__lt=limit).delete()


def _used_for_another() -> Refusal:
    refused = Refused(
        _("Nothing was saved."),
        _("This Idempotency-Key was sent before, with another content."),
        _("Use a new key for each record."),
    )
    return Refusal(409, "key_reused", refused)
