"""Cells: every value comes back from the text that it was written as."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.organisations.models import Employer, Post
from taizhang.core.records.fields import EnumListField, IntListField
from taizhang.domains.leadership.models import Meeting
from taizhang.registers.packages.cells import CellRefused, read_cell
from taizhang.registers.packages.columns import entered_fields
from taizhang.registers.packages.write import cell_text
from taizhang.registers.spec import REGISTERS

WHOLE = Meeting._meta.get_field("matters")
MONEY = Employer._meta.get_field("annual_payroll")
YEARS = Employer._meta.get_field("key_enterprise_years")
TAGS = Post._meta.get_field("identity_tag")
TRUTH = Meeting._meta.get_field("principal_leader")
DAY = Meeting._meta.get_field("held_on")
MOMENT = Meeting._meta.get_field("entered_at")
KIND = Meeting._meta.get_field("kind")
TEXT = Meeting._meta.get_field("agenda")


def values_of(field: models.Field) -> st.SearchStrategy:
    """Values that a field may hold, other than empty text."""
    if isinstance(field, EnumListField):
        keys = [key for key, _label in field.enum]
        return st.lists(st.sampled_from(keys), unique=True).map(lambda v: sorted(v, key=keys.index))
    if isinstance(field, IntListField):
        return st.lists(st.integers())
    if field.choices:
        return st.sampled_from([key for key, _label in field.flatchoices])
    kinds = (
        (models.BooleanField, st.booleans()),
        (models.DateTimeField, st.datetimes(timezones=st.just(UTC))),
        (models.DateField, st.dates()),
        (models.DecimalField, st.decimals(-(10**14), 10**14, places=2)),
        (models.IntegerField, st.integers()),
        (models.Field, written_texts()),
    )
    return next(values for kind, values in kinds if isinstance(field, kind))


def written_texts() -> st.SearchStrategy[str]:
    characters = st.characters(exclude_categories=("Cc", "Cs", "Cn"))
    return st.text(characters).map(str.strip).filter(bool)


FIELDS = [
    field
    for spec in REGISTERS.values()
    for field in entered_fields(spec.model).values()
    if not field.is_relation
]


@given(st.sampled_from(FIELDS).flatmap(lambda f: st.tuples(st.just(f), values_of(f))))
def test_a_value_comes_back_from_the_text_it_was_written_as(pair):
    field, value = pair

    assert read_cell(field, cell_text(value)) == value


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (TRUTH, "true", True),
        (TRUTH, "FALSE", False),
        (DAY, "2024-02-29", date(2024, 2, 29)),
        (MOMENT, "2026-09-30T08:30:00Z", datetime(2026, 9, 30, 8, 30, tzinfo=UTC)),
        (MOMENT, "2026-09-30T08:30:00", datetime(2026, 9, 30, 0, 30, tzinfo=UTC)),
        (MONEY, "1200000.50", Decimal("1200000.50")),
        (WHOLE, "007", 7),
        (YEARS, "2024;2025", [2024, 2025]),
        (TAGS, "frontline; model_worker", ["model_worker", "frontline"]),
        (KIND, "tripartite", "tripartite"),
    ],
)
def test_texts_of_the_handbook_are_read(field, text, value):
    assert read_cell(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "key"),
    [
        (TRUTH, "是", "boolean"),
        (TRUTH, "1", "boolean"),
        (DAY, "2026-13-01", "date"),
        (DAY, "2026-02-29", "date"),
        (DAY, "2026/9/30", "date"),
        (DAY, "20260930", "date"),
        (MOMENT, "yesterday", "moment"),
        (WHOLE, "1,200", "integer"),
        (WHOLE, "12.0", "integer"),
        (WHOLE, "１２", "integer"),
        (MONEY, "1,200.50", "decimal"),
        (MONEY, "12万", "decimal"),
        (MONEY, "NaN", "decimal"),
        (YEARS, "2024、2025", "integer"),
        (TAGS, "frontline;hero", "choice"),
        (KIND, "tripartit", "choice_near"),
        (TEXT, "a\x00b", "character"),
    ],
)
def test_other_texts_are_refused(field, text, key):
    with pytest.raises(CellRefused) as refusal:
        read_cell(field, text)

    assert refusal.value.key == key


def test_a_label_in_place_of_a_value_is_understood_as_a_hint():
    label = str(dict(KIND.flatchoices)["tripartite"])

    with pytest.raises(CellRefused) as refusal:
        read_cell(KIND, label)

    assert refusal.value.params == {"near": "tripartite"}


@pytest.mark.parametrize(
    ("field", "value"),
    [(TRUTH, None), (DAY, None), (KIND, ""), (TEXT, ""), (TAGS, []), (YEARS, [])],
)
def test_an_empty_cell_is_what_the_database_keeps_for_empty(field, value):
    assert read_cell(field, "") == value
