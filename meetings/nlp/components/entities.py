"""Mends and completes the recogniser's entities with what the authorities and the rest of the document know."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from meetings.authorities import countries, organisations, places, titles
from meetings.nlp.cities import city
from meetings.nlp.incumbents import LEAST_SURNAME, country_of, in_office
from meetings.nlp.names import PARTICLES
from meetings.records import Kind, Label

NO_NAME = re.compile(
    r"(?i)\b(?:war|day|prefecture|agency|party|ministry|kingdom|street|palace|conference|council|committee|university|institute|airport|program(?:me)?|agreement|treaty|act|post|times|house|church|statement|release|airlines?|talks?|summits?|meetings|negotiations|straits?|canal)$|^mid-|^am(?:emb|con)|\d"
)
LEADING = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "messrs", "messrs.", "lord"})
MOST_GIVEN = 4  # words before a surname
LONGEST_TITLE = 20  # tokens before a name
LARGE = 300_000  # people: a city that a text needs not introduce
JOURNEYS = frozenset(
    "visit visits trip journey travel travelled traveled travels flight flew fly flies went goes return returned returns".split()
)
PREPOSITIONS = frozenset("in at to from near of outside visited visiting left reached".split())
LANDINGS = frozenset("landed lands land landing arrived arrives arriving arrival down touchdown stopover".split())
WITHIN = frozenset({"at", "in"})
INSIDE = WITHIN | {"near", "outside"}
AT = frozenset({"at the", "in the", "to the", "near the", "left the"})
COUNTERPART = "counterpart"
OPPOSITE = "opposite number"
COUNTERPARTS = frozenset({COUNTERPART, "counterparts", "colleague", "colleagues"})
# What stands before a name like a post: "the senior North Korean official Kim Yong-chol", "opposition leader Ann Reed".
APPOSED = frozenset(
    "official diplomat envoy emissary negotiator leader politician lawmaker legislator parliamentarian delegate representative aide adviser"
    " advisor strategist activist dissident cleric commander businessman businesswoman financier industrialist journalist editor".split()
)
APPOSED_KINDS = frozenset(
    "senior top chief ranking high-ranking special personal opposition party rebel guerrilla military security intelligence religious"
    " presidential royal diplomatic trade ministry foreign-policy civic community".split()
)
# Words of a headline that the recogniser takes into a name.
NO_PART = frozenset(
    """hello hi dear key before after their his her meets meet calls call takes while and with press remarks statement joint holds visits
    discusses on at in to says hosts receives welcomes readout secretary's president's briefing following had has have was were
    is are would arrives arrived came comes went goes declined visit visited met ends ended opens opened begins began agree agreed
    agrees sign signs signed speaks spoke told tells leaves left returns returned thanked asked reports the of from for by who
    whose which that when this as about over until since during or but counterpart counterparts colleague colleagues guests participants attendees""".split()
)
# What a building is called by, after the name of somebody: "the King Edward Hotel".
BUILDING = re.compile(r"(?i)\b(?:hotel|stadium|hospital|barracks|airfield)$")
FORMS_OF_BE = frozenset("is are was were be been being".split())
LIKE_PRONOUNS = frozenset({"He", "She", "You", "It"})  # surnames and given names; no name follows a pronoun at once
HYPHENS = frozenset("-–")
AREAS = frozenset(
    "province provinces district districts county counties governorate governorates prefecture prefectures oblast oblasts".split()
)
MONTHS = frozenset("january february march april may june july august september october november december".split())
REFERENCES = frozenset(
    "ref refs reftel reftels septel septels para paras".split()
)  # to other telegrams, and paragraphs
TALKS = frozenset("meeting meetings talks summit summits conversations discussions negotiations dialogue".split())
SPEECH = frozenset("said asked replied explained proposed agreed noted added suggested".split())
# Titles that are surnames too.
SURNAMES = frozenset("king prince bishop dean pope major marshall duke baron judge cardinal regent".split())
# Titles that stand inside names.
NAMES_TOO = SURNAMES | {"amir", "shah", "malik", "sultan", "sheikh", "khan", "mir"}
SITES = frozenset(
    "port dam canal bank group oil gas energy power steel airport base plant corporation company fund authority square tower valley river lake"
    " sea mount peninsula strip heights corridor bridge railway pipeline field square temple mosque cathedral school hospital".split()
)
NO_PERSON = re.compile(r"(?i)\b(?:of|republic|province|state|region|island|islands|city|north|south|east|west)\b")
LANDS = frozenset({"GPE", "LOC", "FAC"})
PAIRED = frozenset({"PERSON", "ORG", "GPE", "LOC"})
TALKED_OF = frozenset({"royal", "head of state", "head of government", "foreign minister", "head of mission"})
RULING = frozenset({"royal", "head of state"})
INITIAL = re.compile(r"(?:[A-Z]\.)+")
SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_NAME = r"((?:[A-Z][\w.'’-]*\s?){1,4}?)"
PAPER = r"(?i:cablegram|letter|telegram|memorandum|savingram|note|despatch|message|minute|submission|aide-memoire)"
IS_PAPER = re.compile(PAPER)
RECORDED = r"(?i:conversations?|meetings?|discussions?|talks?|interview)"
BETWEEN = re.compile(
    rf"{RECORDED} (?i:between) (?:(?i:mr|sir|dr)\.? )?{_NAME} (?i:and) (?:(?i:mr|sir|dr)\.? )?{_NAME}\s*$"
)
BY = re.compile(rf"{RECORDED} (?i:by|with) (?:(?i:mr|sir|dr)\.? )?{_NAME}\s*$")
# "Letter from Lund to Sir Ann Reed", "MINUTE, HALE TO BERG", "Lund to Department of …": who wrote, and to whom.
SENT = re.compile(
    rf"^\s*\d*\s*(?:{PAPER}(?:\[\d+\])?(?:,| (?i:from)) )?(?:(?i:mr|sir|dr)\.? )?{_NAME}(?:,[^,]{{3,80}},?)? (?i:to) (?:(?:(?i:mr|mrs|sir|dr)\.? )?{_NAME}\s*$)?"
)
# "Memorandum From the President's Assistant for National Security Affairs (Hale) to President Orr"
HOLDER = re.compile(
    r"^\s*\d*\.?\s*(?i:memorandum|letter|message|note|telegram) (?i:from) [^()]{8,140}? \(([A-Z][\w'’-]+)\)\s+(?i:to)\b"
)
NOT_PEOPLE = re.compile(
    r"(?i)\b(?:department|delegation|government|legation|embassy|ministers?|representatives?|officials|commission|committee|office|ministry|council|cabinet|side|heads|secretary|cablegram)\b"
)


@Language.component("entities", requires=["doc.ents", "doc.spans"], assigns=["doc.ents"])
def entities(doc: Doc) -> Doc:
    named = {ent[-1].lower_ for ent in doc.ents if ent.label_ == "PERSON"}
    spans = [part for ent in doc.ents for piece in _whole(doc, ent) for part in _divided(doc, piece, named)]
    spans = list(_without_headline_words(doc, spans))
    spans = filter_spans([*_titled(doc), *_whole_titles(doc, spans), *spans])
    spans = list(_joined(doc, _relabelled(doc, spans)))
    spans = filter_spans([*spans, *_ruled(doc, spans)])
    spans = filter_spans([*spans, *_named_by_post(doc, spans)])
    spans = filter_spans([*spans, *_in_office(doc, spans)])
    doc.ents = filter_spans([*spans, *_repeated(doc, spans)])
    return doc


def _whole(doc: Doc, ent: Span) -> Iterable[Span]:
    """An entity inside one paragraph, without blanks, possessive and article at its ends."""
    start, end = ent.start, ent.end
    for token in ent:
        if token.is_space and "\n" in token.text:
            end = token.i
            break
    while end > start and (doc[end - 1].is_space or doc[end - 1].lower_ in {"'s", "’s", "'", ","}):
        end -= 1
    while ent.label_ == "TITLE" and end > start + 1 and doc[end - 1].lower_ in {"of", "the", "for", "to"}:
        end -= 1
    while start < end and (doc[start].is_space or (doc[start].lower_ in {"the", "'", "’"} and ent.label_ != "DATE")):
        start += 1
    if start < end and ent.label_ == "PERSON":
        start, end = _completed(doc, start, end)
    if start < end:
        yield Span(doc, start, end, ent.label_)


def _without_headline_words(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Persons of headings less the words that only a headline's capitals make look like names: "Off Eisenhower"."""
    headed = {n for n, span in enumerate(spans) if span.label_ == "PERSON" and _headed(doc, span)}
    if not headed:
        yield from spans
        return
    named = {token.lower_ for n, span in enumerate(spans) if n not in headed for token in span}
    small = {token.text for token in doc if token.is_lower} - named
    for n, span in enumerate(spans):
        start, end = span.start, span.end
        if n in headed:
            while end > start and doc[end - 1].lower_ in small:
                end -= 1
            while start < end and doc[start].lower_ in small:
                start += 1
        if start < end:
            yield Span(doc, start, end, span.label_)


def _headed(doc: Doc, span: Span) -> bool:
    """Whether a span stands in a heading, a title or a subject."""
    segments = doc._.flow.segments if doc._.flow else ()
    at = bisect_right(segments, span.start_char, key=lambda segment: segment.start) - 1
    return at >= 0 and (segments[at].label is Label.HEADING or segments[at].field in {"subject", "title"})


def _whole_titles(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Titles of the lexicon that the recogniser takes for two: "Prime" and "Minister"."""
    titles_at = {span.start: span for span in spans if span.label_ == "TITLE"}
    for known in filter_spans(doc.spans["titles"]):
        first = titles_at.get(known.start)
        if (
            first is not None
            and first.end < known.end
            and first.end in titles_at
            and titles_at[first.end].end == known.end
        ):
            yield Span(doc, known.start, known.end, "TITLE")


def _completed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name that the recogniser cuts at a hyphen ("Chou En-lai"), an initial ("Gerald R. Ford") or a suffix ("III"),
    or that begins like a pronoun ("He Yafei").
    """
    while end < len(doc) and not doc[end - 1].whitespace_ and "-" in (doc[end].text, doc[end - 1].text):
        joins = end + 1 if doc[end].text == "-" else end
        if doc[joins - 1].whitespace_ or joins >= len(doc) or not doc[joins].is_alpha:
            break
        if end - start == 1 and doc[joins].is_title:  # "the Hall-Lund talks"
            break
        end = joins + 1
    while end > start and doc[end - 1].text == "-":
        end -= 1
    if start and doc[start - 1].text in LIKE_PRONOUNS and doc[start - 1].whitespace_ == " " and doc[start].is_title:
        start -= 1
    if start and re.fullmatch(r"[A-Z]\.", doc[start].text):
        given = doc[start - 1]
        if (
            given.is_title
            and given.is_alpha
            and given.whitespace_ == " "
            and not given.ent_type_
            and not post(given.text)
        ):
            start -= 1
    if end < len(doc) and SUFFIX.fullmatch(doc[end].text):
        end += 1
    return start, end


def post(words: str) -> titles.Title | None:
    """The post of these words; shorthand also as a headline writes it ("Fm" for FM)."""
    return titles.lookup(words) or (titles.lookup(words.upper()) if len(words) < 4 else None)


def _divided(doc: Doc, span: Span, named: set[str]) -> Iterable[Span]:
    """A person's span without the title before the name and the words of a headline around it; a ruler's without his land.

    ``named`` are the last words of all persons' names in the document.
    """
    if _are_two(doc, span, named):  # "the Hall-Lund Talks"
        yield Span(doc, span.start, span.start + 1, "PERSON")
        yield Span(doc, span.start + 2, span.start + 3, "PERSON")
        return
    if span.label_ != "PERSON":
        if span.label_ in LANDS and len(span) > 1 and _is_ruler(span[0]):
            land = span[1].lower_ == "of" and len(span) > 2
            yield Span(doc, span.start, span.start + 1, "TITLE")
            span = Span(doc, span.start + 1 + land, span.end, "GPE" if land else "PERSON")
        elif span.label_ == "TITLE" and (named := _titled_after_nation(span)):
            yield Span(doc, span.start, named, "NORP")
            span = Span(doc, named, span.end, "TITLE")
        elif span.label_ in LANDS | {"ORG"} and len(span) == 1 and _is_shorthand(span.text):  # "FONMIN said"
            span = Span(doc, span.start, span.end, "TITLE")
        elif span.label_ in {"GPE", "ORG", "LOC", "NORP"} and len(span) == 2 and _is_shorthand(span[0].text):
            if not countries.lookup(span[1].text):  # "FONMIN Lund"
                yield Span(doc, span.start, span.start + 1, "TITLE")
                span = Span(doc, span.start + 1, span.end, "PERSON")
        elif span.label_ == "GPE" and (named := _named_after_land(span)):
            yield Span(doc, span.start, named, "GPE")
            span = Span(doc, named, span.end, "PERSON")
        yield span
        return
    if (dated := _before_date(doc, span)) is not None:  # "called on Minister Lund June 3"
        yield Span(doc, dated, _day_ends(doc, max(span.end, dated + 2)), "DATE")
        if dated == span.start:
            return
        span = Span(doc, span.start, dated, "PERSON")
    start, end = span.start, span.end
    if (start and span[0].lower_ in REFERENCES) or IS_PAPER.fullmatch(span.text):
        return
    if _is_shorthand(span.text):  # "Fonmin said"
        yield Span(doc, start, end, "TITLE")
        return
    if end - start == 1 and doc[start].lower_ in SPEECH and start and doc[start - 1].text == ":":
        return  # a protocol's "The President: Said that …"
    while start < end and (doc[start].lower_ in NO_PART or _is_done(doc, start)):
        start += 1
    for token in doc[start:end]:
        if token.lower_ in NO_PART and not (token.i > start and doc[token.i - 1].text == "-"):  # but "Moon Jae-in"
            end = token.i
            break
    for cut in (*range(min(end - 2, start + LONGEST_TITLE), start, -1), end - 1):
        if (
            cut > start
            and doc[cut].text != "-"
            and (title := post(doc[start:cut].text))
            and (cut - start > 1 or title.branch != "honorific")
        ):
            yield Span(doc, start, cut, "TITLE")
            start = cut
            break
    if start < end:
        start, end = _without_nation(doc, start, end)
        yield from _two(doc, start, end)


def _is_shorthand(word: str) -> bool:
    """Whether telegrams write a post so: "FONMIN"."""
    title = titles.lookup(word.upper())
    return title is not None and title.exact and len(word) > 3


def _is_done(doc: Doc, at: int) -> bool:
    """Whether a word is the verb before a name that a text in capitals runs into it: "CROWDS WERE CHEERING LUND"."""
    return at > 0 and doc[at - 1].lower_ in FORMS_OF_BE and doc[at].lower_.endswith("ing")


def _are_two(doc: Doc, span: Span, named: set[str]) -> bool:
    """Whether a word of talks after "Hall-Lund" says that they are two, of whom the text or the tables know one apart."""
    if len(span) not in {3, 4} or span.label_ not in PAIRED or span[1].text not in HYPHENS:
        return False
    if len(span) == 4:
        return span.label_ == "PERSON" and span[3].lower_ in TALKS
    on = doc._.setting.on if doc._.setting else None
    known = any(half.lower_ in named or (on and in_office(half.text.title(), on)) for half in (span[0], span[2]))
    return known and span.end < len(doc) and doc[span.end].lower_ in TALKS


def _before_date(doc: Doc, span: Span) -> int | None:
    """Where a day of a month begins that the recogniser takes into a name."""
    for token in span:
        if token.lower_ in MONTHS and token.i + 1 < len(doc) and doc[token.i + 1].text[0].isdigit():
            day_first = token.i > span.start and doc[token.i - 1].text.isdigit()
            return token.i - day_first
    return None


def _day_ends(doc: Doc, end: int) -> int:
    """Where a date ends that goes on to the last of its days, or with a year: "June 3-5", "June 3, 1974"."""
    for joint in HYPHENS, {","}:
        after = doc[end : end + 2]
        if (
            len(after) == 2
            and after[0].text in joint
            and after[1].text.isdigit()
            and (len(after[1]) > 2 or "," not in joint)
        ):
            end += 2
    return end


def _named_after_land(span: Span) -> int | None:
    """Where somebody's name begins that the recogniser takes into a country's: "Peru Ann Reed", "the Republic Ann Reed"."""
    for cut in range(1, min(3, len(span) - 1)):
        land, name = span[:cut], span[cut:]
        known = land.text == "Republic" or countries.lookup(land.text)
        if known and name[0].is_title and name[-1].is_title and not NO_PERSON.search(name.text):
            return None if countries.lookup(span.text) or city(span.text) else name.start
    return None


def _titled_after_nation(span: Span) -> int | None:
    """Where the post begins in a title that the recogniser takes the demonym into: "Kazakh President", "His Majesty's Consul"."""
    for cut in range(1, min(4, len(span))):
        if span[0].is_title and countries.lookup(span[:cut].text) and post(span[cut:].text):
            return span[cut].i
    return None


def _is_called(doc: Doc, pronoun: Token) -> bool:
    """Whether a word in capitals follows "He" as only a given name does."""
    name = doc[pronoun.i + 1 : pronoun.i + 2]
    return (
        bool(name)
        and pronoun.whitespace_ == " "
        and name[0].is_title
        and name[0].is_alpha
        and len(name[0]) > 2
        and not post(name.text)
        and not _headed(doc, name)
    )


def _is_ruler(token: Token) -> bool:
    title = titles.lookup(token.text)
    return title is not None and title.branch in RULING and token.lower_ not in SURNAMES


def _without_nation(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name without the country that a list runs into it: "Canada W. J. Hall", "Ann Reed New Zealand"."""
    for cut in range(start + 1, min(start + 3, end - 1)):
        if INITIAL.fullmatch(doc[cut].text) and countries.lookup(doc[start:cut].text):
            start = cut
            break
    if end - start > 3 and countries.lookup(doc[end - 2 : end].text):
        end -= 2
    return start, end


def _two(doc: Doc, start: int, end: int) -> Iterable[Span]:
    """A name, or two with the second's title between them, as columns and lists run together: "Hall Chairman Lund"."""
    for at in range(start + 1, end - 1):
        word = doc[at]
        known = (
            word.is_title and word.lower_ not in SURNAMES and (title := post(word.text)) and title.branch != "honorific"
        )
        if known and not SUFFIX.fullmatch(doc[at + 1].text):
            yield Span(doc, start, at, "PERSON")
            yield Span(doc, at, at + 1, "TITLE")
            start = at + 1
            break
    yield Span(doc, start, end, "PERSON")


def _of_area(doc: Doc, span: Span) -> bool:
    """Whether a name is of what the next word calls an area: "Rask province", "Rask and Lund provinces"."""
    following = doc[span.end : span.end + 5]
    words = [token.lower_ for token in following]
    if words[:1] and words[0] in AREAS:
        return True
    ends = next((n for n, word in enumerate(words) if word in AREAS and word.endswith("s")), 0)
    return ends > 1 and words[0] == "and" and all(token.is_title for token in following[1:ends])


def _titled(doc: Doc) -> Iterable[Span]:
    """Names where a record's heading has them: "Record of conversation between Rippon and Anthony"."""
    if doc._.flow is None:
        return
    for segment in doc._.flow.segments[:4]:
        if segment.label is not Label.HEADING:
            continue
        heading = doc._.flow.text[segment.start : segment.end]
        holder = HOLDER.search(heading)
        if (
            holder
            and (span := doc.char_span(segment.start + holder.start(1), segment.start + holder.end(1))) is not None
        ):
            yield Span(doc, span.start, span.end, "PERSON")
        for form in (BETWEEN, BY, SENT):
            if found := form.search(heading):
                for start, end in (found.span(n) for n in range(1, form.groups + 1)):
                    words = heading[max(start, 0) : end]
                    span = doc.char_span(segment.start + start, segment.start + end) if start >= 0 else None
                    known = countries.lookup(words) or titles.lookup(words) or NOT_PEOPLE.search(words)
                    if span is not None and not known and not any(token.ent_type_ for token in span):
                        yield Span(doc, span.start, span.end, "PERSON")


def _relabelled(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Persons that are places, "titles" that begin a name, and places that follow a title."""
    posts = {span.end for span in spans if span.label_ == "TITLE"}
    surnames = {
        span[-1].text
        for span in spans
        if (span.label_ == "PERSON" and (len(span) > 1 or span.start in posts))
        or (len(span) == 1 and span.start and _honours(doc[span.start - 1]))
    }
    holders = _holders(doc, spans)
    before: Span | None = None
    at = 0
    while at < len(spans):
        span = spans[at]
        following = spans[at + 1] if at + 1 < len(spans) else None
        if span.label_ == "GPE" and span.start and _honours(doc[span.start - 1]) and doc[span.start - 1].is_title:
            before = Span(doc, span.start - 1, span.start, "TITLE")
        titled = before is not None and before.label_ == "TITLE" and before.end == span.start
        if span.label_ in {"PERSON", "FAC"} and titled and BUILDING.search(span.text):
            span, titled = Span(doc, before.start, span.end, "FAC"), False
        if span.label_ == "PERSON" and not titled:
            if _of_area(doc, span) or countries.lookup(span.text):
                span = Span(doc, span.start, span.end, "GPE")
            elif places.lookup(span.text):
                span = Span(doc, span.start, span.end, "FAC")
            elif (len(span) > 1 or span.text not in surnames | holders) and (
                _is_city(span.text) or _gone_to(doc, span)
            ):
                span = Span(doc, span.start, span.end, "GPE")
            elif _landed_at(doc, span) or BUILDING.search(span.text):
                span = Span(doc, span.start, span.end, "FAC")
            elif (
                NO_NAME.search(span.text)
                or not any(token.text[0].isupper() for token in span)
                or _in_body(doc, span, following)
            ):
                span = Span(doc, span.start, span.end, "ORG")
        elif (
            (
                span.label_ in {"GPE", "LOC", "ORG", "FAC", "NORP"}
                and span.text in surnames
                and not countries.lookup(span.text)
                and not (_is_city(span.text) or _somewhere(doc, span))
            )
            or (
                span.label_ in {"GPE", "LOC"}
                and span.text in holders
                and doc[max(span.start - 1, 0)].lower_ not in INSIDE
            )
            or (
                span.label_ in {"GPE", "LOC", "ORG", "FAC"}
                and (titled or _of_counterpart(doc, span) or _apposed(doc, span, before))
                and _is_name(doc, span, before)
            )
            or _with_people(doc, span, spans, at)
        ):
            span = Span(doc, span.start, span.end, "PERSON")
        elif span.label_ == "TITLE" and following is not None and _begins_name(span, following):
            span = Span(doc, span.start, following.end, "PERSON")
            at += 1
        elif (
            span.label_ == "ORG"
            and doc[max(span.start - 2, 0) : span.start].text.lower() in AT
            and places.lookup(span.text)
        ):
            span = Span(doc, span.start, span.end, "FAC")
        elif span.label_ == "ORG" and doc[max(span.start - 1, 0)].lower_ in WITHIN and city(span.text):
            span = Span(doc, span.start, span.end, "GPE")
        yield span
        before = span
        at += 1


def _holders(doc: Doc, spans: list[Span]) -> set[str]:
    """Words taken for places, some towns' names among them, that are surnames of those in high office on the day."""
    on = doc._.setting.on if doc._.setting else None
    words = {span.text for span in spans if len(span) == 1 and span.label_ in {"GPE", "LOC", "PERSON"}} if on else set()
    return {word for word in words if len(word) >= LEAST_SURNAME and in_office(word, on)}


def _joined(doc: Doc, spans: Iterable[Span]) -> Iterable[Span]:
    """Names that the recogniser takes for two, or in which it sees a title: "Hassan" "Amir-Rostami", "Hassan" "Amir" "Rostami"."""
    kept: list[Span] = []
    for span in spans:
        kept.append(span)
        if span.label_ != "PERSON":
            continue
        for count in (3, 2):
            parts = kept[-count:]
            beside = len(parts) == count and all(_beside(*pair) for pair in pairwise(parts))
            inner = all(part.label_ == "TITLE" and part.text.lower() in NAMES_TOO for part in parts[1:-1])
            if beside and parts[0].label_ == "PERSON" and inner:
                kept[-count:] = [Span(doc, parts[0].start, span.end, "PERSON")]
                break
    return kept


def _beside(first: Span, second: Span) -> bool:
    """Whether one blank parts two spans."""
    return first.end == second.start and first[-1].whitespace_ == " "


def _is_city(name: str) -> bool:
    known = city(name)
    return known is not None and known.population >= LARGE and known.name.lower() == name.lower()


def _gone_to(doc: Doc, span: Span) -> bool:
    """Whether somebody is said to be in a city of the name, or to go there: "in Bergen", "the visit to Bergen"."""
    if span.start < 2 or city(span.text) is None:
        return False
    before = doc[span.start - 1].lower_
    return before == "in" or (before in {"to", "from"} and doc[span.start - 2].lower_ in JOURNEYS)


def _somewhere(doc: Doc, span: Span) -> bool:
    """Whether the words around a town's name speak of the town: "in Lincoln", "Lincoln, Nebraska"."""
    if city(span.text) is None:
        return False
    after = doc[span.end : span.end + 2]
    listed = len(after) == 2 and after[0].text == "," and after[1].ent_type_ == "GPE"
    return listed or (span.start > 0 and doc[span.start - 1].lower_ in PREPOSITIONS)


def _landed_at(doc: Doc, span: Span) -> bool:
    """Whether somebody lands there: "touched down at Ben Gurion"."""
    return span.start > 1 and doc[span.start - 1].lower_ == "at" and doc[span.start - 2].lower_ in LANDINGS


def _in_body(doc: Doc, span: Span, following: Span | None) -> bool:
    """Whether a word begins a body's name: "Fraud Prevention Unit", "Garden Party"; headings capitalise all words."""
    after = doc[span.end] if span.end < len(doc) else None
    if len(span) > 1 or after is None or not after.is_title or not after.is_alpha or span[-1].whitespace_ != " ":
        return False
    return not (following is not None and following.start == span.end) and not _headed(doc, span)


def _begins_name(span: Span, following: Span) -> bool:
    """Whether a "title" that no list knows, or that a hyphen joins, is the first name of the person after it."""
    beside = following.label_ == "PERSON" and following.start == span.end
    if beside and following[0].text.startswith("-") and not span[-1].whitespace_:
        return True
    return beside and len(span) == 1 and span.text.istitle() and not span.text.endswith("s") and post(span.text) is None


def _honours(token: Token) -> bool:
    """Whether a word is said before names of persons only: "Mr", "Pandit"."""
    if token.lower_ in LEADING:
        return True
    title = titles.lookup(token.text)
    return title is not None and title.branch == "honorific" and len(token) > 2


def _is_name(doc: Doc, span: Span, before: Span | None) -> bool:
    words = [token for token in span if token.is_alpha]
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    honorific = before is not None and _honours(before[-1])
    known = countries.lookup(span.text) or (len(span) == 1 and not honorific and city(span.text))
    return (
        not known
        and (honorific or 1 < len(words) <= 4)
        and all(token.text[0].isupper() for token in words)
        and after not in {"of"}
        and (span.label_ != "ORG" or _of_counterpart(doc, span) or _apposed(doc, span, before))
    )


def _apposed(doc: Doc, span: Span, before: Span | None) -> bool:
    """Whether a name stands between commas behind somebody's post: "the Soviet Ambassador, Vasily Groshin, had come"."""
    if before is None or before.label_ != "TITLE" or len(span) != 2 or span.end >= len(doc) or _honours(before[-1]):
        return False
    apart = before.end + 1 == span.start and doc[before.end].text == "," and doc[span.end].text in {",", "."}
    known = organisations.lookup(span.text) or places.lookup(span.text) or NOT_PEOPLE.search(span.text)
    return apart and not known and all(token.is_title and token.is_alpha for token in span)


def _with_people(doc: Doc, span: Span, spans: list[Span], at: int) -> bool:
    """Whether two words that no gazetteer knows stand where only somebody's name does: "Chile's Pablo Reyes", "Ann Reed of Norway
    and Pablo Reyes of Chile", "the President of Chile, Pablo Reyes,".
    """
    if span.label_ not in {"GPE", "LOC", "ORG", "FAC"} or len(span) != 2 or not span.start:
        return False
    if not all(token.is_title and token.is_alpha for token in span) or NO_NAME.search(span.text):
        return False
    if span[1].lower_ in SITES:
        return False
    if any(known(span.text) for known in (countries.lookup, city, places.lookup, organisations.lookup)):
        return False
    before, following = spans[at - 1] if at else None, spans[at + 1] if at + 1 < len(spans) else None
    if before is None or NOT_PEOPLE.search(span.text) or post(span[0].text) or _of_area(doc, span):
        return False
    if following is not None and following.start == span.end:  # "Awami League General Secretary Ann Reed"
        return False
    gap = doc[before.end : span.start].text.strip()
    land = before.label_ in {"GPE", "NORP"}
    if land and gap in {"'s", "’s", "'"}:
        return span.end < len(doc) and doc[span.end].lower_ in NO_PART | SPEECH | {"and", "discussed"}
    person = next((each for each in spans[max(at - 2, 0) : at][::-1] if each.label_ == "PERSON"), None)
    if gap in {"and", ", and"} and (before is person or (land and person is not None and _is_of(doc, person, before))):
        return True
    if following is not None and following.label_ == "PERSON" and doc[span.end : following.start].text == "and":
        return True
    if gap != "," or at < 2 or span.end >= len(doc) or doc[span.end].text not in {",", "."}:
        return False
    earlier = spans[at - 2]
    in_turn = earlier is person and doc[earlier.end : before.start].text in {", and", "and"}
    return land and (in_turn or (earlier.label_ == "TITLE" and _is_of(doc, earlier, before)))


def _is_of(doc: Doc, who: Span, land: Span) -> bool:
    return doc[who.end : land.start].text in {"of", "of the"}


def _of_counterpart(doc: Doc, span: Span) -> bool:
    """Whether the words before say that a person's name follows: "his Japanese counterpart Takeo Mori"."""
    before = doc[max(span.start - 2, 0) : span.start]
    return any(token.lower_ in COUNTERPARTS for token in before) and before[-1].lower_ in COUNTERPARTS | {","}


def _ruled(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Titles beside a name, countries and demonyms that the recogniser passed over; "his Chinese counterpart"."""
    taken = {i for span in spans for i in range(span.start, span.end)}
    persons = {span.start for span in spans if span.label_ == "PERSON"}
    modifiers = {span.end for span in spans if span.label_ in {"NORP", "GPE"}}
    for span in doc.spans["nations"]:
        if not any(i in taken for i in range(span.start, span.end)):
            yield span
            if span.label_ == "NORP":
                modifiers.add(span.end)
    for span in filter_spans(doc.spans["titles"]):
        if any(i in taken for i in range(span.start, span.end)):
            continue
        beside = (
            span.end in persons
            or span.start in modifiers
            or (span.end < len(doc) and doc[span.end].lower_ == "of" and span[0].is_title)
        )
        definite = span.start > 0 and doc[span.start - 1].lower_ == "the" and len(span) > 1
        if (beside and not span[0].is_punct) or definite or _opens_telegraphically(doc, span):
            yield span
    for token in doc:
        several = token.lower_.endswith("s")
        if token.lower_ == "opposite" and doc[token.i : token.i + 2].text.lower() == OPPOSITE and token.i not in taken:
            yield Span(doc, token.i, token.i + 2, "TITLE")
        if token.text in {"He", "She"} and token.i not in taken and token.i + 1 not in taken and _is_called(doc, token):
            yield Span(doc, token.i, token.i + 2, "PERSON")
        if token.lower_ in APPOSED and token.i + 1 in persons and token.i not in taken:
            first = token.i
            while first > max(0, token.i - 2) and doc[first - 1].lower_ in APPOSED_KINDS and first - 1 not in taken:
                first -= 1
            yield Span(doc, first, token.i + 1, "TITLE")
        if token.lower_ in COUNTERPARTS and token.i not in taken and (not several or token.i + 1 in persons):
            yield Span(doc, token.i, token.i + 1, "TITLE")


def _opens_telegraphically(doc: Doc, span: Span) -> bool:
    """Whether a telegram begins a sentence with a post without an article: "AMIR RECEIVED ME"."""
    if doc._.setting is None or doc._.setting.kind is not Kind.CABLE or span.end >= len(doc):
        return False
    opens = span.start == 0 or not doc[span.start - 1].text.strip() or doc[span.start - 1].text in {".", ";"}
    title = titles.lookup(span.text)
    return opens and doc[span.end].is_lower and title is not None and title.branch in TALKED_OF


def _in_office(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Surnames of those in high office on the document's day, inside a sentence where the recogniser saw nobody."""
    setting = doc._.setting
    if setting is None or setting.on is None:
        return
    taken = {i for span in spans for i in range(span.start, span.end)}
    for token in doc[1:]:
        if (
            token.i in taken
            or not token.is_title
            or len(token) < LEAST_SURNAME
            or not in_office(token.text, setting.on)
        ):
            continue
        start = token.i
        while start > max(0, token.i - MOST_GIVEN) and start - 1 not in taken and _goes_before(doc[start - 1]):
            start -= 1
        alone = start == token.i and not (token.i + 1 < len(doc) and doc[token.i + 1].is_title)
        if alone and doc[token.i - 1].text not in {".", "-"} and not titles.lookup(token.text):
            yield Span(doc, token.i, token.i + 1, "PERSON")
        elif start < token.i and country_of(doc[start : token.i + 1].text, "", setting.on):
            yield Span(doc, start, token.i + 1, "PERSON")


def _named_by_post(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """Who is named right behind a post, where a telegram's capitals hid the name from the recogniser: "CHARGE ABEBE CALLED"."""
    if doc._.setting is None or doc._.setting.kind is not Kind.CABLE:
        return
    taken = {i for span in spans for i in range(span.start, span.end)}
    persons = {span.start: span.end for span in spans if span.label_ == "PERSON"}
    for span in spans:
        end = span.end
        if span.label_ != "TITLE" or doc[end - 1].whitespace_ != " " or _headed(doc, span):
            continue
        while end < min(span.end + MOST_GIVEN, len(doc)) and end not in taken and _like_name(doc[end]):
            end += 1
        named = doc[span.end : end].text
        if end == span.end or countries.lookup(named) or organisations.lookup(named):
            continue
        yield Span(doc, span.end, persons.get(end, end), "PERSON")


def _like_name(token: Token) -> bool:
    """Whether a word can only be a name: no list has it, and it ends as no verb."""
    return (
        token.is_title
        and token.is_alpha
        and len(token) > 2
        and not token.text.endswith(("ed", "ing", "ly", "ion", "ions", "ment"))
        and token.lower_ not in NO_PART
        and post(token.text) is None
        and city(token.text) is None
    )


def _goes_before(token: Token) -> bool:
    """Whether a token can belong to the name that the next one ends."""
    return (token.is_title and token.is_alpha) or token.lower_ in PARTICLES or token.text == "-"


def _repeated(doc: Doc, spans: list[Span]) -> Iterable[Span]:
    """A surname that is a person's once is a person's wherever it stands alone; words between "Mr" and lower case are one."""
    labels: dict[str, Counter[str]] = {}
    for span in spans:
        labels.setdefault(span[-1].text, Counter())[span.label_] += 1
    surnames = {
        word for word, seen in labels.items()
        if seen.most_common(1)[0][0] == "PERSON" and len(word) > 3 and word[0].isupper() and word.isalpha() and not countries.lookup(word)
    }  # fmt: skip
    taken = {i for span in spans for i in range(span.start, span.end)}
    for token in doc:
        if token.i in taken:
            continue
        if token.text in surnames and not doc[max(token.i - 1, 0)].text.istitle():
            yield Span(doc, token.i, token.i + 1, "PERSON")
        elif token.lower_ in LEADING and token.is_title:
            end = token.i + 1
            while (
                end < len(doc)
                and end not in taken
                and end - token.i <= 4
                and doc[end].is_title
                and doc[end].text[0].isalpha()
            ):
                end += 1
            if end > token.i + 1:
                yield Span(doc, token.i, token.i + 1, "TITLE")
                yield Span(doc, token.i + 1, end, "PERSON")
