"""Makes `meetings/authorities/nationals.csv`: whose nationals the people of a diplomatic archive are.

    python training/scripts/nationals.py GAZETTEERS

GAZETTEERS is the data folder's ``gazetteers``: its ``frus_people.tsv`` lists the people of the *Foreign Relations of the
United States* with remarks on their posts. A remark that names no country is an American's, whose papers the series prints.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from meetings.authorities import countries, organisations  # noqa: E402
from meetings.nlp.footnotes import country_in  # noqa: E402

OUT = ROOT / "meetings/authorities/nationals.csv"
HEADING = """# Nationals: people of the Foreign Relations of the United States (CC0) with the country whose they were, as the remark
# on their post names it. Made by training/scripts/nationals.py; do not edit by hand.
"""
BODY = re.compile(r"\b(?:United Nations|U\.?N\.?|NATO|OAS|European|International|World|League of Nations)\b")
SEE = re.compile(r"^See\b", re.IGNORECASE)


def nation(text: str) -> str | None:
    found = countries.lookup(text)
    return found.iso if found else None


def country(remark: str) -> str:
    """The first country that the remark names as whose somebody is, else the United States; nothing for a body's people."""
    if code := country_in(remark, nation):
        return code
    return "" if not remark or SEE.match(remark) or BODY.search(remark) or organisations.lookup(remark) else "US"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gazetteers", type=Path)
    arguments = parser.parse_args()
    people: dict[str, set[str]] = {}
    with (arguments.gazetteers / "frus_people.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            surname, _, given = row["preferred"].partition(", ")
            name = " ".join(f"{re.sub(', .*', '', given)} {surname}".split())
            if (code := country(row["remark"] or "")) and not any(
                character in name for character in '",()“”0123456789'
            ):
                people.setdefault(name, set()).add(code)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADING)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "country"))
        writer.writerows(sorted((name, codes.pop()) for name, codes in people.items() if len(codes) == 1))


if __name__ == "__main__":
    main()
