"""Commands that concern the whole installation: init, demo, serve."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "taizhang.config"
    label = "config"
