"""The interface put together: the shared operations, then those of each register, then the rest."""

import json

from django.http import HttpRequest
from ninja import NinjaAPI, Router
from ninja.parser import Parser

from taizhang.registers.api.authentication import BearerToken
from taizhang.registers.api.extension import API_ROUTERS
from taizhang.registers.api.faults import answer_faults, wrong_type
from taizhang.registers.api.operations import (
    catalogue,
    corrections,
    evidence,
    records,
    steps,
)
from taizhang.registers.spec import REGISTERS

VERSION = "1"
_JSON = "application/json"
_DESCRIPTION = """\
The registers and the ledger for programs. Every request carries a token of an account as
`Authorization: Bearer …` and may do what that account may do on the pages, never more. What is
hidden from the account is answered like what does not exist. Refusals say what was not done, why,
and what to do next, in the language that `Accept-Language` asks for (`zh-hans`, `en`).
"""


class StrictParser(Parser):
    """Reads JSON that says it is JSON."""

    def parse_body(self, request: HttpRequest) -> object:
        if request.content_type != _JSON:
            raise wrong_type(_JSON)
        return json.loads(request.body, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def build_interface() -> NinjaAPI:
    """The interface over all offered registers; call it once, when all of them are known."""
    api = NinjaAPI(
        title="Taizhang",
        version=VERSION,
        description=_DESCRIPTION,
        auth=BearerToken(),
        parser=StrictParser(),
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        servers=[{"url": "/"}],
    )
    answer_faults(api)
    # Before the registers' own: `…/records/N/history` is not the record `N/history`.
    for router in (
        catalogue.router,
        steps.router,
        corrections.router,
        evidence.router,
    ):
        api.add_router("", router)
    own = Router()
    for spec in REGISTERS.values():
        records.add_register(own, spec)
    api.add_router("", own)
    for router in API_ROUTERS.values():
        api.add_router("", router)
    return api
