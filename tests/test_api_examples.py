"""Made-up requests over the whole interface: no fault of the server, no undeclared answer."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as run_with
from hypothesis import strategies as st
from schemathesis.checks import FailureGroup, not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from taizhang.config.wsgi import application
from taizhang.core.records.models import RecordStatus
from taizhang.registers.api.testing import ApiClient
from taizhang.registers.corrections.models import Correction
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing import RegisterContract
from taizhang.registers.testing_cast import create_account
from tests.scene import Scene

# A longer run by hand: TAIZHANG_API_EXAMPLES=200 pytest tests/test_api_examples.py
EXAMPLES = int(os.environ.get("TAIZHANG_API_EXAMPLES", "4"))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@dataclass
class Visits:
    """How often which answer came, so that the test knows it got past the door."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@pytest.fixture
def known(scene: Scene, tree) -> dict[str, list[object]]:
    """Values by name under which something is found; record numbers also by register."""
    numbers = {contract.slug: _records(contract(), tree) for contract in _contracts()}
    numbers["meeting"] += [scene.draft.record_no, scene.other.record_no]
    return numbers | {
        "slug": ["meeting"],
        "record_no": numbers["meeting"],
        "code": ["5.2", "3.3", "1.1"],
        "number": [5, 3],
        "evidence_id": [scene.evidence.pk],
        "correction_id": list(Correction.objects.values_list("pk", flat=True)),
    }


def _contracts() -> list[type[RegisterContract]]:
    """The contract of every register, which knows how to make its records."""
    for domain in {spec.key.partition(".")[0] for spec in REGISTERS.values()}:
        import_module(f"taizhang.domains.{domain}.tests.test_registers")
    return RegisterContract.__subclasses__()


def _records(contract: RegisterContract, tree) -> list[str]:
    """The numbers of a record in each state."""
    rows = [contract.make(tree.haigang, record_status=status) for status in RecordStatus]
    return [row.record_no for row in rows]


# The client of schemathesis leaves a file that it was sent to be closed when it is collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_made_up_request_is_answered_with_a_fault_or_undeclared(scene, tree, known, settings):
    everything = create_account(
        "everything", "全", ("DC", tree.city), ("DH", tree.city), ("FN", tree.city)
    )
    settings.API_REQUESTS_PER_MINUTE = 10**9
    headers = ApiClient(everything).headers
    visits = Visits()

    for operation in _operations():
        _visit(operation, known, headers, visits)

    assert visits.faults == []
    assert {200, 201, 404, 409, 422} <= visits.statuses.keys(), visits.statuses
    assert visits.statuses[200] > visits.statuses.total() / 5, "most requests end at the door"


def _operations() -> Iterator[APIOperation]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for result in schema.get_all_operations():
        yield result.ok()


def _visit(
    operation: APIOperation, known: dict[str, list], headers: dict[str, str], visits: Visits
) -> None:
    """Send examples to one operation, half of them meant well; their changes are taken back."""

    @run_with(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), is_meant=st.booleans(), data=st.data())
    def send(case: schemathesis.Case, is_meant: bool, data: st.DataObject) -> None:
        if is_meant:
            _mean(case, operation, known, data)
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        visits.statuses[response.status_code] += 1
        try:
            case.validate_response(response, checks=CHECKS)
        except (AssertionError, FailureGroup) as fault:
            visits.faults.append(f"{operation.label}: {fault}")

    send()


def _mean(
    case: schemathesis.Case, operation: APIOperation, known: dict[str, list], data: st.DataObject
) -> None:
    """Turn a made-up request into one that finds something."""
    register = operation.path.removeprefix("/api/v1/registers/").partition("/")[0]
    values = known | {"record_no": known.get(register, known["record_no"])}
    for name in case.path_parameters or {}:
        if name in values:
            case.path_parameters[name] = data.draw(st.sampled_from(values[name]))
    for name in ("after", "under", "q", "area"):
        (case.query or {}).pop(name, None)
    if isinstance(case.body, dict) and "version" in case.body:
        case.body["version"] = 1
