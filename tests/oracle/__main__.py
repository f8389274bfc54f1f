"""`python -m tests.oracle --minutes 20`: ask random cities for a while, and print what differs."""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings.test")
django.setup()  # the registers are read off their models; no database is asked

from taizhang.measures.commitments import Verdict  # noqa: E402
from tests.oracle.cities import Size, random_city  # noqa: E402
from tests.oracle.comparing import (  # noqa: E402
    Comparison,
    Question,
    compare,
    every_item,
    seven_items,
    smallest,
)

SIZES = (Size.FEW, Size.TENS, Size.TENS, Size.TENS, Size.ONE, Size.HUNDREDS)
SHOWN = 2


def main() -> None:
    options = _options()
    questions = (seven_items(), every_item())
    until = time.monotonic() + options.minutes * 60
    seed = options.seed
    rows = answers = 0
    verdicts: Counter[Verdict] = Counter()
    while time.monotonic() < until:
        size = Size[options.size] if options.size else SIZES[seed % len(SIZES)]
        question = questions[seed // len(SIZES) % 2]
        city = random_city(question.ledger, question.catalogue, question.areas, seed, size)
        found = compare(question, city)
        rows += sum(map(len, city.facts.values()))
        answers += len(found.answers)
        verdicts += found.verdicts
        if found.different:
            sys.stdout.write(f"seed {seed}, {size.name}: {len(found.different)} answers differ\n")
            sys.stdout.writelines(_enough(question, found, seed, size))
            sys.stdout.flush()
        seed += 1
    sys.stdout.write(f"{seed - options.seed:,} cities, {rows:,} rows, {answers:,} answers\n")
    for verdict, count in verdicts.most_common():
        sys.stdout.write(f"{count:>12,} {verdict.value}\n")


def _enough(question: Question, found: Comparison, seed: int, size: Size) -> Iterator[str]:
    """Some of the answers that differ, and the rows that are enough for one of them to do so."""
    for ours, theirs in found.different[:SHOWN]:
        yield f"  engine {ours}\n  naive  {theirs}\n"
    city = random_city(question.ledger, question.catalogue, question.areas, seed, size)
    few = smallest(question, city)
    yield f"  these rows are enough for {few.ledger.commitments[0].code} on {few.day}:\n"
    for slug, rows in few.facts.items():
        for row in rows:
            filled = {name: value for name, value in row.items() if value not in (None, [])}
            yield f"    {slug} {filled}\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=0, help="of the first city")
    parser.add_argument("--size", choices=[size.name for size in Size], help="all of one size")
    return parser.parse_args()


if __name__ == "__main__":
    main()
