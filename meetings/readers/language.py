"""The language of a text."""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# The languages in which foreign ministries and their press mostly publish. A longer list makes mistakes on short English texts.
LANGUAGES = [
    "ar",
    "de",
    "el",
    "en",
    "es",
    "fa",
    "fr",
    "he",
    "hu",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "sv",
    "tr",
    "uk",
    "zh",
]
SAMPLE = 20_000  # characters; more changes nothing
SHORT = 200  # characters below which a guess is believed only when it is nearly certain
CERTAIN = 0.99


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


def language_of(text: str) -> str:
    """ISO 639-1 code; English for a short text that is undecided."""
    sample = text[:SAMPLE].strip()
    language, probability = _identifier().classify(sample)
    return "en" if len(sample) < SHORT and probability < CERTAIN else language
