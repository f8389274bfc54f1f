"""After migrating, every register has its search index; found at start."""

from django.apps import apps
from django.db.models.signals import post_migrate

from taizhang.registers.lists.search_index import prepare_indexes


def prepare(using: str, **_kwargs) -> None:
    """The tables of the index belong to no model, so migrations do not make them."""
    prepare_indexes(using)


post_migrate.connect(prepare, sender=apps.get_app_config("lists"))
