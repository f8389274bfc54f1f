"""Pairs of rows that may be one body entered twice.

No row is compared with every other: only with those that share its place and its whole name, or one
of the rarest parts of it, or the one thing that only one of a kind can have.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.merging.models import Distinct
from taizhang.registers.merging.names import (
    alikeness,
    bigrams,
    comparable,
    serials,
    telling,
    weights,
)
from taizhang.registers.spec import RegisterSpec

ALIKE = 0.6
# More rows than these under one name or one tie are a series, not duplicates.
SERIES = 12


class Sign(IntEnum):
    """Why two rows are taken for one, the strongest first."""

    SAME_NAME = 1
    SAME_TIE = 2
    ALIKE_NAME = 3


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A row as far as it is compared. `links`: ids of its own register that it names."""

    id: int
    name: str
    place: str
    code: str
    links: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """`one` < `other` are ids."""

    one: int
    other: int
    sign: Sign


def duplicates(spec: RegisterSpec, user: User) -> list[Pair]:
    """The pairs among the rows that the account may verify, without those found distinct.

    Two by what they say are rows of which one names the other, such as a predecessor, and rows with
    alike names that are tied to different ones.
    """
    rows = _rows(spec, user)
    by_id = {row.id: row for row in rows}
    ties = _ties(spec)
    found: dict[tuple[int, int], Sign] = {}
    for pair in (*same_or_alike(rows), *_tied(ties, by_id)):
        key = (pair.one, pair.other)
        if pair.sign is not Sign.ALIKE_NAME or ties.may_be_one(*key):
            found[key] = min(pair.sign, found.get(key, pair.sign))
    known = set(Distinct.objects.filter(register=spec.slug).values_list("one", "other"))
    pairs = [
        Pair(*key, sign)
        for key, sign in found.items()
        if key not in known and not _linked(by_id[key[0]], by_id[key[1]])
    ]
    return sorted(pairs, key=lambda pair: (pair.sign, pair.one, pair.other))


def same_or_alike(rows: Sequence[Named]) -> Iterator[Pair]:
    """Rows of one place with the same name, or with alike ones where a code is missing.

    Two codes that are filled and differ, under names that differ too, tell two bodies apart.
    """
    same: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        same[row.place, row.name].append(row.id)
    for ids in same.values():
        yield from _pairs(ids, Sign.SAME_NAME)
    yield from _alike(rows)


def _alike(rows: Sequence[Named]) -> Iterator[Pair]:
    probes = [row for row in rows if not row.code]
    if not probes:
        return
    parts = {row.id: bigrams(row.name) for row in rows}
    weight = weights(parts.values())
    series = {row.id: (row.place, serials(row.name)) for row in rows}
    rare = {row.id: telling(parts[row.id], weight, ALIKE) for row in rows}
    index: dict[tuple[tuple[str, str], str], list[Named]] = defaultdict(list)
    for row in rows:
        for bigram in rare[row.id]:
            index[series[row.id], bigram].append(row)
    for probe in probes:
        near = {row for bigram in rare[probe.id] for row in index[series[probe.id], bigram]}
        for row in near:
            seen_from_there = not row.code and row.id <= probe.id
            if row is probe or seen_from_there or row.name == probe.name:
                continue
            if alikeness(parts[probe.id], parts[row.id], weight) >= ALIKE:
                yield Pair(min(probe.id, row.id), max(probe.id, row.id), Sign.ALIKE_NAME)


@dataclass(frozen=True, slots=True)
class _Ties:
    """What each row is tied to, and the rows of one kind that are tied to one thing."""

    of: Mapping[int, Set[int]]
    groups: Sequence[Sequence[int]]

    def may_be_one(self, one: int, other: int) -> bool:
        """Are they tied to something in common, or is one tied to nothing?"""
        ties = self.of.get(one), self.of.get(other)
        return None in ties or not ties[0].isdisjoint(ties[1])


def _ties(spec: RegisterSpec) -> _Ties:
    identity = spec.identity
    if not identity.tie:
        return _Ties({}, ())
    of: dict[int, set[int]] = defaultdict(set)
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    rows = spec.model.objects.filter(**{f"{identity.tie}__isnull": False})
    for pk, kind, target in rows.values_list("pk", identity.kind, identity.tie):
        of[pk].add(target)
        if kind in identity.tied_kinds:
            groups[kind, target].append(pk)
    return _Ties(of, tuple(groups.values()))


def _tied(ties: _Ties, known: Collection[int]) -> Iterator[Pair]:
    """Rows that name the same row where each of their kind has its own."""
    for group in ties.groups:
        yield from _pairs([pk for pk in group if pk in known], Sign.SAME_TIE)


def _pairs(ids: Sequence[int], sign: Sign) -> Iterator[Pair]:
    if len(ids) <= SERIES:
        for one, other in combinations(sorted(ids), 2):
            yield Pair(one, other, sign)


def _linked(one: Named, other: Named) -> bool:
    return one.id in other.links or other.id in one.links


def _rows(spec: RegisterSpec, user: User) -> list[Named]:
    identity = spec.identity
    prefixes = _city_names()
    lines = [field.attname for field in own_lines(spec)]
    columns = ("pk", identity.name, f"{identity.place}_id", identity.code, *lines)
    return [
        Named(
            pk,
            comparable(name, prefixes),
            str(place or ""),
            code or "",
            frozenset(filter(None, links)),
        )
        for pk, name, place, code, *links in rows_to_judge(spec, user).values_list(*columns)
    ]


def rows_to_judge(spec: RegisterSpec, user: User):
    """The rows that are not void, as far as the account verifies: a queryset."""
    reach = user.reach(spec.permission("verify"))
    rows = spec.model.objects.exclude(record_status=RecordStatus.VOID)
    if reach is None:
        return rows.none()
    if reach.everywhere:
        return rows
    within = spec.model.objects.filter(spec.model.within(reach)).values("pk")
    return rows.filter(pk__in=within)


def own_lines(spec: RegisterSpec) -> list:
    """The entered fields by which a row names another of its own register: parent, successor."""
    fields = (spec.model._meta.get_field(name) for name in spec.fields)
    return [
        field for field in fields if field.related_model is spec.model and not field.many_to_many
    ]


def _city_names() -> tuple[str, ...]:
    """What may stand in front of a name without meaning: the city, with and without 市."""
    names = Area.objects.filter(parent=None).values_list("name_zh", flat=True)
    return tuple(text for name in names for text in (name, name.removesuffix("市")) if text)


def record_pairs(spec: RegisterSpec, pairs: Sequence[Pair]) -> list[tuple[Record, Record, Pair]]:
    """The records of the pairs, in one query."""
    keys = {key for pair in pairs for key in (pair.one, pair.other)}
    records = spec.model.objects.in_bulk(keys)
    return [(records[pair.one], records[pair.other], pair) for pair in pairs]
