"""The cast stands where the tests of every package expect it."""

import pytest

from taizhang.core.organisations.models import Organisation
from taizhang.core.records.models import RecordStatus

pytestmark = pytest.mark.django_db


def test_each_of_the_cast_sees_the_part_of_the_tree_below_its_organisation(
    chen, liu, wang, zhao, qian
):
    seen = {
        person.username: set(
            Organisation.objects.visible_to(person).values_list("record_no", flat=True)
        )
        for person in (chen, liu, wang, zhao, qian)
    }

    assert seen == {
        "chen": {"ORG-CITY", "ORG-HAIGANG", "ORG-CHANGLI", "ORG-PLANT"},
        "liu": {"ORG-HAIGANG", "ORG-PLANT"},
        "wang": {"ORG-PLANT"},
        "zhao": set(),
        "qian": {"ORG-CHANGLI"},
    }


def test_the_plant_is_verified_and_has_one_employer(tree):
    plant = Organisation.objects.get(record_no="ORG-PLANT")

    assert plant.record_status == RecordStatus.VERIFIED
    assert list(plant.employer.all()) == [tree.factory]
