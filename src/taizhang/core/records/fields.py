"""Model fields of records beyond Django's own: several values in one cell, encrypted text."""

from collections.abc import Sequence
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class EnumListField(models.JSONField):
    """Several values of a closed set, kept as a list in the order of the set."""

    def __init__(self, *args, choices: Sequence | type[models.Choices] = (), **kwargs):
        self.enum = tuple(choices.choices if hasattr(choices, "choices") else choices)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["choices"] = [(value, str(value)) for value, _label in self.enum]
        return name, path, args, kwargs

    def validate(self, value, model_instance) -> None:
        super().validate(value, model_instance)
        known = [key for key, _label in self.enum]
        for entry in value:
            if entry not in known:
                raise ValidationError(
                    _("“%(value)s” is not one of: %(known)s."),
                    params={"value": entry, "known": ", ".join(known)},
                )

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.enum,
            required=False,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


class IntListField(models.JSONField):
    """Several whole numbers, such as the years of a list."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance) -> None:
        super().validate(value, model_instance)
        for entry in value:
            if not isinstance(entry, int) or isinstance(entry, bool):
                raise ValidationError(
                    _("“%(value)s” is not a whole number."), params={"value": entry}
                )

    def formfield(self, **kwargs):
        return IntListFormField(
            required=False,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
        )


class IntListFormField(forms.CharField):
    """Whole numbers parted by semicolons, as in a facts package."""

    def prepare_value(self, value):
        return ";".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        text = super().to_python(value)
        parts = [part.strip() for part in text.replace("；", ";").split(";") if part.strip()]
        try:
            return [int(part) for part in parts]
        except ValueError:
            raise ValidationError(
                _("Write whole numbers parted by semicolons, such as 2024;2025.")
            ) from None


class EncryptedTextField(models.TextField):
    """Personal text, encrypted at rest with the installation's first field key (handbook 7.1).

    It cannot be searched or sorted; give a keyed hash beside it where that is needed.
    """

    personal = True

    def from_db_value(self, value, expression, connection):
        return value if not value else decrypt(value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if not value else encrypt(value)


def encrypt(text: str) -> str:
    """The text, encrypted with the installation's first field key."""
    return _cipher(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """What `encrypt` was given, under any of the installation's field keys.

    Raises `cryptography.fernet.InvalidToken` when none of them fits.
    """
    return _cipher(tuple(settings.FIELD_KEYS)).decrypt(encrypted.encode()).decode()


@cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
