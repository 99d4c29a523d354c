"""The kinds of records that can be merged, by the word for them in addresses."""

from .kind import Kind
from .meetings import Meetings
from .people import People
from .places import Places
from .topics import Topics

KINDS: dict[str, Kind] = {kind.name: kind for kind in (People(), Meetings(), Topics(), Places())}
