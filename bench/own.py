"""Documents of the data folder's corpora that were annotated for this project, made into files as the scorer reads them.

`annotations/corpora.jsonl` names each document of a corpus by its source, date and title; texts stay in the data folder, and
evidence is given in characters of the text. See `annotations/README.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ANNOTATIONS = Path(__file__).parent / "annotations" / "corpora.jsonl"
READ, UNREAD = "read", "unread"


def write(corpora: Path, folder: Path) -> None:
    """NAME.txt and NAME.json of each document under ``folder``/read or ``folder``/unread. Raises KeyError where one is missing."""
    texts = {key(line): line for name in ("dfat/documents", "releases/releases") for line in lines(corpora / f"{name}.jsonl")}  # fmt: skip
    for each in lines(ANNOTATIONS):
        text = laid_out(texts[key(each)])
        for meeting in each["meetings"]:
            if evidence := meeting.get("evidence"):
                meeting["evidence"] = text[slice(*evidence)]
        home = folder / (READ if each["read"] else UNREAD)
        home.mkdir(parents=True, exist_ok=True)
        (home / f"{each['name']}.txt").write_text(text, encoding="utf-8")
        gold = {field: each[field] for field in ("genre", "document", "meetings")}
        (home / f"{each['name']}.json").write_text(json.dumps(gold), encoding="utf-8")


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def key(line: dict[str, Any]) -> tuple[str, str, str]:
    return line["source"], line["date"], line["title"]


def laid_out(line: dict[str, Any]) -> str:
    """An archive's document begins with its number and title, a release with its title and day."""
    _, numbered, number = line["source"].rpartition(", document ")
    opening = f"{number} {line['title']}\n" if numbered else f"{line['title']}\n\n{line['date']}"
    return f"{opening}\n\n{line['text']}"
