"""The page of an item: its text with the clauses marked, and what each comes to."""

import pytest
from django.urls import reverse

from taizhang.core.organisations.testing import CITY, HAIGANG
from taizhang.ledger.models import Clause, Commitment, FigureRow
from taizhang.notices.normalise import text_hash

TEXT = "建立联席会议制度，每年至少召开1次联席会议。"


@pytest.fixture
def office(client, chen):
    client.force_login(chen)
    return client


@pytest.fixture
def imported(ledger):
    """Item 5 with a text of its own, in which 5.2 is stated from the ninth character on."""
    item = ledger.items.get(number=5)
    item.text = TEXT
    item.save()
    Clause.objects.create(
        commitment=item.commitments.get(code="5.2"),
        start=9,
        end=21,
        text_hash=text_hash(TEXT),
    )
    return item


def page(client, number: int = 5, **query) -> str:
    return client.get(reverse("item", args=[number]), query).content.decode()


def test_before_the_import_an_item_shows_its_short_wording_and_says_so(office, ledger):
    text = page(office)

    assert "每年至少召开1次联席会议" in text
    assert "公文尚未导入" in text


def test_a_clause_of_the_text_leads_to_its_commitment(office, imported):
    text = page(office)

    assert '<a class="tz-clause" href="#c-5.2">每年至少召开1次联席会议</a>' in text
    assert "公文尚未导入" not in text


def test_a_clause_of_another_text_is_not_marked(office, imported):
    Clause.objects.update(text_hash=text_hash("另一段文字"))

    text = page(office)

    assert TEXT in text
    assert "tz-clause" not in text


def test_a_lead_that_nobody_confirmed_is_marked(office, ledger):
    assert "待确认" in page(office)

    ledger.items.get(number=5).duties.update(confirmed=True)

    assert "待确认" not in page(office)


def test_a_duty_owed_outside_the_union_and_a_default_are_marked(office, ledger):
    text = page(office, 3)

    start = text.index('id="c-3.8"')
    assert "外部责任" in text[start : text.index("</article>", start)]
    start = text.index('id="c-3.1"')
    article = text[start : text.index("</article>", start)]
    assert "默认值，待确认" in article
    assert "外部责任" not in article


def test_an_area_shows_its_own_figures(office, ledger):
    commitment = Commitment.objects.get(code="5.2")
    for area, met, verdict in ((CITY, 6, "on_pace"), (HAIGANG, 0, "behind")):
        FigureRow.objects.create(
            commitment=commitment,
            area_id=area,
            window="2026",
            numerator=met,
            denominator=8,
            value=met * 100 / 8,
            target=100,
            owed=8,
            met=met,
            no_data=0,
            verdict=verdict,
        )

    whole = office.get(reverse("item", args=[5])).context["shown"][1]
    part = office.get(reverse("item", args=[5]), {"area": HAIGANG}).context["shown"][1]

    assert (whole.verdict, whole.short) == ("on_pace", "6/8")
    assert (part.verdict, part.short) == ("behind", "0/8")


def test_an_item_without_commitments_shows_its_text_and_says_so(office, imported):
    imported.commitments.all().delete()

    text = page(office)

    assert TEXT in text
    assert "尚未制定量化要求" in text


def test_an_area_or_an_item_that_does_not_exist_is_not_found(office, ledger):
    assert office.get(reverse("item", args=[5]), {"area": "999999"}).status_code == 404
    assert office.get(reverse("item", args=[38])).status_code == 404


def test_an_item_asks_as_many_queries_with_two_commitments_as_with_eleven(
    office, ledger, django_assert_max_num_queries
):
    office.get(reverse("item", args=[5]))

    with django_assert_max_num_queries(13) as few:
        office.get(reverse("item", args=[5]))
    with django_assert_max_num_queries(13) as many:
        office.get(reverse("item", args=[3]))

    assert len(few) == len(many)
