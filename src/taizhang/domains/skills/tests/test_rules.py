"""The rules of R22 and R23, each with the value just allowed and the one just refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.skills.models import (
    Audience,
    Base,
    BaseKind,
    BaseStage,
    FundSource,
    Training,
    TrainingMode,
)
from taizhang.domains.skills.tests.factories import BaseFactory, TrainingFactory
from taizhang.registers.testing import chinese

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _status_date(tree):
    fix_status_date(date(2026, 9, 30), source="test")


def faults(record) -> dict[str, list[str]]:
    """What is wrong with the record, field → messages in English; each has Chinese words."""
    with override("en"):
        try:
            record.full_clean(exclude=["entered_by"])
        except ValidationError as fault:
            return fault.message_dict
    return {}


def is_refused(record, field: str = "__all__") -> bool:
    """Whether the record is refused, and for this field alone, in words that are translated."""
    found = faults(record)
    assert set(found) <= {field}
    return any(chinese()[message] for messages in found.values() for message in messages)


def test_the_closed_sets_are_those_of_the_handbook():
    sets = (BaseKind, BaseStage, Audience, TrainingMode, FundSource)

    assert [len(values) for values in sets] == [8, 8, 6, 3, 4]


class TestBase:
    @pytest.mark.parametrize("field", ["kind", "name", "stage"])
    def test_what_every_base_needs(self, field):
        assert field in faults(BaseFactory.build(**{field: ""}))

    @pytest.mark.parametrize("field", ["employer", "region", "school", "key_industry", "named_on"])
    def test_what_a_base_may_leave_open(self, field):
        empty = None if Base._meta.get_field(field).null else ""

        assert faults(BaseFactory.build(**{field: empty})) == {}

    @pytest.mark.parametrize(
        ("valid_to", "refused"),
        [(date(2026, 4, 1), True), (date(2026, 4, 2), False), (None, False)],
    )
    def test_an_agreement_ends_after_the_day_of_its_signing(self, valid_to, refused):
        base = BaseFactory.build(signed_on=date(2026, 4, 1), valid_to=valid_to)

        assert is_refused(base) is refused

    @pytest.mark.parametrize("kind", BaseKind)
    def test_only_what_goes_by_school_year_needs_the_year(self, kind):
        base = BaseFactory.build(kind=kind, year=None)

        assert is_refused(base) is (kind in {"three_plus_two", "x_site"})

    @pytest.mark.parametrize(
        ("kind", "year", "refused"),
        [
            ("training_base", 2025, True),
            ("training_base", 2026, False),
            ("training_base", None, False),
            ("x_site", 2025, False),
        ],
    )
    def test_otherwise_the_year_is_that_of_the_naming(self, kind, year, refused):
        base = BaseFactory.build(kind=kind, year=year, named_on=date(2026, 4, 20))

        assert is_refused(base, "year") is refused


class TestTraining:
    @pytest.mark.parametrize("field", ["title", "audience", "held_on"])
    def test_what_every_class_needs(self, field):
        empty = None if field == "held_on" else ""

        assert field in faults(TrainingFactory.build(**{field: empty}))

    @pytest.mark.parametrize("field", ["org", "base", "region", "hours", "mode", "fund_source"])
    def test_what_a_class_may_leave_open(self, field):
        empty = None if Training._meta.get_field(field).null else ""

        assert faults(TrainingFactory.build(**{field: empty})) == {}

    @pytest.mark.parametrize(("hours", "refused"), [("0", True), ("0.1", False), ("-1", True)])
    def test_a_class_takes_time(self, hours, refused):
        training = TrainingFactory.build(hours=Decimal(hours))

        assert ("hours" in faults(training)) is refused

    @pytest.mark.parametrize(
        ("participants", "passed", "refused"),
        [(46, 47, True), (46, 46, False), (None, 47, False), (46, None, False)],
    )
    def test_no_more_pass_than_took_part(self, participants, passed, refused):
        training = TrainingFactory.build(participants=participants, passed=passed)

        assert is_refused(training) is refused

    @pytest.mark.parametrize("field", ["participants", "passed", "cost"])
    def test_numbers_are_not_negative(self, field):
        assert field in faults(TrainingFactory.build(**{field: -1}))

    @pytest.mark.parametrize(
        ("status", "held_on", "refused"),
        [
            (RecordStatus.DRAFT, date(2026, 10, 1), False),
            (RecordStatus.VERIFIED, date(2026, 10, 1), True),
            (RecordStatus.VERIFIED, date(2026, 9, 30), False),
        ],
    )
    def test_only_a_verified_class_must_have_been_held(self, status, held_on, refused):
        training = TrainingFactory.build(record_status=status, held_on=held_on)

        assert is_refused(training, "held_on") is refused
