"""When each meeting took place: of the dates that the document tells, the one that is likeliest the meeting's, or none."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice, pairwise

from spacy.language import Language
from spacy.tokens import Doc

from meetings.nlp import circumstances
from meetings.nlp.annotations import Encounter, TimeMention
from meetings.nlp.circumstances import Page
from meetings.nlp.dates import NUMBERS, When, day_of, resolve
from meetings.nlp.incumbents import country_of
from meetings.nlp.setting import Setting
from meetings.records import Kind, Label, Status

LEAST = 0.25  # probability below which no date is given
EXPRESSIONS = (
    ("today", re.compile(r"\b(?:today|this (?:morning|afternoon|evening)|tonight|earlier today)\b", re.IGNORECASE)),
    ("yesterday", re.compile(r"\b(?:yesterday|last (?:night|evening))\b", re.IGNORECASE)),
    (
        "counted",
        re.compile(r"\b(?:same|previous|preceding|following|next|later|earlier|before|after)\b", re.IGNORECASE),
    ),
    ("ago", re.compile(r"\bago\b", re.IGNORECASE)),
    ("last", re.compile(r"\b(?:last|past|this|current)\b", re.IGNORECASE)),
    ("weekday", re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)),
)
# Words right before the date of something else: "since May 3", "the treaty signed on May 3".
OF_OTHERS = frozenset("since until signed dated born elected our your".split())
# "The evening of May 3", "the week of May 3", unlike "the letter of May 3".
OF_TIME = frozenset("morning afternoon evening night day days week weekend month beginning end middle".split())
OF_WHICH = frozenset("the its their our this that".split())
NOUNS = frozenset({"NN", "NNS"})
NOMINAL = NOUNS | {"JJ", "NNP", "NNPS"}
# Another thing that somebody did, right before a verb: "left May 3 and will see".
THEN = frozenset(("and", word) for word in "will would is are was were has had plans intends expects hopes".split())
SAYING = frozenset("say tell announce report state add note confirm explain remark write declare reveal quote".split())
PAST = frozenset({"VBD", "VBN"})
AUXILIARY = 4  # words between "had" and its participle, or what tells the meeting
DATED_BY_SENDING = frozenset({Kind.NEWS, Kind.READOUT, Kind.CABLE})  # a record may be dated by what it was filed with
# "Ended three days of talks", "opened a two-day summit".
SEVERAL = rf"(?P<days>{'|'.join(list(NUMBERS)[2:])}|[2-9])(?: - | )days?"
LASTING = re.compile(
    r"\b(?:(?P<begun>beg[aiu]n\w*|open\w*|start\w*)|end(?:ed|s|ing)?|clos\w+|conclud\w+|complet\w+|finish\w+|wound up|after)\b"
    rf"[^.;:]{{0,25}}?\b{SEVERAL} (?:of )?(?:[a-z]+ ){{0,2}}"
    r"(?:talks|meetings?|conference|negotiations|summit|discussions|conversations|visit|session)\b"
)
# "Had negotiated for five days": until the day that is known.
FOR_DAYS = re.compile(
    rf"\b(?:negotiat\w+|talk(?:s|ed)|conferred|met|discuss\w+|conversations?)\b[^.;:]{{0,20}}? for (?:nearly |almost |some )?{SEVERAL}\b"
)
# "The talks, which opened on September 9, ended yesterday."
OPENED = frozenset({"opened", "began", "started"})
ENDED = frozenset({"ended", "closed", "concluded", "finished"})
OPENING, ENDING = 8, 3  # words before a date in which one of these stands
LONGEST_TALKS = 31  # days
LONGEST_STAY = 12  # words after those that tell the meeting
REACH, CLOSE = 40, 8  # words between a date and what tells a meeting strongly, or weakly
WEAK = 0.5
# When it was is left open.
VAGUELY = re.compile(
    r"\b(?:recently|lately|the other day|(?:some|a short|a long|a) (?:time|while) ago|some (?:weeks|months|days) ago|in the past|on (?:various|several|many) occasions|in recent (?:days|weeks|months))\b"
)
AROUND = 12  # words
RECALLED = frozenset(
    "last previous previously earlier recent recently had since ago already before former prior".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that may be a meeting's; ``span`` is None for the document's own date."""

    when: When
    span: tuple[int, int] | None
    features: frozenset[str]


@Language.component(
    "dating", requires=["doc._.encounters", "doc._.times"], assigns=["doc._.encounters", "doc._.parties"]
)
def dating(doc: Doc) -> Doc:
    if doc._.setting is None or not doc._.encounters:
        return doc
    page = Page(doc)
    for encounter, leader in circumstances.in_order(doc._.encounters):
        found = candidates(page, encounter, leader)
        if sentences := _vaguely(page, encounter):
            found = [each for each in found if each.span and page.sentence(each.span[0]) in sentences]
        if _before_what_is_told(page, encounter):
            found = [each for each in found if each.span and _stands_beside(page, encounter, each.span)]
        ranked = [(circumstances.probability(each.features, "date"), each) for each in found]
        best = max(ranked, key=lambda each: each[0], default=None)
        if doc._.setting.agenda and not _beside(page, encounter, best):
            best = next(((1.0, each) for each in found if "document" in each.features), best)
        of_release = best and best[1].when.date == doc._.setting.date and "part=body" not in best[1].features
        if of_release and (journey := _days_of_journey(page, encounter, ranked)):
            best = journey
        proposal = encounter.status is Status.PROPOSED and best and best[1].when.date == doc._.setting.date
        if proposal and not _beside(page, encounter, best):
            best = None  # what is proposed is not of the day on which it is
        encounter.when, encounter.date_span = (
            (best[1].when, best[1].span) if best and best[0] >= LEAST else (None, None)
        )
        _to_come(doc, encounter)
        if whole := _from_opening_to_end(page, encounter):
            encounter.when, encounter.date_span = whole
        _lasting(doc, encounter)
    _in_office_then(doc)
    return doc


def _in_office_then(doc: Doc) -> None:
    """Whose country was guessed is of the one that a holder of that name had when they met: a text tells of years past."""
    for encounter in doc._.encounters:
        on = encounter.when and day_of(encounter.when.date)
        for party in (doc._.parties[n] for n in encounter.parties) if on else ():
            if party.likely and (country := country_of(party.name, party.role, on)):
                party.country, party.likely = country, {}


def _lasting(doc: Doc, encounter: Encounter) -> None:
    """Gives talks whose day is that of their end, or of their beginning, the days that the sentence says they took."""
    when = encounter.when
    day = day_of(when.date) if when and not when.end and encounter.status is Status.HELD else None
    if day is None:
        return
    for start, end in circumstances.spans(encounter):
        said = " ".join(token.lower_ for token in doc[start : min(end + LONGEST_STAY, len(doc))])
        found = LASTING.search(said) or FOR_DAYS.search(said)
        if not found:
            continue
        others = timedelta(days=int(NUMBERS.get(found["days"], found["days"])) - 1)
        first = day if found.groupdict().get("begun") else day - others
        encounter.when = replace(when, date=first.isoformat(), end=(first + others).isoformat())
        return


def _beside(page: Page, encounter: Encounter, best: tuple[float, Candidate] | None) -> bool:
    """Whether a candidate stands in a sentence that tells the encounter."""
    return best is not None and best[1].span is not None and _stands_beside(page, encounter, best[1].span)


def _stands_beside(page: Page, encounter: Encounter, span: tuple[int, int]) -> bool:
    told = {page.sentence(start) for start, _ in circumstances.spans(encounter)}
    return page.sentence(span[0]) in told


def _before_what_is_told(page: Page, encounter: Encounter) -> bool:
    """Whether an encounter was at a time before the one that the text tells of: "he had discussed it with the Minister"."""
    if encounter.main or encounter.status is not Status.HELD or not page.doc.has_annotation("TAG"):
        return False
    start, end = next(iter(circumstances.spans(encounter)), (0, 0))
    first = max(start - AUXILIARY, page.starts[page.sentence(start)])
    return any(
        page.words[n] == "had" and any(token.tag_ == "VBN" for token in page.doc[n + 1 : n + 1 + AUXILIARY])
        for n in range(first, end)
    )


def _days_of_journey(
    page: Page, encounter: Encounter, ranked: list[tuple[float, Candidate]]
) -> tuple[float, Candidate] | None:
    """The days of a journey that is over when a release tells of it, for a meeting that its paragraph tells on it."""
    if page.doc._.setting.kind is not Kind.READOUT or encounter.status is not Status.HELD:
        return None
    days = [
        each
        for each in ranked
        if each[1].span
        and each[1].when.date < page.doc._.setting.date
        and {"journey", "paragraph=same before", "part=body"} <= each[1].features
    ]
    return (max(days[-1][0], LEAST), days[-1][1]) if days else None


def _vaguely(page: Page, encounter: Encounter) -> set[int]:
    """The sentences that tell of an encounter, when their words leave open when it was: "he told me recently"."""
    if encounter.main or encounter.status is not Status.HELD:
        return set()
    told = {page.sentence(start): (start, end) for start, end in circumstances.spans(encounter)}
    for n, (start, end) in told.items():
        first, last = page.sentences[n]
        if not VAGUELY.search(" ".join(page.words[max(start - AROUND, first) : min(end + AROUND, last)])):
            return set()
    return set(told)


def _to_come(doc: Doc, encounter: Encounter) -> None:
    """What news, a release or a telegram dates later than itself was not held: a past tense makes the day one before it, and
    anything else the meeting planned.
    """
    setting, when = doc._.setting, encounter.when
    if encounter.status is not Status.HELD or setting.kind not in DATED_BY_SENDING or not (when and setting.date):
        return
    if not _later(when.date, setting.date):
        return
    if encounter.date_span and any(doc[start:end].root.tag_ in PAST for start, end in circumstances.spans(encounter)):
        before = resolve(doc[slice(*encounter.date_span)].text, setting.date)
        if before and not _later(before.date, setting.date):
            encounter.when = before
            return
    encounter.status = Status.PLANNED


def _later(date: str, than: str) -> bool:
    """Whether all of an EDTF date lies after another."""
    known = min(len(date), len(than))
    return date[:known] > than[:known]


def state(page: Page, encounter: Encounter) -> None:
    """Gives an encounter the date that stands beside the words that tell it, unless it has one."""
    if encounter.when is None:
        encounter.when, encounter.date_span = _from_opening_to_end(page, encounter) or (None, None)
    time = None if encounter.when else _stated(page, encounter)
    if time:
        encounter.when, encounter.date_span = _meant(page.doc, time, encounter), (time.start, time.end)


def _from_opening_to_end(page: Page, encounter: Encounter) -> tuple[When, tuple[int, int]] | None:
    """All days of talks that were held, where a sentence that tells them says when they opened and when they ended."""
    if encounter.status is not Status.HELD:
        return None
    told = dict.fromkeys(page.sentence(start) for start, _ in circumstances.spans(encounter)[: circumstances.MOST])
    return next((found for n in told if (found := _first_to_last(page, n))), None)


def _first_to_last(page: Page, sentence: int) -> tuple[When, tuple[int, int]] | None:
    """The days from that on which a sentence says that talks opened to that on which they ended, and where the last stands."""
    first: date | None = None
    for time in page.times.get(sentence, ()):
        day = day_of(time.when.date) if time.when and not time.when.end else None
        if day is None:
            continue
        before = page.words[max(time.start - OPENING, page.starts[sentence]) : time.start]
        if first and ENDED.intersection(before[-ENDING:]):
            if first < day <= first + timedelta(days=LONGEST_TALKS):
                return replace(time.when, date=first.isoformat(), end=day.isoformat()), (time.start, time.end)
        elif OPENED.intersection(before) and not ENDED.intersection(before):
            first = day
    return None


def _stated(page: Page, encounter: Encounter) -> TimeMention | None:
    def cost(time: TimeMention) -> float:
        if time.when is None or _of_others(page, time.start) or _of_a_thing(page, time):
            return math.inf
        said = _of_saying(page, time, encounter)
        far = (CLOSE if encounter.status is Status.HELD else math.inf) if said else 0
        return far + 2 * CLOSE * _of_another_clause(page, time, encounter)

    return circumstances.stated(page, encounter, page.times, cost, REACH if encounter.strength >= WEAK else CLOSE)


def _of_others(page: Page, start: int) -> bool:
    """Whether the words before a date say that it is of something else: "since May 3", "my letter of 3rd November"."""
    words = page.words[max(start - 4, 0) : start]
    if OF_OTHERS.intersection(words[-2:]):
        return True
    while words and words[-1] in {"the", ","}:
        words.pop()
    return (
        len(words) > 1
        and words[-1] == "of"
        and words[-2].isalpha()
        and words[-2] not in OF_TIME
        and not circumstances.TALK.match(words[-2])
    )


def _of_a_thing(page: Page, time: TimeMention) -> bool:
    """Whether a date says which of several things is meant that is no talk: "the March 10 bombing", "its 1955 treaty"."""
    doc, end = page.doc, time.end
    if not time.start or page.words[time.start - 1] not in OF_WHICH or not doc.has_annotation("TAG"):
        return False
    if page.words[time.start] in OF_TIME:
        return False  # "the afternoon of 3 May local time"
    while end < len(doc) and doc[end].tag_ in NOMINAL:
        end += 1
    thing = page.words[time.end : end]
    return bool(thing) and doc[end - 1].tag_ in NOUNS and not any(circumstances.TALK.match(word) for word in thing)


def candidates(page: Page, encounter: Encounter, leader: Encounter | None) -> list[Candidate]:
    """Every date told near the encounter or at the document's head, the document's own, and that of the encounter told
    before it (``leader``).
    """
    doc = page.doc
    setting = doc._.setting
    manner = circumstances.manner(page, encounter)
    own = {page.sentence(start) for start, _ in circumstances.spans(encounter)}
    near = [
        time
        for n in page.around(encounter)
        for time in page.times.get(n, ())
        if not _of_a_thing(page, time) and (n in own or not _of_what_is_to_come(setting, time, encounter))
    ]
    told = _without_said(page, encounter, [(time, when) for time in near if (when := _meant(doc, time, encounter))])
    heading = _in_heading(page, encounter, told)
    nearest = circumstances.nearest(page, encounter, [time for time, _ in told])
    times = Counter(when.date for _, when in told)
    found = [
        Candidate(
            when,
            (time.start, time.end),
            frozenset(_features(page, encounter, time, when, manner))
            | _entitled(time, heading)
            | nearest[n]
            | {f"told {min(times[when.date], 3)} times"},
        )
        for n, (time, when) in enumerate(told)
    ]
    if setting.date:
        own = frozenset(_own(page, encounter, told, manner))
        found.append(Candidate(When(setting.date, sure=False), None, own | _entitled(None, heading)))
    if leader and leader.when:
        follows = circumstances.following(page, encounter, leader) | _against(encounter, leader.when)
        found.append(Candidate(replace(leader.when, sure=False), leader.date_span, frozenset(follows)))
    return found


def _of_what_is_to_come(setting: Setting, time: TimeMention, encounter: Encounter) -> bool:
    """Whether a date of another sentence lies ahead, and the meeting has been held."""
    reported = encounter.status is Status.HELD and setting.kind in DATED_BY_SENDING and setting.date
    return bool(reported and time.when and _later(time.when.date, setting.date))


def _without_said(
    page: Page, encounter: Encounter, told: list[tuple[TimeMention, When]]
) -> list[tuple[TimeMention, When]]:
    """The dates ``told`` without those on which something was said ("a spokesman said on Tuesday"), where the sentence has another
    or tells of what is to come.
    """
    sentences = {page.sentence(start) for start, _ in circumstances.spans(encounter)}
    here = [each for each in told if page.sentence(each[0].start) in sentences]
    said = [each for each in here if _of_saying(page, each[0], encounter)]
    if encounter.status is Status.HELD and len(said) == len(here):
        return told
    return [each for each in told if each not in said]


def _of_saying(page: Page, time: TimeMention, encounter: Encounter) -> bool:
    """Whether a date hangs on a verb of saying that does not tell of the meeting itself."""
    doc = page.doc
    if not doc.has_annotation("DEP"):
        return False
    word = doc[time.start : time.end].root
    verb = next((each for each in islice(word.ancestors, 3) if each.pos_ in {"VERB", "AUX"}), None)
    return (
        verb is not None
        and verb.lemma_ in SAYING
        and not any(start <= verb.i < end for start, end in circumstances.spans(encounter))
    )


def _of_another_clause(page: Page, time: TimeMention, encounter: Encounter) -> bool:
    """Whether a date is of what was said at the meeting ("told him that … in 2012"), or of what was done before ("left May 3, and will see")."""
    for start, end in circumstances.spans(encounter):
        if page.sentence(start) == page.sentence(time.start):
            if end <= time.start:
                return "that" in page.words[end : time.start]
            between = page.words[time.end : start + 1]
            return any(pair in THEN for pair in pairwise(between))
    return False


def _against(encounter: Encounter, when: When) -> set[str]:
    if encounter.when is None:
        return {"follows, none told"}
    return {"follows, told" if encounter.when.date == when.date else "follows, another told"}


def _in_heading(page: Page, encounter: Encounter, told: list[tuple[TimeMention, When]]) -> TimeMention | None:
    """The day that the heading of a record gives its conversation."""
    if not encounter.main or page.doc._.setting.kind not in {Kind.MEMCON, Kind.OTHER}:
        return None
    return next(
        (
            time
            for time, when in told
            if day_of(when.date) and page.positions[page.sentence(time.start)].label is Label.HEADING
        ),
        None,
    )


def _entitled(time: TimeMention | None, heading: TimeMention | None) -> set[str]:
    if heading is None:
        return set()
    return {"the heading's day" if time is heading else "the heading has another"}


def _meant(doc: Doc, time: TimeMention, encounter: Encounter) -> When | None:
    if encounter.status in {Status.PLANNED, Status.PROPOSED}:
        return resolve(time.text, doc._.setting.date, future=True) or time.when
    return time.when


def _features(page: Page, encounter: Encounter, time: TimeMention, when: When, manner: set[str]) -> Iterator[str]:
    standing = circumstances.standing(page, encounter, time.start, time.end)
    where = next((each for each in standing if each.startswith("where=")), "")
    form = next((name for name, pattern in EXPRESSIONS if pattern.search(time.text)), "calendar")
    precise = "range" if when.end else ("year", "month", "day")[when.date.count("-")]
    after = page.words[time.end] if time.end < len(page.words) else ""
    yield from standing
    yield f"form={form}"
    yield f"precision={precise}"
    yield f"{where} precision={precise}"
    yield f"{where} form={form}"
    introduced = circumstances.before(page, time.start)
    yield f"before={introduced}"
    yield f"{where.split(' ')[0]} before={introduced}"
    if _of_others(page, time.start):
        yield "of others"
    beside = circumstances.talk_beside(page, encounter, time.start, time.end)
    yield beside
    if (
        after.isalpha()
        and beside == "beside no talk"
        and not circumstances.BEFORE & {after}
        and after not in {"and", "the", "with"}
    ):
        yield "of a word"
    for each in manner:
        yield f"{each} {where}"
        yield f"{each} form={form}"
        if "journey" in standing:
            yield f"{each} journey"
    own = page.doc._.setting.date
    if own:
        order = (
            "same"
            if when.date == own
            else "covers"
            if own.startswith(when.date)
            else "after"
            if when.date > own
            else "before"
        )
        yield f"document {order}"
        yield f"status={encounter.status.value} document {order}"
        if order == "before" and (a := day_of(own)) and (b := day_of(when.date)):
            yield f"before by {'week' if (a - b).days < 8 else 'month' if (a - b).days < 40 else 'more'}"
    if encounter.when:
        same = encounter.when.date == when.date and encounter.when.end == when.end
        yield "told" if same else "another told"
        if same and encounter.date_span == (time.start, time.end):
            yield "told here"
    else:
        yield f"none told {where}"


def _own(page: Page, encounter: Encounter, told: list[tuple[TimeMention, When]], manner: set[str]) -> Iterator[str]:
    setting = page.doc._.setting
    yield "document"
    yield f"document precision={('year', 'month', 'day')[setting.date.count('-')]}"
    kind = setting.kind.value
    for each in manner:
        yield f"document {each}"
        yield f"document {kind} {each}"
    if "own" in manner and encounter.status is Status.HELD:
        yield f"document {kind} own held"
    if encounter.main and encounter.status is Status.HELD:
        yield f"document {kind} main held"
    spans = circumstances.spans(encounter)
    sentences = {page.sentence(start) for start, _ in spans}
    here = [when for time, when in told if page.sentence(time.start) in sentences]
    yield f"document dates here={min(len(here), 2)}"
    if encounter.when:
        yield "document told" if encounter.when.date == setting.date else "document another told"
    else:
        yield "document none told"
        yield f"document none told kind={kind}"
    for start, end in spans[:1]:
        words = page.words[max(start - 6, 0) : end + 3]
        if any(word in RECALLED for word in words):
            yield "document recalled"
        if any(word in {"will", "would", "to", "shall"} for word in page.words[max(start - 4, 0) : start]):
            yield "document to come"
        position = page.positions[page.sentence(start)]
        yield f"document telling part={position.field or position.label.value}"
        n = page.sentence(start)
        yield f"document telling {'opening' if n == page.body else 'first paragraph' if position.paragraph == page.positions[page.body].paragraph else 'later'}"
    if not spans:
        yield "document record"
        dates = {when.date for time, when in told if page.positions[page.sentence(time.start)].label.value != "body"}
        yield f"document record headed={'same' if setting.date in dates else 'another' if dates else 'none'}"
