"""What a person should look at before publishing: what is missing or guessed first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.reviewing.keys import key_of
from taizhang.ledger.reviewing.reading import Field
from taizhang.ledger.reviewing.values import ShownItem, Value
from taizhang.notices.model import Sureness

# A notice without these is rare enough to be looked for again.
_EXPECTED = (Field.ISSUERS, Field.DOCUMENT_NUMBER, Field.TITLE, Field.ISSUED_ON)
_REASONS: Mapping[tuple[str, Sureness | None], Promise] = {
    ("head", None): _("Not found in the document"),
    (Field.NUMBER, None): _("The number stands twice, or one is missing before it"),
    (Field.DEPARTMENTS, None): _("No department was read, though other items have one"),
    ("head", Sureness.GUESSED): _("Only looks like it"),
    (Field.TEXT, Sureness.GUESSED): _("Taken for an item by its number alone"),
    (Field.DEPARTMENTS, Sureness.GUESSED): _("A name does not look like that of a department"),
    (Field.COMMITMENT, Sureness.GUESSED): _("A number that nothing says is owed"),
    ("head", Sureness.LIKELY): _("Read by its place alone; no label says so"),
    (Field.TEXT, Sureness.LIKELY): _("Taken for an item by those around it"),
    (Field.DEPARTMENTS, Sureness.LIKELY): _("Several departments, and none is said to lead"),
    (Field.DEADLINE, Sureness.LIKELY): _("Taken for a deadline by its words"),
    (Field.COMMITMENT, Sureness.LIKELY): _("Only some of the words say that it is owed"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to look: the anchor in the page, the text of the link, and the values meant."""

    anchor: str
    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One reason to look again, and the spots it applies to, in the order of the page."""

    reason: Promise
    is_guess: bool
    spots: tuple[Spot, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for spot in self.spots for key in spot.keys)


def checks_of(head: Sequence[Value], items: Sequence[ShownItem]) -> tuple[Check, ...]:
    """The reasons to look again; what a person has spoken of is none."""
    found: dict[tuple[str, Sureness | None], list[Spot]] = {}
    for reason, spot in (*_of_head(head), *_of_items(items)):
        found.setdefault(reason, []).append(spot)
    return tuple(
        Check(text, reason[1] is not Sureness.LIKELY, tuple(found[reason]))
        for reason, text in _REASONS.items()
        if reason in found
    )


def _of_head(head: Sequence[Value]) -> Iterator[tuple[tuple[str, Sureness | None], Spot]]:
    for value in head:
        spot = Spot(value.key, str(value.label), (value.key,))
        if not value.value and value.name in _EXPECTED and value.correction is None:
            yield ("head", None), spot
        elif ("head", value.sureness) in _REASONS and value.sureness:
            yield ("head", value.sureness), spot


def _of_items(items: Sequence[ShownItem]) -> Iterator[tuple[tuple[str, Sureness | None], Spot]]:
    numbers = Counter(shown.item.number for shown in items)
    have_departments = any(_names_anybody(shown) for shown in items)
    previous = 0
    for shown in items:
        number = shown.item.number
        is_out_of_order = number not in (previous + 1, 1) or (
            numbers[number] > 1 and number == previous
        )
        previous = number
        if is_out_of_order and shown.number.correction is None:
            yield (Field.NUMBER, None), _spot(shown, Field.NUMBER)
        if have_departments and not _names_anybody(shown) and not shown.departments.correction:
            yield (Field.DEPARTMENTS, None), _spot(shown, Field.DEPARTMENTS)
        for value in shown.values:
            if (value.name, value.sureness) in _REASONS and value.sureness:
                yield (value.name, value.sureness), _spot(shown, value.name)
        for sureness in (Sureness.GUESSED, Sureness.LIKELY):
            keys = tuple(each.key for each in shown.commitments if each.sureness is sureness)
            if keys:
                yield (Field.COMMITMENT, sureness), Spot(keys[0], str(number), keys)


def _spot(shown: ShownItem, name: str) -> Spot:
    """The number has no line of its own: it leads to its item."""
    key = key_of(shown.item.position, name)
    return Spot(shown.text.key if name == Field.NUMBER else key, str(shown.item.number), (key,))


def _names_anybody(shown: ShownItem) -> bool:
    departments = shown.item.departments
    return bool(departments.lead or departments.cooperating)
