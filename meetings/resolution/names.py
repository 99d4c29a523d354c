"""Names: their folded forms, and whether two of them may mean one person. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from anyascii import anyascii
from rapidfuzz.distance import DamerauLevenshtein

# Common ways of writing one sound, brought to one letter group after transliteration, so that
# Lavrov, Lawrow and Лавров, or Youssouf and Yusuf, share a form.
_SOUNDS = (
    (r"tch|tsch|cz", "ch"), (r"sch|sz", "sh"), (r"kh", "h"), (r"ph", "f"), (r"ts|tz", "c"), (r"ck|q", "k"), (r"w", "v"), (r"ou|oo", "u"),
    (r"ee", "i"), (r"j|y(?=[aeiou])|iy|yi|y", "i"), (r"x", "ks"), (r"ii+", "i"), (r"ff+", "f"), (r"([bcdfghklmnprstvz])\1", r"\1"),
)  # fmt: skip
_SOUNDS = tuple((re.compile(pattern), plain) for pattern, plain in _SOUNDS)

# Words that stand before a name, or after its comma, and are no part of it.
HONORIFICS = frozenset(
    "mr mrs ms miss mme madame mlle monsieur herr frau senor senora dr sir lord lady dame prof professor hon honorable rt right rev reverend "
    "excellency his her majesty highness royal imperial king queen crown prince princess emperor empress shah sultan sheikh sheik emir pope "
    "cardinal archbishop bishop viscount vicount count countess baron baroness marquis freiherr graf president premier prime minister taoiseach "
    "foreign secretary chancellor senator sen congressman rep representative ambassador amb charge governor justice judge chairman vice deputy acting "
    "former then later elect designate general gen lieutenant lt major maj brigadier brig field marshal air admiral adm rear commander commodore captain capt "
    "colonel col sergeant warrant officer comrade the of and".split()
)
_WOMEN = frozenset("mrs ms miss mme madame mlle frau senora lady dame queen princess empress countess baroness".split())
_MEN = frozenset("mr monsieur herr senor sir lord king prince emperor shah sultan pope cardinal baron count".split())

SUFFIXES = {"jr": "jr", "sr": "sr", "ii": "ii", "2nd": "ii", "iii": "iii", "3rd": "iii", "iv": "iv", "4th": "iv"}
# Numbers of popes and kings, at the end of a name without a comma; "Lev, V." is an initial.
_REGNAL = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xxiii".split())

# Articles and prepositions of surnames: left out as often as written.
PARTICLES = frozenset(
    "al el ul ad as ash de del della di da dos das do du la le van von der den zu und y bin ibn ben bint".split()
)

# Short forms of given names that do not begin as the name does; those that do need no list.
_SHORT = {
    short: frozenset(full.split("/"))
    for short, full in (
        pair.split("=")
        for pair in (
            "bill=william billy=william will=william bob=robert bobby=robert dick=richard rick=richard jim=james jimmy=james jamie=james jack=john "
            "johnny=john joe=joseph mike=michael tony=anthony/antonio ted=edward/theodore ned=edward ed=edward/edwin/edmund teddy=theodore/edward "
            "chuck=charles charlie=charles hank=henry harry=henry/harold larry=lawrence jerry=gerald/jerome/jeremiah/jerrold jeff=geoffrey "
            "steve=stephen/steven andy=andrew drew=andrew dave=david jake=jacob kate=katherine/catherine betty=elizabeth beth=elizabeth "
            "liz=elizabeth peggy=margaret maggie=margaret sandy=alexander/alexandra sasha=aleksandr hal=harold/henry gene=eugene chet=chester "
            "bert=albert/herbert/robert bernie=bernard mac=malcolm pat=patrick/patricia phil=philip/phillip rod=roderick ron=ronald ray=raymond "
            "stan=stanley vin=vincent walt=walter wes=wesley zbig=zbigniew val=valdemar/valentine mickey=michael nick=nicholas/nikolai "
            "pepe=jose paco=francisco lech=leszek kolya=nikolai misha=mikhail volodya=vladimir"
        ).split()
    )
}

SAME = 0.55  # likeness from which two names may mean one person


# Forms


def fold(text: str) -> str:
    """Lower-case ASCII words with single spaces: ``"Jean-Yves Le  Drian"`` → ``"jean yves le drian"``, ``"Лавров"`` → ``"lavrov"``."""
    text = anyascii(text).lower().replace("'", "").replace("`", "")
    return " ".join(re.findall(r"[a-z0-9]+", text))


@lru_cache(maxsize=1 << 16)
def sounded(token: str) -> str:
    """A folded word with its spelling variants brought together: ``"lawrow"`` and ``"lavrov"`` → ``"lavrov"``."""
    for pattern, plain in _SOUNDS:
        token = pattern.sub(plain, token)
    return token


def trigrams(text: str) -> list[str]:
    """The distinct three-letter pieces of each folded word, its edges marked, sorted: what the candidate index holds."""
    pieces: set[str] = set()
    for word in fold(text).split():
        padded = f"  {sounded(word)} "
        pieces.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return sorted(pieces)


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken apart: its folded words without titles, those before a comma as ``family``, Jr and the like apart.

    ``beside`` are words in brackets or quotation marks: a nickname, a party, another spelling.
    """

    words: tuple[str, ...]
    family: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    suffix: str = ""
    woman: bool = False
    man: bool = False

    @property
    def whole(self) -> list[str]:
        """The words that are more than an initial or a particle; particles too where there is nothing else."""
        return [word for word in self.words if len(word) > 1 and word not in PARTICLES] or whole(self.words)

    @property
    def full(self) -> bool:
        """Whether it has two whole words, so that it can name somebody by itself."""
        return len(self.whole) > 1

    @property
    def bare(self) -> bool:
        """Whether it is one word, without even an initial."""
        return not self.full and all(len(word) > 1 for word in self.words)


def whole(words: Iterable[str]) -> list[str]:
    """Those that are more than an initial."""
    return [word for word in words if len(word) > 1]


_PIECES = re.compile(r"[a-z0-9]+|[,;()\[\]\"]")


def parse(name: str) -> Form:
    """``"Eisenhower, Major John S. D., Jr."`` → words eisenhower john s d, family eisenhower, suffix jr."""
    parts: list[list[str]] = [[]]
    beside: list[str] = []
    brackets = False
    suffix = ""
    for piece in _PIECES.findall(anyascii(name).lower().replace("'", "").replace("`", "")):
        if piece in ",;":
            parts.append([])
        elif piece == '"':
            brackets = not brackets
        elif piece in "([":
            brackets = True
        elif piece in ")]":
            brackets = False
        elif piece in SUFFIXES and (parts[0] or len(parts) > 1):
            suffix = SUFFIXES[piece]
        elif brackets:
            beside.append(piece)
        else:
            parts[-1].append(piece)
    if not suffix and len(parts) == 1 and len(parts[0]) > 1 and parts[0][-1] in _REGNAL:
        suffix = parts[0].pop()
    said = {word for part in parts for word in part if word in HONORIFICS}
    bare = [untitled(part, after_comma=n > 0) for n, part in enumerate(parts)]
    if not any(bare[1:]) or not whole(bare[0] or parts[0]):
        family: list[str] = []
    else:
        family = bare[0] = bare[0] or parts[0]  # Major, John
    words = [word for part in bare for word in part]
    words = words or [word for part in parts for word in part] or beside
    return Form(
        tuple(words),
        tuple(family),
        tuple(word for word in beside if word not in words and word not in HONORIFICS),
        suffix,
        not said.isdisjoint(_WOMEN),
        not said.isdisjoint(_MEN),
    )


def untitled(words: list[str], after_comma: bool = False) -> list[str]:
    """Without the titles that open it, and, after a comma, those that end it."""
    first, last = 0, len(words)
    while first < last and words[first] in HONORIFICS:
        first += 1
    while after_comma and first < last and words[last - 1] in HONORIFICS:
        last -= 1
    return words[first:last]


def spellings(form: Form) -> list[Form]:
    """The name, and the one in brackets if that is whole: Zhou Enlai (Chou En-lai)."""
    return [form, Form(form.beside)] if len(whole(form.beside)) > 1 else [form]


def tokens(name: str) -> list[str]:
    """The folded words of a name without titles, Jr and the like; all words when nothing else is left."""
    return list(parse(name).words)


# Comparison


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two names may mean one person, 0 to 1, with the reasons as a reader may be shown them."""

    score: float
    reasons: tuple[str, ...]

    @property
    def same(self) -> bool:
        return self.score >= SAME

    def __str__(self) -> str:
        return "; ".join(self.reasons)


def written(*words: str) -> str:
    """Folded words of a name as a reader may be shown them."""
    return " ".join(
        word.upper()
        if word in _REGNAL - {"i", "v", "x"}
        else f"{word.upper()}."
        if len(word) == 1
        else word.capitalize()
        for word in words
    )


def same_name(one: str, other: str) -> bool:
    """Whether two names may mean one person."""
    return likeness(one, other).same


def likeness(one: str, other: str) -> Likeness:
    """How far two names may mean one person; of one with another spelling in brackets, how far the better spelling does."""
    ours, theirs = parse(one), parse(other)
    found = compare(ours, theirs)
    if found.same or not (ours.beside or theirs.beside):
        return found
    return max((compare(a, b) for a, b in product(spellings(ours), spellings(theirs))), key=lambda each: each.score)


def compare(one: Form, other: Form) -> Likeness:
    """How far two names agree, word by word in any order.

    Each word of the shorter name must agree with one of the longer: be the same, sound the same, differ by a slip or in its
    vowels, be its short form or its initial. They are told apart by words that each has and the other lacks, though an initial
    would fit (Richard Burr, Richard B. Cheney), by Jr against III, by Mrs against Mr, and by surnames (words before a comma)
    that do not meet.
    """
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return Likeness(0.0, (f"{written(one.suffix)} is not {written(other.suffix)}",))
    if (one.woman and other.man) or (one.man and other.woman):
        return Likeness(0.0, ("a man's title and a woman's",))
    pairs, ours, theirs = aligned(one.words, other.words)
    if found := spelled_together(ours, theirs):
        pairs, ours, theirs = [*pairs, found], [], []
    ours, theirs = beyond(ours, other.beside), beyond(theirs, one.beside)
    initials = [pair for pair in pairs if not pair.whole]
    lacked = whole(ours + [pair.one for pair in initials]), whole(theirs + [pair.other for pair in initials])
    if (ours and theirs) or all(lacked):
        ours, theirs = (ours, theirs) if ours and theirs else lacked
        return Likeness(0.0, (f"{written(*ours)} is not {written(*theirs)}",))
    if not any(pair.strong and (pair.one not in PARTICLES or pair.one in one.whole) for pair in pairs):
        return Likeness(0.0, ("no word in common",))
    if not meet(one, other, pairs):
        return Likeness(0.0, ("the surnames differ",))
    score = 1.0
    for pair in pairs:
        score *= pair.quality
    reasons = tuple(pair.reason for pair in pairs if pair.reason)
    missing = len(ours) + len(theirs)
    if missing:
        score *= 0.98**missing
        reasons = (*reasons, f"only one has “{written(*ours, *theirs)}”")
    if one.bare or other.bare:
        score *= 0.7
        reasons = (*reasons, "only a surname")
    return Likeness(score, reasons or ("the same name",))


@dataclass(frozen=True, slots=True)
class Agreement:
    """A word of one name that stands for a word of the other, and how well, 0 to 1."""

    one: str
    other: str
    quality: float
    reason: str = ""

    @property
    def whole(self) -> bool:
        """Neither is an initial."""
        return len(self.one) > 1 and len(self.other) > 1

    @property
    def strong(self) -> bool:
        return self.whole and self.quality >= 0.9


def aligned(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[list[Agreement], list[str], list[str]]:
    """The words of two names that agree, best agreements first, and what each has over."""
    pairs, ours, theirs = [], [], list(other)
    for word in one:
        if word in theirs:
            theirs.remove(word)
            pairs.append(Agreement(word, word, 1.0))
        else:
            ours.append(word)
    if ours and theirs:
        found = [each for word, candidate in product(ours, theirs) if (each := agreement(word, candidate))]
        for each in sorted(found, key=lambda pair: -pair.quality):
            if each.one in ours and each.other in theirs:
                ours.remove(each.one)
                theirs.remove(each.other)
                pairs.append(each)
    return pairs, ours, theirs


def agreement(one: str, other: str) -> Agreement | None:
    """Whether two different folded words of names stand for each other, and how well."""
    short, long = sorted((len(one), len(other)))
    if short == 1:
        return (
            Agreement(one, other, 0.85, f"{written(one)} for {written(other)}")
            if one[0] == other[0] and long > 1
            else None
        )
    if short < 3 and (one in PARTICLES or other in PARTICLES):
        return None
    if sounded(one) == sounded(other):
        return Agreement(one, other, 0.97, f"{written(one)} sounds like {written(other)}")
    if other in _SHORT.get(one, ()) or one in _SHORT.get(other, ()):
        return Agreement(one, other, 0.9, f"{written(one)} and {written(other)} are forms of one name")
    if short >= 5 and DamerauLevenshtein.distance(one, other, score_cutoff=2) <= (1 if short < 8 else 2):
        return Agreement(one, other, 0.92, f"{written(one)} is close to {written(other)}")
    if short >= 3 and (one.startswith(other) or other.startswith(one)):
        return Agreement(one, other, 0.8, f"{written(one)} and {written(other)} begin alike")
    if short >= 4 and skeleton(one) == skeleton(other):
        return Agreement(one, other, 0.85, f"{written(one)} and {written(other)} differ in vowels")
    return None


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The consonants of a word as sounded, and whether it begins with a vowel."""
    sound = sounded(word)
    return ("a" if sound[0] in "aeiou" else sound[0]) + re.sub(r"[aeiouh]", "", sound[1:])


def beyond(words: list[str], beside: tuple[str, ...]) -> list[str]:
    """Words that are no particles and do not stand in the other name's brackets."""
    return [word for word in words if word not in PARTICLES and word not in beside]


def spelled_together(ours: list[str], theirs: list[str]) -> Agreement | None:
    """Rose Mary for Rosemary."""
    if not (ours and theirs) or len(ours) == len(theirs) == 1:
        return None
    one, other = "".join(ours), "".join(theirs)
    if min(len(one), len(other)) > 4 and sounded(one) == sounded(other):
        return Agreement(" ".join(ours), " ".join(theirs), 0.95, f"{written(*ours)} is {written(*theirs)} as one word")
    return None


def meet(one: Form, other: Form, pairs: list[Agreement]) -> bool:
    """Whether a surname that is told as such agrees; where order is untold a lone word is the first or the last."""
    agreed = [(set(pair.one.split()), set(pair.other.split())) for pair in pairs if pair.whole]
    if one.family and other.family and len(agreed) == len(one.words) == len(other.words) > 1:
        return True  # every word agrees, and somebody put the comma in the wrong place
    if one.family or other.family:
        ours, theirs = set(one.family or one.words), set(other.family or other.words)
        return any(word <= ours and counterpart <= theirs for word, counterpart in agreed)
    if min(len(one.words), len(other.words)) == 1:
        ours, theirs = {one.words[0], one.words[-1]}, {other.words[0], other.words[-1]}
        return any(word <= ours and counterpart <= theirs for word, counterpart in agreed)
    return True
