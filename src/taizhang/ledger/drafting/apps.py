"""The Django app of drafts."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "taizhang.ledger.drafting"
    label = "drafting"
