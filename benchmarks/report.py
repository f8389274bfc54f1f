"""The report docs/benchmarks.md: each benchmark replaces its own section."""

import os
import platform
import re
from pathlib import Path

REPORT = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def replace_section(name: str, text: str) -> None:
    """Put `text` between the marks of the section, with the machine it was measured on."""
    marks = rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)"
    body = f"Measured on {machine()}. {text}\n\n"
    before = REPORT.read_text(encoding="utf-8")
    after, found = re.subn(marks, lambda m: m[1] + body + m[2], before, flags=re.DOTALL)
    if not found:
        raise LookupError(f"{REPORT.name} has no section {name}")
    REPORT.write_text(after, encoding="utf-8")


def machine() -> str:
    processors = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    )
    return (
        f"{platform.system()} {platform.machine()}, {processors} processors, "
        f"Python {platform.python_version()}"
    )
