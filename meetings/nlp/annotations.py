"""What the components write on a Doc, and for whom. Token indices are the Doc's; text offsets are the flow's."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from meetings.authorities import organisations
from meetings.nlp.dates import When
from meetings.records import Attendance, Medium, StatementKind, Status


@dataclass(slots=True)
class Party:
    """Someone the document speaks of: a named person, or a role or a group that it does not name."""

    name: str | None = None
    role: str = ""
    country: str | None = None
    organisation: str | None = None
    group: bool = False  # several people: "embassy officers"
    abroad: bool = False  # named beside holders of the same post in other countries: no default country
    own: bool = False  # of the document's author: "I", "us", "poloff"
    addressed: bool = False  # to whom the document is written: "you"
    across: str | None = None  # country of a counterpart, which is not this one's
    likely: dict[str, float] = field(default_factory=dict)  # country → probability, where the text does not say it

    @property
    def international(self) -> bool:
        """Whether someone is of a body of several states."""
        return bool(self.organisation and organisations.lookup(self.organisation))


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``[start:end)`` with title, nationality and apposition; ``party`` indexes ``doc._.parties``."""

    start: int
    end: int
    party: int
    possessive: bool = False
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class TimeMention:
    start: int
    end: int
    text: str
    when: When | None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    start: int
    end: int
    name: str
    country: str | None
    precision: str  # city, country, building, region
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class IssueMention:
    """``text[start:end]`` of the flow, an alias of the topic tree or a noun phrase; ``key`` is empty where it holds no alias.

    ``broad``: an alias that names its issue only where the text says that it was talked about.
    """

    start: int
    end: int
    name: str
    mention: str
    key: str = ""
    rule: str = "issues.tree/1"
    broad: bool = False


@dataclass(slots=True)
class Encounter:
    """What one sentence tells of a meeting, and after grouping, what all of them tell."""

    rule: str
    sentences: list[int]  # that tell it, by index in ``doc._.sentences``
    parties: dict[int, Attendance]
    status: Status = Status.HELD
    medium: Medium | None = None
    when: When | None = None
    time: str | None = None
    place: PlaceMention | None = None
    place_inferred: bool = False
    span: tuple[int, int] = (0, 0)  # tokens of the wording that gave it
    tellings: list[tuple[int, int]] = field(default_factory=list)  # tokens of the words that tell it, in every sentence
    date_span: tuple[int, int] | None = None
    strength: float = 0.5
    main: bool = False  # what the whole document is about
    separate: bool = False  # told as another one: "a separate meeting", "their last meeting"
    follows: bool = False  # "then met": on the day and at the place of the encounter told before, unless said otherwise
    mentioned: dict[int, tuple[int, int]] = field(default_factory=dict)  # party → tokens that name it as taking part
    cues: frozenset[str] = frozenset()  # what the wording shows, by the names that ``triggers.cues.of`` gives
    features: dict[str, float] = field(default_factory=dict)  # what ``confidence`` is computed from
    confidence: float = 0.0  # probability that this is a meeting
    presence: dict[int, float] = field(default_factory=dict)  # party → how likely it took part (0 to 1)


@dataclass(frozen=True, slots=True)
class StatementMention:
    """``text[start:end]`` of the flow."""

    start: int
    end: int
    kind: StatementKind
    party: int | None
    sentence: int
    rule: str
    confidence: float


def register() -> None:
    """Declare the Doc extensions that the components share. May be called again."""
    for name in ("flow", "setting"):
        Doc.set_extension(name, default=None, force=True)
    for name in ("parties", "mentions", "times", "places", "issue_mentions", "encounters", "statement_mentions"):
        Doc.set_extension(name, default=[], force=True)
