"""Permissions as data: `domain.noun:verb`, declared with labels; unknown names fail at start.

The core declares its own here. Registers declare theirs when they are offered, other packages in
a file that is read at start.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taizhang.lib.registry import Registry


@dataclass(frozen=True, slots=True)
class Permission:
    name: str
    label: str | Promise


PERMISSIONS: Registry[Permission] = Registry("permission")


def declare_permission(name: str, label: str | Promise) -> str:
    """Make a permission known; returns its name. Raises DuplicateKey when it is known already."""
    PERMISSIONS.register(name, Permission(name, label))
    return name


CREATE_ACCOUNT = declare_permission("access.account:create", _("Accounts: create"))
ACTIVATE_ACCOUNT = declare_permission(
    "access.account:activate", _("Accounts: activate and deactivate")
)
RESET_PASSWORD = declare_permission("access.account:reset_password", _("Accounts: reset password"))
PROPOSE_GRANT = declare_permission("access.grant:propose", _("Roles: propose"))
CONFIRM_GRANT = declare_permission("access.grant:confirm", _("Roles: confirm"))
REVOKE_GRANT = declare_permission("access.grant:revoke", _("Roles: revoke"))
READ_LOG = declare_permission("audit.log:read", _("Change log: read"))
