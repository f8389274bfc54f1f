"""Commitments proposed from the words of a notice."""

from datetime import date
from decimal import Decimal

import pytest

from taizhang.ledger.packs import SHIPPED, load_pack
from taizhang.ledger.proposing import Proposal, Proposer
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Comparator, Kind, Modality
from taizhang.measures.formula import parse_formula
from taizhang.notices.commitments import find_commitments


@pytest.fixture(scope="module")
def proposer() -> Proposer:
    return Proposer(load_pack(SHIPPED / "qinhuangdao-2021"))


def _proposals(proposer: Proposer, text: str) -> list[Proposal]:
    found = find_commitments(text, issued_on=date(2030, 3, 5))
    return [proposer.propose(each, text) for each in found]


def test_a_proposal_says_what_the_text_says(proposer: Proposer) -> None:
    (proposal,) = _proposals(proposer, "县级总工会每年应当举办不少于2万人次的技能培训。")

    assert (proposal.kind, proposal.comparator, proposal.target) == (
        Kind.COUNT,
        Comparator.AT_LEAST,
        Decimal(20_000),
    )
    assert (proposal.unit, proposal.period, proposal.modality) == (
        "人次",
        Period.YEAR,
        Modality.MUST,
    )
    assert proposal.planned is None


def test_what_the_text_leaves_open_stays_open(proposer: Proposer) -> None:
    (proposal,) = _proposals(proposer, "建成示范点20个。")

    assert (proposal.period, proposal.planned, proposal.modality) == (None, None, None)


def test_a_month_without_a_window_of_its_own_is_left_to_a_person(proposer: Proposer) -> None:
    (proposal,) = _proposals(proposer, "每月走访不少于10户。")

    assert proposal.period is None


@pytest.mark.parametrize(
    ("text", "kind", "comparator", "target", "unit"),
    [
        ("建会率达到95%以上。", Kind.COVERAGE, Comparator.AT_LEAST, Decimal(95), "%"),
        ("每年建设3至5家。", Kind.RANGE, Comparator.BETWEEN, (Decimal(3), Decimal(5)), "家"),
        ("支出占比超过一半。", Kind.RATIO, Comparator.MORE_THAN, Decimal(50), "%"),
        ("会员人数增长5%。", Kind.TREND, Comparator.INCREASE, None, "%"),
        ("缺席人数低于3人。", Kind.COUNT, None, Decimal(3), "人"),
        ("6月底前出台办法。", Kind.MILESTONE, Comparator.EXISTS, None, None),
    ],
)
def test_a_number_becomes_a_target(
    proposer: Proposer,
    text: str,
    kind: Kind,
    comparator: Comparator | None,
    target: object,
    unit: str | None,
) -> None:
    (proposal,) = _proposals(proposer, text)

    assert (proposal.kind, proposal.comparator, proposal.target, proposal.unit) == (
        kind,
        comparator,
        target,
        unit,
    )


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("2031年2月底前建成3家。", date(2031, 2, 28)),
        ("到2035年建成3家。", date(2035, 12, 31)),
        ("9月15日前建成3家。", date(2030, 9, 15)),
        ("6月31日前建成3家。", None),
        ("30日内建成3家。", None),
    ],
)
def test_a_deadline_becomes_the_last_day_it_names(
    proposer: Proposer, text: str, planned: date | None
) -> None:
    (proposal,) = _proposals(proposer, text)

    assert (proposal.planned, proposal.period) == (planned, Period.POINT_IN_TIME)


def test_the_formula_that_shares_most_words_comes_first_with_the_words(proposer: Proposer) -> None:
    (proposal,) = _proposals(proposer, "乡镇政府与工会每半年召开1次联席会议，通报情况。")

    best = proposal.candidates[0]
    assert best.source == "5.2"
    assert best.numerator == "count(meeting[kind=gov_union_joint])"
    assert any("联席会议" in word for word in best.shared)
    assert [each.score for each in proposal.candidates] == sorted(
        (each.score for each in proposal.candidates), reverse=True
    )


def test_a_share_is_proposed_a_share(proposer: Proposer) -> None:
    (proposal,) = _proposals(proposer, "规模以上企业集体合同签订率达到90%以上。")

    best = proposal.candidates[0]
    assert best.denominator
    assert "集体合同" in best.shared


def test_words_of_how_much_and_how_often_propose_nothing(proposer: Proposer) -> None:
    (proposal,) = _proposals(proposer, "每年至少召开1次职工代表大会。")

    assert "5.2" not in {each.source for each in proposal.candidates}
    assert any("职代会" in word for word in proposal.candidates[0].shared)


def test_a_population_is_proposed_by_the_words_of_the_subject(proposer: Proposer) -> None:
    condition, _ = _proposals(proposer, "职工200人以上的企业，应当配备1名专职主席。")

    assert "emp200_unionised" in {each.id for each in condition.populations}


def test_every_formula_proposed_can_be_parsed(proposer: Proposer) -> None:
    text = "每年表彰劳动模范10名，走访困难职工100户，签订集体合同50份。"

    for proposal in _proposals(proposer, text):
        assert proposal.candidates
        for candidate in proposal.candidates:
            parse_formula(candidate.numerator)


def test_words_that_nothing_shares_propose_nothing(proposer: Proposer) -> None:
    (proposal,) = _proposals(proposer, "驯鹿不少于3头。")

    assert proposal.candidates == ()
