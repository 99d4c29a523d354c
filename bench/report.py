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
folds: they were written on the training files and every second gold file, read error by error."""

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
    gold, train, readouts = (figures[name] for name in ("gold", "train", "readouts"))
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


def other(path: Path) -> str:
    """A section of one of the smaller yardsticks: ``title``, ``about``, and ``rows`` of one table with the head ``columns``."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return "\n\n".join([f"## {data['title']}", data["about"], table(data["columns"], data["rows"])])


def write() -> None:
    figures = json.loads((RESULTS / "extraction.json").read_text(encoding="utf-8"))
    others = sorted(path for path in RESULTS.glob("*.json") if path.stem != "extraction")
    parts = [
        "# Results",
        HONESTY.format(made=figures["made"], folds=figures["folds"]),
        extraction(figures),
        model(json.loads(MODEL.read_text(encoding="utf-8"))),
        *map(other, others),
    ]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
