"""The state of a union follows its term by the clock (handbook 2.5 R01, 3.4)."""

from datetime import date

import pytest

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.testing import OrganisationFactory
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.organising.elections import follow_terms
from taizhang.domains.organising.reactions import FollowTerms

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 9, 30)


@pytest.fixture
def union(tree):
    fix_status_date(LAST_DAY, source="test")
    return OrganisationFactory(record_no="ORG-1", term_end=LAST_DAY)


def _state(union) -> str:
    union.refresh_from_db()
    return union.org_state


def test_an_election_is_overdue_from_the_day_after_the_term(union):
    on_the_last_day = follow_terms()
    before = _state(union)
    fix_status_date(date(2026, 10, 1), source="test")

    on_the_day_after = follow_terms()

    assert (on_the_last_day, before) == (False, "active")
    assert (on_the_day_after, _state(union)) == (True, "election_overdue")


def test_a_term_that_is_corrected_makes_the_union_active_again(union):
    fix_status_date(date(2026, 10, 1), source="test")
    follow_terms()
    union.refresh_from_db()
    union.term_end = date(2029, 9, 30)
    union.save()

    follow_terms()

    assert _state(union) == "active"
    assert follow_terms() is False


@pytest.mark.parametrize(
    "values",
    [
        {"record_status": RecordStatus.DRAFT},
        {"org_state": "dissolved", "ended_on": date(2020, 1, 1), "end_basis": "other"},
        {"org_state": "preparing"},
    ],
)
def test_only_verified_and_active_unions_have_elections(tree, values):
    fix_status_date(date(2026, 10, 1), source="test")
    OrganisationFactory(term_end=LAST_DAY, **values)

    assert follow_terms() is False


def test_the_change_is_one_of_the_system_in_the_log_and_tells_the_figures(union, monkeypatch):
    heard = []
    monkeypatch.setattr("taizhang.registers.staleness.STALE_HOOKS", [heard.append])
    fix_status_date(date(2026, 10, 1), source="test")

    follow_terms()

    row = AuditRow.objects.get(subject_no="ORG-1")
    assert (row.actor, row.changes) == (None, {"org_state": ["active", "election_overdue"]})
    assert heard == ["org"]


def test_the_worker_looks_again_only_when_the_day_or_the_facts_have_moved(
    union, django_assert_num_queries
):
    chore = FollowTerms()
    chore()

    with django_assert_num_queries(2):
        assert chore() is False
    fix_status_date(date(2026, 10, 1), source="test")
    assert chore() is True
    assert _state(union) == "election_overdue"
