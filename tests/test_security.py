"""What a browser relies on: headers, no inline script or style, a token in every form."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.addresses import ADDRESSES, url_of
from tests.scene import Scene

READERS = ("chen", "wang", "anonymous")
# Attributes by which a page could load something or go somewhere.
ADDRESSED = ("src", "href", "action", "data", "poster", "formaction", "srcset")


class Faults(HTMLParser):
    """Collects what a strict policy forbids, and forms that post without a token."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_post_form = self._has_token = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, value in given.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.found.append(f"<{tag} {name}>")
            if name in ADDRESSED and not self._is_local(tag, value or ""):
                self.found.append(f"<{tag} {name}={value}>")
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(f"inline <{tag}>")
        if tag == "form":
            self._in_post_form, self._has_token = given.get("method") == "post", False
        if given.get("name") == "csrfmiddlewaretoken":
            self._has_token = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._in_post_form and not self._has_token:
            self.found.append("form without token")

    @staticmethod
    def _is_local(tag: str, value: str) -> bool:
        if tag == "img" and value.startswith("data:image/"):
            return True
        return value == "" or (value[0] in "/#?" and not value.startswith("//"))


def _pages(scene: Scene, who: str) -> Iterator[tuple[str, object]]:
    """Every page that the person gets to see, errors included."""
    client = scene.client(who)
    if who != "anonymous":
        _confirm_identity(client, who)
    for name in ADDRESSES:
        response = client.get(url_of(name, scene))
        response.getvalue()  # a file is closed when it has been read
        if not response.streaming and response.headers["Content-Type"].startswith("text/html"):
            yield name, response


def _confirm_identity(client, who: str) -> None:
    client.post(reverse("account_reauthenticate"), {"password": who})


@pytest.mark.parametrize("who", READERS)
def test_every_page_is_closed_by_its_headers_and_keeps_its_own_policy(scene, who):
    for name, page in _pages(scene, who):
        assert Faults(page.text).found == [], name
        policy = page["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "script-src 'self';" in f"{policy};", name
        assert "style-src 'self';" in f"{policy};", name
        assert "frame-ancestors 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert "http" not in policy, name
        assert page["X-Frame-Options"] == "DENY", name
        assert page["X-Content-Type-Options"] == "nosniff", name
        assert page["Referrer-Policy"] == "same-origin", name
        assert page["Cross-Origin-Opener-Policy"] == "same-origin", name


def test_the_pages_of_the_second_factor_keep_the_policy(scene):
    client = scene.client("chen")
    _confirm_identity(client, "chen")
    Authenticator.objects.create(user=scene.people["chen"], type="totp", data={"secret": "x"})
    # Whoever has a second factor confirms with it; the codes come with it.
    pages = [reverse("mfa_reauthenticate"), reverse("mfa_index"), reverse("mfa_deactivate_totp")]

    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert Faults(response.text).found == [], page


def test_a_post_without_its_token_is_refused_everywhere(scene):
    client = scene.client("chen", enforce_csrf_checks=True)

    accepted = [name for name in ADDRESSES if client.post(url_of(name, scene)).status_code != 403]

    assert accepted == []


def test_a_page_that_does_not_exist_keeps_the_policy(scene):
    page = scene.client("chen").get("/no/such/page/")

    assert page.status_code == 404
    assert Faults(page.text).found == []
    assert "default-src 'none'" in page["Content-Security-Policy"]
