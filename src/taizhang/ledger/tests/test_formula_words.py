"""Formulas in the words of the registers that they read."""

import pytest
from django.utils import translation

from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.formula_words import actual_words, condition_text_words, formula_words


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("register", "condition", "words"),
    [
        ("org", "org_type=enterprise_union", "“组织类型”为“企业工会”"),
        ("org", "employer.headcount>=200", "“用人单位的职工人数”不少于200"),
        ("org", "full_time_head_ok=true", "“配有专职负责人”为“是”"),
        ("org", "founded_on<=today", "“成立日期”不晚于状态日期"),
        ("org", "uscc=null", "“统一社会信用代码”未填写"),
        ("post", "post_type in(chair,vice_chair)", "“职务”为下列之一：“主席”、“副主席”"),
        ("post", "cert_valid_to>=today+90d", "“证书有效期至”不早于状态日期+90 日"),
        ("post", "post_type=", "post_type="),
    ],
)
def test_a_condition_reads_like_a_sentence(register, condition, words):
    assert condition_text_words(register, condition) == words


def test_a_part_of_a_rule_says_what_is_counted_for_the_record():
    words = condition_text_words("org", "count(post[org=self; post_type=chair; full_time=true])>0")

    assert words == "“工会干部任职”中“职务”为“主席”、“专职”为“是”的记录数大于0"


@pytest.mark.parametrize(
    ("condition", "actual", "words"),
    [
        ("org_type=enterprise_union", "township_union", "“乡镇（街道）工会”"),
        ("full_time_head_ok=true", "false", "“否”"),
        ("employer.headcount>=200", "199", "199"),
        ("uscc=null", None, "未填写"),
    ],
)
def test_the_value_found_is_said_in_the_same_words(condition, actual, words):
    assert actual_words("org", condition, actual) == words


def test_every_formula_of_the_shipped_ledger_has_words():
    for entry in shipped_pack(DEFAULT_PACK).commitments():
        for text in (entry.commitment.numerator, entry.commitment.denominator):
            words = formula_words(text, DEFAULT_PACK)
            assert (words is not None) is bool(text), entry.code
