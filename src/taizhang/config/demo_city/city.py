"""Putting the demo city together and writing it as a facts package."""

from collections.abc import Mapping
from pathlib import Path

from taizhang.config.demo_city.congresses import make_congresses
from taizhang.config.demo_city.employers import make_employers
from taizhang.config.demo_city.exemptions import make_exemptions
from taizhang.config.demo_city.finance import make_education_funds, make_funds
from taizhang.config.demo_city.honours import make_honours
from taizhang.config.demo_city.meetings import make_meetings
from taizhang.config.demo_city.numbers import STATUS_DATE, Numbers
from taizhang.config.demo_city.participation import make_participation
from taizhang.config.demo_city.policies import make_policies
from taizhang.config.demo_city.posts import make_posts
from taizhang.config.demo_city.skills import make_bases, make_trainings
from taizhang.config.demo_city.submissions import make_submissions
from taizhang.config.demo_city.terms import make_terms
from taizhang.config.demo_city.unions import make_unions
from taizhang.registers.packages.write import Row, write_package

__all__ = ["STATUS_DATE", "make_city", "write_demo_city"]


def write_demo_city(folder: Path) -> Mapping[str, int]:
    """Write the package into the folder; the number of rows by register."""
    city = make_city()
    write_package(folder, city)
    return {slug: len(rows) for slug, rows in city.items()}


def make_city() -> Mapping[str, list[Row]]:
    """The rows of the demo city by register. Rows without a status await `--verified-by`."""
    numbers = Numbers()
    employers = make_employers(numbers)
    tree = make_unions(numbers, employers)
    bases = make_bases(numbers, tree)
    return {
        "org": [union.finished() for union in tree],
        "employer": employers,
        "post": make_posts(numbers, tree),
        "term": make_terms(numbers, tree),
        "meeting": make_meetings(numbers, tree),
        "submission": make_submissions(numbers, tree),
        "participation": make_participation(numbers, tree),
        "policy": make_policies(numbers, tree),
        "exemption": make_exemptions(numbers, tree),
        "base": bases,
        "training": make_trainings(numbers, tree, bases),
        "education_fund": make_education_funds(numbers, tree),
        "fund": make_funds(numbers, tree),
        "honour": make_honours(numbers, tree),
        **make_congresses(numbers, tree, employers),
    }
