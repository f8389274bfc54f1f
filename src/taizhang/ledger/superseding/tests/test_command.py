"""`taizhang supersede`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from taizhang.core.organisations.testing import HAIGANG
from taizhang.domains.followup.tests.factories import ExemptionFactory
from taizhang.ledger.superseding.models import Supersession


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("supersede", *arguments, stdout=out)
    return out.getvalue()


def test_a_dry_run_lists_the_pairs_and_what_may_be_chosen(notice, old):
    shown = said(str(notice.pk), str(old.pk), "--dry-run")

    assert "  4 → 3   修改 / changed  职工100人以上" in shown
    assert "A4.2   look | end" in shown
    assert "A1.1   [carry] | end" in shown
    assert not Supersession.objects.exists()


def test_the_command_carries_over_what_was_chosen(notice, old, chen):
    ExemptionFactory(commitment="A3.1", region_id=HAIGANG)
    chosen = ("--end=A4.1", "--look=A4.2", "--carry=A5.1", "--carry=A8.1", "--carry=A8.2")

    shown = said(str(notice.pk), str(old.pk), *chosen, f"--by={chen.username}")

    assert "A4.2 → A3.2  待核对 / to be looked at" in shown
    assert "A8.2 → A9.2" in shown
    assert "Exemptions that still name A3.1: 1; correct them" in shown
    assert Supersession.objects.get().by == chen


def test_a_missing_choice_is_named_in_both_languages(notice, old, chen):
    with pytest.raises(CommandError, match=r"(?s)尚未选择：A5.1, A8.1.*Nothing is chosen for A5.1"):
        said(str(notice.pk), str(old.pk), "--end=A4.1", "--look=A4.2", f"--by={chen.username}")


def test_a_notice_that_is_not_there_is_said_so(notice):
    with pytest.raises(CommandError, match="999"):
        said(str(notice.pk), "999", "--dry-run")
