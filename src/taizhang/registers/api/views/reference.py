"""The reference of the interface as plain pages, made from its OpenAPI description."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from taizhang.registers.api.description import openapi_document
from taizhang.registers.spec import REGISTERS

Schema = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter, or a field of what is sent; `place`: path, query, header or body."""

    name: str
    place: str
    type: str
    is_required: bool
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    summary: str
    values: Sequence[Value]
    statuses: Sequence[str]


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document. It describes the product, holds no data, and is open to anybody."""
    return JsonResponse(openapi_document(), json_dumps_params={"ensure_ascii": False})


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """What holds for all operations, the shared ones, and the way to those of each register."""
    own = {f"{spec.slug}_{name}" for spec in REGISTERS.values() for name in _OWN}
    groups: dict[str, list[Operation]] = {}
    for details, operation in _operations():
        if details["operationId"] not in own:
            groups.setdefault(details["tags"][0], []).append(operation)
    specs = [spec for spec in REGISTERS.values() if request.user.holds(spec.permission("read"))]
    return render(request, "api/reference.html", {"groups": groups.items(), "specs": specs})


@require_safe
def register_reference(request: HttpRequest, slug: str) -> HttpResponse:
    """The four operations of one register that the account may read, with its fields."""
    spec = REGISTERS.get(slug)
    if spec is None or not request.user.holds(spec.permission("read")):
        raise Http404(slug)
    wanted = {f"{slug}_{name}" for name in _OWN}
    operations = [each for details, each in _operations() if details["operationId"] in wanted]
    return render(request, "api/register.html", {"spec": spec, "operations": operations})


_OWN = ("list", "create", "read", "change")


def _operations() -> Iterator[tuple[Schema, Operation]]:
    document = openapi_document()
    for path, methods in document["paths"].items():
        for method, details in methods.items():
            summary = details["summary"]  # marked for translation where it is written
            yield (
                details,
                Operation(
                    method=method.upper(),
                    path=path,
                    summary=gettext(summary),
                    values=[*_parameters(details), *_body(details, document)],
                    statuses=sorted(details["responses"]),
                ),
            )


def _parameters(details: Schema) -> Iterator[Value]:
    for each in details["parameters"]:
        yield _value(each["name"], each["in"], each["schema"], each["required"])


def _body(details: Schema, document: Schema) -> Iterator[Value]:
    """What is sent, field by field; the fields of a record stand one level down."""
    for content in details.get("requestBody", {}).get("content", {}).values():
        schema = _resolved(content["schema"], document)
        for name, each in schema["properties"].items():
            inner = _resolved(each, document)
            if "properties" not in inner:
                yield _value(name, "body", inner, name in schema.get("required", ()))
                continue
            for field, about in inner["properties"].items():
                is_required = field in inner.get("required", ())
                yield _value(f"{name}.{field}", "body", about, is_required)


def _resolved(schema: Schema, document: Schema) -> Schema:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _value(name: str, place: str, schema: Schema, is_required: bool) -> Value:
    return Value(
        name=name,
        place=place,
        type=_type(schema),
        is_required=is_required,
        title="" if _is_of_the_name(schema.get("title", ""), name) else schema["title"],
        description=schema.get("description", "").replace("`", "") or _values(schema),
    )


def _values(schema: Schema) -> str:
    """The values of a closed set that nobody has described."""
    return ", ".join(map(str, schema.get("enum", ())))


def _is_of_the_name(title: str, name: str) -> bool:
    """Was the title only made from the name, as where nobody has given one?"""
    return not title or title.lower().replace(" ", "_") == name.lower().replace("-", "_")


def _type(schema: Schema) -> str:
    """The JSON type in a word, such as `string (date)` or `list of string`."""
    if "anyOf" in schema:
        kinds = [each for each in schema["anyOf"] if each.get("type") != "null"]
        return " | ".join(map(_type, kinds))
    if schema.get("type") == "array":
        return f"[{_type(schema['items'])}]"
    form = schema.get("format")
    return f"{schema.get('type', '')} ({form})" if form else str(schema.get("type", ""))
