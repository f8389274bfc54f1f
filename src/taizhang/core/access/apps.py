"""At start, every app's `permissions.py` is found, and the roles are checked against them."""

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules

from taizhang.core.access.checks import check_roles


class AccessConfig(AppConfig):
    name = "taizhang.core.access"
    label = "access"

    def ready(self) -> None:
        autodiscover_modules("permissions")
        checks.register(check_roles)
