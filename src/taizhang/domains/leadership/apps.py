from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    name = "taizhang.domains.leadership"
    label = "leadership"
