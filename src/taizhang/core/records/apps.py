from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "taizhang.core.records"
    label = "records"
