"""The form in which a found commitment is corrected, or one that was not found is added."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.reviewing.commitments import places_of
from taizhang.ledger.reviewing.forms import CorrectingForm
from taizhang.ledger.reviewing.words import COMPARATORS, KINDS, RECURRENCES, ROLES
from taizhang.notices.commitments import Amount, Commitment, Comparator, Deadline, Kind, Role
from taizhang.notices.deadlines import read_deadline

_AROUND = 10  # characters beside a quote that tell one place of it from another
_MULTIPLIERS = "十百千万亿"


class CommitmentForm(CorrectingForm):
    """A commitment of one item; its quote has to stand in the item's text."""

    quote = forms.CharField(
        label=_("Words of the item"),
        max_length=300,
        help_text=_("Exactly as the item has them: copy them, or mark them in the text above."),
    )
    place = forms.IntegerField(
        label=_("Where they stand"), required=False, widget=forms.HiddenInput()
    )
    role = forms.ChoiceField(
        label=_("Owed or a condition"), choices=[(role.value, text) for role, text in ROLES.items()]
    )
    kind = forms.ChoiceField(
        label=_("What it measures"), choices=[(kind.value, text) for kind, text in KINDS.items()]
    )
    comparator = forms.ChoiceField(
        label=_("How the number limits"),
        choices=[(each.value, text) for each, text in COMPARATORS.items()],
    )
    number = forms.DecimalField(
        label=_("Number"),
        required=False,
        max_digits=40,
        help_text=_("Empty where only something is to be done by a day."),
    )
    upper = forms.DecimalField(
        label=_("Up to"),
        required=False,
        max_digits=40,
        help_text=_("Only between two numbers."),
    )
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=20, help_text=_("As written: 次, 万元, %.")
    )
    recurrence = forms.ChoiceField(label=_("How often"), required=False)
    deadline = forms.CharField(
        label=_("By when"), required=False, max_length=60, help_text=_("In the words of the item.")
    )
    subject = forms.CharField(label=_("Who has to do it"), required=False, max_length=120)
    condition = forms.CharField(
        label=_("On which condition"),
        required=False,
        max_length=120,
        help_text=_("Such as: with 200 employees or more."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        text: str,
        issued_on: date | None,
        read: Commitment | None = None,
        seen: int | None = None,
    ) -> None:
        super().__init__(data, initial={"seen": seen} | (_initial(read) if read else {}))
        self._text, self._issued_on, self._read = text, issued_on, read
        self._offer_places()
        others = {read.recurrence} - {None, *RECURRENCES} if read else set()
        self.fields["recurrence"].choices = [
            ("", _("not said")),
            *RECURRENCES.items(),
            *((other, other) for other in others),
        ]

    @property
    def commitment(self) -> Commitment:
        """The commitment as given; what the form does not ask is as it was read."""
        said = self.cleaned_data
        start = said["place"]
        read = self._read or Commitment(
            said["quote"], 0, 0, Kind.COUNT, Role.COMMITMENT, Comparator.EQUAL, None
        )
        return replace(
            read,
            quote=said["quote"],
            start=start,
            end=start + len(said["quote"]),
            role=Role(said["role"]),
            kind=Kind(said["kind"]),
            comparator=Comparator(said["comparator"]),
            amount=self._amount(),
            recurrence=said["recurrence"] or None,
            deadline=self._deadline(),
            subject=said["subject"] or None,
            condition=said["condition"] or None,
            is_sure=True,
        )

    def clean_quote(self) -> str:
        quote = self.cleaned_data["quote"]
        if quote not in self._text:
            raise forms.ValidationError(
                _("The item does not say “%(quote)s”. Copy the words from its text."),
                params={"quote": quote},
            )
        return quote

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        places = places_of(said.get("quote", ""), self._text)
        if len(places) == 1:
            said["place"] = places[0]
        elif places and said.get("place") not in places:
            self.add_error(
                "place", _("The words stand in the item more than once: choose the place.")
            )
        self._check_numbers(said)
        return said

    def _check_numbers(self, said: dict[str, Any]) -> None:
        is_dated, is_range = said.get("kind") == Kind.DEADLINE, said.get("kind") == Kind.RANGE
        number, upper = said.get("number"), said.get("upper")
        if is_dated and not said.get("deadline"):
            self.add_error("deadline", _("Say by when it is to be done."))
        if is_dated and number is not None:
            self.add_error("number", _("What is to be done by a day has no number."))
        if not is_dated and number is None and "number" not in self.errors:
            self.add_error("number", _("Give the number, or choose “Something done by a day”."))
        if is_range and (upper is None or (number is not None and upper <= number)):
            self.add_error("upper", _("Give the larger of the two numbers."))
        if not is_range and upper is not None:
            self.add_error("upper", _("Only “Between two numbers” has a second one."))

    def _offer_places(self) -> None:
        """The places of the quote, where it stands more than once; else none is asked for."""
        quote = str(self["quote"].value() or "").strip()
        places = places_of(quote, self._text)
        if len(places) > 1:
            choices = [(at, self._around(at, len(quote))) for at in places]
            self.fields["place"].widget = forms.RadioSelect(choices=choices)

    def _around(self, start: int, length: int) -> str:
        before, end = max(start - _AROUND, 0), start + length
        return (
            f"{'…' if before else ''}{self._text[before:start]}"
            f"【{self._text[start:end]}】{self._text[end : end + _AROUND]}…"
        )

    def _amount(self) -> Amount | None:
        said = self.cleaned_data
        number, upper, unit = said["number"], said["upper"], said["unit"]
        was = self._read.amount if self._read else None
        if number is None:
            return None
        if was is not None and unit == f"{was.multiplier}{was.unit}":
            return replace(was, number=_same(number, was.number), upper=_same(upper, was.upper))
        bare = unit.lstrip(_MULTIPLIERS)
        return Amount(number, bare, unit[: len(unit) - len(bare)], upper)

    def _deadline(self) -> Deadline | None:
        written = self.cleaned_data["deadline"]
        was = self._read.deadline if self._read else None
        if not written or (was is not None and was.text == written):
            return was if written else None
        return read_deadline(written, issued_on=self._issued_on)


def _same(given: Decimal | None, was: Decimal | None) -> Decimal | None:
    """The number as it was where the given one is equal: 2 and 2.000 are no correction."""
    return was if given == was else given


def _initial(read: Commitment) -> dict[str, Any]:
    amount = read.amount
    return {
        "quote": read.quote,
        "place": read.start,
        "role": read.role.value,
        "kind": read.kind.value,
        "comparator": read.comparator.value,
        "number": amount.number if amount else None,
        "upper": amount.upper if amount else None,
        "unit": f"{amount.multiplier}{amount.unit}" if amount else "",
        "recurrence": read.recurrence or "",
        "deadline": read.deadline.text if read.deadline else "",
        "subject": read.subject or "",
        "condition": read.condition or "",
    }
