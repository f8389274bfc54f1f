"""At start, every domain's `integrity.py` is found, and the system check of the rules in them."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class IntegrityConfig(AppConfig):
    name = "taizhang.registers.integrity"
    label = "integrity"

    def ready(self) -> None:
        autodiscover_modules("integrity", "system_checks")
