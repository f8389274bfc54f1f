"""What is offered for each commitment, and what a person has to say."""

import pytest

from taizhang.ledger.models import Clause
from taizhang.ledger.receiving import receive_notice
from taizhang.ledger.superseding.carrying import Choices, carried, chosen_of, free_code, missing
from taizhang.ledger.superseding.laying import departments_of, old_items
from taizhang.ledger.superseding.offering import Choice, Offer, Quote, quotes_in
from taizhang.ledger.superseding.succession import beside
from taizhang.notices.normalise import text_hash
from taizhang.notices.tests.reissued import NEW


@pytest.fixture
def offers(notice, old) -> dict[str, Offer]:
    shown = beside(notice, old)
    return {offer.commitment.code: offer for each in shown.items for offer in each.offers}


def quoted(offer: Offer, notice) -> list[str]:
    text = notice.reading["items"][offer.place.at]["text"]
    return [text[span.start : span.end] for span in offer.place.spans]


def test_what_is_the_same_is_carried_unless_somebody_says_otherwise(offers, notice):
    assert offers["A1.1"].default is Choice.CARRY
    assert offers["A3.1"].place.number == 4
    assert quoted(offers["A3.1"], notice) == ["建成两处以上户外劳动者歇脚点"]


def test_nothing_is_chosen_where_an_item_changed(offers):
    changed = [offers[code] for code in ("A4.1", "A4.2", "A5.1", "A8.1", "A8.2")]

    assert {offer.default for offer in changed} == {None}


def test_words_that_stand_are_bound_and_others_can_only_be_looked_at(offers, notice):
    assert quoted(offers["A5.1"], notice) == ["每年组织一次全市职工技能比武"]
    assert offers["A5.1"].options == (Choice.CARRY, Choice.LOOK, Choice.END)
    assert not offers["A4.2"].quote_stands
    assert offers["A4.2"].options == (Choice.LOOK, Choice.END)


def test_words_that_went_into_another_item_are_found_there(offers, notice):
    moved = offers["A8.2"]

    assert (moved.place.number, moved.place.is_elsewhere) == (9, True)
    assert quoted(moved, notice) == ["编印业务口袋书，每个基层工会两册"]


def test_words_that_two_other_items_have_are_offered_to_neither(old, chen):
    words = "编印业务口袋书，每个基层工会两册"
    text = NEW.replace("免费体检", f"免费体检；{words}")
    notice = receive_notice(text.encode(), "新.txt", by=chen)

    items = beside(notice, old).items

    (offer,) = [o for each in items for o in each.offers if o.commitment.code == "A8.2"]
    assert (offer.place.number, offer.place.is_elsewhere) == (8, False)
    assert offer.options == (Choice.LOOK, Choice.END)


def test_what_is_gone_ends(offers):
    assert offers["A9.1"].options == (Choice.END,)
    assert offers["A9.1"].default is Choice.END


def test_all_that_needs_a_choice_is_named(notice, old):
    items = beside(notice, old).items

    lacking = missing(items, Choices({"A4.1": Choice.LOOK, "A5.1": Choice.CARRY}))

    assert lacking == ["A4.2", "A8.1", "A8.2"]


def test_a_choice_that_was_not_offered_is_none(offers):
    choices = Choices({"A4.2": Choice.CARRY, "A9.1": Choice.CARRY})

    assert chosen_of(offers["A4.2"], choices) is None
    assert chosen_of(offers["A9.1"], choices) is Choice.END


def test_codes_follow_the_item_and_one_from_elsewhere_gets_a_free_number(notice, old):
    items = beside(notice, old).items
    choices = Choices(
        dict.fromkeys(("A4.1", "A4.2"), Choice.LOOK)
        | dict.fromkeys(("A5.1", "A8.1", "A8.2"), Choice.CARRY)
    )

    codes = {each.offer.commitment.code: each.code for each in carried(items, choices, "A")}

    assert codes == {
        "A1.1": "A1.1",
        "A4.1": "A3.1",
        "A4.2": "A3.2",
        "A3.1": "A4.1",
        "A5.1": "A5.1",
        "A8.1": "A8.1",
        "A8.2": "A9.2",
    }


@pytest.mark.parametrize(
    ("taken", "code"), [(set(), "7.2"), ({"7.2"}, "7.1"), ({"7.1", "7.2"}, "7.3")]
)
def test_a_number_that_is_taken_gives_way_to_the_next_free_one(taken, code):
    assert free_code("7", "5.2", taken) == code


def test_the_old_side_says_of_departments_what_the_notice_said(old):
    items = old_items(old)

    assert [item.row.number for item in items] == list(range(1, 13))
    assert items[0].departments.lead_is_stated
    assert departments_of(items[0].row) == items[0].departments


def test_a_clause_of_another_wording_quotes_nothing():
    text = "每年召开一次联席会议。"
    here, elsewhere = (Clause(start=0, end=4, text_hash=each) for each in (text_hash(text), ""))

    assert quotes_in(text, text_hash(text), [here, elsewhere]) == (Quote("每年召开"),)
