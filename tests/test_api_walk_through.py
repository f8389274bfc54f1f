"""The walk-through in docs/api.md is true: each of its requests is sent, in order."""

import json
import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from taizhang.core.access.models import ApiToken, User
from taizhang.core.access.tokens import create_token
from taizhang.core.parameters.clock import fix_status_date
from taizhang.registers.testing_cast import create_account

DOCUMENT = Path(__file__).parents[1] / "docs" / "api.md"
STEP = re.compile(r"```sh\n(curl .+?)\n```\n+```json\n(.+?)\n```", re.DOTALL)


@pytest.fixture
def variables(tree) -> dict[str, str]:
    fix_status_date(date(2026, 9, 30), source="test")
    clerk = create_account("clerk", "刘洋", ("CC", tree.haigang))
    reviewer = create_account("reviewer", "马丽", ("CA", tree.haigang))
    return {"$API": "/api/v1", "$CLERK": _secret(clerk), "$REVIEWER": _secret(reviewer)}


def _secret(user: User) -> str:
    today = timezone.localdate()
    _token, secret = create_token(
        by=user, name="docs", scope=ApiToken.Scope.WRITE, registers=(), expires_on=today
    )
    return secret


def test_every_request_of_the_walk_through_is_answered_as_shown(variables):
    steps = STEP.findall(DOCUMENT.read_text(encoding="utf-8"))

    for command, shown in steps:
        answer = _sent(command, variables)
        expected = json.loads(shown)
        assert {name: answer.get(name) for name in expected} == expected, (command, answer)

    assert len(steps) == 7


def _sent(command: str, variables: dict[str, str]) -> dict[str, object]:
    """The answer to a request that is written for curl."""
    for name, value in variables.items():
        command = command.replace(name, value)
    words = iter(shlex.split(command)[1:])
    method, headers, body, url = "GET", {}, "", ""
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _colon, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(words)
        else:
            url = word
    content_type = headers.pop("Content-Type", "")
    response = Client().generic(method, url, body, content_type, headers=headers)
    return response.json()
