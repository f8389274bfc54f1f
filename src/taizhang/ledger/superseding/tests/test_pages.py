"""The pages: which notice is superseded, both side by side, and the ledger that was."""

import re
from datetime import date

from django.urls import reverse

from taizhang.core.organisations.testing import HAIGANG
from taizhang.domains.followup.tests.factories import ExemptionFactory
from taizhang.ledger.desk import read_desk
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.ledger.models import Commitment, Notice
from taizhang.ledger.receiving import receive_notice
from taizhang.ledger.superseding.candidates import Ground, candidates
from taizhang.ledger.superseding.models import Supersession
from taizhang.ledger.superseding.succession import look_at, supersede
from taizhang.ledger.superseding.tests.test_succession import CHOSEN
from taizhang.notices.tests.reissued import NEW, OLD

DAY = date(2026, 9, 30)
FORM = {
    "commitment-A4.1": "end",
    "commitment-A4.2": "look",
    "commitment-A5.1": "carry",
    "commitment-A8.1": "carry",
    "commitment-A8.2": "carry",
}


def beside_url(notice: Notice, old: Notice) -> str:
    return reverse("notice_beside", args=[notice.pk, old.pk])


def page_of(client, url: str) -> str:
    return client.get(url).content.decode()


def filled(page: str, **choices: str) -> dict[str, str]:
    """The form as a browser sends it, with these choices."""
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    radios = re.findall(r'name="([^"]+)" value="([^"]+)" required checked', page)
    return {"seen": seen[1] if seen else "", **dict(radios), **choices}


def received(text: str, chen) -> Notice:
    return receive_notice(text.encode(), "新.txt", by=chen)


def ground(notice: Notice, text: str) -> Ground | None:
    found = candidates(notice, text)
    return next(each.ground for each in found if each.notice.document_number == "临工发〔2031〕8号")


def test_a_notice_that_says_what_it_repeals_is_proposed_with_its_words(notice, client, chen):
    client.force_login(chen)

    page = page_of(client, reverse("notice_candidates", args=[notice.pk]))

    assert "文中写明其废止" in page
    assert "《服务职工三年行动工作台账》（临工发〔2031〕8号）同时废止" in page


def test_the_same_number_and_a_like_title_of_the_issuer_are_grounds_too(old, chen):
    again = received(OLD.replace("一天", "两天"), chen)
    like = received(NEW.replace("同时废止", "继续有效"), chen)
    other = received(NEW.replace("临江市", "青松市"), chen)

    assert ground(again, "") is Ground.SAME_NUMBER
    assert ground(like, "") is Ground.LIKE_TITLE
    assert ground(other, "") is None


def test_differences_are_marked_on_both_sides(notice, old, client, chen):
    client.force_login(chen)

    page = page_of(client, beside_url(notice, old))

    assert "职工<del>200</del>人以上" in page
    assert "职工<ins>100</ins>人以上" in page
    assert "未变 5 项，修改 5 项，新增 3 项，取消 2 项。" in page


def test_every_anchor_of_the_page_has_its_target(notice, old, client, chen):
    client.force_login(chen)

    page = page_of(client, beside_url(notice, old))

    links = set(re.findall(r'href="#([^"]+)"', page)) - {"main"}
    targets = re.findall(r'id="([^"]+)"', page)
    assert {"changed", "gone", "new", "same"} <= links <= set(targets)
    assert len(targets) == len(set(targets))


def test_only_what_stays_the_same_is_chosen_beforehand(notice, old, client, chen):
    client.force_login(chen)

    form = filled(page_of(client, beside_url(notice, old)))

    assert form.keys() == {"seen", "commitment-A1.1", "commitment-A3.1"}


def test_the_form_puts_the_notice_in_the_place_of_the_other(notice, old, client, chen):
    client.force_login(chen)
    url = beside_url(notice, old)

    answer = client.post(url, filled(page_of(client, url), **FORM), follow=True)

    assert Supersession.objects.get().old.notice == old
    page = answer.content.decode()
    assert "已发布并替代旧公文" in page
    assert "沿用为 A4.1" in page
    assert "已核对，仍成立" in page


def test_a_choice_that_is_missing_is_pointed_at_and_the_others_are_kept(notice, old, client, chen):
    client.force_login(chen)
    url = beside_url(notice, old)
    form = filled(page_of(client, url), **FORM)
    del form["commitment-A5.1"]

    answer = client.post(url, form)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'href="#about-A5.1"' in page
    assert filled(page, **{"commitment-A5.1": "carry"}) == {**form, "commitment-A5.1": "carry"}
    assert not Supersession.objects.exists()


def test_a_page_that_is_out_of_date_is_refused_and_shown_anew(
    notice, old, old_ledger, client, chen
):
    client.force_login(chen)
    url = beside_url(notice, old)
    form = filled(page_of(client, url), **FORM)
    Commitment.objects.filter(item__ledger=old_ledger, code="A8.2").update(retired_in="2")

    answer = client.post(url, form)

    assert answer.status_code == 409
    assert "又有变动" in answer.content.decode()


def test_a_reader_compares_and_chooses_nothing(notice, old, client, liu):
    client.force_login(liu)
    url = beside_url(notice, old)

    page = page_of(client, url)

    assert "<ins>100</ins>" in page
    assert 'type="radio"' not in page
    assert client.post(url, FORM).status_code == 403


def test_a_notice_beside_itself_is_no_page(old, client, chen):
    client.force_login(chen)

    assert client.get(beside_url(old, old)).status_code == 404


def test_exemptions_of_a_code_that_changes_are_shown_before_and_after(notice, old, client, chen):
    ExemptionFactory(commitment="A3.1", region_id=HAIGANG)
    client.force_login(chen)
    url = beside_url(notice, old)

    before = page_of(client, url)
    supersede(notice, old, CHOSEN, by=chen)
    after = page_of(client, url)

    assert "1 条不适用认定写着编号 A3.1" in before
    assert "仍写旧编号的不适用认定" in after


def test_what_somebody_looked_at_leaves_the_list(notice, old, client, chen):
    carried = supersede(notice, old, CHOSEN, by=chen).carried.get(wants_a_look=True)
    client.force_login(chen)

    client.post(reverse("carried_looked_at", args=[carried.pk]))

    assert "待核对</h2>" not in page_of(client, beside_url(notice, old))
    carried.refresh_from_db()
    assert carried.looked_at_by == chen


def test_the_superseded_ledger_stays_readable_and_leads_to_its_successor(
    notice, old, old_ledger, client, chen
):
    evaluate_ledger()
    new = supersede(notice, old, CHOSEN, by=chen).new
    client.force_login(chen)

    page = page_of(client, reverse("superseded_ledger", args=[old_ledger.key]))

    assert f"由“{new}”（{new.basis}）替代" in page
    assert "全市最后一次计算的数值，截至 2026-09-30" in page
    assert "推广使用纸质工会会员证" in page
    assert "A9.1" in page


def test_a_ledger_in_force_has_no_such_page(old_ledger, client, chen):
    client.force_login(chen)

    assert client.get(reverse("superseded_ledger", args=[old_ledger.key])).status_code == 404


def test_publishing_under_a_number_in_use_leads_to_both_side_by_side(old, client, chen):
    again = received(OLD.replace("一天", "两天"), chen)
    client.force_login(chen)

    answer = client.post(reverse("notice_publish", args=[again.pk]), {"guesses": "accepted"})

    assert answer["Location"] == beside_url(again, old)
    again.refresh_from_db()
    assert again.state == Notice.State.READ


def test_a_notice_that_waits_leads_to_what_it_may_supersede(notice, old, client, chen):
    client.force_login(chen)
    url = reverse("notice_candidates", args=[notice.pk])

    assert url in page_of(client, reverse("notices"))
    assert url in page_of(client, reverse("notice", args=[notice.pk]))


def test_the_page_takes_few_queries(notice, old, client, chen, django_assert_max_num_queries):
    client.force_login(chen)
    url = beside_url(notice, old)
    page_of(client, url)

    with django_assert_max_num_queries(25):
        page_of(client, url)


def test_the_desk_of_those_who_publish_says_what_is_to_be_looked_at(notice, old, client, chen, liu):
    supersession = supersede(notice, old, CHOSEN, by=chen)
    client.force_login(chen)
    link = f'{beside_url(notice, old)}#looks">'

    page = page_of(client, reverse("desk"))
    (waiting,) = read_desk(chen, DAY).to_look_at

    assert link in page
    assert (waiting.supersession, waiting.count) == (supersession, 1)
    assert read_desk(liu, DAY).to_look_at == []
    look_at(supersession.carried.get(wants_a_look=True), by=chen)
    assert read_desk(chen, DAY).to_look_at == []
