"""Roles as data (handbook 4.1, 4.2, 4.4): the permissions of each, and what excludes what."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taizhang.lib.registry import Registry

ROLES: "Registry[Role]" = Registry("role")


@dataclass(frozen=True, slots=True)
class Role:
    """`permissions` are permission names or patterns of them, such as `leadership.*:read`."""

    code: str
    label: str | Promise
    permissions: tuple[str, ...]
    administrative: bool = False


def grants(role: str, permission: str) -> bool:
    """Does the role carry the permission?

    Raises UnknownKey for a role nobody declared.
    """
    return any(fnmatchcase(permission, pattern) for pattern in ROLES[role].permissions)


_READ = ("organising.*:read", "leadership.*:read", "ledger.*:read")
_ENTER = ("organising.*:enter", "leadership.*:enter")
_VERIFY = ("organising.*:verify", "leadership.*:verify")

for role in (
    Role("CH", _("Principal leader"), _READ),
    Role("VC", _("Vice-chair in charge"), (*_READ, "ledger.*:approve")),
    Role("OFC", _("Follow-up officer of the General Office"), (*_READ, "ledger.*")),
    Role("DH", _("Department head"), (*_READ, *_VERIFY, "organising.post:party_member")),
    Role("DC", _("Department clerk"), (*_READ, *_ENTER, "organising.post:party_member")),
    Role("CA", _("County reviewer"), (*_READ, *_VERIFY)),
    Role("CC", _("County clerk"), (*_READ, *_ENTER)),
    Role("TC", _("Township or park clerk"), (*_READ, *_ENTER)),
    Role("PC", _("Primary-union clerk"), (*_READ, *_ENTER)),
    Role("AU", _("Auditor"), (*_READ, "audit.log:read")),
    Role("SYS", _("System administrator"), ("access.account:create",), administrative=True),
    Role(
        "SEC",
        _("Security administrator"),
        ("access.account:activate", "access.grant:confirm"),
        administrative=True,
    ),
    Role("AUD", _("Audit administrator"), ("audit.log:read",), administrative=True),
):
    ROLES.register(role.code, role)
