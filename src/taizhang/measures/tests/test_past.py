"""How far back a commitment can be read, and on which days."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from taizhang.lib.windows import Period
from taizhang.measures.catalogue import Catalogue, Field, FieldType, Register
from taizhang.measures.commitments import (
    Commitment,
    Comparator,
    Kind,
    Ledger,
    Modality,
    Scope,
)
from taizhang.measures.past import Past, days_before, past_of
from taizhang.measures.snapshot import Snapshot, arrow_schema, write_snapshot

DAY = date(2026, 9, 30)


def dated(slug: str, *names: str, kind: FieldType = FieldType.DATE, **more: object) -> Register:
    fields = {name: Field(name, kind) for name in names}
    return Register(slug, fields, **{"period": names, **more})  # type: ignore[arg-type]


MEETING = dated("meeting", "held_on")
BASE = dated(
    "base", "signed_on", "named_on", period=("state",), state_from=("signed_on", "named_on")
)
FUND = dated("fund", "year", kind=FieldType.INT)
ROSTER = Register("roster", {"size": Field("size", FieldType.INT)})
UNION = Register(
    "union",
    {
        "founded_on": Field("founded_on", FieldType.DATE),
        "met": Field("met", FieldType.BOOL, derived="count(meeting)>=1"),
    },
    state_from=("founded_on",),
)
CATALOGUE = Catalogue({each.slug: each for each in (MEETING, BASE, FUND, ROSTER, UNION)})


def asked(numerator: str, by: tuple[str, ...], period: Period = Period.YEAR) -> Commitment:
    return Commitment(
        code="1",
        kind=Kind.COUNT,
        scope=Scope.POOL,
        population="all",
        numerator=numerator,
        denominator="",
        comparator=Comparator.AT_LEAST,
        target=None,
        unit="meetings",
        period=period,
        by=by,
        modality=Modality.MUST,
        threshold_source="text",
    )


def kept(folder: Path, **rows: list[dict[str, object]]) -> Snapshot:
    tables = {}
    for slug, listed in rows.items():
        schema = arrow_schema(CATALOGUE.registers[slug])
        numbered = [{"id": at, **row} for at, row in enumerate(listed, 1)]
        tables[slug] = pa.Table.from_pylist(numbered, schema=schema)
    return write_snapshot(folder, tables)


def past(commitment: Commitment, snapshot: Snapshot) -> Past:
    return past_of(commitment, Ledger((commitment,), {"all": "all"}, {}), CATALOGUE, snapshot)


def test_the_past_begins_with_the_first_dated_row(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"held_on": date(2024, 3, 1)},
        {"held_on": date(2022, 5, 1)},
        {"held_on": None},
    ]

    found = past(asked("count(meeting)", ("held_on",)), kept(tmp_path, meeting=rows))

    assert found == Past(date(2022, 5, 1), "meeting")
    assert found.reaches(date(2022, 5, 1))
    assert not found.reaches(date(2022, 4, 30))


def test_of_several_dates_the_first_filled_one_tells(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"signed_on": date(2023, 1, 1), "named_on": date(2020, 1, 1)},
        {"signed_on": None, "named_on": date(2021, 1, 1)},
    ]

    found = past(asked("count(base)", ("state",)), kept(tmp_path, base=rows))

    assert found == Past(date(2021, 1, 1), "base")


def test_a_year_is_known_on_its_last_day(tmp_path: Path) -> None:
    snapshot = kept(tmp_path, fund=[{"year": 2023}])

    assert past(asked("count(fund)", ("year",)), snapshot).begins == date(2023, 12, 31)


def test_a_state_without_a_start_date_has_no_past(tmp_path: Path) -> None:
    found = past(asked("count(roster)", ("state",)), kept(tmp_path, roster=[{"size": 3}]))

    assert found == Past(None, "roster")
    assert not found.reaches(DAY)


def test_a_derived_field_reaches_no_further_back_than_what_it_counts(tmp_path: Path) -> None:
    snapshot = kept(
        tmp_path,
        union=[{"founded_on": date(2001, 1, 1)}],
        meeting=[{"held_on": date(2024, 3, 1)}],
    )

    found = past(asked("count(union[met=true])", ("state",)), snapshot)

    assert found == Past(date(2024, 3, 1), "meeting")


def test_an_empty_register_has_no_past(tmp_path: Path) -> None:
    found = past(asked("count(meeting)", ("held_on",)), kept(tmp_path, meeting=[]))

    assert found == Past(None, "meeting")


@pytest.mark.parametrize(
    ("period", "by", "days"),
    [
        (Period.YEAR, "held_on", [date(2025, 12, 31), date(2024, 12, 31)]),
        (Period.YEAR, "year", [date(2024, 12, 31), date(2023, 12, 31)]),
        (Period.QUARTER, "held_on", [date(2026, 6, 30), date(2026, 3, 31)]),
        (Period.PLAN_PERIOD, "held_on", [date(2025, 12, 31), date(2020, 12, 31)]),
        (Period.YEAR_ON_YEAR, "held_on", [date(2025, 9, 30), date(2024, 9, 30)]),
        (Period.POINT_IN_TIME, "state", [date(2026, 6, 30), date(2026, 3, 31)]),
        (Period.TERM, "held_on", [date(2026, 6, 30), date(2026, 3, 31)]),
        (Period.FIVE_YEAR, "held_on", [date(2025, 12, 31), date(2024, 12, 31)]),
    ],
)
def test_windows_before_are_read_on_their_last_days(
    period: Period, by: str, days: list[date]
) -> None:
    assert days_before(asked("count(meeting)", (by,), period), DAY, most=2) == days
