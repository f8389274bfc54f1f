"""The deadline that a notice sets for an item reaches board, desk, pages, interface and exports."""

from datetime import date
from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.urls import reverse
from openpyxl import load_workbook

from taizhang.core.organisations.models import Area
from taizhang.ledger.board import latest_run, read_board
from taizhang.ledger.deadlines import Deadline, item_deadline
from taizhang.ledger.desk import read_desk
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.ledger.exporting.progress import read_progress
from taizhang.ledger.exporting.workbook import write_workbook
from taizhang.ledger.models import Item, ItemVerdict, Ledger
from taizhang.ledger.receiving import publish_notice, receive_notice
from taizhang.ledger.reviewing.correcting import correct_reading, drop_item
from taizhang.registers.api.testing import ApiClient

filling = import_module("taizhang.ledger.reviewing.migrations.0004_deadlines_of_earlier_items")
DAY = date(2026, 9, 30)
TEXT = """青松市总工会文件

青松工发〔2026〕9号

青松市总工会关于印发重点任务清单的通知

各县区总工会：

现将清单印发你们，请认真落实。

青松市总工会

2026年3月8日

青松市总工会重点任务清单

序号	目标任务	责任部门	完成时限
1	建立职工书屋。	宣教部	11月底前
2	举办劳动竞赛。	经济部	2026年6月底前
3	关心困难职工。	保障部	长期坚持
"""


@pytest.fixture
def own(ledger, chen) -> Ledger:
    """A ledger beside the current one, whose items have deadlines: near, over, without a day."""
    notice = receive_notice(TEXT.encode(), "清单.txt", by=chen)
    own = publish_notice(notice, by=chen).ledger
    evaluate_ledger()
    return own


def item(own, number) -> Item:
    return own.items.get(number=number)


def test_publishing_keeps_the_words_and_the_last_day(own):
    kept = list(own.items.values_list("deadline", "due_on"))

    assert kept == [
        ("11月底前", date(2026, 11, 30)),
        ("2026年6月底前", date(2026, 6, 30)),
        ("长期坚持", None),
    ]


def test_items_published_before_they_kept_deadlines_get_them_as_corrected(ledger, chen):
    notice = receive_notice(TEXT.encode(), "清单.txt", by=chen)
    correct_reading(notice, {"deadline": "10月底前", "text": "建立书屋。"}, by=chen, position=0)
    drop_item(notice, 2, by=chen)
    own = publish_notice(notice, by=chen).ledger
    own.items.update(deadline="", due_on=None)

    filling.fill(apps, None)

    assert list(own.items.values_list("deadline", "due_on")) == [
        ("10月底前", date(2026, 10, 31)),
        ("2026年6月底前", date(2026, 6, 30)),
    ]


def test_a_corrected_deadline_is_the_one_published(ledger, chen):
    notice = receive_notice(TEXT.encode(), "清单.txt", by=chen)
    correct_reading(notice, {"deadline": "2026年10月15日前"}, by=chen, position=0)

    own = publish_notice(notice, by=chen).ledger

    assert item(own, 1).due_on == date(2026, 10, 15)


def test_the_board_names_the_day_that_comes(own):
    rows = read_board(own, latest_run()).rows

    assert [row.due for row in rows] == [Deadline(date(2026, 11, 30), is_missed=False), None, None]


@pytest.mark.parametrize(
    ("verdict", "due", "expected"),
    [
        ("behind", date(2026, 10, 1), Deadline(date(2026, 10, 1), is_missed=False)),
        ("behind", date(2026, 9, 29), Deadline(date(2026, 9, 29), is_missed=True)),
        ("no_data", date(2026, 9, 29), None),
        ("met", date(2026, 10, 1), None),
        ("behind", None, None),
    ],
)
def test_a_day_that_is_over_is_late_only_where_something_is(verdict, due, expected):
    assert item_deadline(due, verdict, DAY) == expected


def test_the_desk_shows_the_items_of_the_department_that_are_due_soon(own, chen):
    chen.department = "宣教部"
    of_the_department = read_desk(chen, DAY).due
    chen.department = "经济部"
    of_another = read_desk(chen, DAY).due

    assert of_the_department == [item(own, 1)]
    assert of_another == []


def test_what_is_met_is_no_longer_due_on_the_desk(own, chen):
    city = Area.objects.get(parent=None)
    verdict = {"item": item(own, 1), "area": city, "verdict": "met"}
    ItemVerdict.objects.filter(item=item(own, 1), area=city).delete()
    ItemVerdict.objects.create(**verdict)

    assert read_desk(chen, DAY).due == []


def test_the_pages_show_it(own, client, chen):
    client.force_login(chen)

    page = client.get(reverse("item", args=[item(own, 1).code])).content.decode()
    desk = client.get(reverse("desk")).content.decode()

    assert "11月底前" in page
    assert "2026-11-30" in page
    assert "建立职工书屋" in desk.split("90 天内到期的事项")[1]


def test_the_interface_gives_words_and_day(own, chen):
    answer = ApiClient(chen).get(f"/ledger/items/{item(own, 1).code}").body

    assert (answer["deadline"], answer["due_on"]) == ("11月底前", "2026-11-30")


def test_the_export_has_it_below_the_task(own):
    file = BytesIO()
    write_workbook(read_progress(ledger=own.key), file)

    tasks = [row[1].value for row in load_workbook(file).worksheets[0].iter_rows(min_row=4)]

    assert tasks[0] == "建立职工书屋。\n完成时限：11月底前"
