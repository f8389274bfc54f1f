from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "taizhang.registers.merging"
    label = "merging"
