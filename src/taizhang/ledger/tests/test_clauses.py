"""A text is cut at its clauses, which may overlap or share their words."""

from taizhang.ledger.clauses import Span, passages
from taizhang.notices.normalise import text_hash

TEXT = "每年至少召开一次"


def cut(*spans: tuple[str, int, int]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    known = [Span(code, start, end, text_hash(TEXT)) for code, start, end in spans]
    return [(piece.text, piece.codes, piece.closing) for piece in passages(TEXT, known)]


def test_words_outside_every_clause_stay_unmarked():
    assert cut(("1.1", 2, 4)) == [
        ("每年", (), ()),
        ("至少", ("1.1",), ("1.1",)),
        ("召开一次", (), ()),
    ]


def test_overlapping_clauses_share_the_words_between_them():
    assert cut(("1.1", 0, 4), ("1.2", 2, 8)) == [
        ("每年", ("1.1",), ()),
        ("至少", ("1.1", "1.2"), ("1.1",)),
        ("召开一次", ("1.2",), ("1.2",)),
    ]


def test_two_clauses_in_the_same_words_both_end_there():
    assert cut(("1.1", 0, 8), ("1.2", 0, 8)) == [(TEXT, ("1.1", "1.2"), ("1.1", "1.2"))]
