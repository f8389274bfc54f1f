"""The command takes the steps that the record's page offers, under the same rules."""

import pytest
from django.core.management import CommandError, call_command

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.testing import TermFactory
from taizhang.core.records.models import RecordStatus


@pytest.fixture
def submitted(liu, tree):
    """A term that Liu entered and submitted; Chen, above, may verify it."""
    return TermFactory(
        record_no="R41-1",
        record_status=RecordStatus.SUBMITTED,
        entered_by=liu,
        owner_org=tree.haigang,
    )


def take(step: str, by: str, number: str = "R41-1", **more) -> None:
    call_command("record", step, "term", number, by=by, **more)


def test_another_person_verifies_and_the_change_log_tells_it(submitted, chen):
    take("verify", "chen")

    submitted.refresh_from_db()
    assert submitted.record_status == RecordStatus.VERIFIED
    assert submitted.verified_by == chen
    assert AuditRow.objects.filter(subject_no="R41-1", actor=chen).exists()


def test_whoever_entered_is_refused_in_both_languages(submitted):
    with pytest.raises(CommandError) as refusal:
        take("verify", "liu")

    chinese, english = str(refusal.value).splitlines()
    assert chinese.startswith("记录未核实")
    assert english.startswith("The record was not verified")
    submitted.refresh_from_db()
    assert submitted.record_status == RecordStatus.SUBMITTED


def test_a_record_out_of_sight_is_reported_as_missing(submitted, qian):
    with pytest.raises(CommandError) as hidden:
        take("verify", "qian")
    with pytest.raises(CommandError) as missing:
        take("verify", "qian", number="R41-2")

    assert str(hidden.value) == str(missing.value).replace("R41-2", "R41-1")


def test_returning_needs_a_reason(submitted, chen):
    with pytest.raises(CommandError):
        take("return", "chen")

    take("return", "chen", reason="届次有误")

    submitted.refresh_from_db()
    assert submitted.record_status == RecordStatus.RETURNED


def test_an_unknown_account_is_named_with_the_nearest(submitted, chen):
    with pytest.raises(CommandError, match="是否指“chen”"):
        take("verify", "chenn")
