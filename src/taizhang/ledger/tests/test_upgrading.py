"""A newer version of the pack: what was answered stays, what changed is shown."""

from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.testing import CITY, HAIGANG
from taizhang.domains.followup.tests.factories import ExemptionFactory
from taizhang.ledger import upgrading
from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.establish import establish_ledger
from taizhang.ledger.evaluation import evaluate_ledger, evaluate_stale
from taizhang.ledger.leads import confirm_lead
from taizhang.ledger.models import (
    Clause,
    Commitment,
    EvaluationRun,
    FigureRow,
    Item,
    Ledger,
    ThresholdAnswer,
)
from taizhang.ledger.packs import LedgerPack
from taizhang.ledger.receiving import publish_notice, receive_notice
from taizhang.ledger.thresholds import confirm_threshold
from taizhang.ledger.upgrading import Change, UpgradeRefused, upgrade_ledger, upgrade_to

SOURCE = "秦工发〔2026〕12号"


def changed_pack(**changes: dict[str, object] | None) -> LedgerPack:
    """Version 2 of the shipped pack: by code what differs, None for what it has no more.

    `c8_1` stands for 8.1. `replaces` and `duty` are of the entry, all else of its measure.
    """
    pack = shipped_pack(DEFAULT_PACK)
    by_code = {key[1:].replace("_", "."): value for key, value in changes.items()}
    items = []
    for item in pack.items:
        entries = []
        for entry in item.commitments:
            change = by_code.get(entry.code, {})
            if change is None:
                continue
            outer = {name: change[name] for name in ("replaces", "duty") if name in change}
            inner = {name: value for name, value in change.items() if name not in outer}
            entries.append(replace(entry, commitment=replace(entry.commitment, **inner), **outer))
        items.append(replace(item, commitments=tuple(entries)))
    return replace(pack, version="2", items=tuple(items))


def commitment(code: str) -> Commitment:
    return Commitment.objects.get(code=code)


def test_a_pack_that_only_bears_a_newer_version_changes_nothing_else(ledger, chen):
    before = list(Commitment.objects.order_by("pk").values())

    upgrade = upgrade_ledger(ledger, changed_pack(), by=chen)

    assert upgrade.commitments == ()
    assert (upgrade.items, upgrade.kept_leads, upgrade.parameters) == ((), (), ())
    assert list(Commitment.objects.order_by("pk").values()) == before
    assert Ledger.objects.get(is_current=True).version == "2"


def test_what_changes_is_named_field_by_field_and_a_look_changes_nothing(ledger, chen):
    pack = changed_pack(
        c8_1={"target": Decimal(6)}, c1_1=None, c5_2={"numerator": "count(meeting[])"}
    )
    before = list(Commitment.objects.order_by("pk").values())

    upgrade = upgrade_to(ledger, pack)

    changed = {change.code: change for change in upgrade.of(Change.CHANGED)}
    assert set(changed) == {"8.1", "5.2"}
    assert [(f.name, f.old, f.new) for f in changed["8.1"].fields] == [("stated_target", 4, 6)]
    assert [f.name for f in changed["5.2"].fields] == ["numerator"]
    assert [change.code for change in upgrade.of(Change.RETIRED)] == ["1.1"]
    assert list(Commitment.objects.order_by("pk").values()) == before


def test_an_answer_is_kept_when_the_default_changes_and_marked_for_a_look(ledger, chen):
    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE, value=Decimal(2))
    pack = changed_pack(c8_1={"target": Decimal(6)}, c8_2={"target": Decimal(9)})

    upgrade = upgrade_ledger(ledger, pack, by=chen)

    looks = {change.code: change.wants_a_look for change in upgrade.commitments}
    assert looks == {"8.1": True, "8.2": False}
    assert (commitment("8.1").target, commitment("8.1").stated_target) == (2, 6)
    assert commitment("8.1").confirmed_by == chen
    assert commitment("8.2").target == 9
    assert commitment("8.2").is_provisional


def test_a_new_default_that_nobody_answered_holds_at_once(ledger, chen):
    upgrade_ledger(ledger, changed_pack(c8_1={"target": Decimal(6)}), by=chen)

    assert commitment("8.1").target == 6


def test_a_commitment_that_is_gone_is_retired_with_its_answers_and_not_computed(ledger, chen):
    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE)
    evaluate_ledger()

    upgrade_ledger(ledger, changed_pack(c8_1=None), by=chen)
    evaluate_stale()

    retired = Commitment.with_retired.get(code="8.1")
    assert retired.retired_in == "2"
    assert retired.answers.count() == 1
    assert not FigureRow.objects.filter(commitment=retired).exists()
    assert FigureRow.objects.filter(area=CITY).count() == 196


def test_a_commitment_that_comes_back_has_its_answers_again(ledger, chen):
    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE, value=Decimal(2))
    upgrade_ledger(ledger, changed_pack(c8_1=None), by=chen)

    upgrade = upgrade_ledger(ledger, replace(changed_pack(), version="3"), by=chen)

    assert [change.code for change in upgrade.of(Change.ADDED)] == ["8.1"]
    assert commitment("8.1").target == 2


def test_answers_go_along_when_codes_change_places(ledger, chen):
    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE, value=Decimal(2))
    confirm_threshold(commitment("8.2"), by=chen, source=SOURCE)
    first, second = commitment("8.1").pk, commitment("8.2").pk
    pack = changed_pack(
        c8_1={"code": "8.2", "replaces": "8.1"}, c8_2={"code": "8.1", "replaces": "8.2"}
    )

    upgrade_ledger(ledger, pack, by=chen)

    assert (commitment("8.2").pk, commitment("8.1").pk) == (first, second)
    assert commitment("8.2").target == 2
    assert commitment("8.2").answers.count() == 1


def test_decisions_that_name_an_old_code_are_counted(ledger, chen):
    ExemptionFactory(commitment="8.1", region_id=HAIGANG)
    pack = changed_pack(c8_1={"code": "8.9", "replaces": "8.1"}, c8_2={"target": Decimal(9)})

    upgrade = upgrade_to(ledger, pack)

    assert {change.code: change.exemptions for change in upgrade.commitments} == {
        "8.9": 1,
        "8.2": 0,
    }


def test_a_confirmed_lead_stays_and_an_unconfirmed_one_follows_the_pack(ledger, chen):
    confirm_lead(Item.objects.get(number=2), by=chen)
    kept = list(Item.objects.get(number=2).duties.values_list("department_zh", "part"))
    pack = changed_pack()
    items = tuple(
        replace(item, lead=item.departments[-1]) if item.number in (2, 5) else item
        for item in pack.items
    )

    upgrade = upgrade_ledger(ledger, replace(pack, items=items), by=chen)

    assert (upgrade.items, upgrade.kept_leads) == ((5,), (2,))
    assert list(Item.objects.get(number=2).duties.values_list("department_zh", "part")) == kept
    leads = Item.objects.get(number=5).duties.filter(part="lead")
    assert [duty.department_zh for duty in leads] == [pack.items[4].departments[-1]]


def test_the_words_of_the_notice_stay_bound(ledger, chen, samples):
    content = (samples / "seed" / "notice.txt").read_bytes()
    publish_notice(receive_notice(content, "notice.txt", by=chen), by=chen)

    upgrade_ledger(ledger, changed_pack(c8_1=None), by=chen)

    assert Clause.objects.count() == 196
    assert Item.objects.exclude(text="").count() == 37


def test_the_next_figures_bear_the_new_version_and_earlier_runs_theirs(ledger, chen):
    evaluate_ledger()

    upgrade_ledger(ledger, changed_pack(), by=chen)
    evaluate_stale()

    assert list(EvaluationRun.objects.order_by("pk").values_list("ledger_version", flat=True)) == [
        "1",
        "2",
    ]


def test_a_version_is_taken_over_once_and_never_back(ledger, chen):
    upgrade_ledger(ledger, changed_pack(), by=chen)

    with pytest.raises(UpgradeRefused, match="不比现行版本新"):
        upgrade_ledger(ledger, changed_pack(), by=chen)
    with pytest.raises(UpgradeRefused):
        upgrade_ledger(ledger, shipped_pack(DEFAULT_PACK), by=chen)


def test_two_small_packs_made_by_hand(db, chen):
    whole = shipped_pack(DEFAULT_PACK)
    small = replace(whole, key="small", items=whole.items[4:5])
    ledger = establish_ledger(small, by=None)
    grown = replace(small, version="1.1", items=whole.items[4:6])

    upgrade = upgrade_ledger(ledger, grown, by=chen)

    assert {change.what for change in upgrade.commitments} == {Change.ADDED}
    assert [item.number for item in ledger.items.all()] == [5, 6]
    assert ledger.items.get(number=6).commitments.count() == len(whole.items[5].commitments)


def test_taking_over_is_one_row_of_the_change_log(ledger, chen):
    upgrade_ledger(ledger, changed_pack(c8_1={"target": Decimal(6)}), by=chen)

    row = AuditRow.objects.get(action="upgrade_ledger")
    assert (row.actor, row.changes["version"]) == (chen, ["1", "2"])
    assert row.changes["8.1 stated_target"] == ["4.0000", "6"]


def test_the_command_says_what_would_change_and_then_does_it(ledger, chen, monkeypatch):
    pack = changed_pack(c8_1={"target": Decimal(6)})
    monkeypatch.setattr(upgrading, "shipped_pack", lambda key: pack)
    said, done = StringIO(), StringIO()

    call_command("pack", "upgrade", "--dry-run", stdout=said)
    unchanged = commitment("8.1").target
    call_command("pack", "upgrade", "--by", chen.username, stdout=done)

    assert "stated_target: 4.0000 → 6" in said.getvalue()
    assert said.getvalue() == done.getvalue()
    assert (unchanged, commitment("8.1").target) == (4, 6)


def test_who_does_not_lead_the_ledger_takes_no_version_over(ledger, liu):
    with pytest.raises(UpgradeRefused):
        upgrade_ledger(ledger, changed_pack(), by=liu)

    assert not ThresholdAnswer.objects.exists()
    assert Ledger.objects.get(is_current=True).version == "1"
