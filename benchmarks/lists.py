"""Times the list of a register with a million records, beside a bare Django list page.

`python -m benchmarks.lists [--rows N] [--home FOLDER] [--times N] [--write]`: prints a table; with
--write it also replaces the table of lists in docs/benchmarks.md. Making the records takes
minutes: a FOLDER keeps them for the next run.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.measuring import Client, Page, time_pages
from benchmarks.pages import BARE, bare_server, page_table
from benchmarks.report import replace_section
from tools.product import environment, prepare_demo, serving

LIST = "/registers/meeting/"
PASSWORD = "taizhang-demo-2026"
WHO = {"office": "City", "county": "County", "plant": "Primary"}
DEPTH = 200
WARM_UP = 2
# What stands in the records: see benchmarks.many_meetings.
QUESTIONS = {
    "one kind": {"kind": "gov_union_joint"},
    "one area": {"region": "130302"},
    "another area": {"region": "130322"},
    "drafts": {"record_status": "draft"},
    "kind, area and level": {"kind": "guidance", "region": "130302", "convener_level": "county"},
    "a quarter": {"held_on_from": "2023-04-01", "held_on_to": "2023-06-30"},
    "below one union": {"under": "海港区总工会"},
    "sorted by convener": {"sort": "convener"},
    "sorted by number, area": {"sort": "-record_no", "region": "130322"},
    "search, in all": {"q": "工会"},
    "search, in 2 %": {"q": "拖欠"},
    "search, in 8 %, all long ago": {"q": "疫情"},
    "search, in ten": {"q": "龙舟"},
    "search, in none": {"q": "鲸鱼"},
    "search, in one": {"q": "〕77号"},
    "search, sorted by convener": {"q": "拖欠", "sort": "convener"},
    "search, one kind": {"q": "集体 拖欠", "kind": "guidance"},
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="records in the register")
    parser.add_argument("--home", type=Path, help="a folder to keep the records in")
    parser.add_argument("--times", type=int, default=20, help="requests per page")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    with folder_of(options.home) as home:
        prepare(home, options.rows)
        with serving(home) as product, bare_server(home) as bare:
            timings = time_pages(list(pages(product, bare)), options.times, WARM_UP)
    shown = page_table(timings)
    print(shown)
    if options.write:
        basis = f"{options.rows:,} records, {options.times} requests each, in turns."
        replace_section("lists", f"{basis}\n\n{shown}")
    return 0


@contextmanager
def folder_of(home: Path | None) -> Iterator[Path]:
    if home is not None:
        home.mkdir(parents=True, exist_ok=True)
        yield home
        return
    with TemporaryDirectory(prefix="taizhang-lists-") as folder:
        yield Path(folder)


def prepare(home: Path, rows: int) -> None:
    """The demonstration with `rows` meetings; what a folder holds already stays."""
    if not (home / "taizhang.sqlite3").exists():
        prepare_demo(home)
    command = [sys.executable, "-m", "benchmarks.many_meetings", str(rows)]
    subprocess.run(command, env=environment(home), stdout=subprocess.DEVNULL, check=True)


def pages(product: str, bare: str) -> Iterator[Page]:
    """Every question as the city office; the first page and a deep one, and some, as others."""
    yield Page(BARE, Client(bare), "/")
    for username, who in WHO.items():
        client = Client(product)
        client.sign_in(username, PASSWORD)
        yield Page(f"{who}: first page", client, LIST)
        if username != "plant":
            yield Page(f"{who}: page {DEPTH}", client, deep_page(client))
        for name, question in QUESTIONS.items():
            yield Page(f"{who}: {name}", client, f"{LIST}?{urlencode(question)}")


def deep_page(client: Client) -> str:
    """The address of the page that `DEPTH` pages of the list lead to."""
    path = LIST
    for _page in range(DEPTH - 1):
        found = re.search(r'href="([^"]+)" rel="next"', client.get(path).body)
        if found is None:
            raise AssertionError(f"{path} has no next page")
        path = LIST + unescape(found[1])
    return path


if __name__ == "__main__":
    sys.exit(main())
