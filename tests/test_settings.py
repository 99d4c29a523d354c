"""A setting is right, or refused in a sentence that says what is wrong with it."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from environ import Env

from diplomacy import database, state
from diplomacy.settings import address, read_env


def check(**environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "http", "PORT='http' is not a port number"),
        ("PORT", "70000", "choose one from 1 to 65535"),
        ("PORT", "²", "is not a port number"),
        ("WEB_CONCURRENCY", "x", "WEB_CONCURRENCY='x' is not a number of server processes"),
        ("WEB_CONCURRENCY", "-1", "choose one from 1 to 64"),
        ("LIMIT_FILES", "-3", "is no limit: set it to a whole number above zero"),
        ("BIND", "300.1.1.1", "BIND='300.1.1.1' is not an address"),
        ("BIND", "my host", "is not an address"),
        ("DEBUG", "maybe", "DEBUG='maybe' is neither true nor false"),
        ("SECRET_KEY", "secret", "SECRET_KEY is shorter than 32 characters"),
        ("DATABASE_URL", "sqlite:///db.sqlite3", "DATABASE_URL must begin with postgresql://"),
        ("CSRF_TRUSTED_ORIGINS", "example.org", "must begin with https://"),
        ("SPACY_MODEL", "en_core_web_nonsense", "is neither an installed spaCy pipeline nor a folder"),
    ],
)
def test_a_bad_setting_is_refused_in_one_sentence(name, value, sentence):
    result = check(**{name: value})
    assert result.returncode == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "value", ["127.0.0.1", "0.0.0.0", "::1", "[::1]", "localhost", "db1.example.org", "example.co1"]
)
def test_an_address_or_a_hosts_name_is_listened_on(monkeypatch, value):
    monkeypatch.setenv("BIND", value)
    assert address("BIND", "127.0.0.1") == value.strip("[]")


def test_settings_file_may_have_spaces_comments_and_quotes(monkeypatch, tmp_path):
    for name in ("ONE", "TWO", "THREE"):
        monkeypatch.setenv(name, "")  # so that what is read here is forgotten afterwards
        monkeypatch.delenv(name)
    monkeypatch.setenv("FOUR", "environment")
    path = tmp_path / ".env"
    path.write_text("# settings\n\n  ONE = 1 \nexport TWO='a b'\nTHREE=\"x=y\"\nFOUR=file\n  # end\n")
    read_env(path)
    assert [os.environ[name] for name in ("ONE", "TWO", "THREE", "FOUR")] == ["1", "a b", "x=y", "environment"]


@pytest.mark.parametrize("line", ["s3cret", "my name=s3cret", "NAME: s3cret", "=s3cret"])
def test_settings_file_with_another_line_is_refused_with_file_and_line(tmp_path, line):
    path = tmp_path / ".env"
    path.write_text(f"PORT=8001\n{line}\n")
    with pytest.raises(ImproperlyConfigured, match=r"\.env, line 2: write a setting as NAME=value") as refusal:
        read_env(path)
    assert "s3cret" not in str(refusal.value)


def test_settings_file_is_optional(tmp_path):
    read_env(tmp_path / ".env")


def configured(monkeypatch, url: str) -> dict:
    monkeypatch.setenv("DATABASE_URL", url)
    return database.configuration(Env())


def test_a_database_url_is_read_as_postgresql_reads_it(monkeypatch):
    found = configured(monkeypatch, "postgresql://ann:p%40ss%2F%25@db.example:5433/archive?sslmode=require")
    wanted = {"NAME": "archive", "USER": "ann", "PASSWORD": "p@ss/%", "HOST": "db.example", "PORT": "5433"}
    assert wanted.items() <= found.items()
    assert found["OPTIONS"]["sslmode"] == "require"
    assert not found["EMBEDDED"]


def test_a_database_url_may_name_a_socket(monkeypatch):
    assert configured(monkeypatch, "postgresql://%2Frun%2Fpostgresql/archive")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://ann:s3cret@host/archive", "must begin with postgresql://"),
        ("postgresql://ann:s3cret%@host/archive", "percent-encoded"),
        ("postgresql://ann:s3cret@host:port/archive", "port in DATABASE_URL is not a number"),
        ("postgresql://ann:s3cret@host", "names no database"),
    ],
)
def test_a_bad_database_url_is_refused_without_telling_its_password(monkeypatch, url, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence) as refusal:
        configured(monkeypatch, url)
    assert "s3cret" not in str(refusal.value)


def test_a_generated_secret_is_its_owners_alone_and_stays(monkeypatch, tmp_path):
    monkeypatch.setattr(state, "folder", lambda: tmp_path)
    assert state.secret("key", lambda: "first") == "first"
    assert state.secret("key", lambda: "second") == "first"
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ImproperlyConfigured, match="not a folder of your own"):
        state.private(tmp_path / "link")
