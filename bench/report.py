"""docs/results.md from the data in docs/results/ and the shipped model's own figures; nothing is measured here.

python bench/report.py
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "docs" / "results"
PAGE = ROOT / "docs" / "results.md"
MODEL = ROOT / "meetings" / "nlp" / "model" / "meta.json"
MOST_ERRORS = 10

HONESTY = """What the extraction finds, scored against annotated documents. Made by `make evaluate` on {made}; do not edit by hand:
the figures lie in [results/](results/), and the coverage page shows the same. `eval/README.md` of the data folder explains the
measures.

Weights are fitted in {folds} folds by document: each document is read with weights that have not seen it. Rules have no
folds: they were written on the training files and every second gold file, read error by error. The other gold files were only
scored, but for one that is also shown as an example of its kind and was read. Variants and thresholds were compared with the
totals of that half in view, and one failure in it was described to whoever mended it: it is less blind than a file never scored."""

OWN = """Archive documents and releases of the corpora, annotated for this project ([bench/annotations](../bench/annotations/README.md)),
drawn at random: many hold no record of a meeting but tell of several in passing. No weights have seen them. This half was only
scored, but that what was missed in its releases was listed once, and that one threshold of confidence was chosen with its
totals in view. On the other half, read error by error: meeting {meeting}, participant {participant}, date {date}, place {place}."""

# Each component of the pipeline with the measure that shows it best.
COMPONENTS = (
    (
        "header and participant lists (`roster`, `conversation`)",
        "participants of memoranda",
        "participant",
        "memcon",
        "f",
    ),
    ("attachment (`attachment`, `parties`)", "role of participants found", "role", None, "f"),
    ("nationality (`parties`)", "country of participants found", "country", None, "f"),
    ("coreference (`parties`, `statements`)", "speaker of statements", "speaker", None, "f"),
    ("triggers (`triggers`, `encounters`)", "meetings found", "meeting", None, "r"),
    ("grouping (`grouping`)", "meetings that are one", "meeting", None, "p"),
    ("modality (`triggers`)", "status", "status", None, "f"),
    ("who took part (`presence`)", "participants", "participant", None, "f"),
    ("attendance (`roster`, `presence`)", "attendance of participants found", "attendance", None, "f"),
    ("dates (`times`, `dating`)", "date", "date", None, "f"),
    ("places (`places`, `placing`)", "place", "place", None, "f"),
    ("medium (`encounters`)", "medium", "medium", None, "f"),
    ("issues (`issues`, `subjects`)", "issues", "issue", None, "f"),
    ("statements (`statements`)", "statements", "statement", None, "f"),
    ("evidence", "passage of the meeting", "evidence", None, "f"),
    ("readers", "date of the document", "document date", None, "f"),
)


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], numbers: int = 1) -> str:
    """A Markdown table; columns from ``numbers`` on are aligned to the right."""
    rule = ["---" if n < numbers else "--:" for n in range(len(head))]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, rule, *rows))


def figure(value: float) -> str:
    return f"{value:.3f}"


def measures(found: dict[str, dict[str, Any]]) -> str:
    rows = (
        (name, figure(m["p"]), figure(m["r"]), figure(m["f"]), f"{m['interval'][0]:.2f}–{m['interval'][1]:.2f}", m["right"], m["gold"], m["found"])
        for name, m in found.items()
    )  # fmt: skip
    return table(("measure", "P", "R", "F1", "95 % of F1", "right", "gold", "found"), rows)


def genres(found: dict[str, dict[str, Any]]) -> str:
    names = list(found)
    rows = (
        (
            name,
            *(
                figure(found[genre]["measures"][name]["f"]) if name in found[genre]["measures"] else ""
                for genre in names
            ),
        )
        for name in found[names[0]]["measures"]
    )
    return table(("F1", *(f"{genre} ({found[genre]['documents']})" for genre in names)), rows)


def components(gold: dict[str, Any], train: dict[str, Any]) -> str:
    def value(found: dict[str, Any], measure: str, genre: str | None, which: str) -> str:
        held = found["genres"].get(genre, {}).get("measures", {}) if genre else found["measures"]
        return figure(held[measure][which]) if measure in held else ""

    rows = (
        (component, f"{about} ({which.upper() if which != 'f' else 'F1'})", value(gold, measure, genre, which), value(train, measure, genre, which))
        for component, about, measure, genre, which in COMPONENTS
    )  # fmt: skip
    return table(("component", "measure", "gold", "train"), rows, 2)


def confidence(bins: list[dict[str, Any]]) -> str:
    rows = (
        (
            f"{each['from']:.1f}–{each['from'] + 0.1:.1f}",
            each["meetings"],
            figure(each["confidence"]),
            figure(each["right"]),
        )
        for each in bins
    )
    return table(("confidence", "meetings", "mean confidence", "share that is right"), rows)


def errors(found: list[dict[str, Any]]) -> str:
    rows = (
        (each["kind"], each["count"], ", ".join(f"{genre} {count}" for genre, count in each["genres"].items()))
        for each in found[:MOST_ERRORS]
    )
    return table(("kind of error", "times", "where"), rows)


def extraction(figures: dict[str, Any]) -> str:
    gold, train, readouts, read, unread = (figures[name] for name in ("gold", "train", "readouts", "read", "unread"))
    return "\n\n".join(
        [
            f"## Gold: {gold['documents']} documents",
            measures(gold["measures"]),
            "### By genre",
            genres(gold["genres"]),
            f"## Readouts: {readouts['documents']} documents, the main meeting of each",
            measures(readouts["measures"]),
            f"## Train: {train['documents']} documents, annotated once",
            measures(train["measures"]),
            f"## Annotations of our own: {unread['documents']} documents that were only scored",
            OWN.format(
                **{name: figure(read["measures"][name]["f"]) for name in ("meeting", "participant", "date", "place")}
            ),
            measures(unread["measures"]),
            "## Components",
            components(gold, train),
            "## Confidence",
            "Of the meetings found in the gold and training documents: how sure the extraction said it was, and how often it was right.",
            confidence(figures["confidence"]),
            "## Most frequent kinds of error",
            errors(gold["errors"]),
        ]
    )


def recogniser(performance: dict[str, Any]) -> str:
    rows = (
        (label, *(figure(each[key]) for key in ("p", "r", "f")))
        for label, each in sorted(performance["ents_per_type"].items())
    )
    return table(("entity", "P", "R", "F1"), rows)


def model(meta: dict[str, Any]) -> str:
    """What the shipped model's card says of it, in short."""
    performance = meta["performance"]
    return "\n\n".join(
        [
            f"## The trained components: {meta['lang']}_{meta['name']} {meta['version']}",
            "On sentences held back from training; the [model card](../meetings/nlp/model/README.md) has more.",
            recogniser(performance),
        ]
    )


def pairs(halves: dict[str, dict[str, Any]]) -> str:
    """Precision, recall and F1 of the decision "the same" on pairs, by half."""
    rows = (
        (half, f["pairs"], figure(f["precision"]), figure(f["recall"]), figure(f["f1"])) for half, f in halves.items()
    )
    return table(("half", "pairs", "P", "R", "F1"), rows)


def names(halves: dict[str, dict[str, Any]]) -> str:
    return "\n\n".join(
        [
            "## Names of persons",
            "Pairs of names from the persons of the *Foreign Relations* series: two spellings of one person, or names of two persons "
            "that share a word (`bench/name_pairs.py` builds them). "
            f"One comparison takes {max(half['microseconds'] for half in halves.values()):.0f} µs.",
            pairs(halves),
        ]
    )


def joins(found: dict[str, Any]) -> str:
    """How accounts of one meeting are joined: pairs of records, pairs of short documents, and the samples."""
    samples = found["samples"]
    parts = [
        "## Meetings across documents",
        "Two accounts of one encounter, or of one that only looks like it: the same people weeks apart, a colleague instead, another "
        "country the same day, a planned next meeting (`bench/meeting_pairs.py` makes the records, `bench/meeting_documents.py` the texts).",
        "Pairs of records:",
        pairs(found["records"]),
        "Pairs of documents, read by the whole pipeline:",
        pairs(found["documents"]),
        f"Of the samples' {samples['told by several documents']} meetings that several documents tell, {samples['found in several']} are "
        f"found in two or more of them; {samples['joined']} are joined, and {samples['joined wrongly']} with an account of another meeting "
        "(`bench/evaluate_samples.py`). Joins are short of what they could be mostly because an account's date, place or people were not found.",
    ]
    return "\n\n".join(parts)


def read(name: str) -> dict[str, Any]:
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))


def write() -> None:
    figures = read("extraction")
    parts = [
        "# Results",
        HONESTY.format(made=figures["made"], folds=figures["folds"]),
        extraction(figures),
        model(json.loads(MODEL.read_text(encoding="utf-8"))),
        names(read("names")),
        joins(read("meetings")),
    ]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
