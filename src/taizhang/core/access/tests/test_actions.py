"""Accounts and roles: who may do what, what is refused, and what the change log keeps of it."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import translation

from taizhang.core.access.actions import (
    activate_account,
    change_own_password,
    confirm_grant,
    create_account,
    deactivate_account,
    propose_grant,
    remove_second_factor,
    reset_password,
    revoke_grant,
)
from taizhang.core.access.models import Grant, User
from taizhang.core.access.refusals import ActionRefused
from taizhang.core.audit.models import AuditRow
from taizhang.registers.testing_cast import create_account as account_with


@pytest.fixture
def sun(tree) -> User:
    """System administrator."""
    return account_with("sun", "孙系统", ("SYS", tree.city))


@pytest.fixture
def an(tree) -> User:
    """Security administrator."""
    return account_with("an", "安安全", ("SEC", tree.city))


@pytest.fixture
def bao(tree) -> User:
    """A second security administrator."""
    return account_with("bao", "包安全", ("SEC", tree.city))


def last_row() -> AuditRow:
    return AuditRow.objects.latest("seq")


def test_a_new_account_waits_for_a_second_person_to_activate_it(sun, an):
    user = create_account(by=sun, username="hu", display_name="胡干事", department="经济部")

    assert not user.is_active
    assert not user.has_usable_password()
    with pytest.raises(ActionRefused):
        activate_account(by=sun, user=user)
    activate_account(by=an, user=user)
    assert User.objects.get(username="hu").is_active
    assert (last_row().actor, last_row().action, last_row().subject_no) == (an, "activate", "hu")


def test_only_the_system_administrator_creates_accounts(an, chen):
    for by in (an, chen):
        with pytest.raises(ActionRefused):
            create_account(by=by, username="hu", display_name="胡干事")

    assert not User.objects.filter(username="hu").exists()
    assert not AuditRow.objects.exists()


def test_a_taken_name_and_a_weak_password_are_refused_with_the_reason(sun):
    with translation.override("en"), pytest.raises(ActionRefused, match="taken"):
        create_account(by=sun, username="sun", display_name="孙二")
    with translation.override("en"), pytest.raises(ActionRefused, match="too short"):
        create_account(by=sun, username="hu", display_name="胡干事", password="short")

    assert not User.objects.filter(username="hu").exists()


def test_a_password_given_by_somebody_else_must_be_changed_unless_said_otherwise(sun):
    given = create_account(by=sun, username="hu", display_name="胡", password="lang-genug-2026")
    own = create_account(
        by=None, username="ma", display_name="马", password="lang-genug-2026", one_time=False
    )

    assert given.must_change_password
    assert not own.must_change_password


def test_nobody_deactivates_the_own_account(an, bao):
    with pytest.raises(ActionRefused):
        deactivate_account(by=an, user=an)
    deactivate_account(by=bao, user=an)

    assert not User.objects.get(pk=an.pk).is_active


def test_a_role_has_no_effect_before_a_second_person_confirms_it(tree, sun, an, zhao):
    grant = propose_grant(by=sun, user=zhao, role="PC", organisation=tree.plant)

    assert not User.objects.get(pk=zhao.pk).holds("leadership.meeting:read")
    confirm_grant(by=an, grant=grant)
    assert User.objects.get(pk=zhao.pk).holds("leadership.meeting:read")
    assert last_row().changes == {"role": [None, "PC"], "organisation": [None, "ORG-PLANT"]}


def test_the_proposer_does_not_confirm(tree, an, bao, zhao):
    grant = propose_grant(by=an, user=zhao, role="PC", organisation=tree.plant)

    with pytest.raises(ActionRefused):
        confirm_grant(by=an, grant=grant)
    assert not Grant.objects.get(pk=grant.pk).confirmed
    confirm_grant(by=bao, grant=grant)
    assert Grant.objects.get(pk=grant.pk).confirmed


def test_the_system_administrator_does_not_confirm_and_nobody_else_proposes(
    tree, sun, an, chen, zhao
):
    grant = propose_grant(by=an, user=zhao, role="PC", organisation=tree.plant)

    with pytest.raises(ActionRefused):
        confirm_grant(by=sun, grant=grant)
    with pytest.raises(ActionRefused):
        propose_grant(by=chen, user=zhao, role="TC", organisation=tree.plant)


def test_nobody_proposes_or_confirms_for_the_own_account(tree, sun, an, bao):
    with pytest.raises(ActionRefused):
        propose_grant(by=sun, user=sun, role="DC", organisation=tree.city)
    grant = Grant.objects.create(user=bao, role="AUD", organisation=tree.city, proposed_by=sun)
    with pytest.raises(ActionRefused):
        confirm_grant(by=bao, grant=grant)


@pytest.mark.parametrize(
    ("held", "asked"), [("SYS", "SEC"), ("SEC", "AUD"), ("SYS", "OFC"), ("OFC", "AUD")]
)
def test_administrative_roles_exclude_each_other_and_every_business_role(tree, held, asked):
    person = account_with("hu", "胡干事", (held, tree.city))

    with translation.override("en"), pytest.raises(ActionRefused, match="exclude each other"):
        propose_grant(by=None, user=person, role=asked, organisation=tree.city)
    assert person.grants.count() == 1


def test_business_roles_go_together(tree):
    person = account_with("hu", "胡干事", ("OFC", tree.city))

    grant = propose_grant(by=None, user=person, role="DH", organisation=tree.city)
    confirm_grant(by=None, grant=grant)

    assert person.grants.filter(confirmed=True).count() == 2


def test_an_exclusion_that_arose_since_the_proposal_stops_the_confirmation(tree, sun, an, zhao):
    grant = propose_grant(by=sun, user=zhao, role="DC", organisation=tree.city)
    Grant.objects.create(user=zhao, role="AUD", organisation=tree.city, confirmed=True)

    with pytest.raises(ActionRefused):
        confirm_grant(by=an, grant=grant)
    assert not Grant.objects.get(pk=grant.pk).confirmed


@pytest.mark.parametrize(
    ("role", "place"), [("PC", "city"), ("CC", "city"), ("OFC", "haigang"), ("CA", "plant")]
)
def test_a_role_is_held_only_at_its_level(tree, zhao, role, place):
    with pytest.raises(ActionRefused):
        propose_grant(by=None, user=zhao, role=role, organisation=getattr(tree, place))

    assert not zhao.grants.exists()


def test_an_unknown_role_and_a_role_held_already_are_refused(tree, liu):
    with translation.override("en"), pytest.raises(ActionRefused, match="no role"):
        propose_grant(by=None, user=liu, role="XX", organisation=tree.haigang)
    with translation.override("en"), pytest.raises(ActionRefused, match="already"):
        propose_grant(by=None, user=liu, role="CC", organisation=tree.haigang)


def test_revoking_takes_effect_at_once_and_stays_in_the_log(tree, an, sun, liu):
    grant = liu.grants.get(role="CA")

    with pytest.raises(ActionRefused):
        revoke_grant(by=sun, grant=grant)
    revoke_grant(by=an, grant=grant)

    assert not User.objects.get(pk=liu.pk).holds("leadership.meeting:verify")
    assert last_row().action == "revoke"
    assert last_row().changes == {"role": ["CA", None], "organisation": ["ORG-HAIGANG", None]}


def test_a_reset_password_works_once_and_must_be_changed(an, liu):
    password = reset_password(by=an, user=liu)

    liu = User.objects.get(pk=liu.pk)
    assert liu.check_password(password)
    assert not liu.check_password("liu")
    assert liu.must_change_password
    assert password not in str(AuditRow.objects.values())
    change_own_password(user=liu, password="mein eigenes 2026")
    assert not User.objects.get(pk=liu.pk).must_change_password


def test_no_administrator_resets_the_password_of_another(sun, an, bao):
    for other in (sun, bao):
        with pytest.raises(ActionRefused):
            reset_password(by=an, user=other)

    assert reset_password(by=None, user=bao)


def test_a_lost_second_factor_is_removed_with_its_recovery_codes(an, liu):
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=liu, type=kind, data={})

    remove_second_factor(by=an, user=liu)

    assert not Authenticator.objects.exists()
    assert last_row().action == "remove_second_factor"
    with pytest.raises(ActionRefused):
        remove_second_factor(by=an, user=liu)


def test_a_refusal_speaks_chinese_and_english(chen):
    with pytest.raises(ActionRefused) as refusal:
        create_account(by=chen, username="hu", display_name="胡")

    with translation.override("en"):
        assert str(refusal.value) == (
            "The account was not created. Your roles do not include “Accounts: create”. "
            "Ask somebody with the role: System administrator."
        )
    with translation.override("zh-hans"):
        assert str(refusal.value) == (
            "账号未创建。您的角色不含“账号：创建”权限。请由具有以下角色的人员办理：系统管理员。"
        )
