"""What `manage.py ingest` says to the person who calls it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def refusal(*paths, **options) -> str:
    with pytest.raises(CommandError) as failure:
        call_command("ingest", *paths, stdout=StringIO(), **options)
    return str(failure.value)


def test_an_address_is_refused_as_it_was_written():
    assert refusal("https://example.org/a.html").startswith("https://example.org/a.html is an address: save")


def test_a_missing_path_is_named():
    assert refusal("/no/such/file.txt") == "There is no /no/such/file.txt. Check the spelling of the path."


def test_an_option_that_is_wrong_is_named(tmp_path):
    assert "is no web address" in refusal(tmp_path, source_url="ftp://example.org/")


def test_failures_are_kept_only_when_something_is_stored(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    assert refusal(tmp_path, dry_run=True) == "1 of 1 documents failed; the reasons are above."
    assert refusal(tmp_path) == "1 of 1 documents failed; each is kept with its reason."


def test_a_link_to_nowhere_fails_with_a_fitting_reason(tmp_path, capsys):
    (tmp_path / "a.txt").symlink_to(tmp_path / "none.txt")
    assert "1 of 1 documents failed" in refusal(tmp_path / "a.txt", dry_run=True)
    said = " ".join(capsys.readouterr().err.split())
    assert "failed a.txt is a link that leads nowhere." in said


def test_a_text_that_takes_too_much_memory_fails_alone(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("meetings.limits.ANALYSIS_MEMORY", 30_000_000)
    (tmp_path / "long.txt").write_text(
        "The Norwegian minister met her Chilean counterpart in Oslo on 2 May 2011. " * 300
    )
    (tmp_path / "none.txt").write_text(
        "Niemand hat jemanden getroffen, und es ist nichts weiter darüber zu berichten. " * 5
    )
    assert refusal(tmp_path, dry_run=True) == "1 of 2 documents failed; the reasons are above."
    assert "memory" in " ".join(capsys.readouterr().err.split())
