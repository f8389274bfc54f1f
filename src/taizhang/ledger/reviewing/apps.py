"""The Django app of the review."""

from django.apps import AppConfig


class ReviewingConfig(AppConfig):
    name = "taizhang.ledger.reviewing"
    label = "reviewing"
