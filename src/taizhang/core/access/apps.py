from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "taizhang.core.access"
    label = "access"
