"""Factories of areas, organisations, employers, posts and terms for the tests of every package."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from taizhang.core.organisations.employers import DataSource, OperatingState, Ownership
from taizhang.core.organisations.lineage import refresh_lineage
from taizhang.core.organisations.models import Area, Employer, Organisation, Post, Term
from taizhang.core.organisations.organisations import OrgState, OrgType
from taizhang.core.organisations.posts import PostType
from taizhang.core.organisations.terms import TermBody
from taizhang.core.records.models import RecordStatus
from taizhang.lib.identifiers import uscc_check_character

ENTERED_AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
CITY = "130300"
HAIGANG = "130302"
CHANGLI = "130322"

# Handbook 3.3: code, name, English name; the two zones have no congress and no government.
AREAS = (
    (CITY, "秦皇岛市", "Qinhuangdao City"),
    (HAIGANG, "海港区", "Haigang District"),
    ("130303", "山海关区", "Shanhaiguan District"),
    ("130304", "北戴河区", "Beidaihe District"),
    ("130306", "抚宁区", "Funing District"),
    ("130321", "青龙满族自治县", "Qinglong Manchu Autonomous County"),
    (CHANGLI, "昌黎县", "Changli County"),
    ("130324", "卢龙县", "Lulong County"),
    ("130371", "经济技术开发区", "Qinhuangdao Economic and Technological Development Zone"),
    ("130372", "北戴河新区", "Beidaihe New District"),
)
ZONES = ("130371", "130372")


def create_areas() -> dict[str, Area]:
    """The ten areas of Qinhuangdao by code."""
    rows = [
        Area(
            code=code,
            name_zh=name,
            name_en=english,
            parent_id=None if code == CITY else CITY,
            has_congress=code not in ZONES,
            has_government=code not in ZONES,
        )
        for code, name, english in AREAS
    ]
    return {area.code: area for area in Area.objects.bulk_create(rows)}


def employer_code(serial: int) -> str:
    """A right unified social credit code of an enterprise, a different one per serial."""
    return _with_check(f"91130302MA{serial:07d}")


def union_code(serial: int) -> str:
    """A right unified social credit code of a trade-union legal person."""
    return _with_check(f"81130302MC{serial:07d}")


def _with_check(body: str) -> str:
    return body + uscc_check_character(body)


class RecordFactory(DjangoModelFactory):
    """What every record has: by default verified, entered in January 2026 by nobody in particular.

    Pass `entered_by` and `owner_org` where a test is about who sees or verifies it.
    """

    class Meta:
        abstract = True

    record_no = factory.LazyAttributeSequence(lambda row, n: f"TEST-{n:06d}")
    record_status = RecordStatus.VERIFIED
    entered_at = ENTERED_AT


class OrganisationFactory(RecordFactory):
    """An active enterprise union in Haigang; its line upward is kept in `Lineage`."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"第{n}机械厂工会委员会")
    org_type = OrgType.ENTERPRISE_UNION
    region_id = HAIGANG
    founded_on = date(2010, 5, 1)
    approval_no = factory.Sequence(lambda n: f"海工字〔2010〕{n + 1}号")
    org_state = OrgState.ACTIVE

    @factory.post_generation
    def lineage(self, create, extracted, **kwargs):
        if create:
            refresh_lineage(self.pk, dict(Organisation.objects.values_list("pk", "parent")))

    @factory.post_generation
    def employer(self, create, extracted, **kwargs):
        if create and extracted:
            self.employer.set(extracted)


class FederationFactory(OrganisationFactory):
    """A county federation; `region_id` names its area."""

    name = factory.Sequence(lambda n: f"第{n}区总工会")
    org_type = OrgType.COUNTY_FEDERATION


class EmployerFactory(RecordFactory):
    """A private enterprise in Haigang with 200 employees, counted in January 2026."""

    class Meta:
        model = Employer

    name = factory.Sequence(lambda n: f"海港第{n}机械有限公司")
    uscc = factory.Sequence(employer_code)
    region_id = HAIGANG
    industry = "C34"
    ownership = Ownership.PRIVATE
    headcount = 200
    headcount_as_of = date(2026, 1, 1)
    operating_state = OperatingState.OPERATING
    data_source = DataSource.OWN


class PostFactory(RecordFactory):
    """A full-time union chair, approved in 2022; give it an `org`."""

    class Meta:
        model = Post

    person_name = factory.Sequence(lambda n: f"张某{n}")
    birth_year = 1980
    org = factory.SubFactory(OrganisationFactory)
    post_type = PostType.CHAIR
    full_time = True
    elected_on = date(2022, 3, 1)
    approved_on = date(2022, 3, 10)


class TermFactory(RecordFactory):
    """The term of Haigang's Party committee from 2021 to 2026."""

    class Meta:
        model = Term

    body = TermBody.PARTY_COMMITTEE
    region_id = HAIGANG
    no = factory.Sequence(lambda n: n % 900 + 10)  # below are those that tests write
    start = date(2021, 9, 1)
    end = date(2026, 9, 1)
