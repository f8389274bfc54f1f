"""Personal text lies encrypted in the database, and keys can be changed."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.db import connection

from taizhang.core.organisations.models import Post
from taizhang.core.organisations.testing import PostFactory
from taizhang.core.records.fields import decrypt, encrypt

OLD, NEW = (Fernet.generate_key().decode() for _key in range(2))


def stored_name(post: Post) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT person_name FROM {Post._meta.db_table} WHERE id = %s", [post.pk])
        return cursor.fetchone()[0]


def test_a_name_is_read_in_clear_and_stored_encrypted(tree):
    post = PostFactory(org=tree.plant, person_name="欧阳某某")

    assert Post.objects.get(pk=post.pk).person_name == "欧阳某某"
    assert "欧阳" not in stored_name(post)
    assert decrypt(stored_name(post)) == "欧阳某某"


def test_no_table_of_the_database_holds_a_name_in_clear(tree):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite writes out the whole database through a connection")
    PostFactory(org=tree.plant, person_name="欧阳某某", cert_no="证书-明文")

    written_out = connection.connection.serialize()  # the search index among the rest

    assert "证书-明文".encode() in written_out
    assert "欧阳".encode() not in written_out


def test_the_same_name_is_stored_differently_each_time(tree):
    first, second = (PostFactory(org=tree.plant, person_name="欧阳某某") for _post in range(2))

    assert stored_name(first) != stored_name(second)


def test_after_a_new_key_old_values_are_read_and_new_ones_use_it(tree, settings):
    settings.FIELD_KEYS = (OLD,)
    post = PostFactory(org=tree.plant, person_name="欧阳某某")

    settings.FIELD_KEYS = (NEW, OLD)
    post = Post.objects.get(pk=post.pk)
    assert post.person_name == "欧阳某某"
    post.save()

    settings.FIELD_KEYS = (NEW,)
    assert Post.objects.get(pk=post.pk).person_name == "欧阳某某"


def test_without_its_key_a_value_is_refused_not_shown(settings):
    settings.FIELD_KEYS = (OLD,)
    stored = encrypt("欧阳某某")

    settings.FIELD_KEYS = (NEW,)

    with pytest.raises(InvalidToken):
        decrypt(stored)


def test_the_person_key_survives_a_new_field_key(tree, settings):
    settings.FIELD_KEYS = (OLD,)
    before = PostFactory(org=tree.plant, person_name="欧阳某某", birth_year=1970)

    settings.FIELD_KEYS = (NEW, OLD)
    after = PostFactory(org=tree.plant, person_name="欧阳某某", birth_year=1970)

    assert before.person_key == after.person_key
