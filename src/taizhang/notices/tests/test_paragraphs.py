"""Items that are numbered paragraphs."""

from taizhang.notices import read_notice
from taizhang.notices.model import Departments

ONE_LIST = """临江市关于改善公交服务的意见
一、总体要求
坚持便民。
二、主要任务
（一）优化线路。
1.增开夜班车。方便夜班职工。（市交通局、市总工会负责）
2.改造站台。（市城管局负责）
（二）加强保障。
3.落实资金。分年安排。
逐步增加。（责任单位：市财政局）
"""


def test_the_level_with_the_brackets_is_the_sequence_of_items() -> None:
    items = read_notice(ONE_LIST.encode()).items

    assert [(item.number, item.text) for item in items] == [
        (1, "增开夜班车。方便夜班职工。"),
        (2, "改造站台。"),
        (3, "落实资金。分年安排。逐步增加。"),
    ]
    assert items[0].departments == Departments(("市交通局", "市总工会"), lead_is_stated=False)
    assert items[2].departments.lead == ("市财政局",)
    assert items[2].group == ("主要任务", "加强保障")


def test_the_first_named_leads_every_item_once_the_document_says_so() -> None:
    text = ONE_LIST.replace("市总工会负责", "市总工会负责，列第一位的为牵头单位，下同")

    items = read_notice(text.encode()).items

    assert items[0].departments == Departments(("市交通局",), ("市总工会",), lead_is_stated=True)
    assert items[1].departments == Departments(("市城管局",), lead_is_stated=True)


def test_roles_in_the_bracket_are_kept_apart() -> None:
    text = "一、修桥。（牵头单位：市交通局；配合单位：市财政局、各县（区）政府）"

    (item,) = read_notice(text.encode()).items

    assert item.departments == Departments(
        ("市交通局",), ("市财政局", "各县（区）政府"), lead_is_stated=True
    )


def test_one_department_together_with_another_leads_it() -> None:
    (item,) = read_notice("一、修桥。（市交通局会同市财政局负责）".encode()).items

    assert item.departments == Departments(("市交通局",), ("市财政局",), lead_is_stated=True)


def test_several_duties_in_one_paragraph_add_up_their_departments() -> None:
    text = "一、修桥。（市交通局负责）种树。（市林业局负责）"

    (item,) = read_notice(text.encode()).items

    assert item.text == "修桥。（市交通局负责）种树。"
    assert item.departments.lead == ("市交通局", "市林业局")


def test_numbered_paragraphs_without_brackets_are_no_items() -> None:
    assert read_notice("关于放假的通知\n一、放假三天。\n二、注意安全。".encode()).items == ()


def test_lines_broken_at_the_width_of_a_page_are_one_paragraph() -> None:
    width = 24
    sentence = "各单位要把方便职工乘车作为一件实事来办" * 8 + "。"
    paragraph = f"　　一、{sentence}（市交通局负责）"
    lines = [paragraph[at : at + width] for at in range(0, len(paragraph), width)]
    lines.insert(3, "                  — 2 —")

    (item,) = read_notice("\n".join(lines).encode()).items

    assert item.text == sentence


def test_a_paragraph_that_ends_at_the_edge_of_the_page_ends_there() -> None:
    line = "各单位要把方便职工乘车作为今年的一件实事来办好"
    lines = [line] * 5 + [f"{line[:-1]}。", "　　一、修桥。（市交通局负责）"]

    (item,) = read_notice("\n".join(lines).encode()).items

    assert item.text == "修桥。"


def test_a_year_behind_the_number_of_a_paragraph_is_no_decimal() -> None:
    text = "任务清单\n1.修桥。（市交通局负责）\n2.２０３１年底前修路。（市交通局负责）"

    items = read_notice(text.encode()).items

    assert [item.text for item in items] == ["修桥。", "２０３１年底前修路。"]
