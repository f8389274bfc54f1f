"""The system check of the roles: every permission they name is one that something declares."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from django.core.checks import CheckMessage, Error

from taizhang.core.access.permissions import PERMISSIONS
from taizhang.core.access.roles import ROLES
from taizhang.lib.nearest import nearest


def check_roles(**_kwargs: object) -> list[CheckMessage]:
    """`access.E001` for each pattern of a role that matches no declared permission."""
    return [
        Error(
            f"role {role.code} names the permission {pattern!r}, which nothing declares",
            hint=_hint(pattern),
            id="access.E001",
        )
        for role in ROLES.values()
        for pattern in role.permissions
        if not any(_matches(pattern))
    ]


def _matches(pattern: str) -> Iterator[str]:
    return (name for name in PERMISSIONS if fnmatchcase(name, pattern))


def _hint(pattern: str) -> str:
    meant = nearest(pattern, PERMISSIONS)
    return f"did you mean {meant!r}?" if meant else f"declared are: {', '.join(PERMISSIONS)}"
