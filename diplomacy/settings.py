"""Settings, from the environment or a file `.env` beside manage.py. README.md lists them in a table."""

from __future__ import annotations

import io
import ipaddress
import re
import secrets
from importlib.util import find_spec
from pathlib import Path
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
SITE_NAME = env.str("SITE_NAME", default="Diplomacy")
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
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
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

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"

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
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
