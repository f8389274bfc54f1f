"""Listing, reading, creating and changing records: four operations for each register."""

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext_noop
from ninja import Body, Header, Query, Router, Status

from taizhang.core.access.models import User
from taizhang.core.records.models import Source
from taizhang.registers.actions import change_record, create_record, edit_refusal
from taizhang.registers.api.addressing import (
    RECORD,
    RECORDS,
    RecordNo,
    expect_permission,
    record_of,
    register_of,
)
from taizhang.registers.api.entering import changed_values, entered_values
from taizhang.registers.api.faults import OF_READING, OF_WRITING, Fault, invalid, refusals_of
from taizhang.registers.api.reading import Content, list_content, record_content
from taizhang.registers.api.repetition import created_once
from taizhang.registers.api.schemas import RegisterSchemas, in_both, schemas_of
from taizhang.registers.listing import CursorFault, ListPage, list_page
from taizhang.registers.spec import RegisterSpec

KEY_PATTERN = r"^[\x21-\x7e]+$"
KEY_LENGTH = 100


def add_register(router: Router, spec: RegisterSpec) -> None:
    """Add the four operations of a register."""
    schemas = schemas_of(spec.slug)
    tags = [in_both(spec.label)]
    _add_list(router, spec, schemas, tags)
    _add_create(router, spec, schemas, tags)
    _add_read(router, spec, schemas, tags)
    _add_change(router, spec, schemas, tags)


def _add_list(
    router: Router, spec: RegisterSpec, schemas: RegisterSchemas, tags: list[str]
) -> None:
    @router.get(
        RECORDS.format(slug=spec.slug),
        response={200: schemas.page, OF_READING: Fault},
        operation_id=f"{spec.slug}_list",
        summary=gettext_noop("List the records"),
        description="The records that the account may see, one page. " + _purpose(spec),
        tags=tags,
    )
    def list_records(request: HttpRequest, query: schemas.filters = Query(...)):  # noqa: B008
        register_of(request, spec.slug)
        page = _page(spec, request.user, query.model_dump(exclude_none=True))
        return {
            "records": list_content(spec, page.rows, request.user),
            "next": page.cursor or None,
        }


def _add_create(
    router: Router, spec: RegisterSpec, schemas: RegisterSchemas, tags: list[str]
) -> None:
    @router.post(
        RECORDS.format(slug=spec.slug),
        response={201: schemas.record, OF_WRITING: Fault},
        operation_id=f"{spec.slug}_create",
        summary=gettext_noop("Create a record"),
        description=(
            "A draft; submit it, so that another person can verify it. What is left out is as in "
            "the form when it is opened."
        ),
        tags=tags,
    )
    def create(
        request: HttpRequest,
        content: schemas.entry = Body(...),  # noqa: B008
        idempotency_key: str | None = Header(
            None,
            alias="Idempotency-Key",
            max_length=KEY_LENGTH,
            pattern=KEY_PATTERN,
            description="Sent again with the same key, a creation answers with its first record.",
        ),
    ):
        register_of(request, spec.slug)
        expect_permission(request, spec, "enter")
        given = content.fields.model_dump(exclude_unset=True)

        def enter() -> str:
            values = entered_values(spec, given, request.user)
            with refusals_of(spec, None, "enter", request.user):
                record = create_record(spec, values, by=request.user, source=Source.API)
            return record.record_no

        number = created_once(request.auth, idempotency_key, spec.slug, given, enter)
        return Status(201, _found(request, spec, number))


def _add_read(
    router: Router, spec: RegisterSpec, schemas: RegisterSchemas, tags: list[str]
) -> None:
    @router.get(
        RECORD.format(slug=spec.slug),
        response={200: schemas.record, OF_READING: Fault},
        operation_id=f"{spec.slug}_read",
        summary=gettext_noop("Read a record"),
        tags=tags,
    )
    def read(request: HttpRequest, record_no: str = RecordNo):
        return _found(request, spec, record_no)


def _add_change(
    router: Router, spec: RegisterSpec, schemas: RegisterSchemas, tags: list[str]
) -> None:
    @router.patch(
        RECORD.format(slug=spec.slug),
        response={200: schemas.record, OF_WRITING: Fault},
        operation_id=f"{spec.slug}_change",
        summary=gettext_noop("Change a record"),
        description="Of a draft or a returned record. A verified one is corrected instead.",
        tags=tags,
    )
    def change(
        request: HttpRequest,
        content: schemas.change = Body(...),  # noqa: B008
        record_no: str = RecordNo,
    ):
        _spec, record = record_of(request, spec.slug, record_no)
        given = content.fields.model_dump(exclude_unset=True)
        with refusals_of(spec, record, "enter", request.user):
            refusal = edit_refusal(spec, record, request.user)
            if refusal is not None:
                raise refusal
            values = changed_values(spec, record, given, request.user)
            changed = change_record(spec, record, values, by=request.user, version=content.version)
        return record_content(spec, changed, request.user)


# How the form of the list names what JSON names otherwise.
_FORM_VALUES = {"true": "True", "false": "False"}


def _page(spec: RegisterSpec, by: User, wanted: dict[str, object]) -> ListPage:
    """The page that the query asks for. Raises Refusal for what no filter of the list offers."""
    query = QueryDict(mutable=True)
    for name, value in wanted.items():
        query[name] = _FORM_VALUES.get(value, str(value))
    try:
        page = list_page(spec, by, query)
    except CursorFault as fault:
        raise Http404(str(fault)) from fault
    if page.filters.errors:
        raise invalid({name: list(texts) for name, texts in page.filters.errors.items()})
    return page


def _found(request: HttpRequest, spec: RegisterSpec, record_no: str) -> Content:
    _spec, record = record_of(request, spec.slug, record_no)
    return record_content(spec, record, request.user)


def _purpose(spec: RegisterSpec) -> str:
    return f"{spec.code}: {in_both(spec.purpose)}"
