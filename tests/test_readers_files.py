"""Files, folders and archives as one stream."""

import hashlib
import io
import os
import zipfile

import pytest

from meetings.readers import ReadError, discover, read
from meetings.records import Kind


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "papers"
    (root / "b").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "b" / "two.txt").write_text("two")
    (root / "a.txt").write_text("one")
    (root / "a.txt.meta.yaml").write_text("date: 2001-02-03\nkind: memcon\n")
    (root / ".hidden").write_text("no")
    (root / ".git" / "config").write_text("no")
    return root


def test_folder_is_walked_in_order_without_hidden_files_and_sidecars(folder):
    assert [file.name for file in discover([folder])] == ["papers/a.txt", "papers/b/two.txt"]


def test_file_has_hash_and_sidecar_options(folder):
    (file,) = discover([folder / "a.txt"])
    assert file.sha256 == hashlib.sha256(b"one").hexdigest()
    assert (file.options.date, file.options.kind) == ("2001-02-03", Kind.MEMCON)
    assert read(file.content, file.name, file.options)[0].date == "2001-02-03"


def test_links_out_of_the_folder_are_not_followed(folder, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "in.txt").symlink_to(folder / "a.txt")
    assert [file.name for file in discover([folder])] == ["papers/a.txt", "papers/in.txt", "papers/b/two.txt"]


def test_archive_gives_its_members_with_sidecars(tmp_path):
    path = tmp_path / "papers.zip"
    path.write_bytes(
        archive(
            {
                "x/b.txt": b"two",
                "a.txt": b"one",
                "a.txt.meta.yaml": b"title: First",
                "__MACOSX/a.txt": b"no",
                "x/.hidden": b"no",
            }
        )
    )
    found = list(discover([path]))
    assert [file.name for file in found] == ["papers.zip/a.txt", "papers.zip/x/b.txt"]
    assert (found[0].content, found[0].options.title) == (b"one", "First")


def test_paths_in_an_archive_cannot_climb(tmp_path):
    path = tmp_path / "evil.zip"
    path.write_bytes(archive({"../../etc/passwd": b"x", "/abs.txt": b"y"}))
    names = [file.name for file in discover([path])]
    assert names == ["evil.zip/etc/passwd", "evil.zip/abs.txt"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"bomb.txt": b"0" * 30_000_000}, "unpacks to"),
        ({"inner.zip": archive({"a.txt": b"one"})}, "archive inside an archive"),
    ],
)
def test_members_that_are_not_read_say_why(tmp_path, members, says):
    path = tmp_path / "papers.zip"
    path.write_bytes(archive(members))
    (file,) = discover([path])
    assert says in file.error


def test_damaged_archive_says_so(tmp_path):
    path = tmp_path / "papers.zip"
    path.write_bytes(b"PK\x03\x04" + b"x" * 100)
    (file,) = discover([path])
    assert "damaged archive" in file.error


def test_a_missing_file_is_an_error_and_the_rest_goes_on(folder):
    found = list(discover([folder / "missing.txt", folder / "a.txt"]))
    assert "no file" in found[0].error
    assert found[1].content == b"one"


def test_a_bad_sidecar_is_an_error_of_its_file(folder):
    (folder / "a.txt.meta.yaml").write_text("date: [")
    (file,) = discover([folder / "a.txt"])
    assert "not valid YAML" in file.error


def test_a_sidecar_may_drop_the_suffix_and_the_whole_name_wins(folder, tmp_path):
    (folder / "a.meta.yaml").write_text("date: 1999\n")
    (folder / "b" / "two.meta.yaml").write_text("date: 1998\n")
    assert [file.options.date for file in discover([folder])] == ["2001-02-03", "1998"]
    path = tmp_path / "papers.zip"
    path.write_bytes(archive({"x/a.txt": b"one", "x/a.meta.yaml": b"title: First"}))
    assert [file.options.title for file in discover([path])] == ["First"]


def test_a_sidecar_of_an_archive_counts_for_all_in_it_and_theirs_stand_above(tmp_path):
    path = tmp_path / "papers.zip"
    path.write_bytes(archive({"a.txt": b"one", "b.txt": b"two", "b.txt.meta.yaml": b"collection: Second"}))
    path.with_name("papers.zip.meta.yaml").write_text("collection: First\n")
    assert [file.options.collection for file in discover([path])] == ["First", "Second"]


def test_a_sidecar_without_its_document_is_an_error(folder, tmp_path):
    (folder / "gone.txt.meta.yaml").write_text("date: 1999\n")
    failed = [file for file in discover([folder]) if file.error]
    assert [file.name for file in failed] == ["papers/gone.txt.meta.yaml"]
    assert "the document gone.txt, which is not beside it" in failed[0].error
    path = tmp_path / "papers.zip"
    path.write_bytes(archive({"gone.meta.yaml": b"title: First"}))
    assert ["not beside it" in file.error for file in discover([path])] == [True]


def test_sidecars_named_with_their_documents_are_no_documents(folder):
    assert [file.name for file in discover(sorted(folder.glob("a*")))] == ["a.txt"]
    (folder / "gone.meta.yaml").write_text("date: 1999\n")
    assert ["not beside it" in file.error for file in discover([folder / "gone.meta.yaml"])] == [True]
    assert ["no file" in file.error for file in discover([folder / "no" / "such.meta.yaml"])] == [True]


def test_too_large_a_sidecar_is_refused_in_archives_too(tmp_path):
    path = tmp_path / "papers.zip"
    path.write_bytes(archive({"a.txt": b"one", "a.txt.meta.yaml": b"# " + bytes(range(32, 127)) * 2000}))
    (file,) = discover([path])
    assert "a.txt.meta.yaml is larger than" in file.error


def test_no_name_tells_where_the_files_lie_on_the_machine(folder, monkeypatch):
    assert [file.name for file in discover([folder / "b" / "two.txt", folder / "b"])] == ["two.txt", "b/two.txt"]
    monkeypatch.chdir(folder / "b")
    assert [file.name for file in discover([".", "../b/two.txt"])] == ["b/two.txt", "two.txt"]
    (missing,) = discover([folder / "missing.txt"])
    assert str(folder) not in missing.error


def test_names_can_be_shown_and_stored_whatever_their_bytes(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9\n\xe2\x80\xae.txt")
    path.write_bytes(b"one")
    (file,) = discover([tmp_path])
    assert file.name == f"{tmp_path.name}/caf\ufffd\ufffd\ufffd.txt"
    assert file.content == b"one"
    (file,) = discover([path])
    assert file.name == "caf\ufffd\ufffd\ufffd.txt"


def test_pipes_and_links_to_nowhere_say_what_they_are(folder):
    os.mkfifo(folder / "pipe.txt")
    (folder / "dangling.txt").symlink_to(folder / "nothing")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    errors = [file.error for file in discover([folder]) if file.error]
    assert ["leads nowhere" in error for error in errors] == [True, True, False]
    assert "no ordinary file" in errors[2]


@pytest.mark.parametrize("member", ["[Content_Types].xml", "mimetype"])
def test_a_spreadsheet_is_one_file_that_cannot_be_read_and_no_archive(tmp_path, member):
    path = tmp_path / "table.xlsx"
    path.write_bytes(archive({member: b"x", "xl/workbook.xml": b"<?xml version='1.0'?><x/>"}))
    (file,) = discover([path])
    with pytest.raises(ReadError, match=r"table.xlsx is a spreadsheet, .* Supported are"):
        read(file.content, file.name)
