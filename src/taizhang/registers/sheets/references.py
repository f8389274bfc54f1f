"""Finding the records that cells name: by number, credit code, exact name, or as an export does."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Model, Q, QuerySet
from django.utils import translation

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.merging.aliases import survivors
from taizhang.registers.packages.references import LOOKUP_SIZE
from taizhang.registers.references import candidates, readings
from taizhang.registers.sheets.cells import several
from taizhang.registers.terminal import LANGUAGES

_KEYS = ("record_no", "uscc", "name")


class Directory:
    """The records of one register that the account may refer to, by every text that names them.

    `kept`: ids that existing rows refer to already; they stay valid for whoever cannot see them.
    """

    def __init__(
        self, model: type[Record], by: User, texts: Iterable[str], kept: Collection[int]
    ) -> None:
        self._named: dict[str, dict[int, Record]] = defaultdict(dict)
        allowed = candidates(model, by)
        keys = [key for key in _KEYS if any(field.name == key for field in model._meta.fields)]
        wanted = sorted({name for text in texts for name in _possible(text)})
        for start in range(0, len(wanted), LOOKUP_SIZE):
            chunk = wanted[start : start + LOOKUP_SIZE]
            meant = Q(*((f"{key}__in", chunk) for key in keys), _connector=Q.OR)
            self._add(allowed.filter(meant), keys)
            if kept:
                self._add(model.objects.filter(meant, pk__in=kept), keys)
            self._add_merged(allowed, chunk, [key for key in keys if key != "name"])

    def find(self, text: str) -> list[Record]:
        """What goes by the text: nothing, one record, or several of one name."""
        for name in readings(text):
            if found := self._named.get(name):
                return list(found.values())
        return []

    def find_all(self, text: str) -> list[tuple[str, list[Record]]]:
        """Each part of a cell with several names, and what goes by it."""
        return [
            (part, self.find(part)) for part in several(text, lambda part: bool(self.find(part)))
        ]

    def _add(self, rows: QuerySet[Record], keys: Iterable[str]) -> None:
        for row in rows.select_related(*rows.model.NAMED_BY) if rows.model.NAMED_BY else rows:
            for key in keys:
                if value := getattr(row, key):
                    self._named[value][row.pk] = row

    def _add_merged(self, allowed: QuerySet[Record], texts: list[str], keys: list[str]) -> None:
        """As in a form, the number or code of a merged record names the one that stands for it."""
        for key in keys:
            gone = allowed.model.objects.filter(
                record_status=RecordStatus.VOID, **{f"{key}__in": texts}
            )
            named = dict(gone.values_list("pk", key))
            into = survivors(allowed.model, named) if named else {}
            standing = {row.pk: row for row in allowed.filter(pk__in=into.values())}
            for loser, survivor in into.items():
                if survivor in standing and named[loser] not in self._named:
                    self._named[named[loser]][survivor] = standing[survivor]


def areas_by_name() -> Mapping[str, list[Area]]:
    """The areas by code and by name in either language; several may share a name."""
    named: dict[str, dict[str, Area]] = defaultdict(dict)
    for area in Area.objects.all():
        for text in (area.code, *_spoken(area)):
            named[text][area.code] = area
    return {text: list(found.values()) for text, found in named.items()}


def _spoken(row: Model) -> Iterable[str]:
    for language in LANGUAGES:
        with translation.override(language):
            yield str(row)


def _possible(text: str) -> Iterable[str]:
    """Every name that a cell may hold, whichever way it is parted."""
    for part in (text, *several(text, lambda _part: True), *several(text, lambda _part: False)):
        yield from readings(part)
