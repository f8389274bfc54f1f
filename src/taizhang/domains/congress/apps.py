from django.apps import AppConfig


class CongressConfig(AppConfig):
    name = "taizhang.domains.congress"
    label = "congress"
