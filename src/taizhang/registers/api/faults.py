"""How the interface refuses: one form of answer for every refusal, in the words of the pages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as InputInvalid
from pydantic import BaseModel, Field

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.lib.refusal import Refused
from taizhang.registers.authority import permits
from taizhang.registers.refusals import RecordChanged
from taizhang.registers.spec import RegisterSpec

Sentence = str | Promise


class FieldFault(BaseModel):
    message: str = Field(description="What is wrong with the value, and what to write instead.")


class Fault(BaseModel):
    """A refusal, in the language that `Accept-Language` asks for."""

    code: str = Field(description="For programs; it stays the same in every language.")
    what: str = Field(description="What was not done.")
    why: str = Field(description="Why not.")
    next: str = Field(description="What to do next.")
    fields: dict[str, list[FieldFault]] | None = Field(
        None, description="The faults by field; `__all__` holds those of several fields together."
    )


# Which answers an operation may give besides its own.
OF_READING = frozenset({401, 403, 404, 422, 429})
OF_WRITING = OF_READING | {400, 409, 413, 415}


class Refusal(Exception):
    """An answer other than the operation's own. Raise it anywhere below an operation."""

    def __init__(
        self,
        status: int,
        code: str,
        refused: Refused,
        fields: Mapping[str, list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, code)
        self.status, self.code, self.refused = status, code, refused
        self.fields, self.headers = fields, headers or {}


_NOT_DONE = _("Nothing was done.")


def not_found() -> Refusal:
    """Hidden and missing look the same."""
    why = _("There is nothing here, or nothing that this account may see.")
    return Refusal(404, "not_found", Refused(_NOT_DONE, why, _("Check the address.")))


def no_permission(label: Sentence) -> Refusal:
    why = format_lazy(_("Your roles do not include “{permission}”."), permission=label)
    return Refusal(403, "no_permission", Refused(_NOT_DONE, why, _("Ask an administrator.")))


def invalid(fields: Mapping[str, list[str]]) -> Refusal:
    refused = Refused(
        _NOT_DONE,
        _("Some values are missing or not allowed."),
        _("Correct the fields named here and send the request again."),
    )
    return Refusal(422, "invalid", refused, fields)


def unreadable() -> Refusal:
    why = _("The content of the request cannot be read as what its header says.")
    return Refusal(400, "unreadable", Refused(_NOT_DONE, why, _("Send well-formed JSON.")))


def wrong_type(accepted: str) -> Refusal:
    why = format_lazy(_("This address reads “{type}” only."), type=accepted)
    refused = Refused(_NOT_DONE, why, _("Set the header Content-Type and send it again."))
    return Refusal(415, "wrong_type", refused)


def not_allowed(methods: str) -> Refusal:
    why = format_lazy(_("This address answers to {methods} only."), methods=methods)
    refused = Refused(_NOT_DONE, why, _("See the reference for what it is for."))
    return Refusal(405, "not_allowed", refused, headers={"Allow": methods})


def too_large() -> Refusal:
    refused = Refused(
        _NOT_DONE, _("The request is too large."), _("Divide it into several smaller ones.")
    )
    return Refusal(413, "too_large", refused)


@contextmanager
def refusals_of(spec: RegisterSpec, record: Record | None, verb: str, by: User) -> Iterator[None]:
    """Answers what an action refuses: 403 where the permission does not reach, else 409 or 422."""
    try:
        yield
    except ValidationError as fault:
        raise invalid(_texts(fault)) from fault
    except RecordChanged as refused:
        raise Refusal(409, "record_changed", refused) from refused
    except Refused as refused:
        if record is not None and permits(by, spec.permission(verb), record):
            raise Refusal(409, "not_now", refused) from refused
        raise Refusal(403, "not_yours", refused) from refused


def answer_faults(api: NinjaAPI) -> None:
    """Let the interface answer every refusal and every fault of a request in the one form."""

    @api.exception_handler(Refusal)
    def _refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        return answer(refusal)

    @api.exception_handler(InputInvalid)
    def _invalid(request: HttpRequest, fault: InputInvalid) -> HttpResponse:
        return answer(invalid(faults_by_field(fault.errors)))

    @api.exception_handler(AuthenticationError)
    def _unknown(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
        return answer(_not_signed_in())

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, fault: HttpError) -> HttpResponse:
        # ninja wraps whatever its parser raises.
        cause = fault.__cause__
        return answer(cause if isinstance(cause, Refusal) else unreadable())

    @api.exception_handler(Http404)
    def _missing(request: HttpRequest, fault: Http404) -> HttpResponse:
        return answer(not_found())

    @api.exception_handler(RequestDataTooBig)
    def _big(request: HttpRequest, fault: RequestDataTooBig) -> HttpResponse:
        return answer(too_large())

    for broken in (MultiPartParserError, SuspiciousOperation):
        api.add_exception_handler(broken, lambda request, fault: answer(unreadable()))


def answer(refusal: Refusal) -> HttpResponse:
    """The refusal as a response, in the language of the request."""
    refused = refusal.refused
    fields = {
        name: [FieldFault(message=str(text)) for text in texts]
        for name, texts in (refusal.fields or {}).items()
    }
    fault = Fault(
        code=refusal.code,
        what=str(refused.what),
        why=str(refused.why),
        next=str(refused.next),
        fields=fields or None,
    )
    return HttpResponse(
        fault.model_dump_json(exclude_none=True),
        status=refusal.status,
        content_type="application/json; charset=utf-8",
        headers={"Cache-Control": "no-store", **refusal.headers},
    )


def faults_by_field(errors: list[dict]) -> dict[str, list[str]]:
    """The faults by the innermost named place, such as `held_on`."""
    found: dict[str, list[str]] = {}
    for error in errors:
        names = [str(part) for part in error["loc"] if isinstance(part, str)]
        text = str(_WORDS.get(error["type"], _OF_ANOTHER_FORM))
        found.setdefault(names[-1] if names else "__all__", []).append(text)
    return found


def _not_signed_in() -> Refusal:
    refused = Refused(
        _NOT_DONE,
        _("The request carries no token, or one that is not in force."),
        _("Send “Authorization: Bearer …” with a token made on the page of access tokens."),
    )
    return Refusal(401, "no_token", refused, headers={"WWW-Authenticate": "Bearer"})


def _texts(fault: ValidationError) -> dict[str, list[str]]:
    if hasattr(fault, "error_dict"):
        return {name: list(texts) for name, texts in fault.message_dict.items()}
    return {"__all__": list(fault.messages)}


# What the checks of form say, by the kind of fault; all else is _OF_ANOTHER_FORM.
_WORDS: Mapping[str, Sentence] = {
    "missing": _("This value is required."),
    "extra_forbidden": _("There is no such field."),
    "literal_error": _("Not one of the values that this field may have."),
    "string_too_long": _("The text is too long."),
    "string_too_short": _("The text is too short."),
    "greater_than_equal": _("The number is too small."),
    "less_than_equal": _("The number is too large."),
}
_OF_ANOTHER_FORM = _("The value is not of the form that the description of the field gives.")
