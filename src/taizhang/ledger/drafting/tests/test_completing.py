"""What may stand at a place of a formula is offered by name and by what it is called."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from taizhang.ledger.current import DEFAULT_PACK, catalogue_of, shipped_pack
from taizhang.ledger.drafting.completing import (
    MOST,
    Language,
    completion,
    fields_listed,
    registers_listed,
)

PACK = shipped_pack(DEFAULT_PACK)


def names(text: str, language: Language = Language.FORMULA) -> list[str]:
    found = completion(text, len(text), language, PACK, catalogue_of(DEFAULT_PACK))
    return [option.name for option in found.options]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "count"),
        ("di", "distinct"),
        ("count(", "meeting"),
        ("count(me", "meeting"),
        ("sum(employer.", "headcount"),
        ("distinct(dues.", "employer"),
        ("param(", "key_industries"),
        ("count(meeting[", "kind"),
        ("count(meeting[ki", "kind"),
        ("count(meeting[kind=", "gov_union_joint"),
        ("count(meeting[kind=gov_union_joint; he", "held_on"),
        ("count(meeting[kind in(tripartite, gov", "gov_union_joint"),
        ("count(meeting[held_on>=", "period_start"),
        ("count(org[employer.", "headcount"),
        ("count(org[employer.is_enterprise=", "true"),
        ("count(area[", "has_government"),
        ("count（meeting【kind＝gov", "gov_union_joint"),
    ],
)
def test_the_names_that_fit_are_offered(text, name):
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    ["count(meeting[kind=gov_union_joint]", "count(nothing[", "count(meeting[kind=x]) ", "5"],
)
def test_nothing_is_offered_where_nothing_fits(text):
    assert names(text) == []


def test_a_bracket_follows_a_function_and_nothing_else():
    catalogue = catalogue_of(DEFAULT_PACK)
    functions = completion("", 0, Language.FORMULA, PACK, catalogue).options
    registers = completion("count(", 6, Language.FORMULA, PACK, catalogue).options

    assert all(option.opens for option in functions)
    assert not any(option.opens for option in registers)


def test_a_population_begins_with_its_register():
    assert "employer" in names("em", Language.POPULATION)
    assert "all" in names("", Language.POPULATION)
    assert "headcount" in names("employer[", Language.POPULATION)


def test_a_label_finds_its_name_in_the_language_of_the_reader():
    with translation.override("zh-hans"):
        assert "meeting" in names("count(会议")
        assert "gov_union_joint" in names("count(meeting[kind=政府")
    with translation.override("en"):
        assert "meeting" in names("count(Meet")


def test_what_is_typed_is_replaced_and_nothing_more():
    text = "count(meeting[ki=x])"

    found = completion(text, 16, Language.FORMULA, PACK, catalogue_of(DEFAULT_PACK))

    assert (found.start, found.end) == (14, 16)


def test_personal_fields_are_never_offered():
    catalogue = catalogue_of(DEFAULT_PACK)
    for slug, register in catalogue.registers.items():
        personal = {field.name for field in register.fields.values() if field.personal}
        assert personal.isdisjoint(names(f"count({slug}["))
        assert personal.isdisjoint(line.name for line in fields_listed(slug, PACK, catalogue))


def test_every_register_is_listed_with_its_label():
    listed = dict(registers_listed(PACK, catalogue_of(DEFAULT_PACK)))

    assert listed.keys() == catalogue_of(DEFAULT_PACK).registers.keys()
    assert all(listed.values())


@given(st.text(max_size=60), st.integers(-5, 80), st.sampled_from(Language))
def test_any_text_gets_an_answer(text, at, language):
    found = completion(text, at, language, PACK, catalogue_of(DEFAULT_PACK))

    assert 0 <= found.start <= found.end <= len(text)
    assert len(found.options) <= MOST
