"""The annotated documents that weights are fitted on, and their folds.

Every `fit_*.py` beside this file takes the same arguments: the data folder's ``eval``, ``--without FOLD`` to leave the documents
of one fold out, and ``--out FOLDER`` to write its TOML file somewhere else than `meetings/nlp/weights/`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from meetings import readers  # noqa: E402
from meetings.nlp import weights  # noqa: E402
from meetings.records import SourceDocument, why_not_extracted  # noqa: E402

FOLDS = 5
FOLDERS = ("train", "gold")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its gold file: ``gold["meetings"]``, ``gold["document"]``, and ``gold["statements"]`` where annotated."""

    name: str
    document: SourceDocument
    gold: dict[str, Any]


def fold(name: str, division: int = 0) -> int:
    """The fold (0 to 4) of a document, from its file name alone, so that it is the same for every model.

    Each ``division`` (0 to 31) folds the documents in another way.
    """
    return hashlib.sha256(Path(name).stem.encode()).digest()[division] % FOLDS


def documents(
    evaluation: Path, folders: Sequence[str] = FOLDERS, without: int | None = None, only: int | None = None
) -> Iterator[Annotated]:
    """The English documents of ``folders`` with their gold, in order of their names; all but one fold, or one fold alone."""
    for folder in folders:
        for path in sorted((evaluation / folder).glob("*.txt")):
            if fold(path.name) == without or (only is not None and fold(path.name) != only):
                continue
            gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) | {"file": path.name}
            statements = path.with_suffix(".st.json")
            if statements.exists():
                gold["statements"] = json.loads(statements.read_text(encoding="utf-8"))["statements"]
            for document in readers.read(path.read_bytes(), path.name, readers.Options()):
                if not why_not_extracted(document):
                    yield Annotated(path.name, document, gold)


def scorer(evaluation: Path) -> ModuleType:
    """The data folder's ``score.py``, which says when two names, dates, places or meetings are the same."""
    spec = importlib.util.spec_from_file_location("score", evaluation / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def arguments(about: str) -> argparse.Namespace:
    """``evaluation``, ``folders``, ``without`` and ``out`` of the command line, the same for every script."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("evaluation", type=Path, help="eval/ of the data folder")
    parser.add_argument(
        "--folders", nargs="+", default=list(FOLDERS), help="folders of eval/ to fit on (default: train gold)"
    )
    parser.add_argument("--without", type=int, choices=range(FOLDS), help="leave the documents of this fold out")
    parser.add_argument("--out", type=Path, default=weights.FOLDER, help="where the TOML file is written")
    return parser.parse_args()
