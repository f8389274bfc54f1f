"""Search: what stands in a record is found, by two Chinese characters and by half a number."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from taizhang.core.organisations.testing import EmployerFactory, PostFactory, create_areas
from taizhang.domains.congress.tests.factories import CongressFactory
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.actions import change_record
from taizhang.registers.listing import list_page, list_rows
from taizhang.registers.lists import paging
from taizhang.registers.lists.grams import normal, words
from taizhang.registers.lists.search_index import (
    IndexFaults,
    drop_records,
    index_faults,
    index_records,
    prepare_indexes,
    rebuild_index,
)
from taizhang.registers.lists.searching import searched
from taizhang.registers.lists.stores import SearchStore, search_store
from taizhang.registers.lists.system_checks import check_indexes
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing_cast import create_account

pytestmark = pytest.mark.django_db
MEETING = REGISTERS["meeting"]


def found(by, text: str, slug: str = "meeting") -> set[str]:
    page = list_page(REGISTERS[slug], by, QueryDict(mutable=True) | {"q": text})
    return {record.record_no for record in page.rows}


def matched(store: SearchStore, wanted: list[str]) -> set[int]:
    sql, params = store.matching(wanted).as_sql(None, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {sql} AS matching", params)
        return {row[0] for row in cursor.fetchall()}


class TestAgainstReading(TestCase):
    """The index finds what reading every text finds."""

    # Few different characters, so that words meet and overlap.
    texts = st.text(alphabet='工会法aAb〔７7"*- \n', max_size=12)

    @given(texts=st.lists(texts, max_size=6), asked=texts)
    @example(texts=["工会 会法"], asked="工会法")
    @example(texts=["工会会法"], asked="工会法")
    @example(texts=["AB", "ａｂ"], asked="ab")
    @example(texts=['a"b'], asked='"b')
    @example(texts=["工"], asked="工")
    def test_a_search_finds_the_texts_that_hold_each_of_its_words(self, texts, asked):
        store = search_store("meeting", "default")
        store.clear()
        store.put({number: normal(text) for number, text in enumerate(texts)})
        wanted = words(asked)
        if not wanted:
            return

        hits = matched(store, wanted)

        assert hits == {
            number
            for number, text in enumerate(texts)
            if all(word in normal(text) for word in wanted)
        }

    @given(
        before=st.dictionaries(st.integers(1, 4), texts),
        after=st.dictionaries(st.integers(1, 4), texts),
        dropped=st.sets(st.integers(1, 4)),
        asked=texts,
    )
    def test_what_was_changed_or_dropped_is_found_by_its_old_text_no_more(
        self, before, after, dropped, asked
    ):
        store = search_store("meeting", "default")
        store.clear()
        store.put({number: normal(text) for number, text in before.items()})
        store.put({number: normal(text) for number, text in after.items()})
        store.drop(dropped)
        wanted = words(asked)
        if not wanted:
            return

        hits = matched(store, wanted)

        standing = {n: text for n, text in {**before, **after}.items() if n not in dropped}
        assert hits == {
            n for n, text in standing.items() if all(word in normal(text) for word in wanted)
        }


@pytest.mark.parametrize(
    "asked",
    ["政府", "府", "海政纪要〔2026〕7号", "7号", "MEETING", "test-m", "０００1", "听取  政府"],
)
def test_two_characters_find_and_so_do_one_a_number_and_several_words(chen, asked):
    MeetingFactory(
        record_no="TEST-M-0001",
        convener="海港区人民政府",
        minutes_no="海政纪要〔2026〕7号",
        agenda="Meeting：听取汇报",
    )
    MeetingFactory(record_no="OTHER", convener="区委", minutes_no="", agenda="")
    rebuild_index(MEETING)

    assert found(chen, asked) == {"TEST-M-0001"}


@pytest.mark.parametrize("few", [0, 1000])
def test_looking_at_each_record_finds_what_the_index_finds(chen, monkeypatch, few):
    monkeypatch.setattr(paging, "FEW", few)
    for number in range(40):
        MeetingFactory(record_no=f"M-{number}", convener="区政府" if number % 3 else "区委")
    rebuild_index(MEETING)

    page = list_page(MEETING, chen, QueryDict("q=政府"))

    assert [row.record_no for row in page.rows] == [
        f"M-{number}" for number in reversed(range(40)) if number % 3
    ][:25]


def test_both_ways_of_a_search_mean_the_same(tree):
    ours = CongressFactory(employer=tree.factory)
    other = CongressFactory(employer=EmployerFactory(name="昌黎酒业有限公司"))
    for spec in (REGISTERS["congress"], REGISTERS["employer"]):
        rebuild_index(spec)

    search = searched(REGISTERS["congress"], "重型 机械")

    rows = type(ours).objects
    assert list(rows.filter(search.by_index)) == list(rows.filter(search.by_record)) == [ours]
    assert other.employer.name == "昌黎酒业有限公司"


def test_a_record_is_found_by_the_unit_that_it_refers_to_as_that_is_found(tree, chen):
    congress = CongressFactory(employer=tree.factory)
    for spec in (REGISTERS["congress"], REGISTERS["employer"]):
        rebuild_index(spec)

    assert found(chen, "重型", "congress") == {congress.record_no}
    assert found(chen, tree.factory.uscc.lower(), "congress") == {congress.record_no}
    assert found(chen, "昌黎", "congress") == set()


def test_nobody_finds_what_he_may_not_see(tree, liu, qian):
    MeetingFactory(record_no="HAIGANG", convener="海港区政府")
    rebuild_index(MEETING)

    assert found(liu, "政府") == {"HAIGANG"}
    assert found(qian, "政府") == set()


def test_names_of_persons_are_not_in_the_index(tree, chen):
    PostFactory(org=tree.plant, person_name="欧阳某某")
    rebuild_index(REGISTERS["post"])

    texts = [text for _key, text in search_store("post", "default").texts()]

    assert texts
    assert not any("欧阳" in text for text in texts)
    assert found(chen, "欧阳", "post") == set()


def test_a_changed_record_is_found_by_its_new_words_only(liu):
    record = MeetingFactory(record_status="draft", convener="海港区政府")
    index_records(MEETING, [record])

    change_record(MEETING, record, {"convener": "海港区委"}, by=liu, version=record.version)

    assert found(liu, "区委") == {record.record_no}
    assert found(liu, "政府") == set()


def test_what_the_index_lacks_is_named_and_made_good(capsys):
    create_areas()
    missing, stale, gone = MeetingFactory.create_batch(3)
    index_records(MEETING, [stale, gone])
    type(stale).objects.filter(pk=stale.pk).update(convener="改过的名称")
    gone_key = gone.pk
    gone.delete()

    faults = index_faults(MEETING)
    with pytest.raises(CommandError) as behind:
        call_command("reindex", "meeting", "--check")
    call_command("reindex", "meeting")
    call_command("reindex", "meeting", "--check")

    assert faults == IndexFaults(
        frozenset({missing.pk}), frozenset({stale.pk}), frozenset({gone_key})
    )
    assert "meeting: 3" in str(behind.value)
    assert not index_faults(MEETING)


def test_the_check_before_going_live_names_a_register_whose_index_fell_behind():
    create_areas()
    MeetingFactory()

    before = check_indexes()
    rebuild_index(MEETING)
    after = check_indexes()

    assert "'meeting'" in " ".join(warning.msg for warning in before)
    assert "'meeting'" not in " ".join(warning.msg for warning in after)


def test_an_unknown_register_is_named_with_the_nearest():
    with pytest.raises(CommandError, match="meeting"):
        call_command("reindex", "meetting")


def test_a_deleted_record_leaves_the_index(chen):
    record = MeetingFactory()
    index_records(MEETING, [record])

    drop_records(MEETING, [record.pk])

    assert list(search_store("meeting", "default").texts()) == []


def test_an_index_that_is_missing_is_made_from_the_records(chen):
    record = MeetingFactory(convener="海港区政府")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE search_meeting")
        if connection.vendor == "sqlite":
            cursor.execute("DROP TABLE search_meeting_pairs")

    prepare_indexes()

    assert found(chen, "政府") == {record.record_no}


def test_all_rows_of_a_search_can_be_had_at_once(tree, liu):
    create_account("guest", "来客")
    for number in range(30):
        MeetingFactory(record_no=f"M-{number:02d}", convener="区政府" if number % 2 else "区委")
    rebuild_index(MEETING)

    rows = list_rows(MEETING, liu, QueryDict("q=政府&sort=record_no"))

    assert [row.record_no for row in rows] == [f"M-{number:02d}" for number in range(1, 30, 2)]
