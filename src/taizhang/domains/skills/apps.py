from django.apps import AppConfig


class SkillsConfig(AppConfig):
    name = "taizhang.domains.skills"
    label = "skills"
