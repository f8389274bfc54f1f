"""Cases worked out by hand: a facts package is loaded, and the board must say what was worked out.

Each file of `hand_cases/` holds a package as CSV text and the figures that the handbook gives for
it, with the reasoning beside each. They go through `taizhang load` and `taizhang status --json`.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taizhang.core.parameters.clock import fix_status_date
from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.establish import establish_ledger
from tests.loading import load, status

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).with_name("hand_cases")
STORIES = sorted(FOLDER.glob("*.toml"))
LAST_DAY = date(2029, 12, 31)  # no record of a case lies in the future of this day
FEDERATIONS = """
record_no,name,org_type,parent,region,founded_on,approval_no,org_state
O-市,秦皇岛市总工会,city_federation,,130300,1950-01-01,冀工字〔1950〕1号,active
O-海港,海港区总工会,county_federation,O-市,130302,1950-01-01,秦工字〔1950〕1号,active
O-昌黎,昌黎县总工会,county_federation,O-市,130322,1950-01-01,秦工字〔1950〕2号,active
O-开发区,开发区总工会,zone_federation,O-市,130371,1985-01-01,秦工字〔1985〕1号,active
"""


@dataclass(frozen=True)
class Figure:
    """What must come out for one commitment, seen from `org` at the end of the day `on`."""

    code: str
    on: date
    org: str | None
    why: str
    expected: Mapping[str, Any]


@pytest.fixture
def city(tmp_path, settings) -> Path:
    """The ledger over four federations; returns a folder for packages."""
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    fix_status_date(LAST_DAY, source="test")
    establish_ledger(shipped_pack(DEFAULT_PACK), by=None)
    load(tmp_path / "federations", org=FEDERATIONS)
    return tmp_path


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_board_says_what_was_worked_out_by_hand(path: Path, city: Path) -> None:
    story = tomllib.loads(path.read_text("utf-8"))
    load(city / path.stem, **story["package"])

    wrong = list(_differences(story["figure"]))

    assert not wrong, "\n".join(wrong)


def _differences(rows: list[dict[str, Any]]) -> Iterator[str]:
    by_board: dict[tuple[date, str | None], list[Figure]] = defaultdict(list)
    for figure in map(_figure, rows):
        by_board[figure.on, figure.org].append(figure)
    for (on, org), figures in by_board.items():
        shown = status(on, org)
        for figure in figures:
            row = shown[figure.code]
            found = {name: row[name] for name in figure.expected}
            if found != figure.expected:
                yield (
                    f"{figure.code} on {on} seen from {org or 'the city'}: {found} is not"
                    f" {figure.expected}. {figure.why}"
                )


def _figure(row: dict[str, Any]) -> Figure:
    named = {"code", "on", "org", "why"}
    expected = {
        name: None if value == "null" else value for name, value in row.items() if name not in named
    }
    return Figure(row["code"], row["on"], row.get("org"), row["why"], expected)
