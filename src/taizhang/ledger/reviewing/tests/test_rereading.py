"""A later reader is compared with the earlier one by what persons have said is right."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from taizhang.ledger.receiving import publish_notice
from taizhang.ledger.reviewing.commitments import commitments_of
from taizhang.ledger.reviewing.correcting import (
    confirm_values,
    correct_commitment,
    correct_reading,
    drop_item,
)
from taizhang.ledger.reviewing.keys import place_of
from taizhang.ledger.reviewing.rereading import NotReread, Outcome, judged_notices, reread
from taizhang.ledger.reviewing.tests.test_commitments import added
from taizhang.notices.kept import as_kept_commitment


def outcomes(notice) -> dict[tuple[int | None, str], str]:
    return {
        (each.position, str(each.field)): each.outcome.value
        for each in reread(notice)
        if each.outcome is not Outcome.SAME
    }


def as_an_earlier_reader_read(notice, position, **values) -> None:
    """As if the file had been read so when it was received."""
    notice.reading["items"][position].update(values)
    notice.save(update_fields=["reading"])


def test_a_reader_that_has_not_changed_reads_the_same(notice):
    assert outcomes(notice) == {}


def test_a_reader_that_reads_what_was_corrected_is_better(notice, chen):
    as_an_earlier_reader_read(notice, 1, text="建立")
    correct_reading(notice, {"text": "建立职工书屋。"}, by=chen, position=1)

    assert outcomes(notice) == {(1, "text"): "better"}


def test_a_reader_that_loses_what_was_right_is_worse(notice):
    as_an_earlier_reader_read(notice, 1, deadline="年底前")

    assert outcomes(notice) == {(1, "deadline"): "worse"}


def test_a_reader_that_finds_a_commitment_as_corrected_is_better(notice, chen):
    ((found,),) = [each.commitments for each in commitments_of(notice) if each.item.position == 0]
    as_an_earlier_reader_read(notice, 0, commitments=[])
    correct_commitment(notice, 0, None, found, by=chen)

    assert outcomes(notice) == {(0, "commitment"): "better"}


def test_a_reader_that_loses_what_a_person_found_right_is_worse(notice, chen):
    kept = as_kept_commitment(added("劳动竞赛推进会", 6))
    as_an_earlier_reader_read(notice, 0, commitments=[kept])
    confirm_values(notice, [place_of("item-0-c6-13")], by=chen)

    assert outcomes(notice) == {(0, "commitment"): "worse"}


def test_an_item_that_nobody_wanted_and_is_read_again_is_the_same(notice, chen):
    drop_item(notice, 0, by=chen)

    assert outcomes(notice) == {}


def test_an_item_that_only_the_present_reader_finds_is_worse(notice):
    del notice.reading["items"][2]
    notice.save(update_fields=["reading"])

    assert outcomes(notice) == {(None, "item"): "worse"}


def test_a_missing_file_is_named(notice):
    notice.file.storage.delete(notice.file.name)

    assert reread(notice) == NotReread(notice, "file_missing")


def test_a_notice_that_nobody_spoke_of_is_left_out(notice, chen):
    before = list(judged_notices())

    publish_notice(notice, by=chen)

    assert (before, list(judged_notices())) == ([], [notice])


def test_the_command_prints_what_differs_and_a_table(notice, chen):
    as_an_earlier_reader_read(notice, 1, text="建立")
    correct_reading(notice, {"text": "建立职工书屋。"}, by=chen, position=1)
    out = StringIO()

    call_command("reread", stdout=out)

    assert "建立 → 建立职工书屋。" in out.getvalue()
    table = [line.split() for line in out.getvalue().splitlines()]
    assert ["text", "1", "2", "0"] in table


def test_the_command_names_a_notice_that_is_not_there(ledger):
    with pytest.raises(CommandError, match="99"):
        call_command("reread", "99")
