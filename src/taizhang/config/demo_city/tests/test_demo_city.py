"""The demo city: the same bytes every time, in the sizes promised, and nothing after its day."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from taizhang.config.demo_city.city import STATUS_DATE, make_city, write_demo_city
from taizhang.core.organisations.testing import create_areas
from taizhang.core.parameters.clock import fix_status_date
from taizhang.lib.identifiers import is_union_uscc, is_uscc
from taizhang.registers.packages.load import load_package

HAIGANG = "130302"
GOVERNED = 8
NOT_YET = {"term_end", "end", "valid_to", "review_due_on", "cert_valid_to", "legal_cert_valid_to"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "city"
    write_demo_city(path)
    return path


def rows(folder: Path, slug: str) -> list[dict[str, str]]:
    with (folder / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_bytes_come_out_every_time(folder, tmp_path):
    write_demo_city(tmp_path)

    for path in sorted(folder.iterdir()):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()


@pytest.mark.django_db
def test_the_whole_city_is_loaded_without_a_fault(folder):
    create_areas()
    fix_status_date(STATUS_DATE, source="test")

    report = load_package(folder, by=None)

    assert [str(fault) for fault in report.faults] == []
    assert report.written


def test_it_has_the_sizes_promised(folder):
    kinds = Counter(row["org_type"] for row in rows(folder, "org"))
    employers = rows(folder, "employer")
    enterprises = [
        int(row["headcount"])
        for row in employers
        if row["ownership"] not in {"institution", "organ", "social_org", "other"}
        and row["headcount"]
        and row["operating_state"] == "operating"
    ]

    federations = ("city_federation", "county_federation", "zone_federation")
    assert sum(kinds[kind] for kind in federations) == 10
    assert kinds["township_union"] == 150
    assert len(employers) == 2000
    assert 40 <= sum(count >= 200 for count in enterprises) <= 65
    assert sum(count >= 100 for count in enterprises) >= 120


def test_codes_are_right_and_each_stands_once(folder):
    employers = [row["uscc"] for row in rows(folder, "employer")]
    unions = [row["uscc"] for row in rows(folder, "org") if row["uscc"]]

    assert all(map(is_uscc, employers))
    assert all(map(is_union_uscc, unions))
    assert len({*employers, *unions}) == len(employers) + len(unions)


def test_nothing_happened_after_the_status_date(folder):
    for slug in sorted(path.stem for path in folder.glob("*.csv")):
        for row in rows(folder, slug):
            for column, text in row.items():
                if column not in NOT_YET and _is_day(text):
                    assert date.fromisoformat(text[:10]) <= STATUS_DATE, (slug, column, row)


def test_only_haigang_has_no_joint_meeting_in_2026(folder):
    met = {
        row["region"]
        for row in rows(folder, "meeting")
        if row["kind"] == "gov_union_joint" and row["held_on"].startswith("2026")
    }

    assert HAIGANG not in met
    assert len(met) == GOVERNED - 1


def test_some_records_wait_on_desks(folder):
    statuses = Counter(
        row["record_status"] for slug in ("meeting", "policy", "post") for row in rows(folder, slug)
    )

    assert {"draft", "submitted", "returned"} <= set(statuses)


def test_large_enterprises_show_every_way_to_have_a_head_or_none():
    city = make_city()
    large = {row["uscc"] for row in city["employer"] if (row["headcount"] or 0) >= 200}
    unions = {
        row["record_no"]
        for row in city["org"]
        if row["org_type"] == "enterprise_union" and row["employer"][0] in large
    }
    posts = [row for row in city["post"] if row["org"] in unions and row["ended_on"] is None]
    chairs = [row for row in posts if row["post_type"] == "chair"]
    deputies = {
        row["org"] for row in posts if row["post_type"] == "vice_chair" and row["full_time"]
    }
    party_heads = {row["org"] for row in chairs if row.get("concurrent_kind") == "party_secretary"}

    assert any(row["full_time"] for row in chairs)
    assert party_heads & deputies
    assert party_heads - deputies
    assert any(not row["full_time"] and row["org"] not in party_heads for row in chairs)


def _is_day(text: str) -> bool:
    return len(text) >= 10 and text[4:5] == "-" and text[7:8] == "-"
