"""The form of a record, made from its model and its register's spec."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area
from taizhang.core.records.fields import EncryptedTextField
from taizhang.core.records.models import Record
from taizhang.registers.authority import closed_fields, entry_areas, owning_organisation
from taizhang.registers.fields import (
    CHOOSE,
    NOT_STATED,
    ReferenceField,
    ReferenceListField,
    day,
    yes_or_no,
)
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import Values, lists_of, put, validate

_REFERENCE_HELP = _("Type the name, the record number or the unified social credit code.")
# What the system sets by itself when the record is saved.
_SET_LATER = ("record_no",)


class RecordForm(forms.Form):
    """Fields are added by `record_form`; `version` is that of the record when the page was made."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, spec: RegisterSpec, record: Record | None, by: User, **kwargs) -> None:
        super().__init__(**kwargs)
        self.spec, self.record = spec, record
        closed = closed_fields(spec, by, record)
        for name in spec.fields:
            if name not in closed:
                self.fields[name] = form_field(spec, name, by, record)

    def clean(self) -> dict[str, object]:
        """All rules at once, so that nobody has to send a form twice to learn of them."""
        values = self.values()
        candidate = self._candidate()
        put(self.spec, candidate, values)
        lists = {name: values.get(name, []) for name in lists_of(self.spec)}
        try:
            validate(self.spec, candidate, lists, exclude=(*_SET_LATER, *self.errors))
        except ValidationError as fault:
            self.mark(fault)
        return self.cleaned_data

    def mark(self, fault: ValidationError) -> None:
        """Show each fault at its field, those of fields that are not in the form at its head."""
        for name, faults in fault.error_dict.items():
            field = name if name in self.fields else None
            for each in faults:
                if field is None or field not in self.errors:
                    self.add_error(field, each)

    def values(self) -> Values:
        """What was typed and understood, by field of the record."""
        return {name: self.cleaned_data[name] for name in self.fields if self._is_typed(name)}

    def _is_typed(self, name: str) -> bool:
        return name in self.spec.fields and name in self.cleaned_data

    def _candidate(self) -> Record:
        if self.record is None:
            return self.spec.model()
        return self.spec.model.objects.get(pk=self.record.pk)


def record_form(
    spec: RegisterSpec,
    by: User,
    *,
    record: Record | None = None,
    data: Mapping | None = None,
    prefilled: Mapping[str, object] | None = None,
) -> RecordForm:
    """The form for a new record, or for `record`. `prefilled`: what an address asks to be typed."""
    initial = entered(spec, record) if record else defaults(spec, by)
    return RecordForm(spec, record, by, data=data, initial=initial | dict(prefilled or {}))


def entered(spec: RegisterSpec, record: Record) -> dict[str, object]:
    """The values of a record as its form shows them."""
    return {"version": record.version} | {name: _initial(record, name) for name in spec.fields}


def defaults(spec: RegisterSpec, by: User) -> dict[str, object]:
    """What the system knows already about a new record."""
    initial: dict[str, object] = {"version": 0}
    owner = owning_organisation(by, spec.permission("enter"))
    if owner and "region" in spec.fields:
        initial["region"] = owner.region_id
    for name in spec.fields:
        field = spec.model._meta.get_field(name)
        if not field.is_relation and field.has_default():
            initial[name] = field.get_default()
    return initial


def form_field(spec: RegisterSpec, name: str, by: User, record: Record | None) -> forms.Field:
    """The form field of a record's field, by the kind of its value."""
    field = spec.model._meta.get_field(name)
    common = {
        "label": capfirst(field.verbose_name),
        "required": not field.blank,
        "help_text": field.help_text,
    }
    if field.is_relation:
        return _relation(spec, field, by, record, common)
    if isinstance(field, models.BooleanField):
        return yes_or_no(**common | {"required": not field.null})
    if isinstance(field, models.DateField):
        return day(**common)
    if isinstance(field, EncryptedTextField):
        return forms.CharField(**common)
    made = field.formfield(label=common["label"])
    if field.choices:
        made.choices = [("", CHOOSE if made.required else NOT_STATED), *field.choices]
    elif isinstance(field, models.TextField):
        made.widget.attrs["rows"] = 4
    return made


def _relation(
    spec: RegisterSpec, field: models.Field, by: User, record: Record | None, common: dict
) -> forms.Field:
    target = field.related_model
    if target is Area:
        # Who only verifies may still propose a correction.
        reach = by.reach(spec.permission("enter")) or by.reach(spec.permission("verify"))
        areas = entry_areas(reach)
        if record and getattr(record, field.attname):
            areas = areas | Area.objects.filter(pk=getattr(record, field.attname))
        return forms.ModelChoiceField(areas.distinct(), empty_label=CHOOSE, **common)
    slug = target.REGISTER.rpartition(".")[2]
    common["help_text"] = common["help_text"] or _REFERENCE_HELP
    if field.many_to_many:
        kept = [row.pk for row in getattr(record, field.name).all()] if record else []
        return ReferenceListField(target, slug, by, kept, **common)
    kept = [key] if record and (key := getattr(record, field.attname)) else []
    return ReferenceField(target, slug, by, kept, **common)


def _initial(record: Record, name: str) -> object:
    field = record._meta.get_field(name)
    if field.many_to_many:
        return list(getattr(record, name).all())
    if field.is_relation and issubclass(field.related_model, Record):
        return getattr(record, name)
    value = getattr(record, field.attname)
    return str(value).lower() if isinstance(value, bool) else value
