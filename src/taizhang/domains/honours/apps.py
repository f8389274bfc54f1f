from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "taizhang.domains.honours"
    label = "honours"
