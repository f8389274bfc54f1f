"""Lists: order, pages by key, filters and search."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict

from taizhang.core.organisations.testing import CHANGLI, PostFactory
from taizhang.core.records.models import RecordStatus
from taizhang.domains.leadership.models import MeetingKind, PolicyState
from taizhang.domains.leadership.tests.factories import MeetingFactory, PolicyFactory
from taizhang.registers.listing import CURSOR, PAGE_ROWS, CursorFault, list_page
from taizhang.registers.lists.search_index import rebuild_index
from taizhang.registers.spec import REGISTERS

pytestmark = pytest.mark.django_db


def query(**values: str) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update(values)
    return made


def walk(spec, by, **filters: str) -> list[list[str]]:
    """The record numbers of each page, first to last."""
    pages, cursor = [], ""
    while True:
        page = list_page(spec, by, query(**filters, **({CURSOR: cursor} if cursor else {})))
        pages.append([record.record_no for record in page.rows])
        if not page.cursor:
            return pages
        cursor = page.cursor


def flat(pages: list[list[str]]) -> list[str]:
    return [number for page in pages for number in page]


def test_pages_hold_each_row_once_the_latest_first_and_ties_by_entry(chen):
    for n in range(60):
        MeetingFactory(record_no=f"M-{n:02d}", held_on=date(2026, 1, 1) + timedelta(days=n // 7))

    pages = walk(REGISTERS["meeting"], chen)

    assert [len(page) for page in pages] == [PAGE_ROWS, PAGE_ROWS, 10]
    assert flat(pages) == [f"M-{n:02d}" for n in reversed(range(60))]


def test_rows_without_the_date_come_last_and_page_as_well(chen):
    for n in range(55):
        PolicyFactory(
            record_no=f"P-{n:02d}",
            state=PolicyState.DRAFTING,
            issued_on=date(2026, 1, 1) if n < 30 else None,
        )

    pages = walk(REGISTERS["policy"], chen)

    dated = [f"P-{n:02d}" for n in reversed(range(30))]
    undated = [f"P-{n:02d}" for n in reversed(range(30, 55))]
    assert flat(pages) == dated + undated


def test_a_row_entered_meanwhile_shifts_no_page(chen):
    for n in range(30):
        MeetingFactory(record_no=f"M-{n:02d}", held_on=date(2026, 1, 1))
    first = list_page(REGISTERS["meeting"], chen, query())
    MeetingFactory(record_no="M-NEW", held_on=date(2026, 2, 1))

    second = list_page(REGISTERS["meeting"], chen, query(**{CURSOR: first.cursor}))

    assert [row.record_no for row in second.rows] == [f"M-{n:02d}" for n in reversed(range(5))]


@pytest.mark.parametrize("cursor", ["x", "~", "2026-01-01~x", "gestern~3", "2026-01-01", "~1~2"])
def test_a_place_that_is_none_of_the_list_is_refused(client, chen, cursor):
    client.force_login(chen)

    with pytest.raises(CursorFault):
        list_page(REGISTERS["meeting"], chen, query(**{CURSOR: cursor}))
    answer = client.get("/registers/meeting/", {CURSOR: cursor})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "other"}, {"other"}),
        ({"region": CHANGLI}, {"changli"}),
        ({"record_status": "draft"}, {"draft"}),
        ({"q": "昌黎"}, {"changli"}),
        ({"q": "纪要〔2026〕7号"}, {"minutes"}),
        ({"q": "minutes"}, {"minutes"}),
        ({"q": "  "}, {"other", "changli", "draft", "minutes"}),
        ({"q": "没有"}, set()),
        ({"kind": "nonsense"}, {"other", "changli", "draft", "minutes"}),
        ({"kind": "other", "region": CHANGLI}, set()),
    ],
)
def test_filters_and_search_narrow_the_list(chen, filters, found):
    MeetingFactory(record_no="other", kind=MeetingKind.OTHER)
    MeetingFactory(record_no="changli", region_id=CHANGLI, convener="昌黎县人民政府")
    MeetingFactory(record_no="draft", record_status=RecordStatus.DRAFT)
    MeetingFactory(record_no="minutes", minutes_no="海政纪要〔2026〕7号")
    rebuild_index(REGISTERS["meeting"])

    pages = walk(REGISTERS["meeting"], chen, **filters)

    assert set(flat(pages)) == found


@pytest.mark.parametrize(("value", "found"), [("True", {"full"}), ("False", {"part"})])
def test_yes_and_no_are_filters_too(tree, chen, value, found):
    PostFactory(record_no="full", org=tree.plant, full_time=True)
    PostFactory(record_no="part", org=tree.plant, full_time=False)

    pages = walk(REGISTERS["post"], chen, full_time=value)

    assert set(flat(pages)) == found


def test_following_pages_keep_the_filters(client, chen):
    client.force_login(chen)
    for _n in range(PAGE_ROWS + 1):
        MeetingFactory(kind=MeetingKind.OTHER)

    pager = client.get("/registers/meeting/", {"kind": "other"}).context["pager"]
    following = client.get(f"/registers/meeting/{pager.next_url}")

    assert "kind=other" in pager.next_url
    assert len(following.context["rows"]) == 1
    assert following.context["pager"].first_url == "?kind=other"
