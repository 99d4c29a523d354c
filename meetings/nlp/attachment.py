"""Which title, nationality and body belong to which person: "French Foreign Minister Anne Martin", "Anne Martin, head of …",
"the Minister of Finance of Portugal, Rui Costa", "Senators Ann Reed, Bo Lund, and Cy Hart".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from meetings.authorities import titles

HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir lady dame madam herr monsieur m m. senor señor pandit dato hon. honourable messrs messrs. rt. signor signora comrade excellency h.e.".split()
) | {"rt hon", "rt hon.", "rt. hon.", "right honourable", "his excellency", "her excellency"}
ADDRESSES = frozenset({"honorific", "religious"})  # branches of titles that stand before a name beside a post
RANKS = frozenset("marshal general admiral colonel brigadier captain commander major generalissimo lord".split())
PLURALS = re.compile(
    r"(?:presidents|ministers|senators|secretaries|ambassadors|chancellors|kings|generals|congressmen|representatives|messrs\.?|commissioners|governors|premiers|counselors|attaches|leaders|counterparts|colleagues)\b",
    re.IGNORECASE,
)
MODIFIERS = frozenset({"NORP", "GPE", "ORG"})
# A country inside a title's own words: "High Commissioner for South Africa", but "Ambassador to Niger" is another's.
LAND_IN_TITLE = re.compile(r" (?:of|for) (?:the )?(?=[A-Z])")
SENT_FOR = re.compile(r"(?i)\b(?:envoy|representative|coordinator|co-ordinator|rapporteur|mediator) (?:for|on) ")
TIGHT = frozenset({"", "'s", "’s", "'", "’", "-", "–", "(", ")", "'s (", ") ("})
OF = frozenset(
    {"of", "of the", "for", "for the", "at the", "at", "in the", "in", "from the", "from", "with the", "with", "on"}
)
TO = frozenset({"to", "to the"})
# Posts that are held somewhere: "the Norwegian Ambassador in Lisbon, Mr Dahl".
POSTED = re.compile(
    r"(?i)\b(?:ambassador|(?:high )?commissioner|consul(?:[ -]general)?|charg\w+(?: d.affaires)?|representative|counsell?or|attach\w+|agent[ -]general|correspondent)$|^minister$"
)
POSTED_IN = frozenset({"in", "at"})
APPOSITION = frozenset(
    {",", ", the", ", a", ", an", ", its", ", his", ", her", ", former", "(", "( the", "-", "- the", "–", ", acting"}
)
LIST = frozenset({",", "and", ", and", "&", "/", ";"})
ACTS = re.compile(r"\w{2,}ed$|(?:said|told|met|saw|gave|made|took|held|spoke|thought|felt|sought|drew|put|laid|went)$")
DESK = re.compile(r"(?i)(?:country )?desk\b")  # "Korea Desk Director" is no Korean
BRACKETED = re.compile(r"\([^()]*\)")
MOST_BRACKETED = 3  # entities in brackets between two people of a list
LONGEST_JOINT = 12  # words between them
MOST_TITLES = 8  # of one person
MOST_IN_OFFICE = 5  # entities in what a post is of
LONGEST_OFFICE = 16  # words of it
OF_OFFICE = frozenset("of for at in from".split())
NO_OFFICE = frozenset(", ; : . who that which whose said told met was is were has had on to with after before".split())
PLACING = frozenset("in at to from near via of on".split())


@dataclass(frozen=True, slots=True)
class Atom:
    """An entity: its label, tokens ``[start:end)`` and text."""

    label: str
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Reference:
    """Tokens ``[start:end)`` that refer to someone; ``name`` is empty for a role alone."""

    start: int
    end: int
    name: str = ""
    titles: list[str] = field(default_factory=list)
    country: str | None = None
    organisation: str | None = None
    accredited: str | None = None  # "Ambassador to Niger": where, not of whom
    determiner: str = ""  # word before a role: "the", "our", "a"
    group: bool = False
    own: bool = False
    possessive: bool = False
    shared: bool = False  # the title stands once for several, who may be of several countries
    listed: bool = False  # an entry of a list of participants: somebody else than every other entry

    @property
    def role(self) -> str:
        """The titles that are posts, joined, without honorifics; forms of address such as "Sheikh" only when no post is named."""
        told = dict.fromkeys(title for title in self.titles if title.lower() not in HONORIFICS)
        posts = [title for title in told if not ((known := titles.lookup(title)) and known.branch in ADDRESSES)]
        return " and ".join(posts or told)


class Attacher:
    """Reads atoms from left to right; each is used once, so it is linear in their number.

    ``words`` are the lower-case tokens of the text; ``nation`` gives the country code of a country's or people's name.
    """

    def __init__(self, atoms: Sequence[Atom], words: Sequence[str], nation: Callable[[str], str | None]) -> None:
        self.atoms, self.words, self.nation = atoms, words, nation

    def references(self) -> list[Reference]:
        found: list[Reference] = []
        at = 0
        while at < len(self.atoms):
            taken = self._reference(at)
            if taken is None:
                at += 1
                continue
            reference, at = taken
            if reference.titles and DESK.match(reference.titles[0]):
                reference.country = None
            found.append(reference)
            if reference.name and reference.titles and PLURALS.search(reference.titles[-1]):
                at = self._sharing(reference, at, found)
        return found

    def gap(self, index: int) -> str | None:
        """The words between an atom and the next, or None when it is the last or the next is far away."""
        if index + 1 >= len(self.atoms):
            return None
        start, end = self.atoms[index].end, self.atoms[index + 1].start
        return " ".join(self.words[start:end]).strip() if end - start <= 4 else None

    def _reference(self, at: int) -> tuple[Reference, int] | None:
        atom = self.atoms[at]
        reference = Reference(atom.start, atom.end)
        here = at
        if (
            atom.label == "TITLE"
            and atom.text.lower() in HONORIFICS
            and not (
                at + 1 < len(self.atoms) and self.gap(at) == "" and self.atoms[at + 1].label in {"PERSON", "TITLE"}
            )
        ):
            return None
        while self.atoms[here].label in MODIFIERS:
            gap = self.gap(here)
            if gap not in TIGHT or not self._fits(here, gap):
                return None
            self._take(reference, self.atoms[here])
            here += 1
        last = here - 1
        if self.atoms[here].label == "TITLE":
            last = self._titles(reference, here)
            here = last + 1
            if not self._joins_person(reference, last):
                named = self._named_after_office(reference, last)
                if named is None:
                    return self._alone(reference, last)
                here = named
        if here >= len(self.atoms) or self.atoms[here].label != "PERSON":
            return None
        person = self.atoms[here]
        reference.name, reference.end = person.text, person.end
        return reference, self._after_person(reference, here)

    def _fits(self, here: int, gap: str) -> bool:
        """Whether the modifier at ``here`` goes with what follows it, and not with words before it."""
        atom, following = self.atoms[here], self.atoms[here + 1].label
        if following == "PERSON":
            return atom.label == "NORP" or (atom.label == "GPE" and gap in {"'s", "’s"})
        before = self.words[atom.start - 1] if atom.start else ""
        placed = before in PLACING and atom.label == "GPE" and not gap.startswith(("'", "’"))
        return following in {"TITLE", *MODIFIERS} and not placed

    def _take(self, reference: Reference, atom: Atom) -> None:
        code = self.nation(atom.text)
        if code:
            reference.country = reference.country or code
        elif atom.label == "ORG":
            reference.organisation = reference.organisation or atom.text

    def _titles(self, reference: Reference, here: int) -> int:
        """Takes the titles from ``here`` on, with "of …" phrases; returns the last atom used."""
        while True:
            reference.titles.append(self.atoms[here].text)
            self._land_in_title(reference, self.atoms[here].text)
            reference.end = self.atoms[here].end
            here = self._of_phrases(reference, here)
            gap = self.gap(here)
            if gap not in {"", "and", "/", "&", ",", "-"} or self.atoms[here + 1].label != "TITLE":
                return here
            if len(reference.titles) >= MOST_TITLES:
                return here
            if gap != "" and self._begins_another(here + 1, gap):
                return here
            here += 1

    def _land_in_title(self, reference: Reference, title: str) -> None:
        """Whose a post is whose words end in a country, unless an envoy is sent for it: "Minister of Trade of the Republic of Chile"."""
        lands = (self.nation(title[found.end() :]) for found in LAND_IN_TITLE.finditer(title))
        land = next(filter(None, lands), None)
        if land and SENT_FOR.search(title):
            reference.accredited = land
        else:
            reference.country = reference.country or land

    def _begins_another(self, here: int, gap: str) -> bool:
        """Whether the title at ``here``, after "and" or a comma, is another person's."""
        before = self.words[self.atoms[here - 1].start - 1] if self.atoms[here - 1].start else ""
        if (
            gap == ","
            and (self.atoms[here].text.lower() in HONORIFICS or self.atoms[here].text.lower() in RANKS)
            and self.gap(here) == ""
            and self.atoms[here + 1].label == "PERSON"
        ):
            return False  # the Prime Minister, Mr Dahl; the Soviet Premier, Marshal Orlov
        if self.gap(here) != "" or self.atoms[here + 1].label not in {"PERSON", "TITLE"}:
            return True
        return gap == "," or before in {"the", "."} or self.atoms[here - 1].start == 0

    def _of_phrases(self, reference: Reference, here: int) -> int:
        for _ in range(3):
            gap = self.gap(here)
            if gap not in OF | TO or self.atoms[here + 1].label not in MODIFIERS:
                break
            after = self.atoms[here + 1]
            follows = self.gap(here + 1)
            if follows in {"", "'s"} and self.atoms[here + 2].label == "TITLE" and gap in OF and after.label != "ORG":
                break
            code = self.nation(after.text)
            if gap in TO:
                reference.accredited = code
            elif code and gap in {"of", "of the", "from", "from the", "for", "for the"}:
                reference.country = reference.country or code
            elif after.label == "ORG" and gap not in {"with", "with the"}:
                reference.organisation = reference.organisation or after.text
                if gap in {"of", "of the"}:
                    reference.titles[-1] = f"{reference.titles[-1]} {gap} {after.text}"
            elif after.text == "Republic" and gap == "of the":
                pass  # the land's own
            elif (
                gap in POSTED_IN and follows == "," and POSTED.search(reference.titles[-1]) and self._is_named(here + 2)
            ):
                pass  # where the post is, before who holds it
            else:
                break
            here += 1
            reference.end = after.end
            if (
                follows == "("
                and self.words[self.atoms[here + 1].end : self.atoms[here + 1].end + 1] == [")"]
                and self.atoms[here + 1].label == "ORG"
            ):
                here += 1
                reference.end = self.atoms[here].end + 1
        return here

    def _is_named(self, here: int) -> bool:
        """Whether a name begins at an atom, with a form of address or a rank before it: "Mr Dahl", "General Sir Ann Reed"."""
        addressed = here
        while self.atoms[addressed].text.lower() in HONORIFICS | RANKS and self.gap(addressed) == "":
            addressed += 1
        return addressed > here and self.atoms[addressed].label == "PERSON"

    def _joins_person(self, reference: Reference, last: int) -> bool:
        gap = self.gap(last)
        if gap is None:
            return False
        person = self.atoms[last + 1]
        if person.label != "PERSON":
            return False
        # the Portuguese Foreign Minister (Rui Costa); the Minister of Finance, X, said
        bracketed = gap == "(" and self.words[person.end : person.end + 1] == [")"]
        follows = self.words[person.end : person.end + 1]
        apposed = (
            gap == ","
            and (
                bool(reference.country or reference.organisation or " of " in reference.titles[-1])
                or (follows == ["."] and person.end - person.start > 1)  # no list ends so
            )
            and follows in ([","], ["."], [], [")"], ["and"])
        )
        listed = gap == ":" and person.end - person.start > 1  # a single word after a speaker's colon is what he says
        return gap in {"", ")"} or listed or bracketed or apposed

    def _named_after_office(self, reference: Reference, last: int) -> int | None:
        """The person named after a comma at the end of what a post is of: "head of the visa office in the Irish Ministry, Bo Lund,"."""
        following = range(last + 1, min(last + 1 + MOST_IN_OFFICE, len(self.atoms)))
        at = next((n for n in following if self.atoms[n].label not in {*MODIFIERS, "FAC", "LOC"}), None)
        if at is None or self.atoms[at].label != "PERSON":
            return None
        person = self.atoms[at]
        between = self.words[reference.end : person.start]
        if not 1 < len(between) <= LONGEST_OFFICE or between[0] not in OF_OFFICE or between[-1] != ",":
            return None
        if not NO_OFFICE.isdisjoint(between[:-1]) or person.end - person.start < 2:
            return None
        if self.words[person.end : person.end + 1] not in ([","], ["."], [], [")"], ["and"], ["("], [";"]):
            return None
        for atom in self.atoms[last + 1 : at]:
            self._take(reference, atom)
        return at

    def _alone(self, reference: Reference, last: int) -> tuple[Reference, int] | None:
        before = self.words[reference.start - 1] if reference.start else ""
        if reference.titles[-1].lower() in HONORIFICS:
            return None
        reference.determiner = before
        reference.possessive = self.words[reference.end : reference.end + 1] in (["'s"], ["’s"], ["'"], ["’"])
        return reference, last + 1

    def _after_person(self, reference: Reference, here: int) -> int:
        if self.words[reference.end : reference.end + 1] in (["'s"], ["’s"]) or (
            self.words[reference.end : reference.end + 1] in (["'"], ["’"]) and reference.name.endswith("s")
        ):
            reference.possessive = True
            return here + 1
        gap = self.gap(here)
        if (
            gap in {"of", "of the"}
            and self.atoms[here + 1].label in {"GPE", "ORG"}
            and (code := self.nation(self.atoms[here + 1].text))
        ):
            reference.country = reference.country or code
            here += 1
            reference.end = self.atoms[here].end
            gap = self.gap(here)
        if gap in {"of", "of the"} and self.atoms[here + 1].label == "ORG" and not reference.country:
            here += 1
            reference.organisation = reference.organisation or self.atoms[here].text
            reference.end = self.atoms[here].end
            gap = self.gap(here)
        if gap in APPOSITION:
            end = self._apposition(reference, here + 1, gap)
            if end is not None:
                return end
        return here + 1

    def _apposition(self, reference: Reference, here: int, gap: str) -> int | None:
        bracket, another = gap.startswith("("), gap == ", the" and bool(reference.role)
        titled = gap in {",", ", the"} and bool(reference.role)
        trial = Reference(
            reference.start,
            reference.end,
            reference.name,
            list(reference.titles),
            reference.country,
            reference.organisation,
        )
        while here < len(self.atoms) and self.atoms[here].label in MODIFIERS:
            self._take(trial, self.atoms[here])
            trial.end = self.atoms[here].end
            gap = self.gap(here)
            closes = self.words[trial.end : trial.end + 1] == [")"]
            if bracket and closes:
                trial.end += 1
                return self._accept(reference, trial, here + 1)
            if gap not in TIGHT:
                return None
            here += 1
        if here >= len(self.atoms) or self.atoms[here].label != "TITLE":
            return None
        known = len(trial.titles)
        last = self._titles(trial, here)
        following = self.atoms[last + 1].label if last + 1 < len(self.atoms) else ""
        # "the President of Chile, Ann Reed, the Chancellor of Germany, Bo Lund": each post stands before its holder
        turns = titled and self.gap(last) == "," and following == "PERSON"
        if turns or (self.gap(last) in {"", "'s"} and following in {"PERSON", "TITLE"}):
            return None  # the title is the next person's
        if another and ACTS.match(" ".join(self.words[trial.end : trial.end + 1])):
            return None  # "… with Minister Lund, the Ambassador said": the next clause begins
        if known and trial.titles[known - 1].lower() not in HONORIFICS:
            trial.titles = trial.titles[:known]  # a post before the name says it more shortly
        if bracket and self.words[trial.end : trial.end + 1] == [")"]:
            trial.end += 1
        return self._accept(reference, trial, last + 1)

    def _accept(self, reference: Reference, trial: Reference, following: int) -> int:
        reference.end, reference.titles = trial.end, trial.titles
        reference.country, reference.organisation = trial.country, trial.organisation
        return following

    def _sharing(self, first: Reference, at: int, found: list[Reference]) -> int:
        """Further persons of a list whose title stands once, in the plural."""
        titles = [singular(title) for title in first.titles]
        first.titles, first.shared = titles, True
        while (joined := self._joined(at)) is not None:
            at = joined
            person = self.atoms[at]
            reference = Reference(person.start, person.end, person.text, list(titles), shared=True)
            at = self._after_person(reference, at)
            found.append(reference)
        return at

    def _joined(self, at: int) -> int | None:
        """The next person of the list that goes on before atom ``at``, brackets left out: "(R-IL), Bo Lund"."""
        end = self._end_of_person(at)
        for following in range(at, min(at + MOST_BRACKETED, len(self.atoms))):
            if self.atoms[following].label != "PERSON":
                continue
            words = self.words[end : self.atoms[following].start]
            if len(words) > LONGEST_JOINT:
                return None
            return following if BRACKETED.sub("", " ".join(words)).strip() in LIST else None
        return None

    def _end_of_person(self, at: int) -> int:
        return next(each.end for each in reversed(self.atoms[:at]) if each.label == "PERSON")


def singular(title: str) -> str:
    """ "Senators" → "Senator", "Prime Ministers" → "Prime Minister"."""

    def one(match: re.Match[str]) -> str:
        word = match[0]
        for plural, single in (("retaries", "retary"), ("men", "man"), ("Messrs.", "Mr."), ("Messrs", "Mr")):
            if word.endswith(plural):
                return word[: -len(plural)] + single
        return word[:-1]

    return PLURALS.sub(one, title)
