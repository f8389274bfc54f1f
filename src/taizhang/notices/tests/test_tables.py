"""Items that stand in tables."""

from taizhang.notices import read_notice
from taizhang.notices.model import Departments
from taizhang.notices.tests.writing import notice, tabbed


def test_a_row_gives_number_text_and_departments() -> None:
    content = notice(tabbed([["1", "<p>办好夜校，每年 2 期。</p>", "<p>宣教部 财务部</p>"]]))

    (item,) = read_notice(content).items

    assert (item.number, item.text) == (1, "办好夜校，每年 2 期。")
    assert item.departments == Departments(lead=("宣教部", "财务部"), lead_is_stated=False)
    assert (item.deadline, item.group) == (None, ())


def test_spaces_inside_a_text_stay_and_full_width_digits_count_as_numbers() -> None:
    content = notice(tabbed([["１２", "建成 ３ 处 驿站。", "保障部"]]))

    (item,) = read_notice(content).items

    assert (item.number, item.text) == (12, "建成 ３ 处 驿站。")


def test_a_head_repeated_on_every_page_is_no_item() -> None:
    pages = [tabbed([["1", "修缮阅览室。", "宣教部"]]), tabbed([["2", "开放健身房。", "保障部"]])]

    read = read_notice(notice(*pages))

    assert [item.number for item in read.items] == [1, 2]
    assert len(read.ledgers) == 1


def test_a_row_without_a_number_goes_on_with_the_row_before_the_page_ended() -> None:
    pages = [
        tabbed([["1", "修缮阅览室，", "宣教部"]]),
        tabbed([["", "添置图书。", "财务部"], ["2", "开放健身房。", "保障部"]]),
    ]

    read = read_notice(notice(*pages))

    first = read.items[0]
    quoted = [read.document.text[span.start : span.end] for span in first.passage.spans]
    assert first.text == "修缮阅览室，添置图书。"
    assert quoted == ["修缮阅览室，", "添置图书。"]
    assert first.departments.lead == ("宣教部", "财务部")


def test_cells_that_the_next_page_repeats_are_counted_once() -> None:
    head = ["序号", "类别", "任务", "责任部门", "完成时限"]
    pages = [
        tabbed([["1", "阵地", "修缮阅览室，", "宣教部", "9月底"]], head),
        tabbed([["", "阵地", "添置图书。", "宣教部", "9月底"]], head),
    ]

    (item,) = read_notice(notice(*pages)).items

    assert (item.departments.lead, item.deadline, item.group) == (("宣教部",), "9月底", ("阵地",))


def test_a_row_of_one_text_is_the_heading_of_those_below() -> None:
    rows = [
        ["一、服务", "", ""],
        ["1", "开放健身房。", "保障部"],
        ["二、文化", "", ""],
        ["2", "办好夜校。", "宣教部"],
    ]

    items = read_notice(notice(tabbed(rows))).items

    assert [item.group for item in items] == [("一、服务",), ("二、文化",)]


def test_a_text_over_all_columns_is_a_heading_unless_a_sentence_is_open() -> None:
    finished = tabbed([["1", "修缮阅览室。", "宣教部"], ["文化"] * 3, ["2", "添书。", "宣教部"]])
    unfinished = tabbed([["1", "修缮阅览室，", "宣教部"], ["", "添置图书。", ""]])

    with_heading = read_notice(notice(finished)).items
    with_rest = read_notice(notice(unfinished)).items

    assert [(item.text, item.group) for item in with_heading] == [
        ("修缮阅览室。", ()),
        ("添书。", ("文化",)),
    ]
    assert [item.text for item in with_rest] == ["修缮阅览室，添置图书。"]


def test_lead_and_cooperating_columns_and_deadline_are_told_apart() -> None:
    head = ["序号", "任务类别", "重点任务", "牵头单位", "责任单位", "完成时限"]
    row = ["1", "阵地", "开放健身房。", "保障部", "财务部、宣教部", "2030年9月"]

    (item,) = read_notice(notice(tabbed([row], head))).items

    assert item.text == "开放健身房。"
    assert item.departments == Departments(("保障部",), ("财务部", "宣教部"), lead_is_stated=True)
    assert (item.deadline, item.group) == ("2030年9月", ("阵地",))


def test_of_two_task_columns_the_last_is_the_task_of_the_item() -> None:
    head = ["序号", "工作任务", "具体措施", "责任部门"]

    (item,) = read_notice(notice(tabbed([["1", "阵地", "修缮阅览室。", "宣教部"]], head))).items

    assert (item.text, item.group) == ("修缮阅览室。", ("阵地",))


def test_a_dash_is_no_deadline() -> None:
    head = ["序号", "任务", "责任部门", "完成时限"]

    (item,) = read_notice(notice(tabbed([["1", "办好夜校。", "宣教部", "—"]], head))).items

    assert item.deadline is None


def test_pipes_part_cells_as_tabs_do() -> None:
    table = "| 序号 | 工作任务 | 责任部门 |\n| --- | :-: | --- |\n| 1 | 办好夜校。 | 宣教部 |\n"

    (item,) = read_notice(table.encode()).items

    assert (item.text, item.departments.lead) == ("办好夜校。", ("宣教部",))


def test_numbers_that_begin_again_begin_another_ledger_under_its_own_title() -> None:
    first = tabbed([["1", "办好夜校。", "宣教部"], ["2", "开放健身房。", "保障部"]])
    second = "临江市总工会自身建设任务清单\n\n" + tabbed([["1", "整理档案。", "办公室"]])

    read = read_notice(notice(first, second))

    assert [(ledger.title, len(ledger.items)) for ledger in read.ledgers] == [
        ("临江市总工会服务职工工作台账", 2),
        ("临江市总工会自身建设任务清单", 1),
    ]


def test_a_table_that_is_no_ledger_gives_no_items() -> None:
    content = notice(tabbed([["甲", "13800000000"]], ["姓名", "电话"]))

    assert read_notice(content).items == ()
