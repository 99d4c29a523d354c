"""Page numbers, running heads and feet: what stands at the edges of a printed page and cuts its sentences.

Files with pages say where the edges are. In a text file, such as a scan's, only an explicit mark does ("- 3 -", "Page 1 of 2",
a form feed).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from meetings.readers.layout import lines
from meetings.readers.reading import Spans

EDGE_LINES = 2  # running heads and feet stand among a page's first and last lines
REPEATS = 3  # a line that recurs on so many pages, and on at least half, is a running head
NUMBER = re.compile(r"(?:page )?[-–—\[(]{0,2}\s?\d{1,4}\s?[-–—\])]{0,2}(?: (?:of|/) \d{1,4})?", re.IGNORECASE)
# A number that says itself that it is a page's; beside it, parted by columns, a running head may stand.
MARK = re.compile(
    r"(?:\S.{0,60}\s{3,60})?(?:[-–—]\s?\d{1,4}\s?[-–—]|[\[(]?(?:page|p\.) \d{1,4}(?: ?(?:of|/) ?\d{1,4})?[\])]?)(?:\s{3,60}\S.{0,60})?",
    re.IGNORECASE,
)
FORM_FEED = "\f"
LONGEST = 80  # characters of a running head


def shape(line: str) -> str:
    """The line with its digits made alike, as it recurs from page to page."""
    return re.sub(r"\d+", "#", line).lower()


def repeated(pages: Sequence[Sequence[str]]) -> set[str]:
    """Shapes of lines that stand at the edge of at least half of the pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({shape(line) for line in [*page[:EDGE_LINES], *page[-EDGE_LINES:]]})
    return {each for each, count in counts.items() if count >= REPEATS and 2 * count >= len(pages)}


def marked(text: str) -> Spans:
    """The lines of a text without pages that are page marks, and the running heads that recur beside them."""
    found = lines(text)
    marks = [n for n, line in enumerate(found) if len(line.text) < 2 * LONGEST and MARK.fullmatch(line.text)]
    fed = [n for n, line in enumerate(found) if FORM_FEED in text[found[n - 1].end if n else 0 : line.start]]
    edges = [(n - 1, n + 1) for n in marks] + [(n - 1, n) for n in fed]
    beside = {n for edge in edges for n in edge if 0 < n < len(found) and len(found[n].text) < LONGEST}
    counts = Counter(shape(found[n].text) for n in beside)
    heads = {n for n in beside if counts[shape(found[n].text)] >= REPEATS and not found[n].ends_sentence}
    return tuple((found[n].start, found[n].end) for n in sorted({*marks, *heads}))
