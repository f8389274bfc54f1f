from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "taizhang.domains.followup"
    label = "followup"
