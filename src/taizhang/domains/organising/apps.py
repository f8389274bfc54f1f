from django.apps import AppConfig


class OrganisingConfig(AppConfig):
    name = "taizhang.domains.organising"
    label = "organising"
