"""What the person who hands in a file says about it: command-line options, a sidecar file, or front matter."""

from __future__ import annotations

import datetime
import logging
import re
from dataclasses import dataclass, fields, replace
from urllib.parse import urlsplit

import yaml
from edtf import EDTFObject, parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from meetings import limits
from meetings.readers.characters import UNWRITABLE
from meetings.records import READ_KINDS, Kind, SourceDocument

log = logging.getLogger(__name__)

SIDECAR_SUFFIX = ".meta.yaml"
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


# Characters that each value may have: what the database keeps.
LONGEST = {
    "title": 500, "collection": 200, "source_url": 1000, "notice": 300, "identifier": 120, "origin": 200,
    "classification": 80, "tags": 20, "language": 8, "site": 200,
}  # fmt: skip


class ReadError(Exception):
    """What cannot be read; the message is a sentence that says why and what to do, ``part`` which document of the file."""

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.part = part


@dataclass(frozen=True, slots=True)
class Options:
    """Values that stand above what the text itself says. Empty means: not said."""

    kind: Kind | None = None
    date: str = ""  # EDTF
    source_url: str = ""
    collection: str = ""
    title: str = ""
    notice: str = ""
    identifier: str = ""
    origin: str = ""
    classification: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    site: str = ""

    @classmethod
    def from_mapping(cls, values: dict, where: str) -> Options:
        """Checks what a person wrote. ``where`` names the place in messages. Raises ReadError."""
        known = {field.name for field in fields(cls)}
        taken = {}
        for key, value in values.items():
            name = str(key).strip().lower().replace("-", "_").replace(" ", "_")
            if name not in known:
                log.warning(
                    "%s: the key %r is not known and was ignored; known are %s", where, key, ", ".join(sorted(known))
                )
            elif value is not None and value != "":
                taken[name] = _checked(name, value, where)
        return cls(**taken)

    def over(self, weaker: Options) -> Options:
        """These values, and the weaker ones where these are silent."""
        said = {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}
        return replace(weaker, **said)

    def apply(self, document: SourceDocument) -> SourceDocument:
        return replace(
            document, **{field.name: value for field in fields(self) if (value := getattr(self, field.name))}
        )


def _checked(name: str, value: object, where: str) -> object:
    if name == "tags":
        items = value if isinstance(value, list) else re.split(r"[,\s]+", str(value))
        return tuple(_writable(name, str(item).strip().upper(), where) for item in items if str(item).strip())
    if isinstance(value, list | dict):
        raise ReadError(f"{where}: '{name}' takes one value, not a list. Write it on one line.")
    try:
        text = value.isoformat()[:10] if isinstance(value, datetime.date) else " ".join(str(value).split())
    except ValueError as error:  # a number of thousands of digits, written in another base
        raise ReadError(f"{where}: the number at '{name}' is too long. Shorten it.") from error
    _writable(name, text, where)
    if name == "kind":
        try:
            return READ_KINDS[READ_KINDS.index(text.lower())]
        except ValueError:
            kinds = ", ".join(READ_KINDS)
            raise ReadError(f"{where}: the kind '{text}' is not known. Use one of {kinds}.") from None
    if name == "date" and not is_edtf(text):
        raise ReadError(f"{where}: '{text}' is not a date. Write it as 2007-06-01, 2007-06 or 2007.")
    if name == "source_url" and not is_web_address(text):
        raise ReadError(f"{where}: the source_url '{text}' is no web address. Write it as https://example.org/page.")
    return text


def _writable(name: str, text: str, where: str) -> str:
    if UNWRITABLE.search(text):
        raise ReadError(f"{where}: '{name}' holds control characters or broken Unicode. Write it anew.")
    if len(text) > (longest := LONGEST.get(name, len(text))):
        raise ReadError(f"{where}: '{name}' has {len(text):,} characters and may have {longest}. Shorten it.")
    return text


def is_web_address(text: str) -> bool:
    """Whether a page may link there: http or https, with a host."""
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and bool(address.hostname) and not re.search(r"\s", text)


def is_edtf(text: str) -> bool:
    if len(text) > 40:
        return False
    try:
        parsed = parse_edtf(text)
        if not isinstance(parsed, EDTFObject):
            return False
        parsed.lower_strict()
    except (EDTFParseException, ValueError, OverflowError):
        return False
    return True


def parse_yaml(text: str, where: str) -> Options:
    """Options from YAML text, read safely: no tags that build objects, no aliases. Raises ReadError."""
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            # Aliases let a few lines grow to gigabytes; nothing here needs them.
            if isinstance(event, yaml.AliasEvent):
                raise ReadError(f"{where}: YAML aliases (*name) are not accepted. Write the values out.")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > limits.YAML_DEPTH:
                raise ReadError(f"{where}: lists inside lists are not accepted. Write one 'key: value' a line.")
        values = yaml.safe_load(text)
    except ValueError as error:  # a day that no calendar has, a number of thousands of digits
        raise ReadError(
            f"{where}: a value is not a date or number that exists ({error}). Write dates as 2007-06-01."
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise ReadError(f"{where}: this is not valid YAML{line}. Write one 'key: value' a line.") from error
    if values is None:
        return Options()
    if not isinstance(values, dict):
        raise ReadError(f"{where}: expected 'key: value' lines, one a line.")
    return Options.from_mapping(values, where)


def split_front_matter(text: str, where: str) -> tuple[str, Options]:
    """The text without its front matter, and what that said. A leading ``---`` that encloses no keys is text."""
    found = FRONT_MATTER.match(text)
    if not found or not re.search(r"^[A-Za-z_][\w -]{0,40}:", found[1], re.MULTILINE):
        return text, Options()
    return text[found.end() :], parse_yaml(found[1], f"{where}, front matter")
