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
        ("DEBUG", "maybe", "DEBUG='maybe' is neither true nor false"),
        ("SECRET_KEY", "secret", "SECRET_KEY is shorter than 32 characters"),
        ("DATABASE_URL", "sqlite:///db.sqlite3", "DATABASE_URL must begin with postgresql://"),
        ("CSRF_TRUSTED_ORIGINS", "example.org", "must begin with https://"),
    ],
)
def test_a_bad_setting_is_refused_in_one_sentence(name, value, sentence):
    result = check(**{name: value})
    assert result.returncode == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


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
