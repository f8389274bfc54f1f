"""The registers `org`, `employer`, `post` and `term` keep the contract of all registers."""

from datetime import date
from decimal import Decimal

import factory

from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.organisations import EndBasis, OrgState, StandardGrade
from taizhang.core.organisations.posts import (
    ConcurrentKind,
    ExchangeKind,
    Gender,
    IdentityTag,
    PcNomination,
    RankStatus,
)
from taizhang.core.organisations.testing import (
    EmployerFactory,
    OrganisationFactory,
    PostFactory,
    TermFactory,
    union_code,
)
from taizhang.registers.testing import RegisterContract


class UnionFactory(OrganisationFactory):
    """An enterprise union with the one employing unit that it must have."""

    employer = factory.PostGeneration(
        lambda union, create, extracted, **kwargs: union.employer.set(
            extracted or [EmployerFactory(owner_org=union.owner_org)]
        )
    )


class TestOrg(RegisterContract):
    slug = "org"
    factory = UnionFactory
    changed = ("approval_no", "海工字〔2026〕1号", "海工字〔2026〕2号")
    every_field = {
        "uscc": union_code(9),
        "legal_cert_valid_to": date(2027, 1, 31),
        "term_no": 3,
        "term_start": date(2022, 5, 1),
        "term_end": date(2027, 5, 1),
        "has_seal": True,
        "has_account": False,
        "has_mediation_committee": True,
        "standard_grade": StandardGrade.REACHED,
        "standard_on": date(2025, 11, 1),
        "structure_ok": True,
        "online_platform": False,
        "org_state": OrgState.MERGED,
        "ended_on": date(2026, 7, 1),
        "end_basis": EndBasis.STATUTORY_MERGER,
        "end_reported_on": date(2026, 7, 5),
    }

    def place(self, at: Organisation) -> dict[str, object]:
        return {
            "region_id": at.region_id,
            "parent": at,
            "industry_parent": at,
            "successor": at,
        }


class TestEmployer(RegisterContract):
    slug = "employer"
    factory = EmployerFactory
    changed = ("name", "海港第一机械有限公司", "海港第二机械有限公司")
    every_field = {
        "is_two_new": True,
        "frontline_headcount": 150,
        "female_headcount": 60,
        "annual_payroll": Decimal("12345678.90"),
        "above_scale": True,
        "key_enterprise_years": [2024, 2026],
        "key_industry": "高端装备",
        "tech_sme": False,
        "has_scarce_trades": True,
        "skilled_posts": True,
        "has_party_org": True,
    }

    def place(self, at: Organisation) -> dict[str, object]:
        return {"region_id": at.region_id, "township": at}


class TestPost(RegisterContract):
    slug = "post"
    factory = PostFactory
    changed = ("cert_no", "冀监0001", "冀监0002")
    every_field = {
        "gender": Gender.FEMALE,
        "is_principal_leader": True,
        "rank_status": RankStatus.MIDDLE_PRINCIPAL,
        "concurrent_kind": ConcurrentKind.PARTY_DEPUTY,
        "in_party_leading_body": True,
        "admin_treatment_ok": False,
        "identity_tag": [IdentityTag.MODEL_WORKER, IdentityTag.GRASSROOTS],
        "pc_nomination": PcNomination.CONSIDERED,
        "term_end": date(2027, 3, 10),
        "ended_on": date(2026, 8, 1),
        "cert_no": "冀监0009",
        "cert_valid_to": date(2028, 1, 1),
        "exchange_kind": ExchangeKind.TO_SOE,
        "exchange_on": date(2026, 8, 1),
        "last_trained_on": date(2026, 4, 30),
    }

    def place(self, at: Organisation) -> dict[str, object]:
        return {"org": at, "region_id": at.region_id}


class TestTerm(RegisterContract):
    slug = "term"
    factory = TermFactory
    changed = ("no", "8", "9")
