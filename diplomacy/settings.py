"""Settings, from the environment or a file `.env` beside manage.py. README.md lists them in a table."""

from __future__ import annotations

import io
import ipaddress
import re
import secrets
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from diplomacy import database, state

BASE_DIR = Path(__file__).resolve().parent.parent


def read_env(path: Path) -> None:
    """Take the settings in the file `path`, if there is one, for those that the environment does not have.

    Raises ImproperlyConfigured for a line that is neither NAME=value, nor a comment, nor empty.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {error}.") from error
    assignments = []
    for number, line in enumerate(lines, 1):
        assignment = re.fullmatch(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z_0-9]*)\s*=\s*(.*?)\s*", line)
        if assignment:
            assignments.append("=".join(assignment.groups()))
        elif line.strip() and not line.lstrip().startswith("#"):
            # The line itself is not repeated: it may be half of a password.
            raise ImproperlyConfigured(f"{path}, line {number}: write a setting as NAME=value, a comment after a #.")
    environ.Env.read_env(io.StringIO("\n".join(assignments)))


env = environ.Env()
read_env(BASE_DIR / ".env")

try:
    from meetings import limits  # noqa: F401 - a limit that is none stops the start
except ValueError as error:
    raise ImproperlyConfigured(str(error)) from error


def boolean(name: str, default: bool) -> bool:
    """A yes/no setting; anything else is refused rather than taken for no."""
    value = env.str(name, default=str(default)).strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false: set it to true or false.")


def secret_key() -> str:
    """SECRET_KEY, or one generated once into a file that only its owner can read."""
    if key := env.str("SECRET_KEY", default=""):
        if len(key) < 32:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 32 characters: use a long random one.")
        return key
    return state.secret("secret_key", lambda: secrets.token_urlsafe(50))


def origins(values: list[str]) -> list[str]:
    for value in values:
        if urlsplit(value).scheme not in {"http", "https"}:
            raise ImproperlyConfigured(f"CSRF_TRUSTED_ORIGINS: {value!r} must begin with https:// or http://.")
    return values


def mail(name: str) -> dict[str, Any]:
    """Django's settings of a mail server, from an address such as smtp+tls://user:password@mail.example.org:587; none where there is none."""
    if not env.str(name, default="").strip():
        return {"EMAIL_HOST": ""}
    found = env.email(name)
    if found.get("EMAIL_BACKEND", "").endswith(".smtp.EmailBackend") and found.get("EMAIL_HOST"):
        return found
    raise ImproperlyConfigured(f"{name} names no mail server: write it as smtp+tls://user:password@host:587.")


def choice(name: str, *values: str) -> str:
    """One of some words; the first by default."""
    value = env.str(name, default=values[0]).strip().lower()
    if value not in values:
        raise ImproperlyConfigured(f"{name}={value!r} is not known: choose {' or '.join(values)}.")
    return value


def number(name: str, default: int, what: str, largest: int, least: int = 1) -> int:
    """A whole number from `least` to `largest`; `what` says what it counts."""
    value = env.str(name, default=str(default)).strip()
    if not (value.isascii() and value.isdecimal() and len(value) < 10 and least <= int(value) <= largest):
        raise ImproperlyConfigured(f"{name}={value!r} is not a {what}: choose one from {least} to {largest}.")
    return int(value)


def address(name: str, default: str) -> str:
    """An address of this machine to listen on. A host's name is looked up when it is used."""
    value = env.str(name, default=default).strip().removeprefix("[").removesuffix("]")
    try:
        ipaddress.ip_address(value)
    except ValueError:
        if not re.fullmatch(r"(?![\d.]+$)[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", value):
            raise ImproperlyConfigured(
                f"{name}={value!r} is not an address: use 127.0.0.1 for this machine alone, 0.0.0.0 for all its networks."
            ) from None
    return value


def pipeline(name: str) -> str:
    """An installed package or a folder with a spaCy pipeline, or "" for the shipped one. Nothing is imported: the web never loads spaCy."""
    value = env.str(name, default="").strip()
    folder = Path(value).expanduser()
    if value and not (folder / "meta.json").is_file() and not (value.isidentifier() and find_spec(value)):
        raise ImproperlyConfigured(
            f"{name}={value!r} is neither an installed spaCy pipeline nor a folder that holds one: install it, or leave {name} empty."
        )
    return value


DEBUG = boolean("DEBUG", default=False)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = origins(env.list("CSRF_TRUSTED_ORIGINS", default=[]))
# Behind a proxy that ends TLS: cookies for https only, HSTS, redirect. Off by default because `make run` serves plain http on loopback.
HTTPS = boolean("HTTPS", default=False)
# Where `manage.py serve` listens. Beyond loopback, ALLOWED_HOSTS must name the host too.
BIND = address("BIND", default="127.0.0.1")
PORT = number("PORT", default=8000, what="port number", largest=65535)
WEB_CONCURRENCY = number("WEB_CONCURRENCY", default=2, what="number of server processes", largest=64)
# Processes of the worker that `make run` starts beside the server; 0 starts none. Each analyses one text at a time.
WORKERS = number("WORKERS", default=1, what="number of worker processes", largest=64, least=0)
# Seconds without a sign of life after which a worker's work is given to another. The same on every machine.
WORKER_PATIENCE = number("WORKER_PATIENCE", default=30, what="number of seconds", largest=3600)
# Whether the bytes of every file are kept in the database once they are read, for editors and readers to download.
KEEP_ORIGINALS = boolean("KEEP_ORIGINALS", default=True)
# For how long what was uploaded waits for an editor's word.
STAGED_DAYS = number("STAGED_DAYS", default=14, what="number of days", largest=3650)
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # in one form; a script sends a few at a time
SITE_NAME = env.str("SITE_NAME", default="Diplomacy")
# Whether everybody may read what is in public collections. Otherwise only who signs in sees anything at all.
SITE_PUBLIC = boolean("SITE_PUBLIC", default=True)
# How many proxies in front each add to X-Forwarded-For. Of more than there are, one could be made up by anybody.
PROXIES = number("PROXIES", default=0, what="number of proxies", largest=9, least=0)
LOG_FORMAT = choice("LOG_FORMAT", "text", "json")
# An installed spaCy pipeline, or its folder, that finds the entities in place of the shipped model. Whether it does, shows where it is loaded.
SPACY_MODEL = pipeline("SPACY_MODEL")

DATABASES = {"default": database.configuration(env)}

INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "meetings",
    "diplomacy.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_filters",
    "template_partials",
    "simple_history",
    "import_export",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "diplomacy.logs.RequestLog",
    "diplomacy.nul.WithoutNul",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "diplomacy.headers.Headers",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "diplomacy.signing_in.MembersOnly",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "diplomacy.urls"
WSGI_APPLICATION = "diplomacy.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# The first refuses whoever is locked out, the second knows the passwords.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "meetings.permissions.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_RESET_TIMEOUT = 24 * 3600
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"

# Five wrong passwords for one name from one address, or ten times as many for a name or from an address, end the trying for a while.
AXES_HANDLER = "diplomacy.signing_in.Attempts"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or somebody else's trying would lock out for ever
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "diplomacy.signing_in.client_address"
AXES_LOCKOUT_CALLABLE = "diplomacy.signing_in.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # the log has who signed in; the database need not keep it
AXES_ENABLE_ADMIN = AXES_VERBOSE = False  # meetings/admin/users.py shows what there is

# Control characters, which an Excel file cannot hold, do not keep a table from being taken out.
IMPORT_EXPORT_ESCAPE_ILLEGAL_CHARS_ON_EXPORT = True

# Without a mail server an administrator hands out links to set a new password.
vars().update(mail("EMAIL_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="webmaster@localhost")

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = "diplomacy.formats"

STATIC_URL = "static/"
STATIC_ROOT = state.path() / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # The tests and DEBUG serve the files as they lie; everybody else gets hashed names that browsers may keep for ever.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Whoever signs in must do so again on the next day. The names say to browsers that no other host and no plain http may set them.
SESSION_COOKIE_AGE = number("SESSION_HOURS", default=12, what="number of hours", largest=720) * 3600
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if HTTPS else ("session", "csrf")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked by machines, inside
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "diplomacy.logs.Lines"}, "json": {"()": "diplomacy.logs.Json"}},
    "filters": {"known": {"()": "diplomacy.logs.Known"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["known"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # The development server writes lines of its own.
        "diplomacy": {"level": "WARNING" if DEBUG else "INFO"},
        "gunicorn.error": {"level": "WARNING", "propagate": True},
        # Every request has its line already; errors of ours come on top.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Says twice, in more words, what diplomacy.signing_in says.
        "axes": {"level": "ERROR"},
    },
}
