"""The office publishes, revises and withdraws commitments of its own: one audited action each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.models import Area
from taizhang.core.organisations.testing import CITY
from taizhang.ledger.current import shipped_pack
from taizhang.ledger.drafting.checks import CommitmentRefused
from taizhang.ledger.drafting.clauses import Outcome, clauses_of
from taizhang.ledger.drafting.keeping import drop_draft, keep_draft, say_no_duty, say_uncounted
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.drafting.publishing import (
    Span,
    publish_commitment,
    revise_commitment,
    withdraw_commitment,
)
from taizhang.ledger.drafting.tests.test_statement import MEETINGS, SHARE
from taizhang.ledger.evaluation import evaluate_stale
from taizhang.ledger.history import history
from taizhang.ledger.models import Clause, Commitment, FigureRow, Item, ItemVerdict, StaleCommitment
from taizhang.ledger.thresholds import commitments_reading, confirm_threshold
from taizhang.ledger.upgrading import upgrade_ledger
from taizhang.measures.commitments import Comparator

TWICE = replace(MEETINGS, target=Decimal(2))


def outcomes(ledger) -> dict[str, list[str]]:
    return {
        group.item.code: [each.outcome.value for each in group.clauses]
        for group in clauses_of(ledger)
    }


def clause_of(item: Item) -> Span:
    (group,) = (each for each in clauses_of(item.ledger) if each.item == item)
    found = group.clauses[0].found
    return Span(found.start, found.end)


def test_a_published_commitment_is_computed_and_stands_at_its_words(first, chen):
    row = publish_commitment(first, MEETINGS, by=chen, clause=clause_of(first))
    evaluate_stale()

    assert (row.code, row.is_written_here, row.written_by) == ("A1.1", True, chen)
    original = FigureRow.objects.get(commitment__code="5.2", area=CITY)
    figure = FigureRow.objects.get(commitment=row, area=CITY)
    assert (figure.owed, figure.verdict) == (original.owed, original.verdict)
    assert ItemVerdict.objects.filter(item=first, area=CITY).exists()
    clause = row.clauses.get()
    assert "召开1次" in first.text[clause.start : clause.end]
    assert outcomes(first.ledger)["A1"] == [Outcome.BOUND]


def test_publishing_is_one_row_of_the_change_log(first, chen):
    publish_commitment(first, MEETINGS, by=chen)

    row = AuditRow.objects.get(action="publish_commitment")
    assert (row.actor, row.subject_no) == (chen, "A1.1")
    assert row.changes["item"] == [None, "A1"]
    assert row.changes["numerator"] == [None, MEETINGS.numerator]


@pytest.mark.parametrize(
    "change",
    [
        {"numerator": "count(meetin[])"},
        {"who_owes": ()},
        {"target": None},
        {"numerator": "sum(meeting.held_on[])"},
    ],
)
def test_what_is_not_whole_is_not_published(first, chen, change):
    with pytest.raises(CommitmentRefused):
        publish_commitment(first, replace(MEETINGS, **change), by=chen)

    assert not first.commitments.exists()
    assert not StaleCommitment.objects.exists()


def test_only_those_who_may_approve_write(first, liu):
    with pytest.raises(CommitmentRefused):
        publish_commitment(first, MEETINGS, by=liu)
    with pytest.raises(CommitmentRefused):
        keep_draft(first, {}, by=liu)

    assert not first.commitments.exists()


def test_nothing_is_written_on_a_ledger_that_is_not_in_force(first, chen):
    first.ledger.is_in_force = False
    first.ledger.save(update_fields=["is_in_force"])

    with pytest.raises(CommitmentRefused):
        publish_commitment(first, MEETINGS, by=chen)


def test_codes_go_on_and_are_never_given_twice(first, chen):
    one = publish_commitment(first, MEETINGS, by=chen)
    two = publish_commitment(first, TWICE, by=chen)
    withdraw_commitment(two, by=chen, reason="写重了")

    three = publish_commitment(first, TWICE, by=chen)

    assert [row.code for row in (one, two, three)] == ["A1.1", "A1.2", "A1.3"]


def test_on_a_ledger_with_a_pack_the_code_has_a_letter(ledger, chen):
    item = Item.objects.coded("5").get()

    row = publish_commitment(item, MEETINGS, by=chen)

    assert row.code == "5.a"
    assert list(item.commitments.order_by("position"))[-1] == row


def test_a_newer_version_of_the_pack_leaves_it_alone(ledger, chen):
    row = publish_commitment(Item.objects.coded("5").get(), MEETINGS, by=chen)
    pack = shipped_pack(ledger.key)

    upgrade = upgrade_ledger(ledger, replace(pack, version="99"), by=chen)

    assert upgrade.commitments == ()
    row.refresh_from_db()
    assert (row.retired_in, row.code, row.numerator) == ("", "5.a", MEETINGS.numerator)


def test_a_default_of_the_office_waits_to_be_confirmed_like_any_other(first, chen):
    row = publish_commitment(first, replace(MEETINGS, threshold_source="default"), by=chen)
    assert row.is_provisional

    confirm_threshold(row, by=chen, source="会议纪要")

    row.refresh_from_db()
    assert not row.is_provisional


def test_a_number_that_the_office_sets_is_followed_however_its_name_is_spaced(first, chen):
    share = replace(SHARE, denominator="param( key_industries )")
    row = publish_commitment(first, share, by=chen)

    assert row in commitments_reading("key_industries")
    assert commitments_reading("") == []


def test_a_revision_says_why_and_what_was_before(first, chen):
    row = publish_commitment(first, MEETINGS, by=chen)
    evaluate_stale()

    revise_commitment(row, replace(MEETINGS, target=Decimal(2)), by=chen, reason="按会议要求")
    evaluate_stale()

    assert Commitment.objects.get(code="A1.1").target == 2
    log = AuditRow.objects.get(action="revise_commitment")
    assert log.reason == "按会议要求"
    assert set(log.changes) == {"stated_target"}
    with pytest.raises(CommitmentRefused):
        revise_commitment(row, MEETINGS, by=chen, reason=" ")


def test_an_answered_threshold_outlives_a_revision(first, chen):
    row = publish_commitment(first, replace(MEETINGS, threshold_source="default"), by=chen)
    confirm_threshold(row, by=chen, source="会议纪要", value=Decimal(3))

    again = replace(MEETINGS, threshold_source="default", target=Decimal(2))
    revise_commitment(row, again, by=chen, reason="改写")

    row.refresh_from_db()
    assert (row.target, row.stated_target) == (3, 2)


def test_an_answer_falls_where_the_revision_asks_for_another_kind_of_number(first, chen):
    row = publish_commitment(first, replace(MEETINGS, threshold_source="default"), by=chen)
    answer = confirm_threshold(row, by=chen, source="会议纪要", value=Decimal(3))

    there = replace(MEETINGS, comparator=Comparator.EXISTS, target=None, planned=date(2026, 12, 31))
    revise_commitment(row, there, by=chen, reason="改为建立制度")

    row.refresh_from_db()
    answer.refresh_from_db()
    assert (row.target, row.is_confirmed) == (1, False)
    assert (answer.withdrawn_by, answer.withdrawn_because) == (chen, "改为建立制度")
    log = AuditRow.objects.get(action="revise_commitment")
    assert log.changes["withdrawn_answers"] == [None, [answer.pk]]
    assert {entry.reason for entry in history(row, Area.objects.get(code=CITY))[0]} >= {
        "改为建立制度"
    }


def test_the_very_same_is_published_once(first, chen):
    publish_commitment(first, MEETINGS, by=chen)

    with pytest.raises(CommitmentRefused):
        publish_commitment(first, MEETINGS, by=chen)

    assert first.commitments.count() == 1


def test_what_no_pack_states_any_more_is_revised_and_withdrawn(first, chen):
    taken_over = Commitment.objects.get(code="5.2")
    taken_over.pk, taken_over.item, taken_over.code = None, first, "A1.1"
    taken_over.save(force_insert=True)

    revise_commitment(taken_over, TWICE, by=chen, reason="新通知要求两次")
    assert (taken_over.target, taken_over.written_by) == (2, chen)
    withdraw_commitment(taken_over, by=chen, reason="并入其他事项")

    assert not first.commitments.exists()


def test_what_the_pack_states_is_neither_revised_nor_withdrawn(ledger, chen):
    stated = Commitment.objects.get(code="5.2")

    with pytest.raises(CommitmentRefused):
        revise_commitment(stated, MEETINGS, by=chen, reason="试")
    with pytest.raises(CommitmentRefused):
        withdraw_commitment(stated, by=chen, reason="试")


def test_a_withdrawn_commitment_leaves_its_clause_open_and_the_ledger_without_its_figures(
    first, chen
):
    row = publish_commitment(first, MEETINGS, by=chen, clause=clause_of(first))
    evaluate_stale()

    withdraw_commitment(row, by=chen, reason="并入其他事项")

    assert not first.commitments.exists()
    assert not FigureRow.objects.filter(commitment=row).exists()
    assert not ItemVerdict.objects.filter(item=first).exists()
    assert outcomes(first.ledger)["A1"] == [Outcome.OPEN]
    with pytest.raises(CommitmentRefused):
        withdraw_commitment(row, by=chen, reason="再试")


def test_an_unfinished_draft_is_kept_and_nothing_is_computed_for_it(first, chen):
    draft = keep_draft(first, {"duty_zh": "开会"}, by=chen, clause=clause_of(first))

    again = keep_draft(first, {"duty_zh": "开好会"}, by=chen, clause=clause_of(first))

    assert again.pk == draft.pk
    assert again.duty == "开好会"
    assert outcomes(first.ledger)["A1"] == [Outcome.DRAFT]
    assert not first.commitments.exists()


def test_publishing_closes_the_draft(first, chen):
    clause = clause_of(first)
    draft = keep_draft(first, {"duty_zh": "开会"}, by=chen, clause=clause)

    row = publish_commitment(first, MEETINGS, by=chen, clause=clause, draft=draft)

    draft.refresh_from_db()
    assert (draft.state, draft.commitment) == (Draft.State.PUBLISHED, row)
    with pytest.raises(CommitmentRefused):
        drop_draft(draft, by=chen)
    with pytest.raises(CommitmentRefused):
        keep_draft(first, {}, by=chen, clause=clause)


def test_a_draft_thrown_away_or_published_meanwhile_is_not_published_again(first, chen):
    draft = keep_draft(first, {"duty_zh": "开会"}, by=chen)
    second_look = Draft.objects.get(pk=draft.pk)
    publish_commitment(first, MEETINGS, by=chen, draft=draft)

    with pytest.raises(CommitmentRefused):
        publish_commitment(first, TWICE, by=chen, draft=second_look)

    other = keep_draft(first, {"duty_zh": "开会"}, by=chen)
    gone = Draft.objects.get(pk=other.pk)
    drop_draft(other, by=chen)
    with pytest.raises(CommitmentRefused):
        keep_draft(first, {"duty_zh": "开好会"}, by=chen, draft=gone)
    assert first.commitments.count() == 1


def test_a_duty_that_cannot_be_counted_owes_a_report_and_is_counted_among_those(first, chen):
    row = say_uncounted(
        first,
        clause_of(first),
        by=chen,
        reason="无统一口径",
        duty="健全制度",
        who_owes=("government_city",),
    )
    evaluate_stale()

    figures = FigureRow.objects.filter(commitment=row)
    assert set(figures.values_list("verdict", flat=True)) == {"not_quantified"}
    assert row.note_zh == "无统一口径"
    assert outcomes(first.ledger)["A1"] == [Outcome.UNCOUNTED]
    withdraw_commitment(row, by=chen, reason="可以计量了")
    assert outcomes(first.ledger)["A1"] != [Outcome.UNCOUNTED]


def test_what_is_no_duty_needs_a_reason_and_can_be_opened_again(first, chen):
    with pytest.raises(CommitmentRefused):
        say_no_duty(first, clause_of(first), by=chen, reason="")

    draft = say_no_duty(first, clause_of(first), by=chen, reason="是名称")
    assert outcomes(first.ledger)["A1"] == [Outcome.NO_DUTY]
    drop_draft(draft, by=chen)

    assert outcomes(first.ledger)["A1"] == [Outcome.OPEN]
    actions = AuditRow.objects.filter(subject="ledger.item").values_list("action", flat=True)
    assert list(actions) == ["say_no_duty", "say_duty_again"]


def test_a_condition_comes_to_no_commitment_of_its_own(beside):
    assert outcomes(beside)["A2"] == [Outcome.CONDITION, Outcome.OPEN, Outcome.OPEN]


def test_words_that_the_item_has_not_are_no_clause(first, chen):
    with pytest.raises(CommitmentRefused):
        publish_commitment(first, MEETINGS, by=chen, clause=Span(5, len(first.text) + 1))

    assert not Clause.objects.filter(commitment__item=first).exists()
