"""At start, every domain's `registers.py` is found, and the `reactions.py` of the layers above."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegistersConfig(AppConfig):
    name = "taizhang.registers"
    label = "registers"

    def ready(self) -> None:
        autodiscover_modules("registers", "reactions")
