"""A notice takes the place of an earlier one, with what a person carries over."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.models import Area
from taizhang.core.organisations.testing import HAIGANG
from taizhang.domains.followup.tests.factories import ExemptionFactory
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.evaluation import evaluate_ledger, evaluate_stale
from taizhang.ledger.leads import confirm_lead
from taizhang.ledger.models import (
    Clause,
    Commitment,
    FigureRow,
    Item,
    Ledger,
    Notice,
    StaleCommitment,
)
from taizhang.ledger.receiving import NoticeRefused, publish_notice, receive_notice
from taizhang.ledger.reviewing.correcting import correct_reading
from taizhang.ledger.superseding.carrying import Choices
from taizhang.ledger.superseding.models import CarriedCommitment
from taizhang.ledger.superseding.offering import Choice
from taizhang.ledger.superseding.page import misnamed
from taizhang.ledger.superseding.succession import (
    ChoiceMissing,
    SupersedingRefused,
    beside,
    look_at,
    supersede,
)
from taizhang.ledger.thresholds import confirm_threshold, set_parameter, withdraw_answer
from taizhang.notices.normalise import text_hash
from taizhang.notices.tests.reissued import NEW, OLD

SOURCE = "临工发〔2032〕1号"
CHOSEN = Choices(
    {
        "A4.1": Choice.END,
        "A4.2": Choice.LOOK,
        "A5.1": Choice.CARRY,
        "A8.1": Choice.CARRY,
        "A8.2": Choice.CARRY,
    }
)


def commitment(ledger: Ledger, code: str) -> Commitment:
    return Commitment.objects.get(item__ledger=ledger, code=code)


def test_the_new_ledger_stands_where_the_old_one_stood(notice, old, old_ledger, chen):
    new = supersede(notice, old, CHOSEN, by=chen).new

    old_ledger.refresh_from_db()
    notice.refresh_from_db()
    assert notice.state == Notice.State.PUBLISHED
    assert new.notice == notice
    assert (new.prefix, new.pack_key) == ("A", old_ledger.pack_key)
    assert (new.is_in_force, old_ledger.is_in_force) == (True, False)
    assert list(new.items.values_list("number", flat=True)) == list(range(1, 14))


def test_what_was_chosen_goes_on_with_its_clause_where_the_words_stand(notice, old, chen):
    new = supersede(notice, old, CHOSEN, by=chen).new

    rows = Commitment.objects.filter(item__ledger=new).order_by("item__number", "position")
    assert [row.code for row in rows] == ["A1.1", "A3.2", "A4.1", "A5.1", "A8.1", "A9.2"]
    quoted = {
        clause.commitment.code: clause.commitment.item.text[clause.start : clause.end]
        for clause in Clause.objects.filter(commitment__item__ledger=new)
    }
    assert quoted == {
        "A1.1": "每半年至少一次",
        "A4.1": "建成两处以上户外劳动者歇脚点",
        "A5.1": "每年组织一次全市职工技能比武",
        "A8.1": "每年不少于300人次",
        "A9.2": "编印业务口袋书，每个基层工会两册",
    }


def test_a_commitment_without_its_words_waits_for_somebody_to_look(notice, old, chen):
    supersession = supersede(notice, old, CHOSEN, by=chen)

    (carried,) = supersession.carried.filter(wants_a_look=True)
    assert (carried.old.code, carried.new.code) == ("A4.2", "A3.2")
    assert carried.quote == "到位率达到80%"
    assert carried.new.item.text_differs


def test_what_is_to_be_looked_at_is_bound_to_no_words_even_where_they_stand(notice, old, chen):
    choices = Choices({**CHOSEN.commitments, "A5.1": Choice.LOOK})

    new = supersede(notice, old, choices, by=chen).new

    assert not commitment(new, "A5.1").clauses.exists()


def test_whoever_looked_is_kept_and_nobody_looks_twice(notice, old, chen):
    choices = Choices({**CHOSEN.commitments, "A4.1": Choice.LOOK})
    first, second = supersede(notice, old, choices, by=chen).carried.filter(wants_a_look=True)

    look_at(first, by=chen)

    first.refresh_from_db()
    assert first.looked_at_by == chen
    with pytest.raises(SupersedingRefused):
        look_at(first, by=chen)
    assert Item.objects.get(pk=first.new.item_id).text_differs
    look_at(second, by=chen)
    assert not Item.objects.get(pk=first.new.item_id).text_differs


def test_whoever_finds_that_it_stands_binds_it_to_its_words_where_they_stand(notice, old, chen):
    choices = Choices({**CHOSEN.commitments, "A5.1": Choice.LOOK})
    carried = supersede(notice, old, choices, by=chen).carried.filter(wants_a_look=True)

    for each in carried:
        look_at(each, by=chen)

    clauses = Clause.objects.filter(commitment__in=[each.new for each in carried])
    assert [clause.commitment.item.text[clause.start : clause.end] for clause in clauses] == [
        "每年组织一次全市职工技能比武"
    ]


def test_what_nobody_looked_at_still_waits_when_the_new_ledger_is_superseded(notice, old, chen):
    (first,) = supersede(notice, old, CHOSEN, by=chen).carried.filter(wants_a_look=True)
    third = receive_notice(NEW.replace("5号", "6号").encode(), "再.txt", by=chen)

    supersede(third, notice, Choices(), by=chen)

    (waiting,) = CarriedCommitment.objects.to_be_looked_at()
    assert (waiting.old, waiting.new.code, waiting.quote) == (first.new, "A3.2", first.quote)
    assert waiting.new.item.text_differs
    with pytest.raises(SupersedingRefused):
        look_at(first, by=chen)


def test_a_commitment_that_was_withdrawn_is_nothing_to_look_at(notice, old, chen):
    (carried,) = supersede(notice, old, CHOSEN, by=chen).carried.filter(wants_a_look=True)
    Commitment.objects.filter(pk=carried.new_id).update(retired_in="withdrawn")

    assert not CarriedCommitment.objects.to_be_looked_at()


def test_answers_of_office_and_counties_go_along_with_their_sources(notice, old, old_ledger, chen):
    row = commitment(old_ledger, "A5.1")
    haigang = Area.objects.get(code=HAIGANG)
    whole = confirm_threshold(row, by=chen, source=SOURCE, value=Decimal(2))
    confirm_threshold(row, by=chen, source="海工发〔2032〕3号", value=Decimal(3), area=haigang)
    withdrawn = confirm_threshold(row, by=chen, source="口头", value=Decimal(9))
    withdraw_answer(withdrawn, by=chen, reason="无文号")

    new = commitment(supersede(notice, old, CHOSEN, by=chen).new, "A5.1")

    assert [(each.source, each.value, each.area) for each in new.answers.all()] == [
        (SOURCE, 2, None),
        ("海工发〔2032〕3号", 3, haigang),
    ]
    assert new.answers.first().at == whole.at
    assert (new.target, new.confirmed_by, new.confirmed_at) == (2, chen, whole.at)
    assert row.answers.count() == 3
    assert not StaleCommitment.objects.filter(commitment__item__ledger=old_ledger).exists()


def test_what_was_said_of_a_clause_is_said_of_it_where_the_item_stays(
    notice, old, old_ledger, chen
):
    for number, words in ((1, "市、县两级工会"), (7, "一户一档")):
        item = old_ledger.items.get(number=number)
        start = item.text.index(words)
        Draft.objects.create(
            item=item,
            start=start,
            end=start + len(words),
            text_hash=text_hash(item.text),
            state=Draft.State.NO_DUTY,
            reason="只说范围",
            by=chen,
        )

    long_ago = timezone.now() - timedelta(days=400)
    Draft.objects.update(at=long_ago)

    new = supersede(notice, old, CHOSEN, by=chen).new

    (said,) = Draft.objects.filter(item__ledger=new)
    assert (said.item.number, said.reason, said.by) == (1, "只说范围", chen)
    assert said.at == long_ago
    assert said.item.text[said.start : said.end] == "市、县两级工会"


def test_a_confirmed_lead_is_kept_where_the_notice_names_it_and_no_other(ledger, chen):
    text = OLD.replace("牵头部门	配合部门", "责任部门").replace("	基层部\n", "、基层部\n")
    old = receive_notice(text.encode(), "旧.txt", by=chen)
    row = publish_notice(old, by=chen).ledger.items.get(number=2)
    confirm_lead(row, by=chen, department="基层部")
    later = text.replace("8号", "9号").replace("每季度报送", "每月报送")
    notice = receive_notice(later.encode(), "新.txt", by=chen)

    new = supersede(notice, old, Choices(), by=chen).new

    duties = new.items.get(number=2).duties.all()
    assert [(duty.department_zh, duty.part, duty.confirmed) for duty in duties] == [
        ("民管部", "co", True),
        ("基层部", "lead", True),
    ]
    assert not any(duty.confirmed for duty in new.items.get(number=10).duties.all())
    logged = AuditRow.objects.get(action="supersede_notice").changes["leads"]
    assert logged == [None, {"A2": "基层部"}]


def test_the_figures_of_the_new_ledger_follow_and_the_old_ones_stay(notice, old, old_ledger, chen):
    evaluate_ledger()
    kept = FigureRow.objects.filter(commitment__item__ledger=old_ledger)
    before = list(kept.order_by("pk").values())

    new = supersede(notice, old, CHOSEN, by=chen).new
    evaluate_stale()

    assert before
    assert list(kept.order_by("pk").values()) == before
    computed = FigureRow.objects.filter(commitment__item__ledger=new)
    assert set(computed.values_list("commitment__code", flat=True)) == {
        *("A1.1", "A3.2", "A4.1", "A5.1", "A8.1", "A9.2"),
    }
    assert not StaleCommitment.objects.exists()


def test_a_notice_that_supersedes_the_current_ledger_is_the_current_one(ledger, chen, samples):
    content = (samples / "seed" / "notice.txt").read_text(encoding="utf-8")
    old = receive_notice(content.encode(), "旧.txt", by=chen)
    publish_notice(old, by=chen)
    set_parameter(ledger, "key_industries", by=chen, value=Decimal(6), source=SOURCE)
    confirm_threshold(commitment(ledger, "8.1"), by=chen, source=SOURCE, value=Decimal(2))
    notice = receive_notice((content + "\n此件重新印发。\n").encode(), "新.txt", by=chen)
    evaluate_ledger()

    new = supersede(notice, old, Choices(), by=chen).new
    run = evaluate_stale()

    ledger.refresh_from_db()
    assert (new.is_current, new.prefix, new.pack_key) == (True, "", ledger.key)
    assert not ledger.is_current
    assert Commitment.objects.filter(item__ledger=new).count() == 197
    assert Clause.objects.filter(commitment__item__ledger=new).count() == 197
    assert commitment(new, "8.1").target == 2
    assert new.answers.get(parameter="key_industries").value == 6
    assert new.items.get(number=5).title_en == ledger.items.get(number=5).title_en
    assert run.ledger == new
    figures = FigureRow.objects.filter(commitment__item__ledger=ledger, area__parent=None)
    again = FigureRow.objects.filter(commitment__item__ledger=new, area__parent=None)
    same = ("commitment__code", "value", "verdict", "target")
    assert set(figures.values_list(*same)) == set(again.values_list(*same))


def test_exemptions_that_name_an_old_code_are_listed(notice, old, chen):
    ExemptionFactory(commitment="A3.1", region_id=HAIGANG)
    ExemptionFactory(commitment="A4.1", region_id=HAIGANG)
    ExemptionFactory(commitment="A5.1", region_id=HAIGANG)

    found = misnamed(supersede(notice, old, CHOSEN, by=chen))

    assert [(each.code, each.now, each.count, each.means_another) for each in found] == [
        ("A3.1", "A4.1", 1, False),
        ("A4.1", "", 1, True),
    ]


def test_superseding_stands_in_the_change_log(notice, old, old_ledger, chen):
    new = supersede(notice, old, CHOSEN, by=chen).new

    row = AuditRow.objects.get(action="supersede_notice")
    assert (row.actor, row.subject_no) == (chen, str(notice.pk))
    assert row.changes["ledger"] == [old_ledger.key, new.key]
    assert row.changes["carried"][1]["A3.1"] == "A4.1"
    assert row.changes["ended"][1] == ["A4.1", "A9.1"]


def test_nothing_happens_while_a_choice_is_missing(notice, old, old_ledger, chen):
    before = Ledger.objects.count()

    with pytest.raises(ChoiceMissing) as refusal:
        supersede(notice, old, Choices({"A4.1": Choice.END}), by=chen)

    assert refusal.value.codes == ("A4.2", "A5.1", "A8.1", "A8.2")
    assert Ledger.objects.count() == before
    assert Ledger.objects.get(pk=old_ledger.pk).is_in_force


@pytest.mark.parametrize(
    ("mistyped", "named"),
    [
        (Choices({**CHOSEN.commitments, "A1.9": Choice.END}), "A1.9"),
        (Choices({**CHOSEN.commitments, "A1.1": Choice.LOOK}), "A1.1"),
        (Choices(CHOSEN.commitments, {"A99": True}), "A99"),
    ],
)
def test_a_choice_that_is_not_offered_is_refused_and_not_passed_over(
    notice, old, chen, mistyped, named
):
    with pytest.raises(SupersedingRefused, match=f"{named} 的处理方式"):
        supersede(notice, old, mistyped, by=chen)


def test_an_earlier_notice_that_was_not_published_is_refused(notice, ledger, chen):
    unpublished = receive_notice(OLD.replace("8号", "88号").encode(), "旧.txt", by=chen)

    with pytest.raises(SupersedingRefused, match="尚未发布"):
        supersede(notice, unpublished, CHOSEN, by=chen)


def test_a_notice_is_superseded_once(notice, old, chen):
    supersede(notice, old, CHOSEN, by=chen)
    third = receive_notice(NEW.replace("5号", "6号").encode(), "再.txt", by=chen)

    with pytest.raises(SupersedingRefused, match="已被替代"):
        supersede(third, old, CHOSEN, by=chen)


def test_a_published_notice_and_the_notice_itself_are_refused(notice, old, chen):
    publish_notice(notice, by=chen)

    with pytest.raises(SupersedingRefused):
        supersede(notice, old, CHOSEN, by=chen)
    with pytest.raises(SupersedingRefused):
        supersede(old, old, CHOSEN, by=chen)


def test_a_notice_without_items_is_refused(old, chen):
    cover = "临江市总工会\n\n关于召开座谈会的通知\n\n定于周五召开座谈会。\n".encode()
    notice = receive_notice(cover, "会议.txt", by=chen)
    choices = Choices({})

    with pytest.raises(NoticeRefused):
        supersede(notice, old, choices, by=chen)

    assert old.ledgers.get().is_in_force


def test_who_may_not_publish_may_not_supersede(notice, old, liu):
    with pytest.raises(SupersedingRefused):
        supersede(notice, old, CHOSEN, by=liu)


def test_a_department_corrected_since_the_page_was_opened_is_noticed(notice, old, chen):
    seen = beside(notice, old).fingerprint
    departments = {"lead": ["办公室"], "cooperating": [], "lead_is_stated": True}
    correct_reading(notice, {"departments": departments}, by=chen, position=0)

    with pytest.raises(SupersedingRefused, match="又有变动"):
        supersede(notice, old, CHOSEN, by=chen, seen=seen)


def test_what_changed_since_the_page_was_opened_is_noticed(notice, old, old_ledger, chen):
    seen = beside(notice, old).fingerprint
    Commitment.objects.filter(item__ledger=old_ledger, code="A8.2").update(retired_in="2")

    with pytest.raises(SupersedingRefused, match="又有变动"):
        supersede(notice, old, CHOSEN, by=chen, seen=seen)
