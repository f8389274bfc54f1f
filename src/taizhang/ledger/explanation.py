"""What is behind a commitment's figure, in words and as far as the viewer may see it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area
from taizhang.core.records.models import Record
from taizhang.ledger.current import current_ledger
from taizhang.ledger.describing import describe, described
from taizhang.ledger.formula_words import actual_words, condition_text_words, value_words
from taizhang.ledger.models import Commitment, EvaluationRun
from taizhang.measures import explanation as measures
from taizhang.measures.explain import explain
from taizhang.measures.explanation import Cursor, Explanation, Failure, Fault
from taizhang.measures.snapshot import Snapshot
from taizhang.registers.authority import hidden_fields, permits
from taizhang.registers.spec import REGISTERS

ROWS = 25
_NAME = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record that the viewer may open; `faults` says in words why it does not count."""

    text: str
    number: str
    url: str
    register: str
    slug: str
    faults: Sequence["FaultLine"] = ()


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One failed test; `because` are the parts of a derived field's rule that do not hold."""

    text: str
    because: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """Who lacks something: `nearest` records, or none at all in the register `no_record_in`."""

    name: str
    url: str
    verdict: str
    nearest: Sequence[RecordLine]
    no_record_in: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of a list; `hidden` counts the rows on it that the viewer may not see."""

    rows: Sequence[RecordLine | SubjectLine]
    hidden: int
    total: int
    after: str


def explained(run: EvaluationRun, code: str, area: str | None, after: Cursor) -> Explanation:
    """What is behind the figure that a run computed, from the snapshot it was computed of.

    Raises SnapshotError when that snapshot is not kept any more.
    """
    current = current_ledger(run.as_of)
    return explain(
        current.measures,
        current.catalogue,
        current.areas,
        Snapshot.open(settings.SNAPSHOT_DIR, run.snapshot),
        run.as_of,
        code,
        area,
        limit=ROWS,
        after=after,
    )


def tells_hidden_values(commitment: Commitment, user: User, unit: Record | None = None) -> bool:
    """Would a list of what counts tell the viewer a field that they may not read?

    A list of the chairs who are Party members tells of each of them that they are.
    With a `unit`: would its own value tell it, to whom the permission does not reach there?
    """
    formulas = (commitment.numerator, commitment.denominator, commitment.population_definition)
    named = set(_NAME.findall(" ".join(formulas)))
    if unit is None:
        return any(not named.isdisjoint(hidden_fields(spec, user)) for spec in REGISTERS.values())
    permissions = {
        permission
        for spec in REGISTERS.values()
        for name, permission in spec.restricted.items()
        if name in named
    }
    return not all(permits(user, permission, unit) for permission in permissions)


def record_lines(
    page: "measures.Page[measures.Record]", user: User, *, withheld: bool = False
) -> Lines:
    """The records of a page that the viewer may see; none of them where all are `withheld`."""
    seen = {} if withheld else _seen(page.items, user)
    rows = [_record_line(each, seen) for each in page.items if _key(each) in seen]
    return Lines(rows, len(page.items) - len(rows), page.total, page.after)


def lacking_lines(
    page: "measures.Page[measures.Subject]", user: User, *, withheld: bool = False
) -> Lines:
    """Those on a page of subjects who lack something; the list ends where the satisfied begin."""
    lacking = [subject for subject in page.items if not subject.is_satisfied]
    units = ((subject.unit.subject, subject.unit.key) for subject in lacking)
    names = {} if withheld else unit_names(units, user)
    seen = _seen((record for subject in lacking for record in subject.nearest), user)
    rows = [
        SubjectLine(
            name=names[subject.unit.subject, subject.unit.key][0],
            url=names[subject.unit.subject, subject.unit.key][1],
            verdict=subject.verdict or "",
            nearest=[_record_line(r, seen) for r in subject.nearest if _key(r) in seen],
            no_record_in=register_label(subject.no_record_in),
        )
        for subject in lacking
        if (subject.unit.subject, subject.unit.key) in names
    ]
    is_over = len(lacking) < len(page.items)
    return Lines(rows, len(lacking) - len(rows), page.total, "" if is_over else page.after)


def unit_names(
    units: Iterable[tuple[str, str]], user: User
) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Name and page of each unit (kind, key) that the viewer may see; areas are everybody's."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, key in units:
        wanted[kind].add(key)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, keys in wanted.items():
        found |= {(kind, key): named for key, named in _named(kind, keys, user).items()}
    return found


def nearest_lines(records: Sequence[measures.Record], user: User) -> Sequence[RecordLine]:
    """The records that come nearest to counting, as far as the viewer may see them."""
    seen = _seen(records, user)
    return [_record_line(each, seen) for each in records if _key(each) in seen]


def _record_line(record: measures.Record, seen: Mapping[tuple[str, str], Record]) -> RecordLine:
    spec, row = REGISTERS[record.register], seen[_key(record)]
    return RecordLine(
        text=describe(spec, row),
        number=row.record_no,
        url=reverse("record", args=[spec.slug, row.record_no]),
        register=str(spec.label),
        slug=spec.slug,
        faults=[_fault_line(record.register, failure) for failure in record.failures],
    )


def _fault_line(register: str, failure: Failure) -> FaultLine:
    part = failure.part
    if failure.fault is Fault.STATE:
        return FaultLine(_("not in force on %(day)s") % {"day": part.value})
    if failure.fault is Fault.WINDOW:
        if part.actual is None:
            return FaultLine(_("has no date"))
        return FaultLine(
            _("dated %(day)s, outside %(window)s") % {"day": part.actual, "window": failure.text}
        )
    unmet = [each for each in failure.rule if not each.holds]
    return FaultLine(
        _wanted(register, failure.text, part.actual),
        [_wanted(register, f"{e.path} {e.operator} {e.value}", e.actual) for e in unmet],
    )


def _wanted(register: str, condition: str, actual: str | None) -> str:
    return _("wanted: %(condition)s; found: %(actual)s") % {
        "condition": condition_text_words(register, condition),
        "actual": actual_words(register, condition, actual),
    }


def _key(record: measures.Record) -> tuple[str, str]:
    return record.register, record.id


def _seen(records: Iterable[measures.Record], user: User) -> Mapping[tuple[str, str], Record]:
    """The rows that the viewer may see, with what their descriptions name: one query a register."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for record in records:
        wanted[record.register].add(record.id)
    return {
        (slug, str(row.pk)): row
        for slug, keys in wanted.items()
        if slug in REGISTERS
        for row in described(REGISTERS[slug], user).filter(pk__in=keys)
    }


def _named(kind: str, keys: set[str], user: User) -> Mapping[str, tuple[str, str]]:
    if kind == "area":
        return {area.code: (area.name, "") for area in Area.objects.filter(code__in=keys)}
    if kind in REGISTERS:
        rows = REGISTERS[kind].model.objects.visible_to(user).filter(pk__in=keys)
        return {str(row.pk): (str(row), _page_of(kind, row)) for row in rows}
    register, _dot, path = kind.partition(".")
    return {
        key: (value_words(register, path, key) if path else _("the whole city"), "") for key in keys
    }


def _page_of(kind: str, row: Record) -> str:
    if kind == "org":
        return reverse("organisation", args=[row.record_no])
    return reverse("record", args=[kind, row.record_no])


def register_label(slug: str) -> str:
    """What a register is called; one that nobody offers by its slug."""
    return str(REGISTERS[slug].label) if slug in REGISTERS else slug
