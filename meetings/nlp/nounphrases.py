"""Noun phrases of running text, found without a parser: runs of words between those that can stand in none."""

from __future__ import annotations

import re
from collections.abc import Iterator

WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_][\w.’'/&-]*\w|\w|[^\w\s]|\n+")
# Function words, verbs of speaking and doing, and adverbs: a phrase ends before one and begins after it.
OUTSIDE = frozenset(
    """
    a an the this that these those his her its their our my your some any no every each either neither both all such what
    which who whom whose he she it they we i you him them us me himself herself itself themselves one ones there here
    and or but nor so yet if because although though while whereas unless until since when where why how whether as than
    then in on at by from with without within into onto upon about against between among amid through throughout during
    before after above below over under toward towards across along around behind beyond despite except near off out
    regarding concerning via per like of to for
    is are was were be been being am has have had having do does did done doing will would shall should can could may
    might must ought need needs cannot not also only just very too even still already again always never ever often soon
    later now today yesterday tomorrow more most less least much many few several other another same own well away back up
    down further once twice however therefore thus moreover furthermore indeed perhaps rather quite especially
    particularly including include includes included
    said says say saying told tell tells asked ask asks stated states noted notes added adds stressed stresses emphasized
    emphasised emphasizes underscored underscores underlined highlighted highlights discussed discuss discussing discusses
    reviewed raised welcomed welcomes expressed reaffirmed reiterated agreed thanked explained replied suggested proposed
    argued urged warned hoped believed thought felt considered wanted wished pointed mentioned referred indicated described
    called made make makes making took take takes taken taking gave give given gives got get went go goes going came come
    comes coming saw see seen knew know known met meet meets meeting meetings spoke speak held hold became become becomes
    seemed seem appeared appear remained remain continued continue began begin begun started ended kept keep put set let
    left brought bring found find used use using worked work working sought seek seeking want wants wish hope hopes believe
    believes think thinks feel feels agree agrees look looking looked forward
    address addressing threaten handle handling achieve ensure provide improve increase reduce resolve prevent hold join help support supports supporting
    mr mrs ms dr sir regard respect order view terms light connection response part addition case
    """.split()
)
VERBAL = re.compile(r"[a-z]+(?:i[sz]ed?|i[sz]ing|ify|ified|ly)|[a-z]{3,}ed")
NOT_VERBAL = frozenset(
    "united armed shared increased limited proposed occupied displaced detained alleged unified speed seed feed enriched allied".split()
)
PREPOSITIONS = frozenset("of on in for to with between against".split())
JOINING = PREPOSITIONS | {"and"}
PASSING = frozenset(
    "current recent ongoing continued continuing possible various further new growing full".split()
)  # adjectives that name nothing
ARTICLES = frozenset("a an the its their his her our".split())
# Nouns that head a subject of talks, nouns for people and bodies, and nouns that say little by themselves.
SUBJECT_NOUNS = frozenset(
    """
    agreement agreements aid assistance agenda aggression accession attack attacks ban blockade border cease-fire ceasefire change claim claims
    commission compensation conference conflict control controls cooperation co-operation corruption crime crisis debt defence
    defense democracy deployment development disarmament dispute election elections embargo energy enlargement environment
    exports fisheries fraud freedom freedoms growth health immigration imports independence industry inflation investment
    law legislation limits market migration negotiations oil peace piracy plan policies policy prices prisoners
    proliferation protection quota quotas reconstruction recognition reform reforms refugees relations relationship
    representation restrictions rights sanctions security settlement situation sovereignty stability status tariff tariffs tensions
    terrorism trade trafficking training treaty unification unity violence visas visit war weapons withdrawal
    """.split()
)
PEOPLE_NOUNS = frozenset(
    """
    officials people leaders leader minister ministers president government governments secretary ambassador delegation members
    member forces authorities countries country nations states representatives colleagues counterpart partners allies
    officers embassy ministry department office side sides party parties king chairman men women friends staff team group
    """.split()
)
VAGUE_NOUNS = frozenset(
    """
    fact point points way ways view views question questions issue issues matter matters interest interests opportunity
    importance role effort efforts step steps time times day days week weeks month months year years number range series
    part areas area discussion discussions conversation conversations talk statement letter reply remarks comments words
    information report paper note thing things problem problems reason reasons place position attitude success
    possibility need basis course end hand line example result support commitment progress challenges meeting today
    """.split()
)
LONGEST = 6  # words of a run
LONGEST_JOINED = 8  # words of runs that prepositions join
MOST_JOINED = 3  # runs in one phrase


def noun_phrases(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the phrases of one sentence ``text[start:end]``, shorter ones inside longer ones included.

    "talks on missile defense" gives "talks", "talks on missile defense" and "missile defense"; "Spain's rules" also "rules".
    """
    words = [(found[0], found.start(), found.end()) for found in WORD.finditer(text, start, end)]
    runs = list(_runs([word for word, _, _ in words]))
    for n, (first, last) in enumerate(runs):
        if last - first < LONGEST:
            yield words[first][1], words[last][2]
            owner = next((k for k in range(first, last) if words[k][0].endswith(("'s", "’s", "s'", "s’"))), None)
            if owner is not None:
                yield words[owner + 1][1], words[last][2]
        for following, (begin, finish) in enumerate(runs[n + 1 : n + MOST_JOINED], n):
            gap = [word.lower() for word, _, _ in words[runs[following][1] + 1 : begin]]
            linked = gap and gap[0] in JOINING and all(word in ARTICLES for word in gap[1:])
            if not linked or finish - first >= LONGEST_JOINED or (gap[0] == "and" and len(gap) > 1):
                break
            yield words[first][1], words[finish][2]


def _runs(words: list[str]) -> Iterator[tuple[int, int]]:
    """First and last index of each run of words that can stand in one noun phrase."""
    first = None
    for n, word in enumerate([*words, "."]):
        low = word.lower()
        if low.endswith(("'s", "’s")) and n + 1 < len(words) and words[n + 1].lower() in OUTSIDE:
            low = "of"  # "Iran's" with nothing after it
        inside = word[0].isalnum() and low not in OUTSIDE and (low in NOT_VERBAL or not VERBAL.fullmatch(low))
        if inside and first is None:
            first = None if low in PASSING else n
        elif not inside and first is not None:
            yield first, n - 1
            first = None


def head(phrase: str) -> str:
    """The noun that the phrase is built on, in small letters: "talks" of "trade talks on steel"."""
    words = phrase.split()
    end = next((n for n, word in enumerate(words) if word in JOINING), len(words))
    return words[max(end, 1) - 1].lower()
