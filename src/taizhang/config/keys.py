"""Secrets of an installation: from the environment, else made once and kept beside its data."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet


@dataclass(frozen=True, slots=True)
class InstallationKeys:
    """`field_keys`: Fernet keys of the personal fields, the first encrypts, all decrypt."""

    secret_key: str
    field_keys: tuple[str, ...]


def installation_keys(home: Path) -> InstallationKeys:
    """The keys of the installation in `home`; nothing is written when the environment has both."""
    secret = os.environ.get("TAIZHANG_SECRET_KEY", "")
    fields = tuple(filter(None, os.environ.get("TAIZHANG_FIELD_KEYS", "").split(",")))
    if secret and fields:
        return InstallationKeys(secret, fields)
    kept = _kept_keys(home / "keys.json")
    return InstallationKeys(secret or kept["secret_key"], fields or tuple(kept["field_keys"]))


def _kept_keys(path: Path) -> dict[str, str | list[str]]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = {
            "secret_key": secrets.token_urlsafe(48),
            "field_keys": [Fernet.generate_key().decode()],
        }
        # Written beside and linked into place: two commands starting at once agree on one file.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(made), encoding="utf-8")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return json.loads(path.read_text(encoding="utf-8"))
