"""Who is spoken of: references become parties of the document, and every later "Lavrov", "the Foreign Minister", "he" or
"poloff" a mention of one of them. Needs entities and sentence ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from meetings.authorities import titles
from meetings.nlp import joint, roster
from meetings.nlp.attachment import HONORIFICS, POSTED, POSTED_IN, Atom, Attacher, Reference, singular
from meetings.nlp.cities import city
from meetings.nlp.coreference.resolution import resolve
from meetings.nlp.footnotes import Described, described
from meetings.nlp.groups import EACH, unnamed
from meetings.nlp.names import same, tokens
from meetings.nlp.posts import ALIKE, COUNTERPART, post
from meetings.nlp.setting import dateline
from meetings.records import Attendance

LABELS = frozenset({"PERSON", "TITLE", "NORP", "GPE", "ORG"})
FORMER = frozenset({"former", "ex"})
LISTING = frozenset({",", "and", "&"})
NAME_WORD = re.compile(r"(?:[A-Z]\.)+|[A-Z][\w'’-]*[a-z]")
UNSURE = frozenset({"", "NORP", "GPE"})  # what the recogniser calls a lone surname
LONGEST_UNSEEN = 3  # words of a name that only a footnote shows to be one
NEXT_TO = 2  # characters between someone and the footnote's mark: "Mr Lund, [3]"
LIST_OF_POSTS = 4  # words between two countries of a list
SHORTEST_SHOUTED = 5  # letters of a word in capitals that is no acronym
POST_BEFORE = 6  # words that hold "the High Commissioners for"
# An embassy's people in its shorthand are nobody's title: "the director, Ann Reed, poloff and …".
STAFF = re.compile(r"(?i)[a-z]+(?:offs?|couns)")
POSTS = re.compile(r"\b([A-Z][\w-]+(?: [A-Z][\w-]+){0,3}s) (?:for|of|from) (?:the )?$")


@Language.component("parties", requires=["doc.ents"], assigns=["doc._.parties", "doc._.mentions"])
def parties(doc: Doc) -> Doc:
    if doc._.setting is None:
        return doc
    listed = list(enrolled(doc))
    others = [
        each
        for each in (*attached(doc), *unnamed(doc))
        if not _within(each, listed) and not roster.NOTETAKER.match(each.name)
    ]
    references = without_overlap(sorted([*listed, *others], key=lambda each: (each.start, -each.end, not each.own)))
    references = named_each(explained(doc, references), [token.lower_ for token in doc])
    doc._.parties, doc._.mentions = resolve(doc, references)
    return doc


def explained(doc: Doc, references: list[Reference]) -> list[Reference]:
    """The references with what footnotes say of those whom they name, and whom a note alone names ("of Canada [2]")."""
    if not doc._.flow.notes:
        return references
    ends = [_end(doc, each.end) for each in references]
    nations = {ent.end_char: ent for ent in doc.ents if ent.label_ in {"GPE", "NORP"}}
    named: list[Reference] = []
    for note in doc._.flow.notes:
        found = described(note.text, doc._.setting.nation)
        if found is None:
            continue
        at = bisect_right(ends, note.at) - 1
        reference = references[at] if at >= 0 and note.at - ends[at] <= NEXT_TO else None
        if reference is None and at >= 0 and note.at in nations and _posted(doc, references[at], nations[note.at]):
            reference = references[at]
        if reference is not None:
            _explain(reference, found)
        elif found.name and note.at in nations:
            nation = nations[note.at]
            titles = _shared_post(doc, nation, named) or ([found.role] if found.role else [])
            country = doc._.setting.nation(nation.text)
            named.append(Reference(nation.start, nation.end, found.name, titles, country, shared=True))
        elif found.role and not found.name and (name := _name_before(doc, note.at)) is not None:
            named.append(Reference(name.start, name.end, name.text, [found.role], found.country))
    return sorted([*references, *named], key=lambda each: each.start)


def _posted(doc: Doc, reference: Reference, where: Span) -> bool:
    """Whether an entity is where a post that names nobody is held: "the Norwegian Ambassador in Lisbon"."""
    beside = reference.end + 1 == where.start and doc[reference.end].lower_ in POSTED_IN
    return beside and not reference.name and bool(reference.titles) and bool(POSTED.search(reference.titles[-1]))


def named_each(references: list[Reference], words: list[str]) -> list[Reference]:
    """Whom a list names after the posts of as many countries: "his Irish and Maltese counterparts, Ann Reed and Bo Lund"."""
    kept: list[Reference] = []
    posts: list[Reference] = []
    names: list[Reference] = []
    for reference in (*references, None):
        gap = words[(names or posts)[-1].end : reference.start] if reference and posts else []
        if reference and reference.determiner == EACH and not names and len(gap) <= 2:
            posts.append(reference)
            continue
        fits = reference and posts and reference.name and not reference.country and len(names) < len(posts)
        if fits and gap and LISTING.issuperset(gap) and (names or gap == [","]):
            names.append(reference)
            continue
        if len(names) == len(posts):
            for post_of, person in zip(posts, names, strict=True):
                person.country, person.titles = post_of.country, person.titles or post_of.titles
            if names:
                names[0].start = posts[0].start
            kept += names
        else:
            kept += posts + names
        posts, names = [], []
        if reference and reference.determiner == EACH:
            posts.append(reference)
        elif reference:
            kept.append(reference)
    return kept


def _name_before(doc: Doc, at: int) -> Span | None:
    """The capitalised words at whose end a footnote stands, where the recogniser sees nothing: "with Lothian [8]"."""
    last = doc.char_span(max(at - 1, 0), at, alignment_mode="expand")
    if last is None:
        return None
    end = last.end - (last.end > 0 and doc[last.end - 1].is_punct)
    start = end
    while (
        start > max(end - LONGEST_UNSEEN, 0)
        and NAME_WORD.fullmatch(doc[start - 1].text)
        and doc[start - 1].ent_type_ in UNSURE
    ):
        start -= 1
    name = doc[start:end]
    opens = start < end and doc[start].is_sent_start and end - start == 1 and titles.lookup(doc[start].text) is not None
    known = len(name) and (doc._.setting.nation(name.text) or city(name.text))
    return (
        name
        if len(name) and not (opens or known) and roster.is_name(name.text) and titles.lookup(name.text) is None
        else None
    )


def _shared_post(doc: Doc, nation: Span, named: list[Reference]) -> list[str]:
    """The post of a list's countries: "the High Commissioners for Canada [2] and South Africa [3]"."""
    before = doc[max(nation.start - POST_BEFORE, nation.sent.start) : nation.start].text_with_ws
    if found := POSTS.search(before):
        return [singular(found[1])]
    last = named[-1] if named else None
    return last.titles if last and nation.start - last.end <= LIST_OF_POSTS else []


def _end(doc: Doc, token: int) -> int:
    return doc[token - 1].idx + len(doc[token - 1])


def _explain(reference: Reference, found: Described) -> None:
    """Adds what a footnote says, unless it names another."""
    if found.name and reference.name and not same(*sorted((tokens(found.name), tokens(reference.name)), key=len)):
        return
    if found.name and not reference.name and len(found.name.split()) < 2:
        return
    reference.name = found.name or reference.name
    if not reference.name:
        return
    if found.role:
        told = [title for title in reference.titles if title.lower() not in HONORIFICS]
        known = {word for title in told for word in title.lower().split()}
        reference.titles = [found.role] if known <= set(found.role.lower().split()) else [*told, found.role]
    reference.country = found.country or reference.country
    reference.group = False


def enrolled(doc: Doc) -> Iterator[Reference]:
    """Whom a record's list of participants names: its lines say more surely than the recogniser who is who."""
    for entry in roster.listed(doc._.flow, doc._.setting.nation):
        span = doc.char_span(entry.start, entry.end, alignment_mode="expand")
        if span is not None:
            titles = [entry.role] if entry.role else []
            # a post alone ("The President"), an interpreter or a notetaker of no delegation is of whose paper it is
            served = entry.attendance in {Attendance.INTERPRETER, Attendance.NOTETAKER}
            country = entry.country or (doc._.setting.home if served or not entry.name else None)
            yield Reference(span.start, span.end, entry.name, titles, country, determiner="the", listed=True)


def _within(reference: Reference, listed: list[Reference]) -> bool:
    """Whether a reference overlaps one of a list, which is in order."""
    at = bisect_right(listed, reference.start, key=lambda each: each.start)
    before = at > 0 and listed[at - 1].end > reference.start
    return before or (at < len(listed) and listed[at].start < reference.end)


def attached(doc: Doc) -> list[Reference]:
    """References in each segment: a title at a paragraph's end is not the next paragraph's."""
    words = [token.lower_ for token in doc]
    of_report = dateline(doc._.flow, doc._.setting.kind)  # names agencies and nobody else
    atoms = [
        Atom(ent.label_, ent.start, ent.end, ent.text)
        for ent in doc.ents
        if ent.label_ in LABELS and ent.start_char not in of_report and not _own_staff(ent, words)
    ]
    found: list[Reference] = []
    run: list[Atom] = []
    breaks = [token.i for token in doc[:-1] if token.is_space and "\n" in token.text and _ends_line(doc, token)]
    at = 0
    for atom in atoms:
        moved = False
        while at < len(breaks) and breaks[at] < atom.start:
            at, moved = at + 1, True
        if moved and run:
            found += _attached(run, words, doc._.setting.nation)
            run = []
        run.append(atom)
    found += _attached(run, words, doc._.setting.nation)
    _of_one_country(found, words)
    for each in found:
        if each.name and each.titles and words[each.start - 1] in FORMER and each.titles[-1].lower() not in HONORIFICS:
            each.titles[-1] = f"former {each.titles[-1]}"
        each.titles = [known.name if (known := post(title)) and known.exact else title for title in each.titles]
        each.titles = [COUNTERPART if title.lower() in ALIKE else title for title in each.titles]
    return found


def _own_staff(ent: Span, words: list[str]) -> bool:
    """Whether an entity is of an embassy's people in its shorthand, among others of a list."""
    first, _, second = ent.text.partition(" and ")
    around = {words[ent.start - 1], *words[ent.end : ent.end + 1]}
    return bool(STAFF.fullmatch(first)) and (bool(second) or not around.isdisjoint(LISTING))


def _attached(atoms: list[Atom], words: list[str], nation: Callable[[str], str | None]) -> list[Reference]:
    holders, runs = joint.shared(atoms, words, nation)
    others = [each for run in runs for each in Attacher(run, words, nation).references()]
    return sorted([*holders, *others], key=lambda each: each.start)


def _ends_line(doc: Doc, blank: Token) -> bool:
    """Whether a blank ends a paragraph, or a line in capitals of an office's letterhead."""
    shouted = blank.i > 0 and doc[blank.i - 1].is_upper and len(doc[blank.i - 1]) > SHORTEST_SHOUTED
    return "\n\n" in blank.text or (shouted and not doc[blank.i + 1].is_upper)


def _of_one_country(references: list[Reference], words: list[str]) -> None:
    """Whom a list names with its country at its end: "met with Prime Minister Lund and Ambassadors Dahl and Rask of Norway"."""
    chain: list[Reference] = []
    for reference in references:
        gap = words[chain[-1].end : reference.start] if chain else []
        if not (chain and 0 < len(gap) <= 2 and LISTING.issuperset(gap)):
            chain = []
        if chain or words[max(reference.start - 1, 0)] == "with":
            chain.append(reference)
        if len(chain) > 1 and reference.country and words[reference.end - 2] in {"of", "the"}:
            for each in chain[:-1]:
                if each.name and each.titles and not each.organisation:
                    each.country = each.country or reference.country
            chain = []


def without_overlap(references: list[Reference]) -> list[Reference]:
    kept: list[Reference] = []
    for each in references:
        if kept and each.start < kept[-1].end:
            if kept[-1].own and kept[-1].end == each.end:
                continue
            if kept[-1].name or (not each.name and kept[-1].end - kept[-1].start >= each.end - each.start):
                continue
            kept.pop()
        kept.append(each)
    return kept
