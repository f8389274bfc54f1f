from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "taizhang.core.files"
    label = "files"
