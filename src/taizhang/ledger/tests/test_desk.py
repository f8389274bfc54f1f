"""The desk: what waits for me, and only for me."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from taizhang.core.organisations.testing import HAIGANG, OrganisationFactory, TermFactory
from taizhang.core.records.models import RecordStatus
from taizhang.ledger.describing import describe
from taizhang.ledger.desk import ROWS, read_desk
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.ledger.models import Commitment, FigureRow
from taizhang.registers.corrections.actions import propose_correction, refuse
from taizhang.registers.spec import REGISTERS

DAY = date(2026, 9, 30)


def numbers(rows) -> list[str]:
    return [row.record.record_no for row in rows]


def enter(tree, number: str, status: RecordStatus, *, by, at=None):
    return OrganisationFactory(
        record_no=number,
        record_status=status,
        parent=at or tree.haigang,
        owner_org=at or tree.haigang,
        region_id=(at or tree.haigang).region_id,
        entered_by=by,
    )


def test_what_was_sent_back_waits_for_whoever_entered_it(tree, liu, wang, ledger):
    enter(tree, "BACK", RecordStatus.RETURNED, by=wang)

    assert numbers(read_desk(wang, DAY).returned.rows) == []
    assert numbers(read_desk(liu, DAY).returned.rows) == []

    enter(tree, "MINE", RecordStatus.RETURNED, by=liu)

    assert numbers(read_desk(liu, DAY).returned.rows) == ["MINE"]


def test_a_submitted_record_waits_for_those_who_verify_there_but_not_for_its_author(
    tree, chen, liu, qian, ledger
):
    enter(tree, "SENT", RecordStatus.SUBMITTED, by=liu)

    assert numbers(read_desk(liu, DAY).to_verify.rows) == []
    assert numbers(read_desk(qian, DAY).to_verify.rows) == []
    assert numbers(read_desk(chen, DAY).to_verify.rows) == ["SENT"]


def test_many_drafts_do_not_hide_what_was_sent_back(tree, liu, ledger):
    for serial in range(3 * ROWS):
        enter(tree, f"DRAFT-{serial}", RecordStatus.DRAFT, by=liu)
    enter(tree, "BACK", RecordStatus.RETURNED, by=liu)

    desk = read_desk(liu, DAY)

    assert numbers(desk.returned.rows) == ["BACK"]
    assert (len(desk.drafts.rows), desk.drafts.total) == (ROWS, 3 * ROWS)


def test_a_draft_waits_for_its_author_alone(tree, chen, liu, ledger):
    enter(tree, "DRAFT", RecordStatus.DRAFT, by=liu)

    assert numbers(read_desk(liu, DAY).drafts.rows) == ["DRAFT"]
    assert numbers(read_desk(chen, DAY).drafts.rows) == []


def propose(record, by):
    values = {"approval_no": "海工字〔2026〕8号"}
    return propose_correction(
        REGISTERS["org"], record, values, reason="批复文号有误", by=by, version=1
    )


def test_a_proposal_waits_for_those_who_verify_there_but_not_for_its_author(
    tree, chen, liu, qian, ledger
):
    record = enter(tree, "UNION", RecordStatus.VERIFIED, by=None)
    record.employer.set([tree.factory])
    propose(record, liu)

    waiting = {
        person.username: [row.correction.record_no for row in read_desk(person, DAY).to_decide]
        for person in (chen, liu, qian)
    }

    assert waiting == {"chen": ["UNION"], "liu": [], "qian": []}


def test_a_refused_proposal_comes_back_to_its_author_with_the_reason(
    client, tree, chen, liu, ledger
):
    record = enter(tree, "UNION", RecordStatus.VERIFIED, by=None)
    record.employer.set([tree.factory])
    refuse(propose(record, liu), by=chen, reason="与批复原件不符")
    client.force_login(liu)

    page = client.get(reverse("desk")).text

    assert "与批复原件不符" in page
    assert read_desk(chen, DAY).refused == []


@pytest.mark.parametrize(
    ("last_day", "is_near"),
    [
        (date(2026, 9, 29), False),
        (date(2026, 9, 30), True),
        (date(2026, 12, 29), True),
        (date(2026, 12, 30), False),
    ],
)
def test_what_ends_within_ninety_days_is_announced(tree, chen, ledger, last_day, is_near):
    TermFactory(record_no="TERM", end=last_day)

    assert numbers(read_desk(chen, DAY).expiring) == (["TERM"] if is_near else [])


def test_what_falls_short_in_my_area_comes_with_the_form_that_mends_it(tree, liu, ledger):
    evaluate_ledger()

    lagging = {row.shown.commitment.code: row for row in read_desk(liu, DAY).lagging}

    assert lagging["1.5"].shown.figure.area_id == HAIGANG
    assert lagging["1.5"].step.query == f"kind=party_hear_report&region={HAIGANG}"


@pytest.mark.parametrize("reason", ["register_not_offered:member_stat", "population_empty"])
def test_what_no_entry_would_change_is_nobodys_next_step(tree, liu, ledger, reason):
    evaluate_ledger()
    figures = FigureRow.objects.filter(commitment__code="1.5", area=HAIGANG)
    figures.update(verdict="no_data", reason=reason)

    assert "1.5" not in {row.shown.commitment.code for row in read_desk(liu, DAY).lagging}


def test_a_register_that_is_not_in_use_is_nobodys_next_step(tree, liu, ledger):
    evaluate_ledger()
    Commitment.objects.filter(code="1.5").update(register="not_offered")

    assert "1.5" not in {row.shown.commitment.code for row in read_desk(liu, DAY).lagging}


def test_an_account_of_a_department_sees_the_items_in_which_it_has_a_part(tree, chen, ledger):
    evaluate_ledger()
    chen.department = "组织部"

    codes = [row.shown.commitment.code for row in read_desk(chen, DAY).lagging]

    assert codes
    assert {int(code.split(".")[0]) for code in codes} <= {1, 3, 7, 29, 30, 37}


def test_an_empty_desk_says_what_to_do(client, wang, tree):
    client.force_login(wang)

    assert "目前没有待办事项" in client.get(reverse("desk")).content.decode()


def test_the_desk_asks_as_many_queries_for_many_records_as_for_one(
    client, tree, liu, chen, ledger, django_assert_max_num_queries
):
    client.force_login(chen)
    client.get(reverse("desk"))
    enter(tree, "R-0", RecordStatus.SUBMITTED, by=liu)
    with django_assert_max_num_queries(42) as one:
        client.get(reverse("desk"))

    for index in range(1, 8):
        enter(tree, f"R-{index}", RecordStatus.SUBMITTED, by=liu)
    with django_assert_max_num_queries(42) as many:
        client.get(reverse("desk"))

    assert len(many) == len(one)


def test_a_term_is_named_by_its_number_in_words(tree):
    term = TermFactory(no=6, owner_org=tree.haigang)

    with translation.override("zh-hans"):
        assert describe(REGISTERS["term"], term).startswith("党委 · 海港区 · 第6届 · 2021-09-01")
        assert str(term) == "党委 第6届"
