from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "taizhang.domains.finance"
    label = "finance"
