from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "taizhang.registers.lists"
    label = "lists"
