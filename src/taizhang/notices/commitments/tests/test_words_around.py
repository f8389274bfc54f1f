"""What is read from the words around a number: who owes it, on what condition, how strongly."""

from datetime import date

import pytest

from taizhang.notices.commitments import Commitment, Kind, Role, Strength, find_commitments


def _one(text: str) -> Commitment:
    (found,) = find_commitments(text)
    return found


def test_the_subject_stands_before_the_first_verb_and_holds_for_the_next_clause() -> None:
    first, second = find_commitments("各县总工会每年至少召开1次例会，每季度走访10户。")

    assert (first.subject, second.subject) == ("各县总工会", "各县总工会")


def test_a_new_sentence_has_a_subject_of_its_own() -> None:
    _, second = find_commitments("各县总工会每年召开1次例会。每季度走访10户。")

    assert second.subject is None


def test_verb_and_what_is_counted_stand_before_or_behind_the_number() -> None:
    behind = _one("新建20家职工书屋。")
    before = _one("新建职工书屋不少于20家。")

    assert (behind.action, behind.counted) == ("新建", "职工书屋")
    assert (before.action, before.counted) == ("新建", "职工书屋")


def test_a_threshold_is_an_entry_of_its_own_and_the_condition_of_what_follows() -> None:
    threshold, owed = find_commitments("职工200人以上的企业，应当配备1名专职主席。")

    assert (threshold.role, owed.role) == (Role.CONDITION, Role.COMMITMENT)
    assert threshold.condition == owed.condition == "职工200人以上的企业"


def test_a_suffix_before_what_is_counted_is_no_condition() -> None:
    assert _one("培育10家以上的骨干企业。").role is Role.COMMITMENT


@pytest.mark.parametrize(
    ("text", "modality", "strength"),
    [
        ("必须开展2次检查。", "必须", Strength.MUST),
        ("应当开展2次检查。", "应当", Strength.SHOULD),
        ("应当开展不少于2次检查。", "应当", Strength.MUST),
        ("支持开展不少于2次活动。", "支持", Strength.SUPPORT),
        ("鼓励开展不少于2次活动。", "鼓励", Strength.ENCOURAGE),
        ("开展2次检查。", None, None),
        ("落实重要部署，开展2次检查。", None, None),
    ],
)
def test_a_floor_binds_unless_it_is_only_supported(
    text: str, modality: str | None, strength: Strength | None
) -> None:
    found = _one(text)

    assert (found.modality, found.strength) == (modality, strength)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("每年培训500人。", Kind.COUNT),
        ("每年投入500万元。", Kind.AMOUNT),
        ("每人补助500元/月。", Kind.AMOUNT),
        ("支出占比达到5%。", Kind.RATIO),
        ("建会率达到95%。", Kind.COVERAGE),
        ("建设3至5家。", Kind.RANGE),
        ("会员增长5%。", Kind.TREND),
        ("6月底前完成。", Kind.DEADLINE),
    ],
)
def test_the_unit_and_the_words_before_it_tell_the_kind(text: str, kind: Kind) -> None:
    assert _one(text).kind is kind


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("年底前完成。", "2030-12"),
        ("明年6月底前完成。", "2031-06"),
        ("2032年5月底前启动，9月底前完成。", "2032-09"),
        ("2032年5月底前启动。9月底前完成。", "2030-09"),
        ("每年9月底前完成。", "09"),
        ("2032年三季度前完成。", "2032-09"),
        ("到“十五五”末完成。", "2030"),
        ("2032年2月完成。", "2032-02"),
    ],
)
def test_a_date_takes_the_year_that_is_meant(text: str, on: str) -> None:
    found = find_commitments(text, issued_on=date(2030, 3, 5))[-1]

    assert found.deadline is not None
    assert found.deadline.on == on


@pytest.mark.parametrize(
    ("text", "issued_on", "on"),
    [
        ("6月底前完成。", date(2030, 12, 5), "2031-06"),
        ("12月底前完成。", date(2030, 12, 5), "2030-12"),
        ("2月底前完成。", date(2030, 5, 5), "2030-02"),
        ("2030年6月底前完成。", date(2030, 12, 5), "2030-06"),
    ],
)
def test_a_plan_issued_late_in_the_year_speaks_of_the_next(
    text: str, issued_on: date, on: str
) -> None:
    (found,) = find_commitments(text, issued_on=issued_on)

    assert found.deadline is not None
    assert found.deadline.on == on


def test_a_year_long_before_that_of_the_notice_is_no_term() -> None:
    text = "2005年底前建成的小区，改造不少于30个。"

    behind = find_commitments(text, issued_on=date(2030, 3, 5))
    ahead = find_commitments(text, issued_on=date(2004, 3, 5))

    assert [each.kind for each in behind] == [Kind.COUNT]
    assert [each.kind for each in ahead] == [Kind.DEADLINE, Kind.COUNT]


def test_a_date_with_a_result_of_its_own_leaves_the_next_number_alone() -> None:
    dated, rate = find_commitments("4月底前完成摸底，整改率不低于95%。", issued_on=date(2030, 3, 5))

    assert (dated.kind, rate.deadline) == (Kind.DEADLINE, None)


def test_without_the_date_of_the_notice_no_year_is_invented() -> None:
    deadline = _one("年底前完成。").deadline

    assert deadline is not None
    assert deadline.on == "12"


def test_a_date_that_a_number_takes_is_no_commitment_of_its_own() -> None:
    found = _one("2031年底前建成3家。")

    assert found.amount is not None
    assert found.deadline is not None
    assert found.deadline.on == "2031-12"


def test_a_condition_does_not_take_the_date_of_what_is_owed() -> None:
    dated, condition = find_commitments("2031年底前，职工100人以上的企业全部建会。")

    assert (dated.kind, condition.role) == (Kind.DEADLINE, Role.CONDITION)


def test_what_may_be_part_of_a_name_is_said_to_be_unsure() -> None:
    assert not _one("设立两个分中心。").is_sure
    assert _one("设立不少于两个分中心。").is_sure
    assert _one("设立2个分中心。").is_sure


def test_spaces_and_full_width_digits_are_quoted_as_they_stand() -> None:
    text = "每年至少召开 １ 次\n例会"

    found = _one(text)

    assert found.quote == "每年至少召开 １ 次"
    assert text[found.start : found.end] == found.quote
