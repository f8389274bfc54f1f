"""The documents point to what is there, and the index of decisions names every note."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_to_files(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))

    missing = [link for link in links if not (document.parent / link).exists()]

    assert missing == []


def test_the_index_of_decisions_names_every_note() -> None:
    folder = ROOT / "docs" / "decisions"
    notes = {path.name: path for path in folder.glob("[0-9]*.md")}

    listed = re.findall(r"\[(\d{4} [^\]]+)\]\(([^)]+)\)", (folder / "README.md").read_text("utf-8"))

    assert [name for _title, name in listed] == sorted(notes)
    for title, name in listed:
        assert notes[name].read_text(encoding="utf-8").startswith(f"# {title}\n")


def test_both_readmes_show_the_same_commands_and_links() -> None:
    english, chinese = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
    )

    for pattern in (r"`(taizhang [a-z]+[^`]*)`", r"^(make \w+)$"):
        found = [set(re.findall(pattern, text, re.MULTILINE)) for text in (english, chinese)]
        assert found[0] == found[1]
    assert set(LINK.findall(english)) - {"README.zh-CN.md"} == set(LINK.findall(chinese)) - {
        "README.md"
    }
