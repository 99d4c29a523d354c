"""The topic tree: themes and their issues, with the words that documents use for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from . import countries
from .tables import toml


@dataclass(frozen=True, slots=True)
class Theme:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A form of words for an issue.

    ``case_sensitive``: an acronym, which counts only in capitals. ``broad``: a word of many uses, such as a country's
    name or "budget", which names the issue only where the text says that it was talked about.
    """

    text: str
    case_sensitive: bool
    broad: bool


@dataclass(frozen=True, slots=True)
class Issue:
    """A subject of talks. The name is the first of its aliases; ``tags`` are State Department TAGS."""

    key: str
    name: str
    theme: str  # a theme's key
    aliases: tuple[Alias, ...]
    tags: tuple[str, ...]
    contexts: tuple[str, ...]  # PLOVER general contexts


@cache
def themes() -> tuple[Theme, ...]:
    return tuple(Theme(key, theme["name"]) for key, theme in toml("issues.toml").items())


@cache
def all() -> tuple[Issue, ...]:
    """Every issue, theme by theme."""
    return tuple(
        _issue(key, theme_key, {"contexts": theme["contexts"], **entry})
        for theme_key, theme in toml("issues.toml").items()
        for key, entry in theme["issues"].items()
    )


def get(key: str) -> Issue:
    """The issue of a key. Raises KeyError when there is none."""
    return _by_key()[key]


def by_theme(key: str) -> tuple[Issue, ...]:
    return tuple(issue for issue in all() if issue.theme == key)


def by_tag(tag: str) -> tuple[Issue, ...]:
    """Issues that a State Department TAGS code stands for, in the order of the tree."""
    return _by_tag().get(tag, ())


def lookup(text: str) -> Issue | None:
    """The issue whose name or alias the text is, or None. Articles and case do not count, but for acronyms."""
    text = " ".join(text.replace("’", "'").replace("–", "-").split())
    issue, alias = _by_text().get(text.casefold().removeprefix("the "), (None, None))
    if alias and alias.case_sensitive and not text.endswith(alias.text):
        return None
    return issue


def _issue(key: str, theme: str, entry: dict) -> Issue:
    aliases = tuple(_alias(text) for text in (entry["name"], *entry["aliases"]))
    return Issue(key, aliases[0].text, theme, aliases, tuple(entry["tags"]), tuple(entry["contexts"]))


def _alias(text: str) -> Alias:
    bare = text.removesuffix("*")
    return Alias(bare, case_sensitive=bare == bare.upper(), broad=bare != text or countries.lookup(bare) is not None)


@cache
def _by_key() -> dict[str, Issue]:
    return {issue.key: issue for issue in all()}


@cache
def _by_tag() -> dict[str, tuple[Issue, ...]]:
    index: dict[str, list[Issue]] = defaultdict(list)
    for issue in all():
        for tag in issue.tags:
            index[tag].append(issue)
    return {tag: tuple(found) for tag, found in index.items()}


@cache
def _by_text() -> dict[str, tuple[Issue, Alias]]:
    return {
        alias.text.replace("–", "-").casefold(): (issue, alias) for issue in reversed(all()) for alias in issue.aliases
    }
