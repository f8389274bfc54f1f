"""Likeness of short texts by the pairs of characters that they share."""

from taizhang.lib.resemblance import Resemblance


def test_the_most_alike_comes_first_and_the_unlike_not_at_all() -> None:
    texts = Resemblance(["召开职工代表大会", "召开联席会议", "走访困难职工"])

    found = texts.like("每年召开一次联席会议")

    assert [likeness.index for likeness in found] == [1, 0]


def test_a_rare_pair_weighs_more_than_a_common_one() -> None:
    texts = Resemblance(["召开大会", "召开例会", "召开年会", "签订合同"])

    first, second = texts.like("召开后签订")[:2]

    assert (first.index, second.index) == (3, 0)
    assert first.score > second.score


def test_the_same_text_is_wholly_alike() -> None:
    (found,) = Resemblance(["集体合同"]).like("集体合同")

    assert round(found.score, 9) == 1
    assert found.shared == ("集体合同",)


def test_no_pair_goes_over_a_comma_or_a_number() -> None:
    texts = Resemblance(["职，工", "第5届"])

    assert texts.like("职工第届") == []


def test_an_empty_text_is_like_nothing() -> None:
    assert Resemblance(["", "职工"]).like("") == []
