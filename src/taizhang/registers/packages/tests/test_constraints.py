"""The checks of constraints in Python answer as Django's own do in the database."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, CheckConstraint, F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang.core.organisations.models import Employer
from taizhang.domains.leadership.models import Policy
from taizhang.registers.packages.constraints import UnreadableConstraint, fields_read, holds
from taizhang.registers.spec import REGISTERS

CONSTRAINTS = [
    (spec.model, constraint)
    for spec in REGISTERS.values()
    for constraint in spec.model._meta.constraints
    if isinstance(constraint, CheckConstraint)
]
DAYS = [None, date(2026, 1, 1), date(2026, 1, 2)]


def values_for(field) -> st.SearchStrategy:
    if field.choices:
        return st.sampled_from(["", *(key for key, _label in field.flatchoices)])
    if "Date" in type(field).__name__:
        return st.sampled_from(DAYS)
    if isinstance(field, BooleanField):
        return st.sampled_from([None, True, False])
    return st.sampled_from([None, 1, 2])


@st.composite
def records(draw):
    model, constraint = draw(st.sampled_from(CONSTRAINTS))
    record = model()
    for name in fields_read(constraint):
        field = model._meta.get_field(name)
        setattr(record, field.attname, draw(values_for(field)))
    return model, constraint, record


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(records())
def test_a_record_keeps_a_constraint_exactly_when_django_says_so(case):
    model, constraint, record = case
    try:
        constraint.validate(model, record)
        kept = True
    except ValidationError:
        kept = False

    assert holds(constraint, record) == kept


def test_every_constraint_of_the_registers_can_be_read():
    assert CONSTRAINTS
    for model, constraint in CONSTRAINTS:
        assert holds(constraint, model()) in (True, False)


def test_the_fields_of_a_constraint_are_named_once():
    constraint = next(
        each for model, each in CONSTRAINTS if each.name == "meeting_closed_at_most_decided"
    )

    assert fields_read(constraint) == ("matters_closed", "matters")


def test_an_unknown_lookup_is_refused_and_never_taken_for_kept():
    constraint = CheckConstraint(condition=Q(title__startswith="关于"), name="x")

    with pytest.raises(UnreadableConstraint):
        holds(constraint, Policy(title="关于"))


def test_a_comparison_with_a_field_reads_that_field():
    constraint = CheckConstraint(condition=Q(headcount__gt=F("female_headcount")), name="x")

    assert not holds(constraint, Employer(headcount=2, female_headcount=2))
    assert holds(constraint, Employer(headcount=3, female_headcount=2))
