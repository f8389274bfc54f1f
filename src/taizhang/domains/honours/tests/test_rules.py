"""The rules of R20, each with the value just allowed and the one just refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import override

from taizhang.core.parameters.clock import fix_status_date
from taizhang.domains.honours.models import (
    CommendedBy,
    Honour,
    HonourLevel,
    HonourStage,
    HonourTarget,
    Occupation,
    TitleKind,
)
from taizhang.domains.honours.tests.factories import HonourFactory
from taizhang.registers.catalogue import offered_registers
from taizhang.registers.testing import chinese

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _status_date(tree):
    fix_status_date(date(2026, 9, 30), source="test")


def faults(record) -> dict[str, list[str]]:
    """What is wrong with the record, field → messages in English."""
    with override("en"):
        try:
            record.full_clean(exclude=["entered_by"])
        except ValidationError as fault:
            return fault.message_dict
    return {}


def is_refused(record) -> bool:
    """Whether the row is refused as a whole, in words that are translated."""
    found = faults(record)
    assert set(found) <= {"__all__"}
    return any(chinese()[message] for messages in found.values() for message in messages)


def test_the_closed_sets_are_those_of_the_handbook():
    sets = (TitleKind, HonourLevel, CommendedBy, HonourTarget, Occupation, HonourStage)

    assert [len(values) for values in sets] == [8, 4, 3, 2, 7, 12]


@pytest.mark.parametrize("field", ["title_kind", "level", "campaign_year", "commended_by", "stage"])
def test_what_every_honour_needs(field):
    empty = None if field == "campaign_year" else ""

    assert field in faults(HonourFactory.build(**{field: empty}))


@pytest.mark.parametrize("field", ["region", "target", "nominee", "employer", "occupation"])
def test_what_an_honour_may_leave_open(field):
    empty = None if Honour._meta.get_field(field).null else ""

    assert faults(HonourFactory.build(**{field: empty})) == {}


@pytest.mark.parametrize("stage", HonourStage)
def test_only_a_conferred_honour_needs_the_day_of_conferment(stage):
    honour = HonourFactory.build(stage=stage, conferred_on=None)

    assert is_refused(honour) is (stage == HonourStage.CONFERRED)


@pytest.mark.parametrize(
    ("approved_on", "refused"),
    [(date(2026, 4, 29), True), (date(2026, 4, 28), False), (None, False)],
)
def test_an_honour_is_not_conferred_before_its_approval(approved_on, refused):
    honour = HonourFactory.build(approved_on=approved_on, conferred_on=date(2026, 4, 28))

    assert is_refused(honour) is refused


@pytest.mark.parametrize("field", ["publicity_days", "objections"])
def test_numbers_are_not_negative(field):
    assert field in faults(HonourFactory.build(**{field: -1}))


def test_the_name_is_encrypted_at_rest_and_stays_out_of_snapshots(tree):
    honour = HonourFactory(nominee="欧阳某某")

    with connection.cursor() as cursor:
        cursor.execute("SELECT nominee FROM honours_honour")
        stored = cursor.fetchone()[0]

    assert "欧阳" not in stored
    assert Honour.objects.get(pk=honour.pk).nominee == "欧阳某某"
    assert offered_registers()["honour"].fields["nominee"].personal
