"""What a text may hold, whichever way it comes in: page, interface, import or facts package.

Texts are kept as a package can carry them: without blanks at their ends, with one kind of line end,
without characters that nobody can see. So what is written out comes back the same.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.core.records.fields import EncryptedTextField, EnumListField
from taizhang.core.records.models import Record
from taizhang.lib.identifiers import personal_numbers
from taizhang.registers.spec import RegisterSpec

# Control characters other than tab and line ends, lone surrogates, and what is no character.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)  # XML cannot hold them either
CODES = frozenset({"record_no", "uscc", "person_key"})  # which have a form of their own
SHOWN = 3


def normal_text(text: str) -> str:
    r"""The text as it is kept.

    >>> normal_text("　第一项\r\n第二项 ")
    '第一项\n第二项'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def normal_value(field: models.Field, value: object) -> object:
    """The value as it is kept; several values of a closed set stand in the order of the set.

    A text that may be unknown is unknown when it is empty.
    """
    if isinstance(field, EnumListField) and isinstance(value, list | tuple):
        return [key for key, _label in field.enum if key in value] + [
            each for each in value if each not in dict(field.enum)
        ]
    if not isinstance(value, str) or not _is_text(field):
        return value
    text = normal_text(value)
    return None if not text and field.null else text


def check_texts(spec: RegisterSpec, record: Record) -> None:
    """No text holds what cannot be seen, and no free text the number of a person or a telephone.

    Raises ValidationError with all faults by field. Source: handbook 7.4, point 10.
    """
    faults: dict[str, ValidationError] = {}
    for field in record._meta.fields:
        text = getattr(record, field.attname)
        if not isinstance(text, str) or not text or not _is_text(field):
            continue
        if found := UNPRINTABLE.search(text):
            faults[field.name] = _unprintable(found[0])
        elif _is_free(spec, field) and (numbers := personal_numbers(text)):
            faults[field.name] = _personal(numbers[0])
    if faults:
        raise ValidationError(faults)


def _is_text(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def _is_free(spec: RegisterSpec, field: models.Field) -> bool:
    """Is it read by whoever reads the record? Personal fields are masked and encrypted instead."""
    is_personal = field.name in spec.personal or isinstance(field, EncryptedTextField)
    return not is_personal and field.name not in CODES


def _unprintable(character: str) -> ValidationError:
    return ValidationError(
        _("The text holds a character that cannot be printed (%(code)s). Delete it."),
        params={"code": f"U+{ord(character):04X}"},
    )


def _personal(number: str) -> ValidationError:
    """The fault shows enough of the number to find it, and not the number."""
    return ValidationError(
        _(
            "An identity or mobile number stands in this text (%(number)s). Take it out: free text "
            "is read by everybody who reads the record, and is never encrypted."
        ),
        params={"number": f"{number[:SHOWN]}…{number[-SHOWN:]}"},
    )
