"""The page where the office confirms thresholds and leads and takes new versions over."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from taizhang.core.organisations.models import Area
from taizhang.core.organisations.testing import HAIGANG
from taizhang.core.parameters.clock import fix_status_date
from taizhang.domains.leadership.models import MeetingKind
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.ledger import upgrading
from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.ledger.models import Commitment, Duty, FigureRow, Item, Ledger, ThresholdAnswer
from taizhang.ledger.thresholds import confirm_threshold

SOURCE = "秦工发〔2026〕12号"


@pytest.fixture
def office(client, chen, ledger):
    client.force_login(chen)
    return client


@pytest.fixture
def computed(ledger, tree):
    """Haigang has held two of four study sessions when the year is over."""
    for day in (date(2026, 3, 2), date(2026, 6, 2)):
        MeetingFactory(
            kind=MeetingKind.THEORY_STUDY,
            region_id=HAIGANG,
            owner_org=tree.haigang,
            held_on=day,
        )
    fix_status_date(date(2026, 12, 31), source="test")
    evaluate_ledger()


def answer_url(*codes: str) -> str:
    return reverse("threshold_answer") + "?" + "&".join(f"code={code}" for code in codes)


def commitment(code: str) -> Commitment:
    return Commitment.objects.get(code=code)


def changes_in(response, code: str, area: str) -> tuple[str, str]:
    for row, places in response.context["previews"]:
        if row.commitment.code == code:
            return next((each.now, each.then) for each in places if each.area.code == area)
    raise AssertionError(code)


def test_the_page_lists_every_default_until_it_is_confirmed(office, chen):
    first = office.get(reverse("thresholds"))
    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE)

    after = office.get(reverse("thresholds"), {"show": "answered"})

    assert (first.context["total"], first.context["open"]) == (197, 162)
    assert after.context["open"] == 161
    assert "秦工发〔2026〕12号" in after.text
    assert "陈办" in after.text


def test_items_are_folded_and_an_answer_leads_back_to_its_own_unfolded(office):
    folded = office.get(reverse("thresholds")).text

    answered = office.post(answer_url("8.1"), {"value": "4", "source": SOURCE})
    back = office.get(answered.url).text

    assert 'id="item-8">' in folded
    assert answered.url.endswith("?item=8#item-8")
    assert 'id="item-8" open>' in back
    assert 'id="item-9">' in back


def test_all_defaults_of_an_item_are_looked_at_by_one_link(office):
    page = office.get(reverse("thresholds")).text
    link = re.search(r'href="([^"]*code=3\.1&amp;code=3\.2&amp;[^"]*)"', page)

    shown = office.get(unescape(link[1]))

    assert [row.commitment.code for row in shown.context["rows"]] == ["3.1", "3.2", "3.3"]


def test_what_would_follow_is_shown_before_and_nothing_is_kept(office, computed):
    as_it_stands = office.get(answer_url("8.1"))
    changed = office.post(answer_url("8.1"), {"value": "2", "source": SOURCE, "look": "1"})

    assert changes_in(as_it_stands, "8.1", HAIGANG) == ("behind", "unmet")
    assert changes_in(changed, "8.1", HAIGANG) == ("behind", "met")
    assert not ThresholdAnswer.objects.exists()
    assert FigureRow.objects.get(commitment__code="8.1", area=HAIGANG).verdict == "behind"


def test_a_changed_value_is_kept_with_its_source(office, computed, chen):
    response = office.post(
        answer_url("8.1"), {"value": "2", "source": SOURCE, "holds_from": "2026-01-01"}
    )

    answer = ThresholdAnswer.objects.get()
    assert response.status_code == 302
    assert (answer.value, answer.source, answer.by) == (2, SOURCE, chen)
    assert answer.holds_from == date(2026, 1, 1)


def test_several_are_confirmed_from_one_source(office):
    response = office.post(answer_url("8.1", "1.1", "24.5"), {"source": SOURCE})

    assert response.status_code == 302
    assert set(ThresholdAnswer.objects.values_list("commitment__code", flat=True)) == {
        "8.1",
        "1.1",
        "24.5",
    }


def test_an_answer_without_a_source_is_sent_back(office):
    response = office.post(answer_url("8.1"), {"value": "2"})

    assert response.status_code == 422
    assert not ThresholdAnswer.objects.exists()


@pytest.mark.parametrize("codes", [("5.2",), ("8.1", "99.9")])
def test_what_cannot_be_answered_is_not_found(office, codes):
    assert office.get(answer_url(*codes)).status_code == 404


def test_who_chooses_nothing_is_told_to_choose(office):
    page = office.get(reverse("threshold_answer"), follow=True).text
    leads = office.post(reverse("leads"), follow=True).text

    assert "没有选择" in page
    assert "没有选择" in leads


def test_a_number_of_the_notice_has_no_way_to_be_changed(office):
    page = office.get(reverse("thresholds"), {"show": "fixed"}).text

    assert "5.2" in page
    assert "?code=5.2" not in page
    assert "?code=24.1" in page


def test_the_commitment_shows_an_area_its_own_target(office, computed, chen):
    confirm_threshold(
        commitment("8.1"),
        by=chen,
        source="海工字〔2026〕3号",
        value=Decimal(2),
        area=Area.objects.get(code=HAIGANG),
    )
    url = reverse("commitment", args=["8.1"])

    in_haigang, in_the_city = office.get(url, {"area": HAIGANG}).text, office.get(url).text

    assert "海工字〔2026〕3号" in in_haigang
    assert "海工字〔2026〕3号" not in in_the_city


def test_an_answer_is_withdrawn_with_its_reason(office, chen):
    answer = confirm_threshold(commitment("8.1"), by=chen, source=SOURCE)
    url = reverse("threshold_withdraw", args=[answer.pk])

    office.post(url, {"reason": ""})
    kept = commitment("8.1").is_confirmed
    office.post(url, {"reason": "文号有误"})

    assert kept
    assert commitment("8.1").is_provisional
    assert "文号有误" in office.get(answer_url("8.1")).text


def test_a_number_of_the_office_is_set(office):
    url = reverse("threshold_parameter", args=["key_industries"])

    sent_back = office.post(url)
    office.post(url, {"value": "6", "source": SOURCE})

    assert sent_back.status_code == 422
    assert ThresholdAnswer.objects.get().value == 6
    assert office.get(reverse("threshold_parameter", args=["no_such"])).status_code == 404


def test_the_board_tells_the_office_how_many_are_open_and_nobody_else(office, client, liu):
    told = office.get(reverse("board")).text
    client.force_login(liu)

    assert "162 条默认标准待确认" in told
    assert "条默认标准待确认" not in client.get(reverse("board")).text


def test_a_commitment_says_that_the_office_has_confirmed_its_target(office, chen, computed):
    page = reverse("commitment", args=["8.1"])
    before = office.get(page).text

    confirm_threshold(commitment("8.1"), by=chen, value=Decimal(2), source=SOURCE)

    assert "默认值，待确认" in before
    assert "办公室已确认" in (after := office.get(page).text)
    assert "默认值，待确认" not in after


def test_the_board_leads_to_the_thresholds_also_once_all_are_confirmed(office):
    Commitment.objects.update(confirmed_at=timezone.now())

    page = office.get(reverse("board")).text

    assert "条默认标准待确认" not in page
    assert reverse("thresholds") in page


def test_a_reader_sees_the_thresholds_and_no_way_to_confirm_them(client, ledger, liu):
    client.force_login(liu)

    page = client.get(reverse("thresholds")).text

    assert "待确认" in page
    assert 'type="checkbox"' not in page
    assert client.get(answer_url("8.1")).status_code == 403


def test_the_page_asks_a_fixed_number_of_queries(office, chen, django_assert_max_num_queries):
    for code in ("8.1", "8.2", "1.1", "24.6"):
        confirm_threshold(commitment(code), by=chen, source=SOURCE)

    with django_assert_max_num_queries(14):
        office.get(reverse("thresholds"), {"show": "answered"})


def test_a_lead_is_confirmed_as_proposed_or_another_one(office):
    second = Item.objects.get(number=2).duties.all()[1].department_zh

    office.post(
        reverse("leads"), {"item": ["2", "5"], "lead-2": second, "lead-5": "", "source": SOURCE}
    )

    leads = Duty.objects.filter(item__number__in=(2, 5), part="lead")
    assert {duty.item.number: duty.department_zh for duty in leads}[2] == second
    assert all(duty.confirmed for duty in Duty.objects.filter(item__number__in=(2, 5)))
    assert not Duty.objects.filter(item__number=3, confirmed=True).exists()


def test_a_department_that_the_item_does_not_name_cannot_lead_it(office):
    office.post(reverse("leads"), {"item": ["2"], "lead-2": "财务处"})

    assert not Duty.objects.filter(confirmed=True).exists()


def test_a_newer_version_is_shown_and_taken_over(office, chen, monkeypatch):
    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE)
    pack = shipped_pack(DEFAULT_PACK)
    first = pack.items[7].commitments[0]
    higher = replace(first, commitment=replace(first.commitment, target=Decimal(6)))
    item = replace(pack.items[7], commitments=(higher, *pack.items[7].commitments[1:]))
    newer = replace(pack, version="2", items=(*pack.items[:7], item, *pack.items[8:]))
    monkeypatch.setattr(upgrading, "shipped_pack", lambda key: newer)

    shown = office.get(reverse("pack_version")).text
    version_before = Ledger.objects.get().version
    office.post(reverse("pack_version"), {"version": "2"})
    after = office.get(reverse("thresholds"), {"show": "answered"}).text

    assert "答复保留；默认标准有变，请复核" in shown
    assert (version_before, Ledger.objects.get().version) == ("1", "2")
    assert "默认标准现为“不少于 6" in after


def test_the_command_lists_and_confirms(ledger, chen):
    listed, said = StringIO(), StringIO()

    call_command("threshold", "list", stdout=listed)
    call_command(
        *("threshold", "confirm", "8.1", "--value", "2", "--source", SOURCE),
        *("--by", chen.username),
        stdout=said,
    )

    assert "162 条" in listed.getvalue()
    assert commitment("8.1").target == 2
    with pytest.raises(CommandError, match=r"5\.2"):
        call_command(*("threshold", "confirm", "5.22", "--source", SOURCE, "--by", chen.username))
