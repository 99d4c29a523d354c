"""Make the lists of names that variants take from: people of diplomatic history, and bodies of the GMB.

Usage: python scripts/convert_names.py DATA OUTPUT
"""

import argparse
import csv
import re
from pathlib import Path

from clean_gmb import read_gmb

SUFFIX = re.compile(r", (?:Jr|Sr|[IV]+)\.?$")
BODY = (
    "Agency|Alliance|Army|Assembly|Association|Authority|Bank|Bureau|Center|Commission|Committee|Company|Congress|Corporation|Council|"
    "Court|Federation|Force|Forces|Foundation|Front|Fund|Group|Institute|League|Liberation Army|Ministry|Movement|Office|"
    "Organization|Party|Program|Reserve|Service|Society|Tribunal|Union|University"
)
ORGANISATION = re.compile(rf"(?!The |An? )[A-Z][\w-]+ (?:(?:[A-Z][\w-]+|of|for|and) )*(?:{BODY})|[A-Z]{{3,6}}")


def person(entry: str) -> tuple[str, str] | None:
    """Full and family name of an index entry: "Gromyko, Andrei A." is ("Andrei A. Gromyko", "Gromyko")."""
    entry = SUFFIX.sub("", re.sub(r"\s*\(.*?\)", "", entry)).strip(" ,")
    family, _, given = entry.partition(", ")
    if "," in given or not family[:1].isalpha() or not all(word[0].isalpha() for word in entry.split()):
        return None
    if not given:
        return entry, entry.split()[0]
    glue = "" if given.endswith("-") else " "
    particle = given.split()[-1]
    return f"{given}{glue}{family}", f"{particle}{family}" if not glue else family


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)

    with (options.data / "gazetteers" / "frus_people.tsv").open(encoding="utf-8") as file:
        people = {person(row["preferred"]) for row in csv.DictReader(file, delimiter="\t")} - {None}
    with (options.output / "people.tsv").open("w", encoding="utf-8") as file:
        file.writelines(f"{full}\t{family}\n" for full, family in sorted(people))
    bodies = set()
    for sentence in read_gmb(options.data / "corpora" / "gmb" / "ner_dataset.csv"):
        for start, end, label in sentence.entities:
            text = sentence.text[start:end]
            if label == "org" and ORGANISATION.fullmatch(text):
                bodies.add(text)
    (options.output / "organisations.txt").write_text("\n".join(sorted(bodies)), encoding="utf-8")
    print(f"{len(people)} people, {len(bodies)} organisations")


if __name__ == "__main__":
    main()
