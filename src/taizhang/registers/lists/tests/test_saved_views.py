"""Saved views: one's own unless they are made common, and never a way round what one may see."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.testing import CHANGLI, HAIGANG
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.lists.filters import filter_form, filter_names
from taizhang.registers.lists.models import SavedView
from taizhang.registers.lists.saving import drop_view, keep_view
from taizhang.registers.spec import REGISTERS

pytestmark = pytest.mark.django_db
LIST = "/registers/meeting/"


def kept(
    by, name: str = "本区联席会议", query: str = "kind=gov_union_joint", **traits
) -> SavedView:
    return keep_view(
        SavedView(register="meeting", name=name, query=query),
        by=by,
        **{"is_shared": False, **traits},
    )


def tabs(client, by, address: str = f"{LIST}?view=all") -> dict[str, bool]:
    client.force_login(by)
    return {str(tab.label): tab.is_current for tab in client.get(address).context["views"].tabs}


def test_filters_and_order_are_kept_but_not_the_page(client, liu):
    MeetingFactory(kind="other", region_id=HAIGANG)
    client.force_login(liu)
    asked = {"kind": "other", "q": "", "sort": "held_on", "foreign": "x", "after": ""}

    keep_url = client.get(LIST, asked).context["views"].keep_url
    saved = client.post(keep_url, {"name": "其他会议"})
    page = client.get(saved.url)

    view = SavedView.objects.get()
    assert (view.owner, view.register, view.query) == (liu, "meeting", "kind=other&sort=held_on")
    assert saved.url == f"{LIST}?kind=other&sort=held_on"
    assert [tab.is_current for tab in page.context["views"].tabs] == [False, True]
    assert page.context["views"].keep_url == ""


def test_a_view_is_its_owners_alone_until_it_is_common(client, chen, liu, qian):
    view = kept(chen)

    before = tabs(client, liu)
    keep_view(view, by=chen, is_shared=True)
    after = tabs(client, liu, f"{LIST}?kind=gov_union_joint")

    assert before == {}
    assert after == {"全部": False, "本区联席会议（公共）": True}
    assert tabs(client, qian) == {"全部": True, "本区联席会议（公共）": False}


def test_a_common_view_shows_to_each_what_that_account_may_see(client, chen, liu):
    MeetingFactory(record_no="OURS", region_id=HAIGANG)
    MeetingFactory(record_no="THEIRS", region_id=CHANGLI)
    kept(chen, is_shared=True)
    client.force_login(liu)

    rows = client.get(f"{LIST}?kind=gov_union_joint").context["rows"]

    assert [row.record.record_no for row in rows] == ["OURS"]


def test_only_the_office_makes_views_common(client, liu, chen):
    with pytest.raises(PermissionError):
        kept(liu, is_shared=True)
    client.force_login(liu)
    client.post(f"{LIST}views/new/?kind=other", {"name": "试", "is_shared": "on"})

    assert [(view.name, view.is_shared) for view in SavedView.objects.all()] == [("试", False)]
    assert kept(chen, is_shared=True).is_shared


def test_nobody_changes_or_deletes_the_view_of_another(client, chen, liu):
    view = kept(chen, is_shared=True)
    client.force_login(liu)

    answers = [
        client.get(f"{LIST}views/{view.pk}/").status_code,
        client.post(f"{LIST}views/{view.pk}/", {"name": "改"}).status_code,
        client.post(f"{LIST}views/{view.pk}/delete/").status_code,
    ]

    assert answers == [404, 404, 404]
    with pytest.raises(PermissionError):
        keep_view(view, by=liu, is_shared=True)
    with pytest.raises(PermissionError):
        drop_view(view, by=liu)
    assert SavedView.objects.get().name == "本区联席会议"


def test_a_view_is_renamed_and_deleted(client, liu):
    view = kept(liu)
    client.force_login(liu)

    renamed = client.post(f"{LIST}views/{view.pk}/", {"name": "联席"})
    name = SavedView.objects.get().name
    deleted = client.post(f"{LIST}views/{view.pk}/delete/")

    assert (renamed.status_code, deleted.status_code, name) == (302, 302, "联席")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "本区联席会议", "长" * 41])
def test_a_view_needs_a_name_of_its_own(client, liu, name):
    kept(liu)
    client.force_login(liu)

    answer = client.post(f"{LIST}views/new/?kind=other", {"name": name})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"name"}
    assert SavedView.objects.count() == 1


def test_the_list_opens_with_the_default_view_and_the_whole_list_is_one_step_away(client, liu):
    MeetingFactory(record_no="JOINT", region_id=HAIGANG)
    MeetingFactory(record_no="OTHER", kind="other", region_id=HAIGANG)
    kept(liu, name="其他", query="kind=other", is_default=True)
    joint = kept(liu, is_default=True)
    client.force_login(liu)

    opened = client.get(LIST, follow=True)
    whole = client.get(opened.context["whole_url"])

    assert opened.redirect_chain == [(f"{LIST}?{joint.query}", 302)]
    assert [row.record.record_no for row in opened.context["rows"]] == ["JOINT"]
    assert len(whole.context["rows"]) == 2
    assert SavedView.objects.filter(is_default=True).count() == 1


def test_the_change_log_tells_of_common_views_and_not_of_own_ones(chen):
    view = kept(chen)
    keep_view(view, by=chen, is_shared=True)
    view.name = "联席会议"
    keep_view(view, by=chen, is_shared=True)
    keep_view(view, by=chen, is_shared=True)
    keep_view(view, by=chen, is_shared=False)
    drop_view(view, by=chen)

    rows = AuditRow.objects.filter(subject="registers.view")

    assert [row.action for row in rows] == ["share_view", "change_view", "withdraw_view"]
    assert rows[1].changes == {"name": ["本区联席会议", "联席会议"]}


def test_a_view_too_long_to_keep_is_refused(liu):
    with pytest.raises(ValidationError):
        kept(liu, query="q=" + "长" * 1000)


@pytest.mark.parametrize("slug", REGISTERS)
def test_a_view_keeps_all_that_the_filters_can_ask(chen, zhao, slug):
    spec = REGISTERS[slug]

    for reader in (chen, zhao):
        names = tuple(filter_form(spec, reader, QueryDict()).fields)
        assert filter_names(spec, reader) == names
