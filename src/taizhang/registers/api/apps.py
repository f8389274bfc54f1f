"""The app of the interface: its pages, its texts, and the keys that make a creation known again."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "taizhang.registers.api"
    label = "api"
