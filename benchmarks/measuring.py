"""Timing of requests and what is said of it: medians, 95th percentiles, a table."""

import http.client
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one page, from connecting to the last byte, one client."""

    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    body: str


class Client:
    """A browser's essentials: cookies, and a form that is sent with its hidden fields."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._send("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send the form that stands at `path`, with `fields` filled in."""
        token = _token(self.get(path).body)
        return self._send("POST", path, urlencode({**fields, "csrfmiddlewaretoken": token}))

    def sign_in(self, username: str, password: str) -> None:
        """Raises PermissionError when the account is refused."""
        answer = self.post("/accounts/login/", {"login": username, "password": password})
        if answer.status != http.client.FOUND:
            raise PermissionError(f"{username} is refused: status {answer.status}")

    def _send(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Language": "zh-hans",
            "Referer": f"http://{self.address}{path}",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(self.address, timeout=30)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        given = [value.partition(";")[0] for value in response.headers.get_all("Set-Cookie", [])]
        cookies = dict(cookie.split("=", 1) for cookie in given)
        self.cookies |= cookies
        return Answer(response.status, dict(response.headers), cookies, text)


class _HiddenFields(HTMLParser):
    token = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "input" and values.get("name") == "csrfmiddlewaretoken":
            self.token = values.get("value") or ""


def _token(html: str) -> str:
    fields = _HiddenFields()
    fields.feed(html)
    return fields.token


@dataclass(frozen=True, slots=True)
class Page:
    """A page to time: who asks, where, and the status that must come back."""

    name: str
    client: Client
    path: str
    status: int = http.client.OK


def time_pages(pages: Sequence[Page], times: int, warm_up: int) -> dict[str, Timing]:
    """Each page `times` times, in turns, so that a busy moment falls on all of them.

    Raises AssertionError when a page answers with another status than it should.
    """
    taken: dict[str, list[float]] = {page.name: [] for page in pages}
    for turn in range(warm_up + times):
        for page in pages:
            started = time.perf_counter()
            answer = page.client.get(page.path)
            milliseconds = (time.perf_counter() - started) * 1000
            if answer.status != page.status:
                raise AssertionError(f"{page.name}: status {answer.status}, not {page.status}")
            if turn >= warm_up:
                taken[page.name].append(milliseconds)
    return {name: timing(values) for name, values in taken.items()}


def timing(milliseconds: Sequence[float]) -> Timing:
    return Timing(statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20)[-1])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown whose columns stand under each other."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )
