"""Learns what makes a country likely of someone of whom a text does not say it: `meetings/nlp/weights/nationality.toml`.

    python training/scripts/fit_nationality.py EVAL [--folders train gold] [--without FOLD] [--out FOLDER]

Everyone whom annotators name with a country and the pipeline finds teaches: each country that the document speaks of is right
or wrong. Those whose country a rule knows teach half as much, since the text says more of them. A logistic regression with
a quadratic penalty.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from annotated import Annotated, arguments, documents, scorer
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.language import Language

from meetings.nlp import pipeline
from meetings.nlp.extract import prepared
from meetings.nlp.names import tokens
from meetings.nlp.nationality import Candidate, Nationality

STRENGTH = 0.3  # inverse of the penalty
SURE = 0.5  # weight of those whose country a rule knows
ALIKE = 0.8  # similarity of two surnames that are one
SINCE = "nationality"  # the first component whose work would give the answer away


def examples(nlp: Language, each: Annotated, score: ModuleType) -> Iterator[tuple[list[Candidate], str, float]]:
    """The candidates of each annotated person that the pipeline finds, the right country, and what the example counts."""
    doc = nlp(prepared(each.document, nlp))
    evidence = Nationality(doc)
    taught: set[int] = set()
    for person in (person for meeting in each.gold["meetings"] for person in meeting["participants"]):
        if not person.get("name") or not person.get("country"):
            continue
        for n, party in enumerate(doc._.parties):
            if n in taught or not party.name or not same(person, party.name, score):
                continue
            taught.add(n)
            if party.country:
                evidence.of_people[party.country] -= 1
            candidates = evidence.candidates(n)
            if party.country:
                evidence.of_people[party.country] += 1
            if any(candidate.country == person["country"] for candidate in candidates):
                yield candidates, person["country"], SURE if party.country else 1.0


def same(person: dict, name: str, score: ModuleType) -> bool:
    """Whether a party is the annotated person; an initial alone is no surname."""
    last, other = tokens(person["name"])[-1:], tokens(name)[-1:]
    return bool(last and other) and score.same_person(person, {"name": name}) and score.similar(*last, *other) >= ALIKE


def main() -> None:
    asked = arguments(__doc__)
    score = scorer(asked.evaluation)
    nlp = pipeline.load()
    for name in nlp.pipe_names[nlp.pipe_names.index(SINCE) :]:
        nlp.disable_pipe(name)
    features, right, counts = [], [], []
    for each in documents(asked.evaluation, asked.folders, asked.without):
        for candidates, country, count in examples(nlp, each, score):
            features += [candidate.features for candidate in candidates]
            right += [candidate.country == country for candidate in candidates]
            counts += [count] * len(candidates)
    vectors = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(vectors.fit_transform(features), right, sample_weight=counts)
    learned = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    lines = [
        "# How much each feature says that someone is a country's (log-odds); made by fit_nationality.py.",
        "",
        "[weights]",
        *(f'"{name}" = {value:.3f}' for name, value in sorted(learned, key=lambda pair: -pair[1])),
    ]
    (asked.out / "nationality.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{sum(right)} people, {len(right)} candidates")


if __name__ == "__main__":
    main()
