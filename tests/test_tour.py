"""The tour of the README in a real browser, on the demonstration that `make demo` shows."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from taizhang.config.demo_accounts import HAIGANG, PASSWORD
from tools.product import prepare_demo, serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("tour")]

SHANHAIGUAN = "130303"  # has held its joint meeting
SIZES = {"wall": (1440, 900), "phone": (390, 844)}
PAGES = (
    "/",
    "/items/5/",
    "/commitments/5.2/",
    f"/commitments/5.2/?area={HAIGANG}",
    "/desk/",
    "/notices/",
    "/registers/",
    "/registers/meeting/",
    "/registers/meeting/new/",
    "/registers/employer/",
)
# The board asks for news every three seconds, the worker for changed facts twice a second.
NEWS_MILLISECONDS = 20_000


@dataclass(frozen=True)
class Tour:
    """`sign_in(username, size)` opens a window of its own; `complaints`: what its console said."""

    sign_in: Callable[..., Page]
    complaints: list[str]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demonstration is served, by the web server and the worker together."""
    home = tmp_path_factory.mktemp("tour")
    prepare_demo(home)
    with serving(home) as address:
        yield f"http://{address}"


@pytest.fixture
def tour(browser: Browser, product: str) -> Iterator[Tour]:
    contexts, complaints = [], []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def sign_in(username: str, size: str = "wall") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=product, viewport={"width": width, "height": height}, locale="zh-CN"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        expect(page.locator("#board")).to_be_visible()
        return page

    yield Tour(sign_in, complaints)
    for context in contexts:
        context.close()


def tile(board: Page, item: int, area: str) -> Locator:
    return board.locator(f"#item-{item} a[href$='area={area}']")


def enter_joint_meeting(clerk: Page) -> str:
    """A joint meeting of the clerk's county, submitted; returns the address of its record."""
    clerk.goto("/registers/meeting/new/")
    clerk.select_option("[name=kind]", "gov_union_joint")
    clerk.select_option("[name=convener_level]", "county")
    clerk.select_option("[name=region]", HAIGANG)
    clerk.select_option("[name=chair_post]", "gov_principal")
    clerk.fill("[name=held_on]", "2026-09-18")
    clerk.fill("[name=convener]", "海港区人民政府")
    clerk.fill("[name=minutes_no]", "海政纪〔2026〕9号")
    clerk.fill("[name=minutes_on]", "2026-09-25")
    clerk.locator("main form:has([name=kind]) .tz-form__end button").first.click()
    clerk.locator("form[action$='/submit/'] button").click()
    expect(clerk.locator(".tz-status--submitted")).to_be_visible()
    return urlsplit(clerk.url).path


def test_a_verified_meeting_lights_the_tile_of_the_open_board(tour: Tour) -> None:
    board = tour.sign_in("leader")
    before = tile(board, 5, HAIGANG).get_attribute("title")
    board.evaluate("window.notReloaded = true")

    clerk = tour.sign_in("county")
    record = enter_joint_meeting(clerk)
    assert clerk.locator("form[action$='/verify/']").count() == 0
    reviewer = tour.sign_in("reviewer")
    reviewer.goto("/desk/")
    reviewer.locator(f"main a[href='{record}']").first.click()
    reviewer.locator("form[action$='/verify/'] button").click()
    expect(reviewer.locator(".tz-status--verified")).to_be_visible()

    expect(tile(board, 5, HAIGANG)).not_to_have_attribute(
        "title", str(before), timeout=NEWS_MILLISECONDS
    )
    expect(tile(board, 5, HAIGANG)).to_have_attribute("title", re.compile("已达标"))
    assert board.evaluate("window.notReloaded")
    board.goto(f"/commitments/5.2/?area={HAIGANG}")
    expect(board.locator(f"main a[href='{record}']")).to_be_visible()
    assert tour.complaints == []


def test_from_the_board_two_clicks_lead_to_the_record(tour: Tour) -> None:
    page = tour.sign_in("office")

    tile(page, 5, SHANHAIGUAN).click()
    page.locator(f"main a[href$='/commitments/5.2/?area={SHANHAIGUAN}']").first.click()

    expect(page.locator(f"main a[href*='/registers/meeting/R09-{SHANHAIGUAN}']")).to_be_visible()
    page.locator("main a[href*='list=uncounted']").click()
    expect(page.locator("main")).to_contain_text("要求“会议类别”为“政府与工会联席会议”，实际为")
    assert tour.complaints == []


@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_wider_than_the_window(tour: Tour, size: str) -> None:
    page = tour.sign_in("county", size)

    wider = {}
    for path in PAGES:
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path}: status {answer.status}"
        wider[path] = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    assert {path: pixels for path, pixels in wider.items() if pixels > 0} == {}
    assert tour.complaints == []


def test_pages_are_complete_in_english(tour: Tour) -> None:
    page = tour.sign_in("office")
    page.locator("button[name=language][value=en]").click()

    leftover = {}
    for path in PAGES:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        leftover[path] = re.findall(r"[\u4e00-\u9fff]+", page.locator("main h1").inner_text())

    assert {path: words for path, words in leftover.items() if words} == {}


def printed(page: Page, path: str) -> list[tuple[bool, str]]:
    """The sheets of a page: whether each is broad, and its text without spaces."""
    page.goto(path)
    page.wait_for_load_state("networkidle" if path != "/" else "load")
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return [
        (
            sheet.get_width() > sheet.get_height(),
            re.sub(r"\s", "", sheet.get_textpage().get_text_bounded()),
        )
        for sheet in document
    ]


def test_the_board_is_printed_on_one_sheet(tour: Tour) -> None:
    sheets = printed(tour.sign_in("office"), "/")

    assert len(sheets) == 1
    is_broad, text = sheets[0]
    assert is_broad
    assert "37工会干部队伍建设" in text
    assert "截至2026-09-30" in text
    assert "1/1" in text


def test_a_printed_list_repeats_its_head_and_leaves_the_ways_elsewhere_out(tour: Tour) -> None:
    sheets = printed(tour.sign_in("office"), "/registers/meeting/")

    assert len(sheets) > 1
    for is_broad, text in sheets:
        assert is_broad
        assert "召集单位" in text
        assert "筛选" not in text
        assert "下一页" not in text


def test_the_windows_before_come_by_themselves_and_are_printed(tour: Tour) -> None:
    page = tour.sign_in("office")
    page.goto("/commitments/5.2/")

    expect(page.locator("#trend .tz-trend__drawing")).to_be_visible()
    text = "".join(text for _is_broad, text in printed(page, "/commitments/5.2/"))

    assert "历期走势" in text
    assert "计算公式" not in text
    assert tour.complaints == []
