"""The passages behind a value, as they stand beside its field: each quote leads to its place in the document."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from ..models import Evidence, Meeting
from ..presentation.claims import Claims
from ..presentation.passages import anchor

SHOWN = 3
TEXTS = ("revision__text", "revision__names", "revision__sketch")  # large, and not shown beside a field
LENGTH = 160  # characters of a quote


def place(evidence: Evidence) -> str:
    """The address of a quote's paragraph. ``evidence`` comes from ``with_passage``."""
    address = evidence.revision.document.get_absolute_url()
    return address if evidence.passage_order is None else f"{address}#{anchor(evidence.passage_order)}"


def paragraph(evidence: Evidence) -> str:
    return f"¶{evidence.passage_number}" if evidence.passage_number else "passage"


def cited(evidence: Evidence) -> SafeString:
    document = evidence.revision.document
    return format_html(
        '<q>{}</q> <a href="{}" title="{}, by {}, {} sure">{}, {}</a>',
        Truncator(" ".join(evidence.quote.split())).chars(LENGTH),
        place(evidence),
        document,
        evidence.rule,
        f"{evidence.confidence:.0%}",
        document.identifier or Truncator(str(document)).chars(40),
        paragraph(evidence),
    )


def quotes(evidence: Sequence[Evidence]) -> str | SafeString:
    """The surest passages, each document's first; a sentence when there are none."""
    if not evidence:
        return "No passage: decided by an editor, or not told."
    shown = list({row.revision_id: row for row in reversed(evidence)}.values())[::-1][:SHOWN]
    rest = len(evidence) - len(shown)
    more = format_html("<li>and {} more</li>", rest) if rest else ""
    items = format_html_join("", "<li>{}</li>", ((cited(row),) for row in shown))
    return format_html('<ul class="quotes">{}{}</ul>', items, more)


def claims_of(meeting: Meeting) -> Claims:
    """All the passages behind a meeting, looked up once for the fields and rows of its page."""
    if hasattr(meeting, "claims_on_page"):
        return meeting.claims_on_page
    accounts = list(meeting.accounts.all())
    evidence = Evidence.objects.filter(account__meeting=meeting, statement=None).with_passage()
    evidence = evidence.select_related("revision__document", "participant", "issue").defer(*TEXTS)
    meeting.claims_on_page = Claims.of(meeting, accounts, evidence)
    return meeting.claims_on_page
