from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "taizhang.registers.sheets"
    label = "sheets"
