"""What a person names on the command line, as one stream of files: folders walked, archives opened, sidecars found."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from meetings.readers import formats
from meetings.readers.options import SIDECAR_SUFFIX, Options, ReadError, parse_yaml

MAX_MEMBERS = 20_000  # of an archive
MAX_UNPACKED = 2_000_000_000  # bytes of an archive's members together
MAX_RATIO = 200  # unpacked to packed size of one member; text packs at most twentyfold
SIDECAR_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file to read. ``name`` is relative, as given; ``error`` says why it cannot be read, then ``content`` is empty."""

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
        else:
            yield from _file(path, str(given))


def _folder(folder: Path) -> Iterator[SourceFile]:
    """Hidden files, sidecars and links that lead out of the folder are passed over."""
    root = folder.resolve()
    for current, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(current) / name
            if name.startswith(".") or name.endswith(SIDECAR_SUFFIX):
                continue
            if path.is_symlink() and not _inside(path, root):
                continue
            yield from _file(path, (Path(folder.name) / path.relative_to(folder)).as_posix())


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _file(path: Path, name: str) -> Iterator[SourceFile]:
    try:
        content = formats.load(path, name)
        sidecar = path.with_name(path.name + SIDECAR_SUFFIX)
        options = _sidecar(sidecar.read_bytes() if sidecar.is_file() else b"", f"{name}{SIDECAR_SUFFIX}")
    except ReadError as error:
        yield SourceFile(name, error=str(error))
        return
    except OSError as error:
        yield SourceFile(
            name, error=f"{name}{SIDECAR_SUFFIX} cannot be opened: {error.strerror}. Check its permissions."
        )
        return
    if formats.media_type(content) == "application/zip":
        yield from _archive(content, name)
    else:
        yield _source(name, content, options)


def _source(name: str, content: bytes, options: Options) -> SourceFile:
    return SourceFile(name, content, hashlib.sha256(content).hexdigest(), formats.media_type(content, name), options)


def _sidecar(content: bytes, where: str) -> Options:
    if len(content) > SIDECAR_BYTES:
        raise ReadError(f"{where} is larger than {SIDECAR_BYTES // 1000} kB. It should hold a few lines 'key: value'.")
    try:
        return parse_yaml(content.decode("utf-8-sig"), where) if content else Options()
    except UnicodeDecodeError as error:
        raise ReadError(f"{where} is not UTF-8. Save it as UTF-8.") from error


def _archive(content: bytes, name: str) -> Iterator[SourceFile]:
    """Members are read from the archive and never written to disk, so that their paths can do no harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = sorted(
                (member for member in archive.infolist() if _wanted(member)), key=lambda member: member.filename
            )
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                yield SourceFile(
                    name, error=f"{name} holds more than {MAX_MEMBERS:,} files or {MAX_UNPACKED // 10**9} GB. Split it."
                )
                return
            by_name = {member.filename: member for member in members}
            for member in members:
                if not member.filename.endswith(SIDECAR_SUFFIX):
                    yield _member(archive, member, by_name.get(member.filename + SIDECAR_SUFFIX), name)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        yield SourceFile(name, error=f"{name} is a damaged archive ({error}). Pack it again as ZIP.")


def _wanted(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    return (
        not member.is_dir()
        and bool(parts)
        and not any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
    )


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, sidecar: zipfile.ZipInfo | None, archive_name: str
) -> SourceFile:
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    inner = "/".join(part for part in parts if part not in ("..", "/", "."))
    name = f"{archive_name}/{inner}"
    if member.flag_bits & 1:
        return SourceFile(
            name, error=f"{name} is encrypted. Unpack the archive with its password and hand in the folder."
        )
    if member.file_size > formats.MAX_BYTES or member.file_size > MAX_RATIO * max(member.compress_size, 1000):
        return SourceFile(
            name,
            error=f"{name} unpacks to {member.file_size:,} bytes, which is more than is read. Unpack and check it.",
        )
    try:
        content = archive.read(member)
        options = _sidecar(
            archive.read(sidecar) if sidecar and sidecar.file_size <= SIDECAR_BYTES else b"", f"{name}{SIDECAR_SUFFIX}"
        )
    except ReadError as error:
        return SourceFile(name, error=str(error))
    except Exception as error:  # zlib, lzma and bz2 each raise errors of their own on damaged members
        return SourceFile(name, error=f"{name} cannot be unpacked ({error}). Pack the archive again.")
    if formats.media_type(content) == "application/zip":
        return SourceFile(name, error=f"{name} is an archive inside an archive. Unpack it and hand in its files.")
    return _source(name, content, options)
