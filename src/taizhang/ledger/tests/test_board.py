"""The board: every item with its verdict, cheap to ask for again, fresh without a reload."""

from datetime import date

import pytest
from django.urls import reverse

from taizhang.core.organisations.models import Area
from taizhang.core.organisations.testing import CITY, HAIGANG
from taizhang.core.parameters.clock import fix_status_date
from taizhang.ledger.models import EvaluationRun, FigureRow, Item, ItemVerdict

DAY = date(2026, 9, 30)


@pytest.fixture
def run(ledger) -> EvaluationRun:
    """A run without figures: tests add those that they are about."""
    fix_status_date(DAY, source="test")
    return EvaluationRun.objects.create(
        ledger=ledger, as_of=DAY, snapshot="a" * 64, milliseconds=12
    )


@pytest.fixture
def office(client, chen):
    """Chen, signed in, whose session has just been renewed, as it is once a minute."""
    client.force_login(chen)
    client.get(reverse("desk"))
    return client


def give_figure(code: str, verdict: str, *, area: str = CITY, window: str = "2026", owed: int = 1):
    item = Item.objects.get(commitments__code=code)
    ItemVerdict.objects.update_or_create(item=item, area_id=area, defaults={"verdict": verdict})
    return FigureRow.objects.create(
        commitment=item.commitments.get(code=code),
        area_id=area,
        window=window,
        owed=owed,
        met=0,
        no_data=0,
        verdict=verdict,
    )


def row_of(page: str, number: int) -> str:
    """The HTML of one item's row."""
    start = page.index(f'id="item-{number}"')
    return page[start : page.index("</tr>", start)]


def test_every_item_stands_on_the_board_with_the_word_and_the_shape_of_its_verdict(office, run):
    give_figure("5.2", "behind")

    page = office.get(reverse("board")).content.decode()

    assert page.count('<tr id="item-') == 37
    assert "政府与工会联席会议" in row_of(page, 5)
    assert "滞后" in row_of(page, 5)
    assert "#v-behind" in row_of(page, 5)


def test_an_item_counts_how_many_of_its_commitments_are_met(office, run):
    give_figure("5.1", "met", window="2026-09-30")
    give_figure("5.2", "not_due")

    board = office.get(reverse("board")).context["board"]

    row = board.rows[4]
    assert (row.number, row.met, row.total) == (5, 1, 2)


def test_the_board_names_the_next_day_that_something_is_owed_by(office, run):
    give_figure("5.2", "not_due")
    give_figure("4.6", "behind", window="2026-09-30")

    rows = office.get(reverse("board")).context["board"].rows

    assert (rows[4].due.on, rows[4].due.is_missed) == (date(2026, 12, 31), False)
    assert (rows[3].due.on, rows[3].due.is_missed) == (date(2022, 6, 30), True)


def test_an_item_without_figures_of_an_area_is_marked_there_as_a_duty_of_the_city(office, run):
    give_figure("5.2", "met")
    give_figure("5.2", "met", area=HAIGANG)
    give_figure("5.1", "not_applicable", area="130371")

    tiles = {tile.area: tile.verdict for tile in office.get("/").context["board"].rows[4].tiles}

    assert tiles[CITY] == "met"
    assert tiles[HAIGANG] == "met"
    assert tiles["130371"] == ""


def test_the_filter_leaves_the_items_in_which_a_department_has_a_part(office, run):
    board = office.get(reverse("board"), {"department": "民管部"}).context["board"]

    assert [row.number for row in board.rows] == [2, 5, 18, 19, 24, 25]


def test_the_open_board_is_told_in_a_word_that_nothing_has_changed(office, run):
    answer = office.get(reverse("board_rows"), {"since": run.pk})

    assert answer.status_code == 204
    assert answer.content == b""


def test_the_open_board_gets_its_table_anew_after_another_run(office, run):
    shown = run.pk
    give_figure("5.2", "met")
    newer = EvaluationRun.objects.create(
        ledger=run.ledger, as_of=DAY, snapshot="b" * 64, milliseconds=9
    )

    answer = office.get(reverse("board_rows"), {"since": shown})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert f"since={newer.pk}" in page
    assert "已达标" in row_of(page, 5)


def test_the_refreshed_table_keeps_the_filter(office, run):
    page = office.get(reverse("board_rows"), {"since": 0, "department": "财务部"})

    assert [row.number for row in page.context["board"].rows] == [11, 22, 33, 34]
    assert "department=%E8%B4%A2%E5%8A%A1%E9%83%A8" in page.content.decode()


@pytest.mark.parametrize("places", [1, 10])
def test_the_board_asks_as_many_queries_for_few_figures_as_for_many(
    office, run, places, django_assert_max_num_queries
):
    for area in Area.objects.order_by("code")[:places]:
        for code in ("3.1", "3.5", "5.1", "5.2", "8.1"):
            give_figure(code, "unmet", area=area.code)

    with django_assert_max_num_queries(12):
        office.get(reverse("board"))


def test_a_board_that_has_nothing_new_costs_one_query_beside_those_of_the_sign_in(
    office, run, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        office.get(reverse("board_rows"), {"since": run.pk})


def test_somebody_without_a_role_does_not_see_the_board(client, run, zhao):
    client.force_login(zhao)

    assert client.get(reverse("board")).status_code == 403
    assert client.get(reverse("board_rows")).status_code == 403


def test_the_anonymous_are_sent_to_sign_in(client, run):
    answer = client.get(reverse("board"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_without_a_ledger_the_board_says_how_to_get_one(office):
    assert "taizhang init" in office.get(reverse("board")).content.decode()
