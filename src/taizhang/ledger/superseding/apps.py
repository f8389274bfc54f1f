"""The Django app of superseding."""

from django.apps import AppConfig


class SupersedingConfig(AppConfig):
    name = "taizhang.ledger.superseding"
    label = "superseding"
