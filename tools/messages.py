"""Keeps the Chinese catalogues: `python tools/messages.py update | compile | check`.

Each app has its own, `<app>/locale/zh_Hans/LC_MESSAGES/django.po`, with exactly the texts that its
Python files and templates mark. Babel reads and writes them, so gettext's own tools are not needed.

update   adds new texts, without a translation or with the one another app has for the same text;
         removes texts no longer used; keeps every translation
compile  writes the .mo files that Django reads, where the .po is newer
check    names what is missing, doubtful or superfluous; exit 1 when there is anything
"""

import argparse
import ast
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "taizhang"
LOCALE = "zh_Hans"
KEYWORDS = {
    name + lazy: spec
    for name, spec in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
} | {"_": None, "gettext_noop": None}
HEADER = """\
# Chinese texts of this app. New ones are added by `python tools/messages.py update`.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

Key = tuple[str | None, str]


@dataclass
class Text:
    """One marked text of an app: its plural where it has one, and the files that mark it."""

    plural: str | None = None
    files: set[str] = field(default_factory=set)


Texts = dict[Key, Text]


def used_texts(package: Path) -> dict[Path, Texts]:
    """App folder → the texts its Python files and templates mark; tests are left out."""
    apps = sorted(
        (path.parent for path in package.rglob("apps.py")), key=lambda app: -len(str(app))
    )
    used: dict[Path, Texts] = {app: {} for app in sorted(apps)}
    for path in sorted([*package.rglob("*.py"), *package.rglob("templates/**/*.*")]):
        app = next((app for app in apps if path.is_relative_to(app)), None)
        if app is None or {"tests", "migrations"} & set(path.parts):
            continue
        for context, msgid, plural in _marked(path):
            text = used[app].setdefault((context, msgid), Text())
            text.plural = text.plural or plural
            text.files.add(path.relative_to(package.parent).as_posix())
    return used


def update(package: Path) -> list[str]:
    """Bring every catalogue in step with the files; returns the texts left to translate."""
    used = used_texts(package)
    known = _translations({app: read(app) for app in used})
    left = []
    for app, texts in used.items():
        old, new = read(app), Catalog(locale=LOCALE)
        for (context, msgid), text in texts.items():
            before = old.get(msgid, context)
            string = before.string if before and _filled(before) else known.get((context, msgid))
            new.add(
                (msgid, text.plural) if text.plural else msgid,
                _shaped(string, plural=bool(text.plural)),
                locations=[(name, 0) for name in sorted(text.files)],
                context=context,
                flags=before.flags if before else (),
                user_comments=before.user_comments if before else (),
            )
        left += [f"{_place(app, package)}: {_name(m)}" for m in new if m.id and not _filled(m)]
        if texts or catalogue_path(app).exists():
            _write(catalogue_path(app), new)
    return left


def compile_catalogues(package: Path) -> int:
    """Write each .mo older than its .po; returns how many were written."""
    written = 0
    for source in sorted(package.rglob(f"locale/{LOCALE}/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        # Written beside and swapped in: a server that starts meanwhile reads a whole file.
        draft = target.with_suffix(".mo.new")
        with source.open("rb") as readable, draft.open("wb") as writable:
            write_mo(writable, read_po(readable, locale=LOCALE))
        draft.replace(target)
        written += 1
    return written


def faults(package: Path) -> Iterator[str]:
    """A sentence for each text that is missing, fuzzy, superfluous, misformed or twofold."""
    used = used_texts(package)
    catalogues = {app: read(app) for app in used}
    for app, texts in used.items():
        for key in texts:
            message = catalogues[app].get(key[1], key[0])
            if message is None or not _filled(message):
                yield f"{_place(app, package)}: no translation of {key[1]!r}"
        yield from _faults_of_catalogue(_place(app, package), catalogues[app], texts)
    yield from _translated_twice(catalogues, package)


def _faults_of_catalogue(place: str, catalogue: Catalog, texts: Texts) -> Iterator[str]:
    for message in (message for message in catalogue if message.id):
        if key_of(message) not in texts:
            yield f"{place}: no longer used: {_name(message)}"
        elif message.fuzzy:
            yield f"{place}: marked fuzzy: {_name(message)}"
        elif _filled(message) and not _placeholders_agree(message):
            yield f"{place}: other placeholders than the text: {_name(message)}"
    for message in catalogue.obsolete.values():
        yield f"{place}: no longer used: {_name(message)}"


def _translated_twice(catalogues: dict[Path, Catalog], package: Path) -> Iterator[str]:
    """Django lays all catalogues over each other: one text has one translation, or a context."""
    found: dict[Key, dict[str, str]] = defaultdict(dict)
    for app, catalogue in catalogues.items():
        for message in catalogue:
            if message.id and _filled(message):
                found[key_of(message)].setdefault(strings_of(message)[0], _place(app, package))
    for (_context, msgid), places in found.items():
        if len(places) > 1:
            versions = "; ".join(f"{place} {string!r}" for string, place in places.items())
            yield f"two translations of {msgid!r} without a context: {versions}"


def _marked(path: Path) -> Iterator[tuple[str | None, str, str | None]]:
    """Context, text and plural of each marked text of a file."""
    if path.suffix == ".py":
        with path.open("rb") as file:
            for _line, found, _comments, context in extract("python", file, keywords=KEYWORDS):
                msgid, plural = found if isinstance(found, tuple) else (found, None)
                yield context, msgid, plural
    else:
        yield from _marked_in_template(templatize(path.read_text(encoding="utf-8"), str(path)))


_LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(({_LITERAL}(?:, ?{_LITERAL})*)(?:, ?count)?\)", re.DOTALL)


def _marked_in_template(templatized: str) -> Iterator[tuple[str | None, str, str | None]]:
    for function, literals in _CALL.findall(templatized):
        values = list(ast.literal_eval(f"({literals},)"))
        context = values.pop(0) if "p" in function else None
        yield context, values[0], values[1] if len(values) > 1 else None


_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[sdifr]|\{\w*\}")


def _placeholders_agree(message: Message) -> bool:
    """Chinese has one form; it holds the placeholders of the plural, which names the number."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    wanted = sorted(_PLACEHOLDER.findall(ids[-1]))
    return all(sorted(_PLACEHOLDER.findall(string)) == wanted for string in strings_of(message))


def catalogue_path(app: Path) -> Path:
    return app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def read(app: Path) -> Catalog:
    """The app's catalogue; an empty one where it has none."""
    path = catalogue_path(app)
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def _write(path: Path, catalogue: Catalog) -> None:
    body = io.BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    text = HEADER + body.getvalue().decode().strip() + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _translations(catalogues: dict[Path, Catalog]) -> dict[Key, str | tuple[str, ...]]:
    return {
        key_of(message): message.string
        for catalogue in catalogues.values()
        for message in catalogue
        if message.id and _filled(message)
    }


def _shaped(string: str | tuple[str, ...] | None, *, plural: bool) -> str | tuple[str, ...]:
    """The translation as its text needs it: a tuple of one for a text with a plural."""
    first = string[0] if isinstance(string, tuple) else string or ""
    return (first,) if plural else first


def strings_of(message: Message) -> tuple[str, ...]:
    """The forms of the translation; Chinese has one."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _filled(message: Message) -> bool:
    return all(string.strip() for string in strings_of(message))


def key_of(message: Message) -> Key:
    """Context and singular of a text: what Django looks it up by."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _name(message: Message) -> str:
    return repr(key_of(message)[1])


def _place(app: Path, package: Path) -> str:
    return app.relative_to(package.parent).as_posix()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=["update", "compile", "check"])
    action = parser.parse_args().action
    if action == "compile":
        compile_catalogues(PACKAGE)
        return 0
    lines = update(PACKAGE) if action == "update" else list(faults(PACKAGE))
    print("\n".join(lines) if lines else "translations: complete")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
