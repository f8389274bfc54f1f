"""Several ledgers in force: one is the current one, the others stand beside it under a letter."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from taizhang.core.organisations.testing import CITY
from taizhang.ledger.current import current_ledger
from taizhang.ledger.evaluation import evaluate_ledger, evaluate_stale
from taizhang.ledger.exporting.actions import Format, Wanted, export_ledger
from taizhang.ledger.exporting.progress import UnknownLedger
from taizhang.ledger.extension import commitment_codes
from taizhang.ledger.models import (
    Commitment,
    EvaluationRun,
    FigureRow,
    Item,
    ItemVerdict,
    Ledger,
    StaleCommitment,
)
from taizhang.ledger.receiving import publish_notice, receive_notice
from taizhang.measures.periods import Body

NOTICE = """青松市总工会文件

青松工发〔2025〕%(no)s号

关于印发劳动竞赛工作台账的通知

附件

序号\t工作任务\t责任部门
1\t每年召开两次劳动竞赛推进会。\t经济部
2\t建立职工书屋。\t宣教部
"""


def published(chen, no: int = 7) -> Ledger:
    text = (NOTICE % {"no": no}).encode()
    return publish_notice(receive_notice(text, f"{no}.txt", by=chen), by=chen).ledger


def copied(code: str, item: Item, new_code: str) -> Commitment:
    """A commitment of the pack once more, on an item of a ledger beside."""
    row = Commitment.objects.get(code=code)
    row.pk, row.item, row.code = None, item, new_code
    row.save(force_insert=True)
    return row


@pytest.fixture
def beside(ledger, chen) -> Ledger:
    """A ledger of its own with one commitment, computed with the current one."""
    own = published(chen)
    copied("5.2", own.items.get(number=1), "A1.1")
    evaluate_ledger()
    return own


@pytest.fixture
def office(client, chen):
    client.force_login(chen)
    return client


def test_a_published_notice_stands_beside_the_current_ledger_and_draws_on_its_pack(ledger, chen):
    first, second = published(chen, 7), published(chen, 8)

    assert [row.key for row in Ledger.objects.in_force()] == [ledger.key, first.key, second.key]
    assert [(row.prefix, row.pack_key) for row in (first, second)] == [
        ("A", ledger.key),
        ("B", ledger.key),
    ]
    assert not first.is_current


def test_the_letter_of_a_ledger_out_of_force_is_never_given_again(ledger, chen):
    first = published(chen, 7)
    first.is_in_force = False
    first.save(update_fields=["is_in_force"])

    assert published(chen, 8).prefix == "B"


def test_commitments_of_all_ledgers_in_force_are_computed_in_one_run(beside):
    figure, original = (
        FigureRow.objects.get(commitment__code=code, area=CITY) for code in ("A1.1", "5.2")
    )

    assert (figure.value, figure.verdict) == (original.value, original.verdict)
    assert ItemVerdict.objects.filter(item__ledger=beside, area=CITY).exists()
    assert EvaluationRun.objects.get().ledger.is_current
    assert "A1.1" in commitment_codes()


def test_a_ledger_out_of_force_keeps_its_figures_and_is_computed_no_more(beside, office):
    beside.is_in_force = False
    beside.save(update_fields=["is_in_force"])
    FigureRow.objects.filter(commitment__item__ledger=beside).update(verdict="error")

    evaluate_ledger()

    kept = FigureRow.objects.filter(commitment__item__ledger=beside)
    assert set(kept.values_list("verdict", flat=True)) == {"error"}
    assert "A1.1" not in commitment_codes()
    assert office.get(reverse("item", args=["A1"])).status_code == 404
    assert office.get(reverse("commitment", args=["A1.1"])).status_code == 404


def test_whose_term_of_office_is_meant_hangs_on_no_code_and_on_no_name_of_a_population(beside):
    row = copied("18.1", beside.items.get(number=2), "A2.1")
    row.population, row.population_definition = "gov8", "area[has_congress=true]"
    row.save()

    measured = {each.code: each for each in current_ledger().measures.commitments}

    assert measured["A2.1"].term_body is Body.PEOPLE_CONGRESS


def test_a_mark_on_a_commitment_beside_computes_that_one_alone(beside):
    FigureRow.objects.update(verdict="error")
    StaleCommitment.objects.create(commitment=Commitment.objects.get(code="A1.1"))

    evaluate_stale()

    fresh = FigureRow.objects.exclude(verdict="error")
    assert set(fresh.values_list("commitment__code", flat=True)) == {"A1.1"}


def test_one_name_with_two_definitions_stands_for_two_populations(beside):
    row = Commitment.objects.get(code="A1.1")
    row.population_definition = "area[has_congress=true]"
    row.save(update_fields=["population_definition"])

    found = current_ledger().measures

    by_code = {each.code: found.populations[each.population] for each in found.commitments}
    assert by_code["A1.1"] == "area[has_congress=true]"
    assert by_code["5.2"] == "area[has_government=true]"


def test_a_ledger_beside_takes_the_numbers_that_formulas_need_from_the_current_one(beside):
    Ledger.objects.filter(is_current=True).update(parameters={"key_industries": "12"})

    assert current_ledger().measures.parameters == {"key_industries": Decimal(12)}


def test_the_board_parts_the_ledgers_and_shows_the_current_one_first(beside, office):
    current = office.get(reverse("board"))
    other = office.get(reverse("board"), {"ledger": beside.key})

    assert [tab.is_current for tab in current.context["ledgers"]] == [True, False]
    assert [row.code for row in other.context["board"].rows] == ["A1", "A2"]
    assert reverse("item", args=["A1"]) in other.content.decode()
    assert f"ledger={beside.key}" in other.context["refresh_url"]


def test_one_ledger_alone_needs_no_switch(ledger, office):
    evaluate_ledger()

    page = office.get(reverse("board"))

    assert not page.context["ledgers"]


def test_the_rows_that_refresh_themselves_are_those_of_the_ledger_shown(beside, office):
    rows = office.get(reverse("board_rows"), {"ledger": beside.key}).content.decode()

    assert 'id="item-A1"' in rows
    assert 'id="item-5"' not in rows


@pytest.mark.parametrize("name", ["board", "board_export"])
def test_a_ledger_that_is_not_there_is_not_found(beside, office, name):
    assert office.get(reverse(name), {"ledger": "notice-999"}).status_code == 404


def test_the_board_counts_the_open_defaults_of_the_ledger_shown_and_leads_to_its_words(
    beside, office
):
    Commitment.objects.filter(code="A1.1").update(threshold_source="default", confirmed_at=None)

    own = office.get(reverse("board"), {"ledger": beside.key})
    current = office.get(reverse("board"))

    assert own.context["open_thresholds"] == 1
    assert current.context["open_thresholds"] > 1
    assert f"{reverse('drafts')}?ledger={beside.key}" in own.content.decode()


def test_the_board_of_a_notice_without_a_number_begins_with_how_many_items_it_has(beside, office):
    Ledger.objects.filter(pk=beside.pk).update(basis="")

    page = office.get(reverse("board"), {"ledger": beside.key}).content.decode()

    assert '<p class="tz-lede">共 2 项' in page


def test_an_item_without_commitments_says_so_on_the_board(beside, office):
    rows = office.get(reverse("board_rows"), {"ledger": beside.key}).content.decode()

    written, empty = rows.split('id="item-A2"')
    assert "尚无量化要求" in empty
    assert "尚无量化要求" not in written


def test_publishing_a_ledger_of_its_own_leads_to_what_its_words_commit_to(ledger, chen, office):
    notice = receive_notice((NOTICE % {"no": 7}).encode(), "7.txt", by=chen)

    answer = office.post(reverse("notice_publish", args=[notice.pk]), {"guesses": "accepted"})

    own = Ledger.objects.get(notice=notice)
    assert answer.url == f"{reverse('drafts')}?ledger={own.key}"


def test_an_item_beside_has_an_address_of_its_own(beside, office):
    page = office.get(reverse("item", args=["A1"]))

    assert page.context["item"].text == "每年召开两次劳动竞赛推进会。"
    assert (page.context["previous"], page.context["next"]) == (None, "A2")
    assert office.get(reverse("item", args=["1"])).context["item"].ledger.is_current
    for wrong in ("B1", "a1", "A01", "A", "-1", "A1.1"):
        assert office.get(reverse("item", args=[wrong])).status_code == 404


def test_the_page_of_a_commitment_beside_leads_back_to_its_own_board(beside, office):
    page = office.get(reverse("commitment", args=["A1.1"])).content.decode()

    assert f"{reverse('board')}?ledger={beside.key}" in page
    assert reverse("item", args=["A1"]) in page


@pytest.mark.parametrize("code", ["5.999", "A5.2", "5.2\0"])
def test_a_code_that_no_ledger_in_force_has_is_not_found(ledger, office, code):
    assert office.get(reverse("commitment", args=[code])).status_code == 404


def test_thresholds_and_leads_of_all_ledgers_in_force_are_listed(beside, office):
    thresholds = office.get(reverse("thresholds"), {"show": "fixed"})
    leads = office.get(reverse("leads"))

    assert "A1" in [item.code for item, _rows in thresholds.context["items"]]
    assert "A2" in [item.code for item, _duties in leads.context["open"]]


def test_a_lead_beside_is_confirmed_by_its_own_code(beside, office, chen):
    office.post(reverse("leads"), {"item": ["A1"], "lead-A1": "经济部", "source": "会议"})

    assert beside.items.get(number=1).duties.get().confirmed
    assert not Item.objects.coded("1").get().duties.first().confirmed


def test_a_ledger_beside_is_exported_by_its_key(beside, chen):
    made = export_ledger(Wanted(Format.XLSX, ledger=beside.key), by=chen)

    book = load_workbook(io.BytesIO(made.content))
    assert made.name.startswith(beside.key)
    assert [row[0].value for row in book.worksheets[2].iter_rows(min_row=4)] == ["A1.1"]
    with pytest.raises(UnknownLedger):
        export_ledger(Wanted(Format.XLSX, ledger="notice-999"), by=chen)
