"""From an address to the register and the record it names; hidden and missing look the same."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from taizhang.core.records.models import Record
from taizhang.registers.spec import REGISTERS, RegisterSpec

MOST_DIGITS = 9


def register_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the spec in place of the slug; 404 unless the account may read there."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **kwargs) -> HttpResponse:
        spec = REGISTERS.get(slug)
        if spec is None or not request.user.holds(spec.permission("read")):
            raise Http404(slug)
        return view(request, spec, **kwargs)

    return login_required(wrapped)


def record_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the spec and the record; 404 for one that the account may not see."""

    @wraps(view)
    def wrapped(request: HttpRequest, spec: RegisterSpec, record_no: str, **kwargs) -> HttpResponse:
        record = (
            spec.model.objects.visible_to(request.user)
            .select_related("entered_by", "verified_by", "owner_org", *_references(spec))
            .filter(record_no=record_no)
            .first()
        )
        if record is None:
            raise Http404(record_no)
        return view(request, spec, record, **kwargs)

    return register_view(wrapped)


def record_url(spec: RegisterSpec, record: Record, name: str = "record", **kwargs: str) -> str:
    """The address of a page of a record."""
    return reverse(name, kwargs={"slug": spec.slug, "record_no": record.record_no, **kwargs})


def whole_number(text: str) -> int | None:
    """The number that was sent; None for anything else, and for more digits than any id has."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def _references(spec: RegisterSpec) -> list[str]:
    fields = (spec.model._meta.get_field(name) for name in spec.fields)
    return [field.name for field in fields if field.is_relation and not field.many_to_many]
