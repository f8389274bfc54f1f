from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "taizhang.registers.corrections"
    label = "corrections"
