"""Settings of the test suite: nothing kept, quick hashing, a cache of its own."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("TAIZHANG_HOME", tempfile.mkdtemp(prefix="taizhang-test-"))

from taizhang.config.settings import *  # noqa: F403

_home = Path(os.environ["TAIZHANG_HOME"])
if os.environ.get("DATABASE_URL") is None:
    DATABASES["default"]["NAME"] = ":memory:"  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SNAPSHOT_DIR = _home / "snapshots" / str(os.getpid())
PROGRESS_DIR = _home / "progress" / str(os.getpid())
MEDIA_ROOT = _home / "uploads" / str(os.getpid())
STATIC_ROOT = _home / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
