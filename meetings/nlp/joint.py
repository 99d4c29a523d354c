"""Holders of one post in several countries, named after them: "the presidents of Norway and Chile, Kari Lund and Pablo Reyes"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from meetings.nlp.attachment import LIST, PLURALS, Atom, Reference, singular

LANDS = frozenset({"GPE", "NORP"})
OF = frozenset({"of", "of the", "from"})
BEHIND = frozenset({",", ", and", "and"})


def shared(
    atoms: Sequence[Atom], words: Sequence[str], nation: Callable[[str], str | None]
) -> tuple[list[Reference], list[list[Atom]]]:
    """References to such holders, and the runs of ``atoms`` between them that tell of others.

    ``words`` are the lower-case tokens of the text; ``nation`` gives the country code of a country's or people's name.
    """
    reader = _Reader(atoms, words, nation)
    found: list[Reference] = []
    runs: list[list[Atom]] = [[]]
    at = 0
    while at < len(atoms):
        holders, after = reader.holders(at)
        if holders:
            found += holders
            runs.append([])
            at = after
        else:
            runs[-1].append(atoms[at])
            at += 1
    return found, runs


class _Reader:
    def __init__(self, atoms: Sequence[Atom], words: Sequence[str], nation: Callable[[str], str | None]) -> None:
        self.atoms, self.words, self.nation = atoms, words, nation

    def holders(self, at: int) -> tuple[list[Reference], int]:
        """The holders that the atom at ``at`` begins to tell, and the first atom after them; none if it begins no such words."""
        if self._is_joint(at):
            for form in (self._in_turn, self._lands_then_names, self._names_of_lands):
                if (found := form(at))[0]:
                    return found
        lands = self._listed(at, LANDS)
        title = at + len(lands)
        if len(lands) > 1 and self._gap(title - 1) == "" and self._is_joint(title):
            people = self._listed(title + 1, {"PERSON"})
            if len(people) == len(lands) and self._gap(title) in {",", ""}:
                return self._named(at, title, lands, people), title + 1 + len(people)
        return [], at

    def _lands_then_names(self, at: int) -> tuple[list[Reference], int]:
        """The presidents of Norway and Chile, Kari Lund and Pablo Reyes."""
        lands = self._listed(at + 1, LANDS)
        first = at + 1 + len(lands)
        people = self._listed(first, {"PERSON"})
        if len(lands) < 2 or len(people) != len(lands) or self._gap(at) not in OF or self._gap(first - 1) != ",":
            return [], at
        return self._named(at, at, lands, people), first + len(people)

    def _in_turn(self, at: int) -> tuple[list[Reference], int]:
        """The foreign ministers of Norway, Kari Lund, and Chile, Pablo Reyes."""
        return self._pairs(at, at + 1, self._gap(at) in OF, ("land", "PERSON"), frozenset({","}))

    def _names_of_lands(self, at: int) -> tuple[list[Reference], int]:
        """Foreign Ministers Kari Lund of Norway and Pablo Reyes of Chile."""
        return self._pairs(at, at + 1, self._gap(at) == "", ("PERSON", "land"), OF)

    def _pairs(
        self, title: int, at: int, begins: bool, order: tuple[str, str], link: frozenset[str]
    ) -> tuple[list[Reference], int]:
        lands, people = [], []
        while begins and at + 1 < len(self.atoms) and self._gap(at) in link:
            pair = dict(zip(order, self.atoms[at : at + 2], strict=True))
            if pair["PERSON"].label != "PERSON" or pair["land"].label not in LANDS:
                break
            lands.append(pair["land"])
            people.append(pair["PERSON"])
            at += 2
            if self._gap(at - 1) not in BEHIND:
                break
        return (self._named(title, title, lands, people), at) if len(people) > 1 else ([], title)

    def _named(self, first: int, title: int, lands: list[Atom], people: list[Atom]) -> list[Reference]:
        post = singular(self.atoms[title].text)
        found = [
            Reference(person.start, person.end, person.text, [post], self.nation(land.text), shared=True)
            for land, person in zip(lands, people, strict=True)
        ]
        found[0].start = self.atoms[first].start
        for each, land in zip(found, lands, strict=True):
            if each.end <= land.start <= each.end + 2:  # "Kari Lund of Norway"
                each.end = land.end
        return found if all(each.country for each in found) else []

    def _is_joint(self, at: int) -> bool:
        return at < len(self.atoms) and self.atoms[at].label == "TITLE" and bool(PLURALS.search(self.atoms[at].text))

    def _listed(self, at: int, labels: set[str] | frozenset[str]) -> list[Atom]:
        """The atoms of these labels from ``at`` on that a list joins."""
        found: list[Atom] = []
        while at < len(self.atoms) and self.atoms[at].label in labels:
            found.append(self.atoms[at])
            if self._gap(at) not in LIST and self._gap(at) not in {"and the", ", the"}:
                break
            if self._gap(at) == "," and at + 1 < len(self.atoms) and self.atoms[at + 1].label not in labels:
                break
            at += 1
        return found

    def _gap(self, at: int) -> str | None:
        """The words between an atom and the next."""
        if not 0 <= at < len(self.atoms) - 1:
            return None
        return " ".join(self.words[self.atoms[at].end : self.atoms[at + 1].start]).strip()
