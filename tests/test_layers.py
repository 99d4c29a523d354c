"""Imports point down only, and the web never loads spaCy."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APP = ROOT / "meetings"


def imported(path: Path) -> set[str]:
    """The modules that a file imports anywhere in it, by full name."""
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            names.update({module, *(f"{module}.{alias.name}" for alias in node.names)})
    return names


def files(*places: str) -> list[Path]:
    return [
        path
        for place in places
        for path in ([APP / place] if place.endswith(".py") else sorted((APP / place).rglob("*.py")))
    ]


def reaching(paths: list[Path], *forbidden: str) -> set[tuple[str, str]]:
    return {
        (str(path.relative_to(ROOT)), name)
        for path in paths
        for name in imported(path)
        for prefix in forbidden
        if name == prefix or name.startswith(f"{prefix}.")
    }


def test_records_need_the_standard_library_only():
    roots = {name.split(".")[0] for name in imported(APP / "records.py")}
    assert roots <= {*sys.stdlib_module_names, "__future__"}


def test_readers_nlp_and_authorities_know_neither_django_nor_the_data():
    paths = files("readers", "nlp", "authorities")
    assert not reaching(paths, "django", "meetings.models", "meetings.querysets", "meetings.ingest", "meetings.storage")


def test_readers_and_authorities_know_no_spacy():
    assert not reaching(files("readers", "authorities"), "spacy", "meetings.nlp")


def test_the_pure_parts_of_resolution_know_no_database():
    pure = [
        path
        for path in files("derivation.py", "dates.py", "resolution")
        if path.stem not in {"accounts", "candidates", "resolver"}
    ]
    assert not reaching(pure, "django", "meetings.models")


def test_models_and_queries_know_nothing_above_them():
    above = ("ingest", "storage", "reconcile", "judgements", "search", "filters", "views", "admin", "nlp", "readers")
    assert not reaching(files("models", "conditions.py", "querysets.py"), *(f"meetings.{name}" for name in above))


def test_only_commands_and_workers_know_ingest_and_the_pipeline():
    allowed = {
        *files("management", "nlp"),
        *(APP / name for name in ("ingest.py", "staging.py", "worker.py", "supervisor.py")),
    }
    others = [path for path in APP.rglob("*.py") if path not in allowed]
    assert not reaching(others, "meetings.ingest", "meetings.nlp", "meetings.worker", "meetings.supervisor", "spacy")


@pytest.mark.parametrize("module", ["diplomacy.urls", "diplomacy.wsgi"])
def test_the_web_never_loads_spacy(module):
    code = f"import django, sys; django.setup(); import {module}; sys.exit('spacy' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "DJANGO_SETTINGS_MODULE": "diplomacy.settings"}
    )
    assert run.returncode == 0
