"""Measure the extraction on the annotated documents of the data folder: docs/results/extraction.json and docs/results.md.

    python bench/evaluate.py [--shipped]

The data folder is ``DIPLOMACY_DATA`` (``../shared`` beside the checkout by default); its ``eval/score.py`` does the scoring. Each document
is read, extracted and scored as `manage.py extract --format jsonl` prints it, with weights that were fitted without the
documents of its fold (`training/scripts/fit_weights.py`). Documents of the corpora that were annotated for this project (`own.py`)
are read with the shipped weights, which have seen none of them. ``--shipped`` leaves the folds out, prints the figures of the shipped
weights and writes nothing: quick, for a look between two changes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training" / "scripts")]

import annotated  # noqa: E402
import own  # noqa: E402
import report  # noqa: E402

DATA = Path(os.environ.get("DIPLOMACY_DATA", ROOT.parent / "shared")).resolve() / "eval"
OUT = ROOT / "docs" / "results" / "extraction.json"
FOLDERS = ("gold", "train", "readouts")
BINS = 10

# What the scorer says of an error, and the kind that it is of; the first that fits.
KINDS = (
    (r"MISSED meeting", "a meeting not found"),
    (r"NOT A MEETING", "something else taken for a meeting"),
    (r"participant not found: (?:[a-z]|.*\b(?:delegation|officials?|officers?|representatives?)\b)", "an unnamed participant not found"),
    (r"participant not found", "a named participant not found"),
    (r"not a participant", "someone taken for a participant"),
    (r": date None should be", "a date not found"),
    (r": date \S+ is not supported", "a date given where the text has none"),
    (r": date \S+ should be", "a wrong date"),
    (r"document date", "a wrong date of the document"),
    (r": place None should be", "a place not found"),
    (r": place .* is not supported", "a place given where the text has none"),
    (r": place .* should be", "a wrong place"),
    (r": medium", "a wrong or missing medium"),
    (r": status", "a wrong status"),
    (r"issues not found", "issues not found"),
    (r"no evidence span", "evidence that misses the passage"),
    (r"statement not found", "a statement not found"),
)  # fmt: skip


def extracted(paths: Sequence[Path], weights: Path | None = None) -> dict[str, dict[str, Any]]:
    """What `extract` prints of each file, by its name without the ending. Raises SystemExit when the command fails."""
    environment = os.environ | ({"DIPLOMACY_WEIGHTS": str(weights)} if weights else {})
    done = subprocess.run(
        [sys.executable, "manage.py", "extract", "--format", "jsonl", *map(str, paths)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"The extraction failed: {done.stderr.strip()[-800:]}")
    return {Path(line["file"]).stem: line for line in map(json.loads, done.stdout.splitlines())}


def in_folds(paths: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """Every file extracted with weights that were fitted on the other folds alone."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each thread waits for processes
        folds = pool.map(lambda fold: held_out(paths, fold), range(annotated.FOLDS))
        return {name: line for found in folds for name, line in found.items()}


def held_out(paths: Sequence[Path], fold: int) -> dict[str, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as weights:
        script = ROOT / "training" / "scripts" / "fit_weights.py"
        command = [sys.executable, script, DATA, "--without", str(fold), "--out", weights]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found = extracted([path for path in paths if annotated.fold(path.name) == fold], Path(weights))
    print(f"fold {fold + 1} of {annotated.FOLDS} done", file=sys.stderr)
    return found


def scored(home: Path, found: dict[str, dict[str, Any]], score: ModuleType) -> dict[str, Any]:
    """The figures of a folder of gold files: in all, by genre, the errors by kind, and how sure each meeting found was."""
    rows: list[dict[str, Any]] = []
    genres: dict[str, list[dict[str, Any]]] = defaultdict(list)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    sure: list[tuple[float, bool]] = []
    for each in annotated.documents(home.parent, [home.name]):
        errors: list[str] = []
        prediction = found.get(Path(each.name).stem, {})
        row = score.score_document(each.gold, prediction, errors, each.document.text)
        rows.append(row)
        genre = each.gold.get("genre", "readout")
        genres[genre].append(row)
        for error in errors:
            kinds[next(kind for pattern, kind in KINDS if re.search(pattern, error))][genre] += 1
        sure += judged(each.gold, prediction, score)
    return {
        "documents": len(rows),
        "measures": measures(rows, score),
        "genres": {genre: {"documents": len(group)} | {"measures": measures(group, score)} for genre, group in sorted(genres.items())},
        "errors": [
            {"kind": kind, "count": counts.total(), "genres": dict(counts.most_common())}
            for kind, counts in sorted(kinds.items(), key=lambda item: -item[1].total())
        ],
        "sure": sure,
    }  # fmt: skip


def measures(rows: list[dict[str, Any]], score: ModuleType) -> dict[str, dict[str, Any]]:
    """Precision, recall and F1 with counts and the 95 % interval of F1 over documents, by measure."""
    figures = score.total(rows)
    return {
        name: {
            "p": round(count.p, 3),
            "r": round(count.r, 3),
            "f": round(count.f, 3),
            "right": count.tp,
            "gold": count.gold,
            "found": count.pred,
            "interval": [round(bound, 3) for bound in score.interval(rows, name)],
        }
        for name in score.MEASURES
        if (count := figures[name]).gold
    }


def judged(gold: dict[str, Any], prediction: dict[str, Any], score: ModuleType) -> Iterable[tuple[float, bool]]:
    """The confidence of each meeting found, and whether it is one; bare mentions, which gold leaves open, are left out."""
    if gold.get("partial"):
        return
    meetings = prediction.get("meetings") or []
    aligned = {j: gold["meetings"][i] for i, j in score.align(gold["meetings"], meetings)}
    for n, meeting in enumerate(meetings):
        if not aligned.get(n, {}).get("optional"):
            yield meeting["confidence"], n in aligned


def binned(sure: Sequence[tuple[float, bool]]) -> list[dict[str, Any]]:
    """Ten bins of confidence: how many meetings, their mean confidence and the share that is right."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in sure:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return [
        {
            "from": n / BINS,
            "meetings": len(held),
            "confidence": round(sum(c for c, _ in held) / len(held), 3),
            "right": round(sum(r for _, r in held) / len(held), 3),
        }
        for n, held in sorted(bins.items())
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--shipped", action="store_true", help="score the shipped weights, print the figures and write nothing"
    )
    args = parser.parse_args()
    for needed in (DATA / "score.py", DATA.parent / "corpora"):
        if not needed.exists():
            print(
                f"{needed} is missing: set DIPLOMACY_DATA to the folder that holds eval/ and corpora/.", file=sys.stderr
            )
            return 2
    score = annotated.scorer(DATA)
    with tempfile.TemporaryDirectory() as written:
        own.write(DATA.parent / "corpora", Path(written))
        homes = [*(DATA / name for name in FOLDERS), *(Path(written, name) for name in (own.READ, own.UNREAD))]
        files = {home.name: sorted(home.glob("*.txt")) for home in homes}
        folded = [] if args.shipped else [*files["gold"], *files["train"]]
        found = in_folds(folded) if folded else {}
        found |= extracted([path for paths in files.values() for path in paths if path not in folded])
        figures: dict[str, Any] = {home.name: scored(home, found, score) for home in homes}
    figures["confidence"] = binned([each for name in FOLDERS for each in figures[name].pop("sure")])
    for name in (own.READ, own.UNREAD):
        del figures[name]["sure"]
    figures |= {"made": date.today().isoformat(), "folds": annotated.FOLDS}
    if args.shipped:
        print(report.extraction(figures))
    else:
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_text(json.dumps(figures, indent=1) + "\n")
        report.write()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
