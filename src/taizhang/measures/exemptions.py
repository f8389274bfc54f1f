"""Decisions that something does not apply: the rows of R42 (handbook 0.4, "Not applicable")."""

from collections.abc import Collection
from dataclasses import dataclass

from taizhang.measures.commitments import Unit
from taizhang.measures.compile import sql
from taizhang.measures.session import Session

EXEMPTION = "exemption"
UNIT_FIELDS = {"region": "area", "org": "org", "employer": "employer"}
Named = tuple[str, str]  # register and key of the unit that a row names


@dataclass(frozen=True)
class Exemption:
    """One row; without `named` it is about the whole commitment, `window` "" is every window."""

    commitment: str
    window: str
    named: tuple[Named, ...]

    def is_about(self, label: str) -> bool:
        return self.window in ("", label)


@dataclass(frozen=True)
class Exempted:
    """What the decisions on one commitment in one window come to."""

    named: frozenset[Named] = frozenset()
    is_whole: bool = False

    def names(self, unit: Unit, stands_for: str | None, employers: Collection[str]) -> bool:
        """Whether the unit itself is taken out.

        A federation is named by the area it `stands_for`, a row of another register also by one
        of its `employers`.
        """
        names = {(unit.subject, unit.key), ("area", stands_for or "")}
        return not self.named.isdisjoint(names | {("employer", key) for key in employers})


def exempted(decisions: Collection[Exemption], label: str) -> Exempted:
    """The decisions on one commitment in the window of that label, taken together."""
    about = [row for row in decisions if row.is_about(label)]
    named = frozenset(unit for row in about for unit in row.named)
    return Exempted(named, any(not row.named for row in about))


def read_exemptions(session: Session) -> list[Exemption]:
    """The rows of the register; one with a reference that cannot be read has no effect."""
    if not session.is_offered(EXEMPTION) or not session.has_rows(EXEMPTION):
        return []
    known = {area.code for area in session.areas}
    columns = [sql.column(name) for name in ("id", *UNIT_FIELDS)]
    readable = {
        row[0]: row[1:] for row in session.fetch(sql.select(*columns).from_(sql.table(EXEMPTION)))
    }
    found = []
    for row in session.snapshot.table(EXEMPTION).to_pylist():
        given = [row.get(name) for name in UNIT_FIELDS]
        if list(readable[row["id"]]) == given and (given[0] is None or given[0] in known):
            named = tuple(
                (subject, str(value))
                for subject, value in zip(UNIT_FIELDS.values(), given, strict=True)
                if value is not None
            )
            found.append(Exemption(row["commitment"], row.get("window") or "", named))
    return found
