"""`python -m taizhang.config.demo_city FOLDER` writes the demo city as a facts package."""

import os
import sys
from pathlib import Path

import django


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m taizhang.config.demo_city FOLDER\n")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
    django.setup()
    from taizhang.config.demo_city.city import write_demo_city  # noqa: PLC0415  models need set-up first

    for slug, count in write_demo_city(Path(arguments[0])).items():
        sys.stdout.write(f"{count:>7,}  {slug}.csv\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
