"""Settings of every installation; what differs between them comes from the environment.

TAIZHANG_HOME       folder of keys, snapshots, uploads and the default database (default: ./var)
DATABASE_URL        the database each command uses (default: SQLite in TAIZHANG_HOME)
TAIZHANG_SECRET_KEY, TAIZHANG_FIELD_KEYS   secrets; without them random ones are made once and kept
                    in TAIZHANG_HOME/keys.json, readable by the owner alone
TAIZHANG_HOSTS      host names served, joined by commas
TAIZHANG_HTTPS      1 where a gateway terminates TLS: secure cookies and HSTS; the gateway sets
                    X-Forwarded-Proto and X-Forwarded-For itself, whatever a browser sent
"""

import hashlib
import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from taizhang.config.keys import installation_keys

PACKAGE_DIR = Path(__file__).resolve().parents[2]
TAIZHANG_HOME = Path(os.environ.get("TAIZHANG_HOME", "var")).resolve()
DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{TAIZHANG_HOME / 'taizhang.sqlite3'}")

_keys = installation_keys(TAIZHANG_HOME)
SECRET_KEY = _keys.secret_key
FIELD_KEYS = _keys.field_keys

DEBUG = False
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *filter(None, os.environ.get("TAIZHANG_HOSTS", "").split(",")),
]
HTTPS = os.environ.get("TAIZHANG_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "js_lib_bootstrap5",
    "taizhang.ui",
    "taizhang.core.parameters",
    "taizhang.core.records",
    "taizhang.core.organisations",
    "taizhang.core.audit",
    # Before allauth, so that its templates stand in for allauth's own.
    "taizhang.core.access",
    "taizhang.core.files",
    "taizhang.registers",
    "taizhang.registers.sheets",
    "taizhang.registers.lists",
    "taizhang.registers.corrections",
    "taizhang.registers.merging",
    "taizhang.registers.api",
    "taizhang.registers.integrity",
    "taizhang.ledger",
    "taizhang.ledger.reviewing",
    "taizhang.ledger.drafting",
    "taizhang.ledger.superseding",
    "taizhang.domains.organising",
    "taizhang.domains.leadership",
    "taizhang.domains.followup",
    "taizhang.domains.congress",
    "taizhang.domains.skills",
    "taizhang.domains.finance",
    "taizhang.domains.honours",
    "taizhang.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every view asks for sign-in unless it says otherwise.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "taizhang.core.access.sessions.send_parts_to_sign_in",
    "taizhang.core.access.sessions.renew_sessions",
    "taizhang.core.access.sessions.require_new_password",
]

ROOT_URLCONF = "taizhang.config.urls"
WSGI_APPLICATION = "taizhang.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "taizhang.config.context.frame",
            ],
        },
    }
]

DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at the start, so two writers wait instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One cache for all processes, so that sign-in throttling holds across them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "taizhang_cache",
    }
}

DATABASE_ID = hashlib.sha256(DATABASE_URL.encode()).hexdigest()[:12]
SNAPSHOT_DIR = TAIZHANG_HOME / "snapshots" / DATABASE_ID
MEDIA_ROOT = TAIZHANG_HOME / "uploads" / DATABASE_ID
PROGRESS_DIR = TAIZHANG_HOME / "progress" / DATABASE_ID
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
API_REQUESTS_PER_MINUTE = 600  # of one token

STATIC_URL = "/static/"
# Static files are served out of the packages that carry them; none are collected (no STATIC_ROOT).
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["taizhang.config.formats"]

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "board"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_ADAPTER = "taizhang.core.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/10m/key,30/10m/ip"}
ACCOUNT_FORMS = {
    "login": "taizhang.core.access.forms.LoginForm",
    "reauthenticate": "taizhang.core.access.forms.ReauthenticatePasswordForm",
    "change_password": "taizhang.core.access.forms.ChangePasswordForm",
}
MFA_ADAPTER = "taizhang.core.access.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "taizhang.core.access.forms.AuthenticateForm",
    "reauthenticate": "taizhang.core.access.forms.ReauthenticateForm",
    "activate_totp": "taizhang.core.access.forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Taizhang"
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # So that failed sign-ins are counted per person's machine, not per gateway.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # Bootstrap draws its form marks as data images.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
