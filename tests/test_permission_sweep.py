"""Every address as owner, superior, neighbour, stranger and anonymous: who gets which answer."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse

from tests.addresses import ADDRESSES, WHO, routed_names, url_of
from tests.scene import Scene

ZIP = b"PK\x03\x04"

# Addresses that answer somebody who is not signed in; all others send to the sign-in page.
PUBLIC = {
    "account_login",
    "account_logout",
    "account_inactive",
    "mfa_authenticate",
    "set_language",
    "api_openapi",
}

# Lists, searches and explanations that could name what another part of the page hides.
SEARCHES = (
    "/registers/meeting/?q=甲会",
    "/registers/meeting/?q=乙会",
    "/registers/org/?q=海港重型",
    "/registers/org/options/?q=海港重型",
    "/registers/employer/options/?q=海港重型",
    "/registers/post/",
    "/registers/employer/",
    "/commitments/5.2/?area=130302&list=uncounted",
    "/commitments/5.2/?list=counted",
    "/commitments/3.3/?list=subjects",
    "/commitments/3.3/?list=unknown",
    "/commitments/3.4/?list=subjects",
    "/items/3/?area=130302",
)


def test_every_address_has_a_row():
    assert sorted(routed_names()) == sorted(ADDRESSES)


@pytest.mark.parametrize("method", ["get", "post"])
def test_each_of_the_cast_is_answered_as_the_table_says_and_told_nothing_hidden(scene, method):
    wrong, sent_elsewhere, leaks = [], [], []
    sign_in = reverse("account_login")

    for who, name, response in _visits(scene, method):
        expected = getattr(ADDRESSES[name], method)[WHO.index(who)]
        if response.status_code != expected:
            wrong.append(f"{name} as {who}: {response.status_code}, not {expected}")
        if who == "anonymous" and name not in PUBLIC and not _leads_to(sign_in, response):
            sent_elsewhere.append(name)
        text = _text(response)
        leaks += [f"{name} tells {who}: {s}" for s in scene.secrets[who] if s in text]

    assert wrong == []
    assert sent_elsewhere == []
    assert leaks == []


@pytest.mark.parametrize("who", [who for who in WHO if who != "chen"])
def test_no_search_finds_what_is_hidden_from_its_reader(scene, who):
    client = scene.client(who)

    leaks = [
        f"{path} tells {who}: {secret}"
        for path in SEARCHES
        for secret in scene.secrets[who]
        if secret in client.get(path).text
    ]

    assert leaks == []


def test_the_secrets_are_told_where_they_are_not_hidden(scene):
    told = "".join(scene.client("chen").get(path).text for path in SEARCHES)

    untold = {text for texts in scene.secrets.values() for text in texts if text not in told}

    assert untold == {"海港区甲议题", "昌黎县乙议题", "甲会纪要"}, "these stand on the record alone"


def _leads_to(address: str, response: HttpResponseBase) -> bool:
    return response.headers.get("Location", "").startswith(address)


def _text(response: HttpResponseBase) -> str:
    """What an answer tells: of an office document the text of all its parts."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if not content.startswith(ZIP):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def _visits(scene: Scene, method: str) -> Iterator[tuple[str, str, HttpResponseBase]]:
    """Each person's answer at each address; what a visit changes is taken back."""
    for who in WHO:
        for name, address in ADDRESSES.items():
            data = address.data(scene) if method == "post" else {}
            with transaction.atomic():
                response = getattr(scene.client(who), method)(url_of(name, scene), data)
                response.getvalue()  # a file is closed when it has been read
                transaction.set_rollback(True)
            yield who, name, response
