"""One page of a register's list: filtered, searched, and paged by key without counting."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area
from taizhang.core.records.models import Record
from taizhang.registers.fields import NOT_STATED
from taizhang.registers.spec import Label, RegisterSpec

PAGE_ROWS = 25
CURSOR = "after"
_UNSTATED = "none"


@dataclass(frozen=True)
class ListPage:
    """`rows` of the page; `cursor` leads to the next one, "" on the last."""

    filters: forms.Form
    rows: list[Record]
    cursor: str

    @property
    def is_narrowed(self) -> bool:
        return any(self.filters.cleaned_data.values())


class CursorFault(ValueError):
    """The place in the address is none of this list."""


def list_page(spec: RegisterSpec, by: User, query: QueryDict) -> ListPage:
    """The page of the records that the account may see which the address asks for.

    Raises CursorFault for a place that cannot be read.
    """
    filters = filter_form(spec, query)
    filters.is_valid()
    rows = narrow(spec, spec.model.objects.visible_to(by), filters.cleaned_data)
    rows = rows.select_related(*_joined(spec))
    if query.get(CURSOR):
        rows = _beyond(spec, rows, query[CURSOR])
    found = list(rows.order_by(*_order(spec))[: PAGE_ROWS + 1])
    page = found[:PAGE_ROWS]
    return ListPage(filters, page, _cursor(spec, page[-1]) if len(found) > PAGE_ROWS else "")


def filter_form(spec: RegisterSpec, query: QueryDict) -> forms.Form:
    """The search and the filters of a register; none of them is required."""
    form = forms.Form(query)
    if spec.search:
        form.fields["q"] = forms.CharField(
            label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
        )
    for name in spec.filters:
        form.fields[name] = _filter_field(spec.model._meta.get_field(name))
    return form


def narrow(
    spec: RegisterSpec, rows: QuerySet[Record], wanted: dict[str, object]
) -> QuerySet[Record]:
    """The rows that fit the cleaned filters; what is empty does not narrow."""
    for name in spec.filters:
        value = wanted.get(name)
        if value == _UNSTATED:
            rows = rows.filter(**{f"{name}__isnull": True})
        elif value:
            rows = rows.filter(**{name: value})
    text = wanted.get("q")
    if text:
        meant = Q(record_no__icontains=text)
        for field in spec.search:
            meant |= Q(**{f"{field}__icontains": text})
        rows = rows.filter(meant)
    return rows


class FilterSelect(forms.Select):
    """A select drawn without a template per option: a list page draws some sixty of them."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) == (value or "") else "", label)
                for key, label in self.choices
            ),
        )
        given = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", given, options)


def _filter_field(field: models.Field) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=capfirst(field.verbose_name),
        required=False,
        choices=[("", _("All")), *_filter_choices(field)],
        widget=FilterSelect,
    )


def _filter_choices(field: models.Field) -> list[tuple[str, Label]]:
    if field.is_relation:
        return [(area.pk, str(area)) for area in Area.objects.all()]
    if isinstance(field, models.BooleanField):
        unstated = [(_UNSTATED, NOT_STATED)] if field.null else []
        return [("True", _("Yes")), ("False", _("No")), *unstated]
    return list(field.choices)


def _joined(spec: RegisterSpec) -> list[str]:
    """The references in the columns, and what these in turn need for their names."""
    fields = [spec.model._meta.get_field(name) for name in spec.columns]
    single = [field for field in fields if field.is_relation and not field.many_to_many]
    named = (
        f"{field.name}__{name}"
        for field in single
        for name in getattr(field.related_model, "NAMED_BY", ())
    )
    return [*(field.name for field in single), *named]


def _key(spec: RegisterSpec) -> tuple[str, bool]:
    """The field that orders the list, and whether downwards."""
    return spec.ordering.lstrip("-"), spec.ordering.startswith("-")


def _order(spec: RegisterSpec) -> list:
    """By the key, empty ones last whatever the database, then by id in the same direction."""
    name, downwards = _key(spec)
    direction = "-id" if downwards else "id"
    if name == "id":
        return [direction]
    if not spec.model._meta.get_field(name).null:
        return [spec.ordering, direction]
    key = F(name).desc(nulls_last=True) if downwards else F(name).asc(nulls_last=True)
    return [key, direction]


def _cursor(spec: RegisterSpec, record: Record) -> str:
    name, _downwards = _key(spec)
    value = getattr(record, name)
    return f"{'' if value is None else value}~{record.pk}"


def _beyond(spec: RegisterSpec, rows: QuerySet[Record], cursor: str) -> QuerySet[Record]:
    """The rows after the one that the cursor names, in the order of the list."""
    name, downwards = _key(spec)
    field = spec.model._meta.get_field(name)
    text, _separator, pk = cursor.rpartition("~")
    try:
        key, last = field.to_python(text) if text else None, int(pk)
    except (ValidationError, ValueError) as fault:
        raise CursorFault(cursor) from fault
    side = "lt" if downwards else "gt"
    later = Q(**{f"id__{side}": last})
    if name == "id":
        return rows.filter(later)
    if key is None:
        return rows.filter(later, **{f"{name}__isnull": True})
    beyond = Q(**{f"{name}__{side}": key}) | (Q(**{name: key}) & later)
    if field.null:
        beyond |= Q(**{f"{name}__isnull": True})
    return rows.filter(beyond)
