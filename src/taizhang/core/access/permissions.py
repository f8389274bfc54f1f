"""Permissions as data: `domain.noun:verb`, declared with labels; unknown names fail at start."""

from dataclasses import dataclass

from django.utils.functional import Promise

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
