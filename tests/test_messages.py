"""The keeper of the Chinese catalogues finds what is marked, and names what is wrong."""

from pathlib import Path

import pytest

from tools import messages

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

LABEL = _("Meeting")
LATE = pgettext("of a report", "late")


def days(count):
    return ngettext("%(count)d day", "%(count)d days", count)
"""
TEMPLATE = """
{% load i18n %}<h1 title="{% translate 'Held on' %}">{% blocktranslate trimmed %}
  Read as of {{ day }}.
{% endblocktranslate %}</h1>{{ _("Next") }}
"""
COMPLETE = {
    "Meeting": "会议",
    "late": "逾期",
    "%(count)d day": "%(count)d天",
    "Held on": "召开日期",
    "Read as of %(day)s.": "截至%(day)s。",
    "Next": "下一步",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of two apps; the texts stand in the first."""
    for app in ("hall", "yard"):
        (tmp_path / "house" / app / "templates").mkdir(parents=True)
        (tmp_path / "house" / app / "apps.py").touch()
    (tmp_path / "house" / "hall" / "labels.py").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "house" / "hall" / "templates" / "hall.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path / "house"


def translate(package: Path, texts: dict[str, str], app: str = "hall") -> None:
    """Fill in the empty translations of the app's catalogue."""
    path = messages.catalogue_path(package / app)
    lines, current = path.read_text(encoding="utf-8").splitlines(), ""
    for number, line in enumerate(lines):
        if line.startswith("msgid "):
            current = line.removeprefix("msgid ").strip('"')
        if line in {'msgstr ""', 'msgstr[0] ""'} and texts.get(current):
            lines[number] = line.replace('""', f'"{texts[current]}"')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def translated(package: Path) -> Path:
    messages.update(package)
    translate(package, COMPLETE)
    return package


def test_texts_of_python_and_templates_are_found(package: Path) -> None:
    left = messages.update(package)

    assert sorted(left) == sorted(f"house/hall: {msgid!r}" for msgid in COMPLETE)


def test_a_complete_catalogue_has_no_faults(translated: Path) -> None:
    assert list(messages.faults(translated)) == []


def test_an_update_keeps_translations_and_changes_nothing_twice(translated: Path) -> None:
    left = messages.update(translated)
    once = messages.catalogue_path(translated / "hall").read_bytes()
    messages.update(translated)

    assert left == []
    assert messages.catalogue_path(translated / "hall").read_bytes() == once
    assert list(messages.faults(translated)) == []


def test_a_text_of_another_app_brings_its_translation(translated: Path) -> None:
    (translated / "yard" / "views.py").write_text('_("Meeting")\n', encoding="utf-8")

    left = messages.update(translated)

    assert left == []
    assert messages.read(translated / "yard").get("Meeting").string == "会议"


def test_a_missing_translation_is_named(translated: Path) -> None:
    (translated / "hall" / "views.py").write_text('_("Sign for it")\n', encoding="utf-8")

    assert list(messages.faults(translated)) == ["house/hall: no translation of 'Sign for it'"]


def test_a_text_no_longer_used_is_named(translated: Path) -> None:
    (translated / "hall" / "templates" / "hall.html").write_text(
        TEMPLATE.replace('{{ _("Next") }}', ""), encoding="utf-8"
    )

    assert list(messages.faults(translated)) == ["house/hall: no longer used: 'Next'"]


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ('msgstr "截至%(day)s。"', 'msgstr "截至%(date)s。"', "other placeholders"),
        ('msgstr[0] "%(count)d天"', 'msgstr[0] "若干天"', "other placeholders"),
        ('msgid "Next"', '#, fuzzy\nmsgid "Next"', "marked fuzzy"),
    ],
)
def test_a_doubtful_translation_is_named(
    translated: Path, written: str, instead: str, fault: str
) -> None:
    path = messages.catalogue_path(translated / "hall")
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, instead), encoding="utf-8")

    found = list(messages.faults(translated))

    assert len(found) == 1
    assert fault in found[0]


def test_two_translations_of_one_text_are_named(translated: Path) -> None:
    (translated / "yard" / "views.py").write_text('_("Meeting")\n', encoding="utf-8")
    messages.update(translated)
    path = messages.catalogue_path(translated / "yard")
    path.write_text(path.read_text(encoding="utf-8").replace("会议", "开会"), encoding="utf-8")

    assert list(messages.faults(translated)) == [
        "two translations of 'Meeting' without a context: house/hall '会议'; house/yard '开会'"
    ]


def test_compiling_writes_only_what_changed(translated: Path) -> None:
    first = messages.compile_catalogues(translated)
    again = messages.compile_catalogues(translated)

    assert (first, again) == (1, 0)
