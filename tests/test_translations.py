"""What a page shows in Chinese is what our own catalogues say."""

from pathlib import Path

from babel.messages.mofile import read_mo
from django.apps import apps

from tools import messages


def test_no_package_listed_earlier_takes_a_text_over() -> None:
    """Of several apps that translate one text, Django takes the word of the first in the list."""
    taken: dict[messages.Key, tuple[str, str]] = {}
    faults = []

    for config in apps.get_app_configs():
        is_ours = Path(config.path).is_relative_to(messages.PACKAGE)
        for key, string in _catalogue(Path(config.path), is_ours=is_ours).items():
            app, first = taken.setdefault(key, (config.name, string))
            if is_ours and first != string:
                faults.append(f"{key[1]!r}: {app} says {first!r} before {config.name} {string!r}")

    assert faults == []


def _catalogue(app: Path, *, is_ours: bool) -> dict[messages.Key, str]:
    """Text → Chinese: of ours as it is written, of other packages as it is compiled."""
    compiled = messages.catalogue_path(app).with_suffix(".mo")
    if is_ours:
        catalogue = messages.read(app)
    elif compiled.exists():
        with compiled.open("rb") as file:
            catalogue = read_mo(file)
    else:
        return {}
    return {
        messages.key_of(message): messages.strings_of(message)[0]
        for message in catalogue
        if message.id and messages.strings_of(message)[0]
    }
