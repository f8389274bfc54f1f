"""The OpenAPI description of the interface, the same whatever the language of the request."""

import json
from functools import cache

from django.utils.translation import override

from taizhang.registers.api.interface import build_interface

PREFIX = "api/v1/"
INTERFACE = build_interface()


@cache
def openapi_document() -> dict[str, object]:
    """OpenAPI 3.1, as plain values."""
    with override("en"):
        document = INTERFACE.get_openapi_schema(path_prefix=PREFIX)
        return json.loads(json.dumps(document))


def openapi_text() -> str:
    """The document as it is kept in `docs/openapi.json`."""
    return json.dumps(openapi_document(), ensure_ascii=False, indent=1) + "\n"
