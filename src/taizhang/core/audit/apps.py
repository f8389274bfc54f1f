from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "taizhang.core.audit"
    label = "audit"
