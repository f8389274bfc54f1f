"""What can be written, and how a text that cannot be is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.measures.formula import (
    FormulaError,
    parse_formula,
    parse_population,
    parse_reading,
    parse_rule,
    tree,
)
from taizhang.measures.formula.tree import (
    Aggregate,
    Arithmetic,
    Comparison,
    FieldPath,
    Function,
    Moved,
    Null,
    Number,
    OneOf,
    Operator,
    ShiftUnit,
    Token,
    TokenName,
    Truth,
    Word,
)

names = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(
    lambda name: (
        name not in {"in", "or", "and", "when", "null", "true", "false", "self", "size", "param"}
        and name not in {token.value for token in TokenName}
    )
)
paths = st.lists(names, min_size=1, max_size=3).map(lambda steps: FieldPath(tuple(steps)))
long_paths = st.lists(names, min_size=2, max_size=3).map(lambda steps: FieldPath(tuple(steps)))
words = names.map(Word)
numbers = st.decimals(-1000, 1000, places=2).map(lambda value: Number(Decimal(value)))
tokens = st.sampled_from(TokenName).map(Token)
leaves = st.one_of(words, long_paths, numbers, tokens, st.just(Null()), st.booleans().map(Truth))
shifts = st.builds(
    Moved, st.one_of(words, tokens), st.integers(-99, 99), st.sampled_from(ShiftUnit)
)
values = st.recursive(
    st.one_of(leaves, shifts),
    lambda inner: st.builds(Arithmetic, st.sampled_from("+-*/"), inner, inner),
    max_leaves=4,
)
orderings = st.sampled_from([operator for operator in Operator if operator is not Operator.IN])
lists = st.lists(st.one_of(words, numbers), min_size=1, max_size=3).map(
    lambda members: OneOf(tuple(members))
)


def comparisons(left: st.SearchStrategy[tree.Value]) -> st.SearchStrategy[Comparison]:
    return st.one_of(
        st.builds(Comparison, left, orderings, values),
        st.builds(Comparison, left, st.just(Operator.IN), lists),
    )


sources = st.tuples(names, st.lists(names, max_size=2), st.lists(comparisons(paths), max_size=3))
aggregates = st.builds(
    lambda function, source: Aggregate(
        function, source[0], FieldPath(tuple(source[1])), tuple(source[2])
    ),
    st.sampled_from(Function),
    sources,
)
booleans = st.recursive(
    comparisons(st.one_of(values, aggregates)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: tree.Or(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: tree.And(tuple(parts))),
    ),
    max_leaves=4,
)
cases = st.builds(tree.When, values, booleans)


@given(aggregates)
def test_a_printed_formula_parses_to_the_same_tree(formula: Aggregate) -> None:
    assert parse_formula(str(formula)) == formula


@given(st.lists(cases, max_size=2), st.one_of(values, booleans))
def test_a_printed_rule_parses_to_the_same_tree(
    when: list[tree.When], outcome: tree.Value | tree.Boolean
) -> None:
    rule = tree.Rule(tuple(when), outcome)

    assert parse_rule(str(rule)) == rule


@given(st.lists(cases, min_size=1, max_size=2))
def test_a_printed_reading_parses_to_the_same_tree(when: list[tree.When]) -> None:
    reading = tree.Reading(tuple(when))

    assert parse_reading(str(reading)) == reading


def test_and_binds_tighter_than_or() -> None:
    rule = parse_rule("a=1 or b=2 and c=3")

    assert isinstance(rule.outcome, tree.Or)
    assert [str(part) for part in rule.outcome.parts] == ["a=1", "b=2 and c=3"]


def test_every_node_keeps_its_place_in_the_text() -> None:
    text = "count(meeting[kind=other; held_on>=today-30d])"

    formula = parse_formula(text)

    assert isinstance(formula, Aggregate)
    places = [text[part.span.start : part.span.end] for part in formula.conditions]
    assert places == ["kind=other", "held_on>=today-30d"]


def test_a_population_may_be_everything_rows_or_what_they_refer_to() -> None:
    everything, rows, referred = map(
        parse_population, ("all", "area[has_government=true]", "dues.employer[kind=fiscal_fund]")
    )

    assert everything.is_all
    assert (rows.register, rows.path.names) == ("area", ())
    assert (referred.register, referred.path.names) == ("dues", ("employer",))


@pytest.mark.parametrize(
    ("text", "key", "place", "suggestion"),
    [
        ("cuont(meeting[])", "unknown_function", "cuont", "count"),
        ("count(meeting[kind=])", "unexpected", "]", ""),
        ("count(meeting[kind=?])", "unexpected", "?", ""),
        ("count(meeting[kind=a b])", "unexpected", "b", ""),
        ("count(meeting[kind=a]) in(a)", "unexpected", "in", ""),
        ("count(meeting[]in(a))", "no_members", "in(a)", ""),
        ("size(meeting.kind[a=1])", "no_conditions", "meeting.kind[a=1]", ""),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_its_place(
    text: str, key: str, place: str, suggestion: str
) -> None:
    with pytest.raises(FormulaError) as refusal:
        parse_formula(text)

    error = refusal.value
    assert (error.key, text[error.start : error.end], error.suggestion) == (key, place, suggestion)


def test_a_text_that_ends_too_early_is_refused_at_its_end() -> None:
    with pytest.raises(FormulaError) as refusal:
        parse_formula("count(meeting[kind=a]")

    assert (refusal.value.key, refusal.value.start) == ("unexpected_end", 21)


def test_the_refusal_shows_the_place_under_the_text() -> None:
    with pytest.raises(FormulaError) as refusal:
        parse_formula("count(meeting[kind=?])")

    assert str(refusal.value).splitlines()[1:] == [
        "  count(meeting[kind=?])",
        "                     ^",
    ]
