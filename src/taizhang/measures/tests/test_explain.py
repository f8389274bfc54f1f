"""An explanation names the records and the subjects, and says what each lacks (handbook 0.9)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from taizhang.lib.windows import Period
from taizhang.measures.commitments import Kind, Ledger, Scope, Unit, Verdict
from taizhang.measures.explain import asked_of, explain
from taizhang.measures.explanation import Asked, Cursor, Explanation, Fault, Page, Subject
from taizhang.measures.snapshot import Snapshot, arrow_schema, write_snapshot
from taizhang.measures.tests.case_files import Rows, ledger, rows_of
from taizhang.measures.tests.city_registers import AREAS, CATALOGUE, CITY, COUNTY

DAY = date(2026, 9, 30)


def union(number: int, **cells: object) -> dict[str, object]:
    return {
        "record_no": f"union-{number}",
        "org_type": "enterprise_union",
        "org_state": "active",
        "region": COUNTY,
        "employer": [f"plant-{number}"],
        **cells,
    }


def plant(number: int, **cells: object) -> dict[str, object]:
    return {
        "record_no": f"plant-{number}",
        "region": COUNTY,
        "ownership": "private",
        "operating_state": "operating",
        "headcount": 200,
        "headcount_as_of": DAY - timedelta(days=30),
        **cells,
    }


def chair(number: int, **cells: object) -> dict[str, object]:
    return {
        "record_no": f"chair-{number}",
        "org": f"union-{number}",
        "post_type": "chair",
        "full_time": True,
        **cells,
    }


# Four unions: with a full-time chair, with a part-time one, with none, of unknown size.
LEADERSHIP = rows_of(
    {
        "org": [union(number) for number in (1, 2, 3, 4)],
        "employer": [
            plant(1),
            plant(2),
            plant(3),
            plant(4, headcount_as_of=DAY - timedelta(days=400)),
        ],
        "post": [chair(1), chair(2, full_time=False)],
    }
)
MEETINGS = rows_of(
    {
        "meeting": [
            {
                "record_no": "held",
                "kind": "gov_union_joint",
                "region": COUNTY,
                "held_on": date(2026, 3, 1),
            },
            {
                "record_no": "last-year",
                "kind": "gov_union_joint",
                "region": CITY,
                "held_on": date(2025, 3, 1),
            },
            {
                "record_no": "other-kind",
                "kind": "theory_study",
                "region": CITY,
                "held_on": date(2026, 3, 1),
            },
        ]
    }
)


def snapshot_of(folder: Path, facts: Rows) -> Snapshot:
    tables = {
        slug: pa.Table.from_pylist(rows, schema=arrow_schema(CATALOGUE.registers[slug]))
        for slug, rows in facts.items()
    }
    return write_snapshot(folder, tables)


def explained(
    folder: Path, facts: Rows, code: str, area: str | None = None, **paging: object
) -> Explanation:
    snapshot = snapshot_of(folder, facts)
    return explain(ledger(), CATALOGUE, AREAS, snapshot, DAY, code, area, **paging)  # type: ignore[arg-type]


def by_number(page: Page[Subject]) -> dict[str | None, Subject]:
    return {subject.record_no: subject for subject in page.items}


def test_a_coverage_lists_its_subjects_with_those_that_lack_something_first(
    tmp_path: Path,
) -> None:
    explanation = explained(tmp_path, LEADERSHIP, "3.6")

    found = [(s.record_no, s.is_satisfied) for s in explanation.subjects.items]
    assert found == [("union-2", False), ("union-3", False), ("union-1", True)]
    assert [record.record_no for record in explanation.counted.items] == ["union-1"]


def test_a_failed_derived_condition_says_which_part_of_its_rule_failed(tmp_path: Path) -> None:
    subjects = by_number(explained(tmp_path, LEADERSHIP, "3.6").subjects)

    (failure,) = subjects["union-2"].nearest[0].failures
    assert (failure.text, failure.part.actual) == ("full_time_head_ok=true", "false")
    parts = [(part.path, part.actual, part.holds) for part in failure.rule]
    assert parts == [
        ("count(post[org=self; post_type=chair; full_time=true])", "0", False),
        ("chair_is_party_head", "false", False),
        ("full_time_vice_ok", "false", False),
    ]


def test_subjects_of_unknown_size_are_listed_apart(tmp_path: Path) -> None:
    explanation = explained(tmp_path, LEADERSHIP, "3.6")

    assert [record.record_no for record in explanation.unknown.items] == ["union-4"]
    assert "union-4" not in by_number(explanation.subjects)


def test_who_has_no_record_at_all_is_told_from_who_has_a_wrong_one(tmp_path: Path) -> None:
    county = union(5, org_type="township_union", employer=[], record_no="town-5")
    empty = union(6, org_type="township_union", employer=[], record_no="town-6")
    worker = chair(5, record_no="worker", org="town-5", full_time=False)
    facts = rows_of({"org": [county, empty], "post": [worker]})

    subjects = by_number(explained(tmp_path, facts, "3.5").subjects)

    texts = [failure.text for failure in subjects["town-5"].nearest[0].failures]
    assert "full_time=true" in texts
    assert subjects["town-5"].no_record_in == ""
    assert (subjects["town-6"].nearest, subjects["town-6"].no_record_in) == ((), "post")


def test_each_unit_carries_its_verdict_and_the_records_nearest_to_counting(
    tmp_path: Path,
) -> None:
    explanation = explained(tmp_path, MEETINGS, "5.2")

    subjects = by_number(explanation.subjects)
    assert subjects[COUNTY].verdict is Verdict.MET
    lacking = subjects[CITY]
    assert (lacking.verdict, lacking.is_satisfied) == (Verdict.NOT_DUE, False)
    assert [record.record_no for record in lacking.nearest] == ["other-kind", "last-year"]


def test_a_record_outside_the_window_says_so_with_its_day(tmp_path: Path) -> None:
    uncounted = {r.record_no: r for r in explained(tmp_path, MEETINGS, "5.2").uncounted.items}

    (failure,) = uncounted["last-year"].failures
    assert (failure.fault, failure.text) == (Fault.WINDOW, "2026")
    assert failure.part.actual == "2025-03-01"
    (failure,) = uncounted["other-kind"].failures
    assert (failure.fault, failure.part.actual) == (Fault.CONDITION, "theory_study")


def test_an_area_is_explained_by_its_own_records(tmp_path: Path) -> None:
    explanation = explained(tmp_path, MEETINGS, "5.2", COUNTY)

    assert [record.record_no for record in explanation.counted.items] == ["held"]
    assert explanation.uncounted.items == ()
    assert list(by_number(explanation.subjects)) == [COUNTY]


def test_pages_follow_one_another_without_gap_or_repeat(tmp_path: Path) -> None:
    first = explained(tmp_path, LEADERSHIP, "3.6", limit=1)
    after = Cursor(uncounted=first.uncounted.after, subjects=first.subjects.after)

    second = explained(tmp_path, LEADERSHIP, "3.6", limit=1, after=after)

    assert [s.record_no for s in (*first.subjects.items, *second.subjects.items)] == [
        "union-2",
        "union-3",
    ]
    records = (*first.uncounted.items, *second.uncounted.items)
    assert len({record.id for record in records}) == 2
    assert first.subjects.total == second.subjects.total == 3


def test_a_coverage_of_enum_values_names_the_missing_ones(tmp_path: Path) -> None:
    known = ledger()
    asked = replace(
        known.commitments[0],
        code="hosts",
        kind=Kind.COVERAGE,
        scope=Scope.POOL,
        population="city",
        numerator="distinct(meeting.host[host in(union,party)])",
        denominator="size(meeting.host in(union,party))",
        target=Decimal(100),
        period=Period.YEAR,
        by=("held_on",),
    )
    populations = {**known.populations, "city": "all"}
    meeting = {"record_no": "m", "host": "union", "region": CITY, "held_on": date(2026, 3, 1)}
    snapshot = snapshot_of(tmp_path, rows_of({"meeting": [meeting]}))

    explanation = explain(
        Ledger((asked,), populations, {}), CATALOGUE, AREAS, snapshot, DAY, "hosts"
    )

    found = [(subject.unit.key, subject.is_satisfied) for subject in explanation.subjects.items]
    assert found == [("party", False), ("union", True)]


def test_a_formula_that_cannot_be_read_is_the_reason(tmp_path: Path) -> None:
    known = ledger()
    asked = replace(known.commitments[0], code="wrong", numerator="count(meting[])")

    explanation = explain(
        Ledger((asked,), known.populations, {}),
        CATALOGUE,
        AREAS,
        snapshot_of(tmp_path, MEETINGS),
        DAY,
        "wrong",
    )

    assert explanation.reason.startswith("formula:there is no register 'meting'")


def test_the_whole_city_as_one_unit_is_explained_too(tmp_path: Path) -> None:
    known = ledger()
    meetings = next(each for each in known.commitments if each.code == "5.2")
    asked = replace(meetings, code="city", population="whole", target=Decimal(9))

    explanation = explain(
        Ledger((asked,), {"whole": "all"}, {}),
        CATALOGUE,
        AREAS,
        snapshot_of(tmp_path, MEETINGS),
        DAY,
        "city",
    )

    assert [record.record_no for record in explanation.counted.items] == ["held"]
    (city,) = explanation.subjects.items
    assert (city.unit.subject, city.is_satisfied) == ("all", False)


def test_an_unknown_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=r"99\.9"):
        explained(tmp_path, MEETINGS, "99.9")


def asked(folder: Path, facts: Rows, *units: Unit) -> dict[str, Asked]:
    snapshot = snapshot_of(folder, facts)
    found = asked_of(ledger(), CATALOGUE, AREAS, snapshot, DAY, units)
    return {each.code: each for each in found}


def test_a_share_is_owed_by_each_unit_in_its_denominator(tmp_path: Path) -> None:
    unions = [Unit("org", str(number)) for number in (1, 2, 3)]

    each = [asked(tmp_path, LEADERSHIP, union)["3.6"] for union in unions]
    together = asked(tmp_path, LEADERSHIP, *unions)["3.6"]

    assert [(one.owed, one.met, one.verdict) for one in each] == [
        (1, 1, Verdict.MET),
        (1, 0, Verdict.UNMET),
        (1, 0, Verdict.UNMET),
    ]
    assert (together.owed, together.met, together.verdict) == (3, 1, Verdict.UNMET)
    assert [one.record_no for one in together.lacking] == ["union-2", "union-3"]


def test_a_unit_outside_the_denominator_owes_nothing_of_a_share(tmp_path: Path) -> None:
    assert "3.6" not in asked(tmp_path, LEADERSHIP, Unit("org", "4"))
    assert not asked(tmp_path, LEADERSHIP, Unit("org", "99"))
