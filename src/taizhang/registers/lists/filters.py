"""What an address may ask of a register's list: search, filters, ranges, and below which union."""

from collections.abc import Iterator

from django import forms
from django.db import models
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area, Organisation
from taizhang.core.records.models import RecordStatus
from taizhang.registers.display import spec_of
from taizhang.registers.fields import NOT_STATED, ReferenceField, day
from taizhang.registers.spec import Label, RegisterSpec

SEARCH = "q"
UNDER = "under"
STATUS = "record_status"
UNSTATED = "none"
ANY_STATUS = "any"
FROM, TO = "_from", "_to"
ORG = Organisation.REGISTER.rpartition(".")[2]


def filter_form(spec: RegisterSpec, by: User, query: QueryDict) -> forms.Form:
    """The search and the filters of a register; none of them is required."""
    form = forms.Form(query)
    if spec.search:
        form.fields[SEARCH] = forms.CharField(
            label=_("Search"),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"type": "search"}),
        )
    for name in spec.filters:
        form.fields[name] = _choice(spec.model._meta.get_field(name))
    for name in ranges(spec):
        form.fields[name + FROM], form.fields[name + TO] = _ends(spec.model._meta.get_field(name))
    if _reads_unions(by):
        form.fields[UNDER] = ReferenceField(
            Organisation, ORG, by, (), label=_("Below union"), required=False
        )
    return form


def filter_names(spec: RegisterSpec, by: User) -> tuple[str, ...]:
    """The names of the fields of `filter_form`, without making one."""
    return (
        *([SEARCH] if spec.search else []),
        *spec.filters,
        *(name + end for name in ranges(spec) for end in (FROM, TO)),
        *([UNDER] if _reads_unions(by) else []),
    )


def ranges(spec: RegisterSpec) -> tuple[str, ...]:
    """The fields that date a record, by day or by year: the list narrows them from–to."""
    dated = dict.fromkeys((*spec.period, spec.ordering.removeprefix("-")))
    known = {field.name: field for field in spec.model._meta.fields}
    return tuple(
        name
        for name in dated
        if name != "id" and isinstance(known.get(name), models.DateField | models.IntegerField)
    )


def asked(form: forms.Form) -> Iterator[tuple[str, Label, str]]:
    """What narrows the list now: the name in the address, its label, and its value in words."""
    for name, value in form.cleaned_data.items():
        if value not in (None, ""):
            field = form.fields[name]
            choices = {str(key): text for key, text in getattr(field, "choices", ())}
            yield name, field.label, str(choices.get(str(value), value))


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


def _reads_unions(by: User) -> bool:
    register = spec_of(Organisation)
    return register is not None and by.holds(register.permission("read"))


def _choice(field: models.Field) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=capfirst(field.verbose_name),
        required=False,
        choices=list(_choices(field)),
        widget=FilterSelect,
    )


def _choices(field: models.Field) -> Iterator[tuple[str, Label]]:
    if field.name == STATUS:
        yield from (("", _("All but void")), *RecordStatus.choices, (ANY_STATUS, _("All")))
        return
    yield "", _("All")
    if field.is_relation:
        yield from ((area.pk, str(area)) for area in Area.objects.all())
    elif isinstance(field, models.BooleanField):
        yield from (("True", _("Yes")), ("False", _("No")))
        if field.null:
            yield UNSTATED, NOT_STATED
    else:
        yield from field.choices


def _ends(field: models.Field) -> tuple[forms.Field, forms.Field]:
    label = capfirst(field.verbose_name)
    labels = [format_lazy(text, field=label) for text in (_("{field}, from"), _("{field}, to"))]
    if isinstance(field, models.DateField):
        return tuple(day(label=each, required=False) for each in labels)
    return tuple(
        forms.IntegerField(label=each, required=False, min_value=0, max_value=9999)
        for each in labels
    )
