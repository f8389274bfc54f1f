"""Commitments are corrected like any other value of a reading, and follow their quotes."""

from dataclasses import replace

import pytest

from taizhang.ledger.receiving import publish_notice, receive_notice
from taizhang.ledger.reviewing.commitments import commitments_of, commitments_on
from taizhang.ledger.reviewing.correcting import (
    CorrectionRefused,
    correct_commitment,
    correct_reading,
    drop_item,
)
from taizhang.ledger.reviewing.models import ReadingCorrection
from taizhang.ledger.reviewing.tests.conftest import TEXT
from taizhang.notices.commitments import Commitment, Comparator, Kind, Role


def found(notice, position) -> tuple[Commitment, ...]:
    return next(
        each.commitments for each in commitments_of(notice) if each.item.position == position
    )


def added(quote: str, start: int) -> Commitment:
    return Commitment(
        quote,
        start,
        start + len(quote),
        Kind.COUNT,
        Role.COMMITMENT,
        Comparator.AT_LEAST,
        None,
    )


def test_what_was_found_on_receipt_is_kept(notice, monkeypatch):
    monkeypatch.setattr(
        "taizhang.ledger.reviewing.commitments.find_commitments", lambda *_, **__: ()
    )

    quotes = [each.quote for each in found(notice, 0)]

    assert quotes == ["每年召开两次"]


def test_a_corrected_commitment_takes_the_place_of_the_one_read(notice, chen):
    (read,) = found(notice, 0)

    correct_commitment(notice, 0, read, replace(read, comparator=Comparator.AT_LEAST), by=chen)

    (standing,) = found(notice, 0)
    assert standing == replace(read, comparator=Comparator.AT_LEAST)


def test_commitments_are_added_and_left_out(notice, chen):
    (read,) = found(notice, 0)
    own = added("劳动竞赛推进会", 6)

    correct_commitment(notice, 0, None, own, by=chen)
    correct_commitment(notice, 0, read, None, by=chen)

    assert found(notice, 0) == (own,)


def test_a_quote_has_to_stand_in_the_item(notice, chen):
    with pytest.raises(CorrectionRefused, match="劳动竞赛"):
        correct_commitment(notice, 0, None, added("劳动竞赛", 0), by=chen)

    assert not ReadingCorrection.objects.exists()


def test_two_commitments_do_not_share_a_quote(notice, chen):
    (read,) = found(notice, 0)

    with pytest.raises(CorrectionRefused, match="每年召开两次"):
        correct_commitment(notice, 0, None, read, by=chen)


def test_a_commitment_that_was_corrected_meanwhile_is_refused(notice, chen):
    (read,) = found(notice, 0)
    correct_commitment(notice, 0, read, None, by=chen)

    with pytest.raises(CorrectionRefused):
        correct_commitment(notice, 0, read, replace(read, role=Role.CONDITION), by=chen)


def test_a_commitment_follows_its_quote_when_the_text_is_corrected(notice, chen):
    (read,) = found(notice, 0)
    correct_commitment(notice, 0, read, replace(read, subject="市总工会"), by=chen)

    correct_reading(notice, {"text": "市总工会每年召开两次推进会。"}, by=chen, position=0)

    (standing,) = found(notice, 0)
    assert (standing.start, standing.subject) == (4, "市总工会")


def test_a_commitment_falls_away_with_its_quote(notice, chen):
    (read,) = found(notice, 0)
    correct_commitment(notice, 0, read, replace(read, subject="市总工会"), by=chen)

    correct_reading(notice, {"text": "每季度召开一次推进会。"}, by=chen, position=0)

    assert [each.quote for each in found(notice, 0)] == ["每季度召开一次"]


def test_an_item_left_out_has_no_commitments(notice, chen):
    drop_item(notice, 0, by=chen)

    assert [each.item.position for each in commitments_of(notice)] == [1, 2]


def test_the_item_of_a_ledger_has_them_as_corrected(notice, chen):
    (read,) = found(notice, 0)
    new = replace(read, comparator=Comparator.AT_LEAST)
    correct_commitment(notice, 0, read, new, by=chen)

    ledger = publish_notice(notice, by=chen).ledger

    assert commitments_on(ledger.items.get(number=1)) == (new,)


def test_a_date_of_issue_that_is_corrected_dates_the_commitments_anew(ledger, chen):
    text = TEXT.replace("建立职工书屋。", "年底前建立10家职工书屋。")
    notice = receive_notice(text.encode(), "台账.txt", by=chen)

    correct_reading(notice, {"issued_on": "2026-03-08"}, by=chen)

    (found,) = commitments_of(notice)[1].commitments
    assert found.deadline.on == "2026-12"


def test_a_commitment_that_was_left_out_and_added_again_is_not_listed_as_left_out(notice, chen):
    (read,) = commitments_of(notice)[0].commitments
    correct_commitment(notice, 0, read, None, by=chen)

    correct_commitment(notice, 0, None, read, by=chen)

    shown = commitments_of(notice)[0]
    assert (shown.commitments, shown.dropped) == ((read,), ())
