"""A client of the interface for the tests of every package."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from taizhang.core.access.models import ApiToken, User
from taizhang.core.access.tokens import create_token

JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """`body` is None where the answer holds no JSON."""

    status: int
    body: Any
    headers: Any


class ApiClient:
    """Calls the interface with a token of the account; without one it has no token."""

    def __init__(
        self,
        user: User | None,
        *,
        scope: ApiToken.Scope = ApiToken.Scope.WRITE,
        registers: tuple[str, ...] = (),
        language: str = "en",
    ) -> None:
        self.headers = {"accept-language": language}
        self.client = Client()
        if user is not None:
            self.token, secret = create_token(
                by=user,
                name="test",
                scope=scope,
                registers=registers,
                expires_on=timezone.localdate() + timedelta(days=1),
            )
            self.headers["authorization"] = f"Bearer {secret}"

    def get(self, path: str, **query: object) -> Answer:
        return self._answer(self.client.get(_url(path), query, headers=self.headers))

    def post(self, path: str, content: object = None, **headers: str) -> Answer:
        return self._send("post", path, content or {}, headers)

    def patch(self, path: str, content: object) -> Answer:
        return self._send("patch", path, content, {})

    def upload(self, path: str, file: object) -> Answer:
        return self._answer(self.client.post(_url(path), {"file": file}, headers=self.headers))

    def _send(self, method: str, path: str, content: object, headers: dict[str, str]) -> Answer:
        send = getattr(self.client, method)
        response = send(_url(path), content, content_type=JSON, headers=self.headers | headers)
        return self._answer(response)

    def _answer(self, response: Any) -> Answer:
        is_json = response.headers.get("Content-Type", "").startswith(JSON)
        body = response.json() if is_json else None
        response.close()  # a file is closed with its answer
        return Answer(response.status_code, body, response.headers)


def _url(path: str) -> str:
    return f"/api/v1{path}"
