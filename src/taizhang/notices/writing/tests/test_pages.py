"""The pages themselves, as LibreOffice prints them (skipped by name where it is not installed)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from taizhang.notices.writing import Paragraph
from taizhang.notices.writing.tests.measuring import LONG, annex, as_pdf, lines_of, notice

MM = 72 / 25.4


def in_block(character: dict[str, Any]) -> bool:
    """Above the page number."""
    return bool(character["bottom"] < (297 - 34) * MM)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Any]]:
    """A notice whose text fills more than two pages, with its annex."""
    document = notice(body=[Paragraph(LONG), Paragraph(LONG), Paragraph(LONG)])
    with pdfplumber.open(as_pdf(document, tmp_path_factory.mktemp("pages"))) as opened:
        yield opened.pages


def test_a_full_page_has_22_lines_of_28_characters_and_fills_the_block(pages: list[Any]) -> None:
    lines = lines_of(pages[1], in_block)

    assert len(lines) == 22
    whole = [line for line in lines if len(line) == 28]
    assert len(whole) >= 20
    assert whole[0][0]["x0"] == pytest.approx(28 * MM, abs=1)
    assert whole[0][-1]["x1"] == pytest.approx((28 + 156) * MM, abs=2)


def test_the_rule_is_156_mm_wide_and_4_mm_below_the_number(pages: list[Any]) -> None:
    number = next(each for each in pages[0].chars if each["text"] == "号")

    rule = max((*pages[0].lines, *pages[0].rects), key=lambda each: float(each["width"]))

    assert rule["width"] == pytest.approx(156 * MM, abs=2)
    assert rule["top"] - number["bottom"] == pytest.approx(4 * MM, abs=1.5)


def test_the_first_page_shows_text(pages: list[Any]) -> None:
    assert "一二三四五" in pages[0].extract_text()


def test_page_numbers_stand_outside_and_7_mm_below_the_block(pages: list[Any]) -> None:
    for page, is_odd in ((pages[0], True), (pages[1], False)):
        number = [each for each in page.chars if not in_block(each) and each["text"].strip()]
        assert "".join(each["text"] for each in number).startswith("—")
        middle = (number[0]["top"] + number[0]["bottom"]) / 2
        assert middle == pytest.approx((297 - 35 + 7) * MM, abs=4)
        if is_odd:
            assert number[-1]["x1"] == pytest.approx((210 - 26) * MM - 14, abs=3)
        else:
            assert number[0]["x0"] == pytest.approx(28 * MM + 14, abs=3)


def test_every_page_of_the_annex_is_turned_and_repeats_the_head_of_the_table(
    pages: list[Any],
) -> None:
    turned = [page for page in pages if page.width > page.height]

    assert len(turned) >= 3
    for page in turned:
        assert "责任部门" in page.extract_text()


def test_the_imprint_hangs_on_the_lower_edge_of_an_even_page_without_number(
    pages: list[Any],
) -> None:
    last = pages[-1]

    assert last.page_number % 2 == 0
    assert "—" not in last.extract_text()
    lowest = max(each["bottom"] for each in (*last.lines, *last.rects))
    assert lowest == pytest.approx((297 - 35) * MM, abs=3)


def test_an_annex_by_itself_begins_with_page_1(tmp_path: Path) -> None:
    with pdfplumber.open(as_pdf(annex(), tmp_path)) as opened:
        assert "附件" in opened.pages[0].extract_text()
        assert opened.pages[0].width > opened.pages[0].height
