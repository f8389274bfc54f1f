"""Each check that a domain offers: a record that it finds, and the nearest one that it does not."""

from collections.abc import Callable
from datetime import date

import pytest

from taizhang.core.organisations.testing import EmployerFactory, OrganisationFactory, PostFactory
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import Record
from taizhang.domains.congress.tests.factories import CongressFactory, CongressSystemFactory
from taizhang.domains.finance.tests.factories import EducationFundFactory, FundFactory
from taizhang.domains.honours.tests.factories import HonourFactory
from taizhang.domains.leadership.tests.factories import PolicyFactory, SubmissionFactory
from taizhang.domains.skills.tests.factories import BaseFactory
from taizhang.registers.integrity.findings import fresh_findings
from taizhang.registers.integrity.offering import INTEGRITY_CHECKS

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 30)
TOMORROW = date(2026, 10, 1)
YESTERDAY = date(2026, 9, 29)
HALF_A_YEAR_AGO = date(2026, 3, 30)


def _employer_with(*kinds: str) -> Callable[[], Record]:
    def make() -> Record:
        employer = EmployerFactory()
        for kind in kinds:
            OrganisationFactory(org_type=kind, employer=[employer])
        return employer

    return make


def _of(factory, **values) -> Callable[[], Record]:
    return lambda: factory(**values)


def _term(kind: str, end: date) -> Callable[[], Record]:
    return _of(OrganisationFactory, org_type=kind, term_start=date(2023, 5, 1), term_end=end)


def _post_of(ended_on: date | None) -> Callable[[], Record]:
    return lambda: PostFactory(org=OrganisationFactory(ended_on=ended_on))


def _system_of(headcount: int, ownership: str = "private") -> Callable[[], Record]:
    return lambda: CongressSystemFactory(
        worker_director_due=False,
        employer=EmployerFactory(headcount=headcount, ownership=ownership),
    )


# key → (makes a record that the check finds, makes one that it does not)
CASES = {
    "org.term_of_federation": (
        _term("county_federation", date(2026, 4, 30)),
        _term("county_federation", date(2028, 4, 30)),
    ),
    "org.term_of_primary": (
        _term("enterprise_union", date(2027, 5, 1)),
        _term("enterprise_union", date(2026, 5, 1)),
    ),
    "org.election_long_overdue": (
        _of(OrganisationFactory, term_end=date(2026, 3, 29), org_state="election_overdue"),
        _of(OrganisationFactory, term_end=HALF_A_YEAR_AGO, org_state="election_overdue"),
    ),
    "org.active_after_its_end": (
        _of(OrganisationFactory, ended_on=TODAY),
        _of(OrganisationFactory, ended_on=TOMORROW),
    ),
    "org.certificate_expired": (
        _of(OrganisationFactory, legal_cert_valid_to=YESTERDAY),
        _of(OrganisationFactory, legal_cert_valid_to=TODAY),
    ),
    "employer.two_unions": (
        _employer_with("enterprise_union", "enterprise_union"),
        _employer_with("enterprise_union", "branch", "joint_union"),
    ),
    "employer.own_and_joint_union": (
        _employer_with("enterprise_union", "joint_union"),
        _employer_with("joint_union"),
    ),
    "employer.headcount_in_future": (
        _of(EmployerFactory, headcount_as_of=TOMORROW),
        _of(EmployerFactory, headcount_as_of=TODAY),
    ),
    "employer.headcount_unknown": (
        _of(EmployerFactory, headcount_as_of=date(2025, 9, 29)),
        _of(EmployerFactory, headcount_as_of=date(2025, 9, 30)),
    ),
    "post.certificate_expired": (
        _of(PostFactory, post_type="mediator", cert_valid_to=YESTERDAY),
        _of(PostFactory, post_type="mediator", cert_valid_to=YESTERDAY, ended_on=YESTERDAY),
    ),
    "post.of_ended_union": (_post_of(TODAY), _post_of(TOMORROW)),
    "post.nomination_of_another": (
        _of(PostFactory, pc_nomination="nominated"),
        _of(PostFactory, pc_nomination="nominated", is_principal_leader=True),
    ),
    "submission.replied_before_sent": (
        _of(SubmissionFactory, kind="request", submitted_on=TODAY, replied_on=YESTERDAY),
        _of(SubmissionFactory, kind="request", submitted_on=TODAY, replied_on=TODAY),
    ),
    "submission.closed_before_sent": (
        _of(SubmissionFactory, submitted_on=TODAY, closed_on=YESTERDAY),
        _of(SubmissionFactory, submitted_on=TODAY, closed_on=TODAY),
    ),
    "submission.report_with_reply": (
        _of(SubmissionFactory, kind="report", replied_on=None, reply_kind="guidance"),
        _of(SubmissionFactory, kind="report", replied_on=None, reply_kind="none"),
    ),
    "policy.expired_in_force": (
        _of(PolicyFactory, state="in_force", valid_to=YESTERDAY),
        _of(PolicyFactory, state="in_force", valid_to=TODAY),
    ),
    "policy.not_confirmed": (
        _of(PolicyFactory, state="in_force", review_due_on=YESTERDAY),
        _of(PolicyFactory, state="in_force", review_due_on=TODAY),
    ),
    "honour.conferred_in_another_stage": (
        _of(HonourFactory, stage="approved", conferred_on=TODAY),
        _of(HonourFactory, stage="conferred", conferred_on=TODAY),
    ),
    "honour.short_publicity": (
        _of(HonourFactory, stage="conferred", publicity_days=4),
        _of(HonourFactory, stage="conferred", publicity_days=5),
    ),
    "base.active_without_day": (
        _of(BaseFactory, named_on=None, signed_on=None),
        _of(BaseFactory, named_on=None, signed_on=TODAY),
    ),
    "base.active_after_last_day": (
        _of(BaseFactory, valid_to=YESTERDAY),
        _of(BaseFactory, valid_to=TODAY),
    ),
    "congress.not_valid": (
        _of(CongressFactory, delegates=81, present=53),
        _of(CongressFactory, delegates=81, present=54),
    ),
    "congress_system.worker_director": (_system_of(300), _system_of(299)),
    "congress_system.graded_without_day": (
        _of(CongressSystemFactory, grade="A", graded_on=None),
        _of(CongressSystemFactory, grade="none", graded_on=None),
    ),
    "education_fund.year_to_come": (
        _of(EducationFundFactory, year=2027),
        _of(EducationFundFactory, year=2026),
    ),
    "education_fund.not_of_enterprise": (
        lambda: EducationFundFactory(employer=EmployerFactory(ownership="institution")),
        lambda: EducationFundFactory(employer=EmployerFactory(ownership="private")),
    ),
    "fund.spent_without_arrangement": (
        _of(FundFactory, arranged=None, spent=1),
        _of(FundFactory, arranged=None, spent=0),
    ),
}


@pytest.mark.parametrize("key", CASES)
def test_a_check_finds_what_is_faulty_and_leaves_its_neighbour_alone(tree, key):
    fix_status_date(TODAY, source="test")
    make_faulty, make_sound = CASES[key]
    faulty, _sound = make_faulty(), make_sound()

    assert fresh_findings().of(key).ids == (faulty.pk,)


def test_every_check_has_its_case():
    assert CASES.keys() == INTEGRITY_CHECKS.keys()
