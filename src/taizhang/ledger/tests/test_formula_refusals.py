"""A wrong formula is refused with its place and the name that was meant, in both languages."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from taizhang.ledger.current import DEFAULT_PACK, catalogue_of, shipped_pack
from taizhang.ledger.establish import establish_ledger
from taizhang.ledger.figures import ShownFigure
from taizhang.ledger.formula_refusals import WORDS, check_pack, refusal_text
from taizhang.ledger.models import Commitment, FigureRow, Ledger
from taizhang.measures.formula import FormulaError
from taizhang.measures.formula.errors import MESSAGES


def pack_with(numerator: str):
    """The shipped pack, with another numerator in its first commitment."""
    pack = shipped_pack(DEFAULT_PACK)
    first = pack.items[0]
    entry = first.commitments[0]
    wrong = replace(entry, commitment=replace(entry.commitment, numerator=numerator))
    item = replace(first, commitments=(wrong, *first.commitments[1:]))
    return replace(pack, items=(item, *pack.items[1:]))


def test_all_formulas_of_the_shipped_pack_fit_the_registers():
    check_pack(shipped_pack(DEFAULT_PACK), catalogue_of(DEFAULT_PACK))


def test_an_unknown_field_is_named_with_its_place_and_the_nearest_one():
    with pytest.raises(FormulaError) as refusal:
        check_pack(pack_with("count(meeting[knd=tripartite])"), catalogue_of(DEFAULT_PACK))

    with translation.override("zh-hans"):
        chinese = refusal_text(refusal.value)
    with translation.override("en"):
        english = refusal_text(refusal.value)
    assert chinese == (
        "登记簿“meeting”没有字段“knd”。"
        "位于“count(meeting[knd=tripartite])”第 15 个字符。是否为“kind”？"
    )
    assert english == (
        "The register “meeting” has no field “knd”. "
        "Character 15 of “count(meeting[knd=tripartite])”. Did you mean “kind”?"
    )


def test_a_pack_with_a_wrong_formula_is_not_established(db):
    with pytest.raises(FormulaError):
        establish_ledger(pack_with("count(meetign[])"), by=None)

    assert not Ledger.objects.exists()


def test_every_refusal_has_words_with_the_same_parts():
    for key, english in MESSAGES.items():
        of_engine = set(re.findall(r"{(\w+)", english))
        with translation.override("zh-hans"):
            ours = set(re.findall(r"%\((\w+)\)", str(WORDS[key])))
        assert ours <= of_engine, key


def test_a_page_says_in_its_own_language_why_a_rule_cannot_be_computed(ledger):
    row = Commitment.objects.get(code="5.2")
    row.numerator = "count(meeting[knd=tripartite])"
    figure = FigureRow(reason="formula:register 'meeting' has no field 'knd'", verdict="error")

    with translation.override("zh-hans"):
        reason = ShownFigure(row, figure, DEFAULT_PACK).reason

    assert "登记簿“meeting”没有字段“knd”" in reason
    assert "has no field" not in reason


def test_a_fault_that_no_check_of_the_formula_finds_is_told_as_the_engine_tells_it(ledger):
    row = Commitment.objects.get(code="5.2")
    figure = FigureRow(reason="formula:Out of range", verdict="error")

    assert "Out of range" in ShownFigure(row, figure, DEFAULT_PACK).reason


def test_the_command_computes_a_formula_on_the_present_facts(ledger, tree):
    out = StringIO()

    call_command("formula", "count(org[org_type=county_federation])", stdout=out)

    city, *_areas = out.getvalue().splitlines()[1:]
    assert city.split()[:2] == ["130300", "2"]


def test_the_command_refuses_a_wrong_formula_in_both_languages(ledger):
    with pytest.raises(CommandError) as refusal:
        call_command("formula", "count(org[org_type=county_federatoin])")

    assert "是否为“county_federation”？" in str(refusal.value)
    assert "Did you mean “county_federation”?" in str(refusal.value)
