"""Every value read says where it stands in the document, and how sure the reader is of it."""

import pytest

from taizhang.notices import Notice, read_notice
from taizhang.notices.model import Sureness
from taizhang.notices.normalise import normalise
from taizhang.notices.reading.sureness import of_commitment
from taizhang.notices.tests.corpus import CASES
from taizhang.notices.tests.corpus.case import Case
from taizhang.notices.tests.writing import notice, tabbed


def quotes(read: Notice, owner: object, name: str) -> list[str]:
    spans = owner.traces[name].spans  # type: ignore[attr-defined]
    return [read.document.text[span.start : span.end] for span in spans]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_departments_of_an_item_are_found_beside_it(case: Case) -> None:
    read = read_notice(case.write(), filename=case.filename)

    for item in read.items:
        names = {*item.departments.lead, *item.departments.cooperating}
        if names:
            found = {normalise(text).text for text in quotes(read, item, "departments")}
            assert found <= {normalise(name).text for name in names}
            assert found


def test_the_same_department_in_two_rows_is_found_in_each() -> None:
    rows = [["1", "办好夜校。", "宣教部"], ["2", "修好宣教部的书屋。", "宣教部"]]
    read = read_notice(notice(tabbed(rows)))

    first, second = read.items

    assert first.traces["departments"].spans < second.traces["departments"].spans
    assert second.traces["departments"].spans[0].start > second.passage.spans[-1].end


def test_the_head_and_the_foot_are_found_where_they_stand() -> None:
    text = (
        "临江市总工会文件\n临工发[2030]2号\n关于开展检查的通知\n各县总工会：\n"
        "请于2030年3月1日前办结。\n临 江 市 总 工 会\n2030年3月1日\n"
    )
    read = read_notice(text.encode())

    found = {name: quotes(read, read.metadata, name) for name in read.metadata.traces}

    assert found == {
        "issuers": ["临江市总工会"],
        "document_number": ["临工发[2030]2号"],
        "title": ["关于开展检查的通知"],
        "issued_on": ["2030年3月1日"],
        "recipients": ["各县总工会"],
        "signatories": ["临 江 市 总 工 会"],
    }
    assert read.metadata.traces["issued_on"].spans[0].start > text.index("临 江")


def test_a_labelled_column_is_surer_than_a_list_without_a_lead() -> None:
    rows = [["1", "办好夜校。", "宣教部"], ["2", "修好书屋。", "宣教部、财务部"]]

    one, several = read_notice(notice(tabbed(rows))).items

    assert one.traces["departments"].sureness is Sureness.SURE
    assert several.traces["departments"].sureness is Sureness.LIKELY


def test_a_list_of_paragraphs_that_names_nobody_is_a_guess() -> None:
    text = "临江市总工会2030年工作要点\n1.办好职工夜校。\n2.修好职工书屋。\n3.开好座谈会。\n"

    items = read_notice(text.encode()).items

    assert [item.traces["text"].sureness for item in items] == [Sureness.GUESSED] * 3


def test_what_a_document_does_not_state_has_no_trace() -> None:
    read = read_notice("1.办好夜校。（责任单位：宣教部）\n".encode())

    assert "deadline" not in read.items[0].traces
    assert "title" not in read.metadata.traces


def test_a_number_that_is_owed_is_surer_than_one_that_only_stands_there() -> None:
    rows = [["1", "各县总工会每年至少召开1次联席会议，覆盖面积500亩。", "宣教部"]]

    found = read_notice(notice(tabbed(rows))).items[0].commitments

    assert of_commitment(found[0]) is Sureness.SURE
    assert all(of_commitment(each) is not Sureness.SURE for each in found[1:])
