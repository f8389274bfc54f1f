"""Times the pages of the demonstration beside a bare Django list page, one client.

`python -m benchmarks.pages [--times N] [--write]`: prints a table; with --write it also replaces
the table of pages in docs/benchmarks.md.
"""

import argparse
import http.client
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Client, Page, Timing, table, time_pages
from benchmarks.report import replace_section
from tools.product import (
    demo_password,
    environment,
    free_port,
    prepare_demo,
    serving,
    started,
    wait_for,
)

BARE = "Bare Django list page"
ACCOUNT = "office"
WARM_UP = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200, help="requests per page")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="taizhang-pages-") as folder:
        home = Path(folder)
        password = demo_password(prepare_demo(home))
        with serving(home) as product, bare_server(home) as bare:
            officer = Client(product)
            officer.sign_in(ACCOUNT, password)
            timings = time_pages(pages(officer, Client(bare)), options.times, WARM_UP)
    shown = page_table(timings)
    print(shown)
    if options.write:
        replace_section("pages", f"{options.times} requests each, in turns.\n\n{shown}")
    return 0


def pages(officer: Client, bare: Client) -> list[Page]:
    return [
        Page(BARE, bare, "/"),
        Page("Board", officer, "/"),
        Page("Board, asked for news", officer, news_path(officer), http.client.NO_CONTENT),
        Page("Item 5", officer, "/items/5/"),
        Page("Commitment 5.2", officer, "/commitments/5.2/"),
        Page("Register of meetings", officer, "/registers/meeting/"),
        Page("Register of employers", officer, "/registers/employer/"),
        Page("Desk", officer, "/desk/"),
    ]


def news_path(client: Client) -> str:
    """Where the open board asks whether there is something newer; there is nothing."""
    found = re.search(r'hx-get="([^"]+/rows/[^"]*)"', client.get("/").body)
    if found is None:
        raise AssertionError("the board does not ask for news")
    return unescape(found[1])


@contextmanager
def bare_server(home: Path) -> Iterator[str]:
    """The bare page, served like the product: gunicorn, two workers, loopback."""
    folder = Path(__file__).parent
    env = environment(home) | {"BARE_DATABASE": str(home / "bare.sqlite3")}
    with started([sys.executable, str(folder / "bare.py")], env, home / "fill.log") as filling:
        if filling.wait() != 0:
            raise AssertionError((home / "fill.log").read_text(encoding="utf-8"))
    address = f"127.0.0.1:{free_port()}"
    command = [
        *(sys.executable, "-m", "gunicorn", "--chdir", str(folder), "bare:application"),
        *("--bind", address, "--workers", "2", "--preload", "--log-level", "warning"),
    ]
    with started(command, env, home / "bare.log"):
        wait_for(address, home / "bare.log")
        yield address


def page_table(timings: dict[str, Timing]) -> str:
    bare = timings[BARE]
    return table(
        ("page", "median, ms", "p95, ms", "median to bare", "p95 to bare"),
        [
            (
                name,
                f"{each.median:.1f}",
                f"{each.p95:.1f}",
                f"{each.median / bare.median:.1f}",
                f"{each.p95 / bare.p95:.1f}",
            )
            for name, each in timings.items()
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
