"""ZIP archives from outside: opened, and their files unpacked, with everything counted that their headers may lie about."""

from __future__ import annotations

import io
import zipfile
import zlib

from meetings import limits
from meetings.readers.options import ReadError

ENTRY = b"PK\x01\x02"  # how every entry of an archive's directory begins (APPNOTE 4.3.12)
# What every ZIP tool packs with. The others unpack a few bytes to gigabytes at one stroke, before they can be counted.
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
CHUNK = 1 << 16
DAMAGED = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, zlib.error, EOFError)


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """Raises ReadError when it is damaged, holds too many files, or files that overlap."""
    if data.count(ENTRY) > limits.FILES:
        raise ReadError(f"{name} holds more than {limits.FILES:,} files. Split it.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        raise ReadError(f"{name} is a damaged archive ({error}). Pack it again as ZIP.") from error
    if sum(member.compress_size for member in archive.infolist()) > len(data):
        raise ReadError(f"{name} is an archive whose files overlap, as no tool packs them. Pack it again as ZIP.")
    return archive


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """The content of a file of an archive. Raises ReadError; ``name`` is what its message calls the file."""
    if member.flag_bits & 1:
        raise ReadError(f"{name} is encrypted. Unpack the archive with its password and hand in the folder.")
    if member.compress_type not in METHODS:
        raise ReadError(f"{name} is packed by a method that is not supported. Pack the archive again as ordinary ZIP.")
    most = min(limits.FILE, limits.RATIO * max(member.compress_size, 1000))
    content = bytearray()
    try:
        with archive.open(member) as file:
            # The size in the header may be a lie, and unpacking at one stroke would believe none.
            while len(content) <= most and (chunk := file.read(CHUNK)):
                content += chunk
    except DAMAGED as error:
        raise ReadError(f"{name} cannot be unpacked ({error}). Pack the archive again.") from error
    if len(content) > most or member.file_size > most:
        raise ReadError(f"{name} unpacks to more than {most:,} bytes, which is more than is read. Unpack and check it.")
    return bytes(content)
