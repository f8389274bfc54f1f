from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "taizhang.core.organisations"
    label = "organisations"
