"""Headers that a clerk would write lead to the fields that they mean."""

import pytest

from taizhang.registers.sheets.mapping import SheetMapping, suggest
from taizhang.registers.sheets.workbook import read_grid
from taizhang.registers.spec import REGISTERS


def mapped(slug: str, *headings: str) -> SheetMapping:
    table = "\n".join((",".join(headings), ",".join("x" for _ in headings)))
    return suggest(REGISTERS[slug], read_grid("表.csv", table.encode()), {})


@pytest.mark.parametrize(
    ("heading", "field"),
    [("企业名称", "name"), ("信用代码", "uscc"), ("职工总数", "headcount"), ("备注", "")],
)
def test_a_header_that_ends_like_a_name_is_proposed_and_not_taken_unseen(heading, field):
    mapping = mapped("employer", heading, "区域")

    assert mapping.headings[0].field == field
    assert not mapping.is_sure


def test_an_alike_header_leaves_the_field_to_the_one_that_is_named_so():
    mapping = mapped("employer", "曾用名称", "名称")

    assert [each.field for each in mapping.headings] == ["", "name"]


def test_an_ending_that_several_fields_share_proposes_none():
    mapping = mapped("employer", "人数", "名称")

    assert mapping.headings[0].field == ""
