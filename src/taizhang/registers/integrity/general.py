"""Checks that follow from what every register says of itself: references, dates, place.

They look at records that measures cannot see: what is void or not verified is in no snapshot.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import DateField, F, Field, Q
from django.utils.translation import gettext_lazy as _

from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.integrity.offering import Severity
from taizhang.registers.spec import Label, RegisterSpec

NOT_YET_VERIFIED = (RecordStatus.DRAFT, RecordStatus.SUBMITTED, RecordStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class GeneralCheck:
    """`faulty` gives the condition of the faulty rows of a register, None where there can be none.

    Only verified rows are looked at.
    """

    key: str
    label: Label
    advice: Label
    severity: Severity
    faulty: Callable[[RegisterSpec], Q | None]

    def rows(self, spec: RegisterSpec) -> tuple[int, ...]:
        """The ids of the faulty rows, in their order."""
        condition = self.faulty(spec)
        if condition is None:
            return ()
        found = spec.model.objects.verified().filter(condition)
        return tuple(found.order_by("pk").values_list("pk", flat=True).distinct())


def _refers_to(*statuses: RecordStatus) -> Callable[[RegisterSpec], Q | None]:
    def condition(spec: RegisterSpec) -> Q | None:
        return _any(
            Q(**{f"{field.name}__record_status__in": statuses}) for field in _references(spec)
        )

    return condition


def _is_dated_after_entry(spec: RegisterSpec) -> Q | None:
    """Nobody knows of an event before it comes; a term of office may be entered beforehand."""
    return _any(
        Q(entered_at__date__lt=F(name)) for name in spec.period[:1] if _is_day_of_event(spec, name)
    )


def _ends_before_it_starts(spec: RegisterSpec) -> Q | None:
    starts = spec.state_from[:1] if spec.state_to else ()
    return _any(Q(**{f"{spec.state_to}__lt": F(start)}) for start in starts)


def _is_nowhere(spec: RegisterSpec) -> Q | None:
    return None if "region" in spec.fields else Q(region__isnull=True, owner_org__isnull=True)


def _any(conditions: Iterator[Q]) -> Q | None:
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined or None


def _references(spec: RegisterSpec) -> Iterator[Field]:
    for field in (*spec.model._meta.fields, *spec.model._meta.many_to_many):
        if field.is_relation and issubclass(field.related_model, Record):
            yield field


def _is_day_of_event(spec: RegisterSpec, name: str) -> bool:
    is_named_so = name in spec.fields and name.endswith("_on")
    return is_named_so and isinstance(spec.model._meta.get_field(name), DateField)


GENERAL_CHECKS = (
    GeneralCheck(
        "refers_to_void",
        _("Refers to a void record"),
        _("Figures read the reference as empty. Name the record that took its place."),
        Severity.ERROR,
        _refers_to(RecordStatus.VOID),
    ),
    GeneralCheck(
        "refers_to_unverified",
        _("Refers to a record that is not verified"),
        _("Figures read the reference as empty until somebody verifies that record."),
        Severity.WARNING,
        _refers_to(*NOT_YET_VERIFIED),
    ),
    GeneralCheck(
        "dated_after_entry",
        _("Dated later than it was entered"),
        _("Compare the day with the document; the year is often mistyped."),
        Severity.WARNING,
        _is_dated_after_entry,
    ),
    GeneralCheck(
        "ends_before_start",
        _("Ends before it starts"),
        _("Compare both days with the documents: as they stand the record counts on no day."),
        Severity.ERROR,
        _ends_before_it_starts,
    ),
    GeneralCheck(
        "nowhere",
        _("Belongs to no area and no union"),
        _("Nobody below the city can see it. State the area or the union that it belongs to."),
        Severity.WARNING,
        _is_nowhere,
    ),
)
