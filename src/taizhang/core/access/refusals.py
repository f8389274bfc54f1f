"""Why an action on accounts and roles is refused, in words for the person who asked for it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.access.permissions import PERMISSIONS
from taizhang.core.access.roles import ROLES, grants
from taizhang.lib.refusal import Refused

Sentence = str | Promise


class ActionRefused(Refused):
    """An action on accounts or roles that was not carried out; nothing has changed."""


def listed(words: Iterable[Sentence]) -> Promise:
    """The words, parted as the language of the reader parts them."""
    return _listed(tuple(words))


def require(by: User | None, permission: str, *, what: Sentence) -> None:
    """Let the holder of the permission pass, and the system itself (`by` is None).

    Raises ActionRefused with the roles that carry the permission.
    """
    if by is None or by.holds(permission):
        return
    carriers = [role.label for role in ROLES.values() if grants(role.code, permission)]
    raise ActionRefused(
        what,
        format_lazy(
            _("Your roles do not include “{permission}”."), permission=PERMISSIONS[permission].label
        ),
        format_lazy(_("Ask somebody with the role: {roles}."), roles=listed(carriers)),
    )


def invalid(what: Sentence, error: ValidationError) -> ActionRefused:
    """The refusal of input whose faults are those of `error`."""
    return ActionRefused(what, _messages(error), _("Correct the entry and try again."))


# Composed when shown, in the language of whoever reads.
_listed = lazy(lambda words: str(_(", ")).join(map(str, words)), str)
_messages = lazy(lambda error: " ".join(error.messages), str)
