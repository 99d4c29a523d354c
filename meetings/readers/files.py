"""What a person names on the command line, as one stream of files: folders walked, archives opened, sidecars found."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from meetings import limits
from meetings.readers import formats, packed
from meetings.readers.characters import printable
from meetings.readers.options import SIDECAR_SUFFIX, Options, ReadError, parse_yaml


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file to read. ``name`` is the file's own, below the folder or archive that was given; ``error`` says why it cannot be read, then ``content`` is empty."""

    name: str
    content: bytes = field(default=b"", repr=False)
    sha256: str = ""  # of the content, hexadecimal
    media_type: str = ""
    options: Options = field(default_factory=Options)  # of its sidecar
    error: str = ""


def discover(paths: Iterable[str | Path]) -> Iterator[SourceFile]:
    """Every file below the paths, in a fixed order. What cannot be opened is given with its ``error``, and the rest goes on."""
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from _folder(path)
        elif not (path.name.endswith(SIDECAR_SUFFIX) and path.is_file()):
            yield from _file(path, printable(path.name))
        elif not any(path.name in sidecar_names(sibling.name) for sibling in path.parent.iterdir()):
            yield _orphan(printable(path.name))


def sidecar_names(name: str) -> tuple[str, str]:
    """What the sidecar of the file ``name`` may be called: ``talks.txt.meta.yaml``, and after that ``talks.meta.yaml``."""
    return name + SIDECAR_SUFFIX, name.removesuffix(PurePosixPath(name).suffix) + SIDECAR_SUFFIX


def _folder(folder: Path) -> Iterator[SourceFile]:
    """Hidden files and links that lead out of the folder are passed over."""
    root = folder.resolve()
    shown = Path(os.path.abspath(folder)).name  # noqa: PTH100 - "." and ".." have no name; a link keeps its own
    for current, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        names = sorted(name for name in names if _wanted_in(Path(current) / name, root))
        sidecars = {each for name in names for each in sidecar_names(name)}
        for name in names:
            path = Path(current) / name
            relative = printable((Path(shown) / path.relative_to(folder)).as_posix())
            if not name.endswith(SIDECAR_SUFFIX):
                yield from _file(path, relative)
            elif name not in sidecars:
                yield _orphan(relative)


def _wanted_in(path: Path, root: Path) -> bool:
    if path.name.startswith("."):
        return False
    return not (path.is_symlink() and path.exists()) or path.resolve().is_relative_to(root)


def _orphan(name: str) -> SourceFile:
    document = PurePosixPath(name).name.removesuffix(SIDECAR_SUFFIX)
    return SourceFile(
        name, error=f"{name} describes the document {document}, which is not beside it. Name it after its document."
    )


def _file(path: Path, name: str) -> Iterator[SourceFile]:
    try:
        content = formats.load(path, name)
        options = _sidecar_beside(path)
    except ReadError as error:
        yield SourceFile(name, error=str(error))
        return
    if formats.media_type(content) == "application/zip":
        yield from archive_members(content, name, options)
    else:
        yield _source(name, content, options)


def _sidecar_beside(path: Path) -> Options:
    sidecar = next((each for name in sidecar_names(path.name) if _is_file(each := path.with_name(name))), None)
    if sidecar is None:
        return Options()
    try:
        with sidecar.open("rb") as content:
            return _sidecar(content, printable(sidecar.name))
    except OSError as error:
        raise ReadError(
            f"{printable(sidecar.name)} cannot be opened: {error.strerror}. Check its permissions."
        ) from error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the name would be too long
        return False


def _source(name: str, content: bytes, options: Options) -> SourceFile:
    return SourceFile(name, content, hashlib.sha256(content).hexdigest(), formats.media_type(content, name), options)


def _sidecar(content: IO[bytes], where: str) -> Options:
    said = content.read(limits.SIDECAR + 1)
    if len(said) > limits.SIDECAR:
        raise ReadError(f"{where} is larger than {limits.SIDECAR // 1000} kB. It should hold a few lines 'key: value'.")
    try:
        return parse_yaml(said.decode("utf-8-sig"), where)
    except UnicodeDecodeError as error:
        raise ReadError(f"{where} is not UTF-8. Save it as UTF-8.") from error


def archive_members(content: bytes, name: str, options: Options) -> Iterator[SourceFile]:
    """The files of an archive. They are never written to disk, so that their paths can do no harm.

    ``options`` are of the archive's own sidecar; a member's stand above them.
    """
    try:
        archive = packed.opened(content, name)
    except ReadError as error:
        yield SourceFile(name, error=str(error))
        return
    members = sorted((member for member in archive.infolist() if _wanted(member)), key=lambda member: member.filename)
    by_name = {member.filename: member for member in members}
    sidecars = {each for member in members for each in sidecar_names(member.filename)}
    left = limits.UNPACKED
    for member in members:
        shown = f"{name}/{printable('/'.join(_parts(member)))}"
        if not member.filename.endswith(SIDECAR_SUFFIX):
            sidecar = next((by_name[each] for each in sidecar_names(member.filename) if each in by_name), None)
            found = _member(archive, member, sidecar, shown, options)
            left -= len(found.content)
            if left < 0:
                most = limits.UNPACKED // limits.MB
                yield SourceFile(name, error=f"{name} unpacks to more than {most:,} MB. Split it.")
                return
            yield found
        elif member.filename not in sidecars:
            yield _orphan(shown)


def _wanted(member: zipfile.ZipInfo) -> bool:
    parts = _parts(member)
    return not member.is_dir() and bool(parts) and not any(part.startswith((".", "__MACOSX")) for part in parts)


def _parts(member: zipfile.ZipInfo) -> list[str]:
    """The member's path below the archive: without a drive, a root, or steps upwards."""
    path = PureWindowsPath(member.filename)  # reads both kinds of slashes
    return [part for part in path.parts if part not in (path.anchor, "..")]


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, sidecar: zipfile.ZipInfo | None, name: str, options: Options
) -> SourceFile:
    try:
        if stat.S_ISLNK(member.external_attr >> 16):  # the upper half is the mode of a Unix file
            raise ReadError(f"{name} is a link in an archive, which is not followed. Pack the file itself.")
        content = packed.unpacked(archive, member, name)
        if sidecar:
            said = f"{name.removesuffix(_parts(member)[-1])}{printable(_parts(sidecar)[-1])}"
            options = _sidecar(io.BytesIO(packed.unpacked(archive, sidecar, said)), said).over(options)
        if formats.media_type(content) == "application/zip":
            raise ReadError(f"{name} is an archive inside an archive. Unpack it and hand in its files.")
    except ReadError as error:
        return SourceFile(name, error=str(error))
    return _source(name, content, options)
