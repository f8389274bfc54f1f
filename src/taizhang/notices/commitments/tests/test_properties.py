"""What holds for any text, and a writer whose sentences are read back the same."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from taizhang.notices.commitments import Comparator, Kind, Role, find_commitments
from taizhang.notices.numerals import chinese_numeral

_WORDS = (
    "以上 不少于 达到 超过 至少 2030年底前 每季度 三分之二 百分之 十四五 翻 分之 企业 召开 建设"
)
_CHARACTERS = (
    "0123456789０９.,，。；、：“”《》（）〔〕%/-—~ \n"
    "一二三两十百千万亿半每各第前年月日届人次家个的至到内"
)
_PIECES = st.sampled_from([*_CHARACTERS, *_WORDS.split()])
_TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=60).map("".join))


@given(_TEXTS)
def test_every_quote_is_the_text_between_its_offsets(text: str) -> None:
    found = find_commitments(text)

    assert all(each.quote == text[each.start : each.end] != "" for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)


@given(_TEXTS)
def test_a_commitment_has_an_amount_or_a_deadline(text: str) -> None:
    for each in find_commitments(text):
        assert (each.amount is None) == (each.kind is Kind.DEADLINE)
        assert each.amount is not None or each.deadline is not None
        assert each.role is Role.COMMITMENT or each.condition is not None


@dataclass(frozen=True)
class Stated:
    """A commitment to be written down."""

    subject: str
    every: tuple[str, str | None]
    verb: str
    comparator: tuple[str, str, Comparator]
    number: int
    in_chinese: bool
    unit: str
    counted: str
    due: tuple[str, str | None]

    def sentence(self) -> str:
        before, after, _ = self.comparator
        number = chinese_numeral(self.number) if self.in_chinese else str(self.number)
        amount = f"{before}{number}{self.unit}{after}"
        due = f"{self.due[0]}，" if self.due[0] else ""
        return f"{due}{self.subject}{self.every[0]}{self.verb}{amount}{self.counted}。"


_STATED = st.builds(
    Stated,
    subject=st.sampled_from(["各县总工会", "市属企业", "各街道", "临江市教育局"]),
    every=st.sampled_from(
        [
            ("", None),
            ("每年", "year"),
            ("每季度", "quarter"),
            ("每5年", "5 years"),
            ("每届", "term"),
        ]
    ),
    verb=st.sampled_from(["召开", "举办", "建成", "培训", "走访"]),
    comparator=st.sampled_from(
        [
            ("", "", Comparator.EQUAL),
            ("不少于", "", Comparator.AT_LEAST),
            ("至少", "", Comparator.AT_LEAST),
            ("不超过", "", Comparator.AT_MOST),
            ("超过", "", Comparator.MORE_THAN),
            ("", "以上", Comparator.AT_LEAST),
            ("", "以内", Comparator.AT_MOST),
            ("", "左右", Comparator.EQUAL),
        ]
    ),
    number=st.integers(2, 9_999),
    in_chinese=st.booleans(),
    unit=st.sampled_from(["次", "场", "家", "名", "件", "户"]),
    counted=st.sampled_from(["", "学习会", "示范点", "骨干"]),
    due=st.sampled_from(
        [("", None), ("2031年底前", "2031-12"), ("到2035年", "2035"), ("2031年6月底前", "2031-06")]
    ),
)


@given(_STATED)
def test_what_a_writer_states_is_read_back_the_same(stated: Stated) -> None:
    (found,) = find_commitments(stated.sentence())

    assert found.amount is not None
    assert (found.amount.number, found.amount.unit) == (Decimal(stated.number), stated.unit)
    assert found.comparator is stated.comparator[2]
    assert found.recurrence == stated.every[1]
    assert (found.deadline.on if found.deadline else None) == stated.due[1]
    assert found.subject == stated.subject
    assert found.action == stated.verb
