"""The frame: navigation by permission, the fixed status date, error pages that always work."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from taizhang.core.parameters.clock import fix_status_date
from taizhang.ui.navigation import NAVIGATION, NavigationEntry

GALLERY = "ui_components"


def page(client) -> str:
    return client.get(reverse(GALLERY)).content.decode()


@pytest.fixture
def secret_entry():
    entry = NavigationEntry("保密入口", GALLERY, position=99, permission="audit.log:read")
    with NAVIGATION.temporarily(lambda registry: registry.register("secret", entry)):
        yield


def test_an_entry_is_shown_to_those_who_hold_its_permission(client, chen, zhao, secret_entry):
    client.force_login(zhao)
    assert "保密入口" not in page(client)

    entry = NavigationEntry("公开入口", GALLERY, position=98)
    with NAVIGATION.temporarily(lambda registry: registry.register("open", entry)):
        assert "公开入口" in page(client)


def test_the_entry_of_the_present_page_is_marked(client, chen):
    client.force_login(chen)
    entry = NavigationEntry("组件", "board", position=99, covers=(GALLERY,))

    with NAVIGATION.temporarily(lambda registry: registry.register("here", entry)):
        text = page(client)

    assert '<a href="/" aria-current="page">组件</a>' in text


def test_a_fixed_status_date_is_said_on_every_page(client, chen):
    client.force_login(chen)
    assert "状态日期固定为" not in page(client)

    fix_status_date(date(2026, 9, 30), source="test")

    assert "状态日期固定为 2026-09-30" in page(client)


def test_the_language_is_switched_on_the_page_one_is_on(client, chen):
    client.force_login(chen)
    here = reverse(GALLERY)

    answer = client.post(reverse("set_language"), {"language": "en", "next": here}, follow=True)

    assert answer.request["PATH_INFO"] == here
    assert '<html lang="en">' in answer.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_pages_need_neither_account_nor_database(status):
    with translation.override("zh-hans"):
        chinese = render_to_string(f"{status}.html")
    with translation.override("en"):
        english = render_to_string(f"{status}.html")

    assert '<html lang="zh-Hans">' in chinese
    assert '<html lang="en">' in english
    assert "返回台账总览" in chinese
    assert "Back to the board" in english
