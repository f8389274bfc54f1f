"""The small cast of the tests as fixtures: Chen, Liu, Wang, Zhao and Qian, and where they work.

Loaded by the root `conftest.py`, so that tests of every package may name these fixtures.
"""

from dataclasses import dataclass

import pytest

from taizhang.core.access.models import Grant, User
from taizhang.core.organisations.models import Area, Employer, Organisation
from taizhang.core.organisations.organisations import OrgType
from taizhang.core.organisations.testing import (
    CHANGLI,
    CITY,
    HAIGANG,
    EmployerFactory,
    FederationFactory,
    OrganisationFactory,
    create_areas,
)


@dataclass(frozen=True)
class CityOfTests:
    """Ten areas, three federations, one plant in Haigang with its union.

    `city` is the city federation, `haigang` and `changli` county federations below it, `plant`
    the enterprise union of `factory` below Haigang.
    """

    areas: dict[str, Area]
    city: Organisation
    haigang: Organisation
    changli: Organisation
    factory: Employer
    plant: Organisation


@pytest.fixture
def tree(db) -> CityOfTests:
    """The organisations that the cast works for."""
    areas = create_areas()
    city = FederationFactory(
        record_no="ORG-CITY",
        name="秦皇岛市总工会",
        org_type=OrgType.CITY_FEDERATION,
        region_id=CITY,
        parent=None,
    )
    haigang = FederationFactory(
        record_no="ORG-HAIGANG", name="海港区总工会", region_id=HAIGANG, parent=city
    )
    changli = FederationFactory(
        record_no="ORG-CHANGLI", name="昌黎县总工会", region_id=CHANGLI, parent=city
    )
    plant_employer = EmployerFactory(
        record_no="EMP-PLANT", name="海港重型机械有限公司", owner_org=haigang
    )
    plant = OrganisationFactory(
        record_no="ORG-PLANT",
        name="海港重型机械有限公司工会委员会",
        parent=haigang,
        owner_org=haigang,
        employer=[plant_employer],
    )
    return CityOfTests(areas, city, haigang, changli, plant_employer, plant)


def create_account(username: str, name: str, *grants: tuple[str, Organisation]) -> User:
    """An account that holds the roles at the organisations; the password is `username`."""
    user = User.objects.create_user(username, username, display_name=name)
    for role, organisation in grants:
        Grant.objects.create(user=user, role=role, organisation=organisation, confirmed=True)
    return user


@pytest.fixture
def chen(tree) -> User:
    """City office: follows everything up and verifies, as head of the General Office."""
    return create_account("chen", "陈办", ("OFC", tree.city), ("DH", tree.city))


@pytest.fixture
def liu(tree) -> User:
    """County officer of Haigang: enters, and verifies what others entered there."""
    return create_account("liu", "刘干事", ("CC", tree.haigang), ("CA", tree.haigang))


@pytest.fixture
def sun(tree) -> User:
    """Second clerk of Haigang, for what neither Wang nor a lone clerk may do."""
    return create_account("sun", "孙干事", ("CC", tree.haigang))


@pytest.fixture
def wang(tree) -> User:
    """Chair of the plant's union in Haigang: enters for the own union."""
    return create_account("wang", "王主席", ("PC", tree.plant))


@pytest.fixture
def zhao(tree) -> User:
    """A worker: signed in, without any role."""
    return create_account("zhao", "赵师傅")


@pytest.fixture
def qian(tree) -> User:
    """Officer of another county, Changli: the same rights as Liu, elsewhere."""
    return create_account("qian", "钱干事", ("CC", tree.changli), ("CA", tree.changli))
