from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import documents
from tests.test_extract_documents import CABLE, READOUT

DATA = Path(os.environ.get("DIPLOMACY_DATA", Path(__file__).resolve().parents[2] / "shared"))


def test_each_document_is_one_json_line(tmp_path):
    (tmp_path / "a.txt").write_text(READOUT)
    (tmp_path / "b.txt").write_text(CABLE)
    out = StringIO()
    call_command("extract", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), format="jsonl", stdout=out)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["file"] == "a.txt"
    assert first["document"]["date"] == "2022-03-03"
    assert second["document"]["identifier"] == "08OSLO141"
    (meeting,) = second["meetings"]
    assert set(meeting) >= {"status", "date", "date_end", "place", "medium", "participants", "issues", "evidence"}
    for span in meeting["evidence"]:
        assert CABLE[span["start"] : span["end"]].strip()


def test_the_parts_of_a_mail_are_told_apart_and_what_cannot_be_read_is_named(tmp_path):
    (tmp_path / "talks.eml").write_bytes(documents.mail({"cable.txt": CABLE.encode(), "scan.pdf": documents.pdf([[]])}))
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("extract", str(tmp_path / "talks.eml"), format="jsonl", stdout=out, stderr=err)
    assert failure.value.returncode == 1
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(line["file"], line["part"]) for line in lines] == [("talks.eml", None), ("talks.eml", "cable.txt")]
    assert "talks.eml/scan.pdf has no text layer" in err.getvalue()


def test_a_bad_option_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="'soon' is not a date"):
        call_command("extract", str(tmp_path), date="soon")


def test_a_table_names_who_met(tmp_path):
    (tmp_path / "a.txt").write_text(READOUT)
    out = StringIO()
    call_command("extract", str(tmp_path / "a.txt"), stdout=out)
    assert "Andrzej Duda" in out.getvalue()


def test_an_unreadable_file_is_named_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a.txt").write_text(READOUT)
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as failure:
        call_command(
            "extract", str(tmp_path / "none.txt"), str(tmp_path / "a.txt"), format="jsonl", stdout=out, stderr=err
        )
    assert failure.value.returncode == 1
    assert "none.txt" in err.getvalue()
    assert len(out.getvalue().splitlines()) == 1


@pytest.mark.skipif(not (DATA / "seeds").is_dir(), reason=f"no seed documents in {DATA}; set DIPLOMACY_DATA")
def test_the_seed_documents_come_out_right(tmp_path):
    out = StringIO()
    call_command("extract", *map(str, sorted((DATA / "seeds").glob("*.txt"))), format="jsonl", stdout=out)
    lines = tmp_path / "seeds.jsonl"
    lines.write_text(out.getvalue())
    done = subprocess.run(
        [sys.executable, DATA / "eval" / "check_seeds.py", lines], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
