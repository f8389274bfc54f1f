from django.apps import AppConfig


class ParametersConfig(AppConfig):
    name = "taizhang.core.parameters"
    label = "parameters"
