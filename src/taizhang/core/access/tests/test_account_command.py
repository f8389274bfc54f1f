"""The command line of whoever runs the server: from an empty system to a person who may work."""

import pytest
from django.core.management import CommandError, call_command

from taizhang.core.access.models import User
from taizhang.core.audit.models import AuditRow


def test_an_account_is_made_ready_step_by_step(tree, capsys):
    call_command("account", "create", "hu", "--name", "胡干事", "--department", "经济部")
    call_command("account", "grant", "hu", "CC", "海港区总工会")
    call_command("account", "activate", "hu")
    capsys.readouterr()
    call_command("account", "reset-password", "hu")

    password = capsys.readouterr().out.splitlines()[0]
    user = User.objects.get(username="hu")
    assert user.is_active
    assert user.check_password(password)
    assert user.must_change_password
    assert user.holds("leadership.meeting:enter")
    assert set(AuditRow.objects.values_list("actor", flat=True)) == {None}


def test_the_list_shows_state_and_roles(tree, liu, capsys):
    call_command("account", "list")

    assert capsys.readouterr().out == (
        "liu\t刘干事\tactive\tCC at 海港区总工会, CA at 海港区总工会\n"
    )


def test_a_role_is_revoked_by_record_number(tree, liu):
    call_command("account", "revoke", "liu", "CA", "ORG-HAIGANG")

    assert list(liu.grants.values_list("role", flat=True)) == ["CC"]


def test_a_deactivated_account_may_be_activated_again(liu):
    call_command("account", "deactivate", "liu")
    assert not User.objects.get(pk=liu.pk).is_active

    call_command("account", "activate", "liu")

    assert User.objects.get(pk=liu.pk).is_active


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["activate", "nobody"], "no account 'nobody'"),
        (["grant", "liu", "CC", "海港"], "'海港' names no organisation"),
        (["revoke", "liu", "TC", "ORG-HAIGANG"], "does not hold TC there"),
        (["grant", "liu", "AUD", "ORG-CITY"], "互斥"),
        (["create", "liu", "--name", "刘二"], "已被使用"),
    ],
)
def test_what_cannot_be_done_is_said(tree, liu, arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("account", *arguments)


def test_a_refused_grant_leaves_nothing(tree, liu):
    with pytest.raises(CommandError):
        call_command("account", "grant", "liu", "AUD", "ORG-CITY")

    assert liu.grants.count() == 2
    assert not AuditRow.objects.exists()
