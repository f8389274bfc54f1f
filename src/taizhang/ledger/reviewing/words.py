"""The words for what is found in a text: how often, how much, of which kind."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.notices.commitments import Comparator, Kind, Role
from taizhang.notices.model import Sureness

SURENESS: Mapping[Sureness, Promise] = {
    Sureness.SURE: _("Sure"),
    Sureness.LIKELY: _("Likely"),
    Sureness.GUESSED: _("Guessed"),
}
KINDS: Mapping[Kind, Promise] = {
    Kind.COUNT: pgettext_lazy("kind of commitment", "A number of times or things"),
    Kind.AMOUNT: pgettext_lazy("kind of commitment", "An amount"),
    Kind.RATIO: pgettext_lazy("kind of commitment", "A share"),
    Kind.COVERAGE: pgettext_lazy("kind of commitment", "A share of those reached"),
    Kind.RANGE: pgettext_lazy("kind of commitment", "Between two numbers"),
    Kind.TREND: pgettext_lazy("kind of commitment", "A rise or fall"),
    Kind.DEADLINE: pgettext_lazy("kind of commitment", "Something done by a day"),
}
ROLES: Mapping[Role, Promise] = {
    Role.COMMITMENT: _("It is owed"),
    Role.CONDITION: _("It only says whom the duty reaches"),
}
COMPARATORS: Mapping[Comparator, Promise] = {
    Comparator.AT_LEAST: _("≥ at least"),
    Comparator.AT_MOST: _("≤ at most"),
    Comparator.MORE_THAN: _("> more than"),
    Comparator.LESS_THAN: _("< less than"),
    Comparator.EQUAL: _("= just as many"),
    Comparator.BETWEEN: _("between the two"),
}
RECURRENCES: Mapping[str, Promise] = {
    "year": _("every year"),
    "half-year": _("every half-year"),
    "quarter": _("every quarter"),
    "month": _("every month"),
    "10 days": _("every ten days"),
    "week": _("every week"),
    "day": _("every day"),
    "term": _("every term of office"),
    "5 years": _("every five years"),
}
SIGNS: Mapping[Comparator, str] = {
    Comparator.AT_LEAST: "≥",
    Comparator.AT_MOST: "≤",
    Comparator.MORE_THAN: ">",
    Comparator.LESS_THAN: "<",
    Comparator.EQUAL: "=",
    Comparator.BETWEEN: "",
}
