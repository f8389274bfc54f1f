"""Form fields of records: references to other records, dates as people write them, yes and no."""

from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.registers.references import (
    NoSuchRecord,
    SeveralRecords,
    candidates,
    naming,
    resolve,
)

DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
NOT_STATED = _("Not stated")
CHOOSE = _("Please choose")


class ReferenceInput(forms.TextInput):
    """A text input with suggestions from the register referred to; plain text without script."""

    template_name = "registers/widgets/reference.html"

    def __init__(self, slug: str) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.slug = slug

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["options_url"] = options_url(self.slug, name)
        return context


class ReferenceListInput(ReferenceInput):
    """One input per reference and two empty ones; each may hold several, parted by semicolons."""

    template_name = "registers/widgets/reference_list.html"

    def format_value(self, value):
        return [*(value or []), "", ""]

    def value_from_datadict(self, data, files, name):
        if hasattr(data, "getlist"):
            return [text for text in data.getlist(name) if text.strip()]
        return data.get(name) or []

    def value_omitted_from_data(self, data, files, name) -> bool:
        return False


def options_url(slug: str, name: str) -> str:
    return f"{reverse('register_options', args=[slug])}?for={name}"


class ReferenceField(forms.CharField):
    """One record, typed as text.

    `kept`: keys that the record refers to already; they stay valid for whoever cannot see them.
    """

    default_error_messages = {
        "unknown": _("No record goes by “%(text)s”; choose a suggestion or type the number."),
        "several": _("Several records are named “%(text)s”; type the number of the one you mean."),
    }

    def __init__(self, model: type[Record], slug: str, by: User, kept: Collection[int], **kwargs):
        self.model, self.by, self.kept = model, by, kept
        kwargs.setdefault("widget", ReferenceInput(slug))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return naming(value) if isinstance(value, Record) else value

    def to_python(self, value) -> Record | None:
        text = super().to_python(value)
        return self.find(text) if text else None

    def find(self, text: str) -> Record:
        try:
            return resolve(self._rows(), text)
        except NoSuchRecord:
            raise self._fault("unknown", text) from None
        except SeveralRecords:
            raise self._fault("several", text) from None

    def _rows(self) -> QuerySet[Record]:
        allowed = candidates(self.model, self.by)
        return self.model.objects.filter(Q(pk__in=allowed.values("pk")) | Q(pk__in=self.kept))

    def _fault(self, code: str, text: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"text": text})


class ReferenceListField(ReferenceField):
    """Several records, in any number of inputs, also parted by semicolons."""

    def __init__(self, model: type[Record], slug: str, by: User, kept: Collection[int], **kwargs):
        super().__init__(model, slug, by, kept, widget=ReferenceListInput(slug), **kwargs)

    def prepare_value(self, value):
        return [super(ReferenceListField, self).prepare_value(each) for each in value or []]

    def to_python(self, value) -> list[Record]:
        parts = (part for text in value or [] for part in text.replace("；", ";").split(";"))
        found = {row.pk: row for row in map(self.find, filter(None, map(str.strip, parts)))}
        return list(found.values())

    def validate(self, value) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value) -> None:
        """The rules of a text do not concern the rows found."""

    def has_changed(self, initial, data) -> bool:
        return True


def yes_or_no(*, required: bool, **kwargs) -> forms.TypedChoiceField:
    """Yes, no, or not stated: unknown is not no."""
    return forms.TypedChoiceField(
        choices=[("", CHOOSE if required else NOT_STATED), ("true", _("Yes")), ("false", _("No"))],
        coerce=lambda text: text == "true",
        empty_value=None,
        required=required,
        **kwargs,
    )


def day(**kwargs) -> forms.DateField:
    return forms.DateField(
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        **kwargs,
    )
