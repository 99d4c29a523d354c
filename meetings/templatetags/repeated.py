"""What a page repeats a hundred times: rows, cells, bars and dots.

Made here, value by value, since a template takes four times as long for each; every text from outside passes ``escape``.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote_plus

from django import template
from django.db.models import Model
from django.template.defaultfilters import capfirst
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from .. import dates
from ..addresses import leading_to
from ..asking.facets import Choice
from ..asking.form import Input
from ..asking.language import Term
from ..asking.relevance import Snippet
from ..asking.resolving import identified, numbered
from ..models import Country, Issue, Meeting
from ..pictures.calendar import Month
from ..pictures.network import Node, Relation, Tie
from ..pictures.picture import Picture
from ..pictures.places import Spot
from ..presentation import questions
from ..presentation.lanes import Dot, FigureCell, Lane, YearRow
from ..wording import counted, number
from .pages import sure, topic_address
from .pictures import beside

register = template.Library()


def joined(pieces: Iterable[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 - escaped where they are made


# The form


@register.simple_tag
def form_fields(inputs: Iterable[Input]) -> SafeString:
    """The fields beside the box, each with its boxes."""
    return joined(
        f'<div class="field"><label for="field-{each.field.name}-1">{escape(each.field.label)} <code aria-hidden="true">{each.field.name}:</code></label>'
        f"{''.join(_box(each, value, place) for place, value in enumerate(each.boxes, 1))}</div>\n"
        for each in inputs
    )


def _box(each: Input, value: str, place: int) -> str:
    name, id_ = each.field.name, f"field-{each.field.name}-{place}"
    if each.choices:
        options = (
            f'<option value="{key}"{SELECTED * (key == value)}>{escape(label)}</option>' for key, label in each.choices
        )
        return f'<select id="{id_}" name="{name}"><option value="">Any</option>{"".join(options)}</select>'
    box = f'<input id="{id_}" type="text" name="{name}" value="{escape(value)}"'
    if each.suggests:
        again = f' aria-label="{escape(each.field.label)}, one more"' if place > 1 else ""
        return (
            f'<div class="combobox" data-suggest="{leading_to("suggest")}" data-field="{name}">'
            f'{box}{again} autocomplete="off" spellcheck="false" maxlength="200"></div>'
        )
    return f'{box} placeholder="2007-05" autocomplete="off" maxlength="20">'


SELECTED = " selected"

# Facets


@register.simple_tag
def choices(values: Iterable[Choice], more: bool) -> SafeString:
    """Values of a facet as the items of a list; ``more``: their numbers are lower bounds."""
    return joined(_choice(value, "+" if more else "") for value in values)


def _choice(value: Choice, plus: str) -> str:
    item, link, drop = CHOSEN if value.chosen else ("", "", "")
    code = f'<span class="iso" aria-hidden="true">{escape(value.code)}</span>' if value.code else ""
    return (
        f'<li{item}><a id="choose-{escape(value.id)}" href="{escape(value.url)}" rel="nofollow"{link}>'
        f'<span class="label">{code}{escape(value.label)}</span>'
        f'<span class="n">{number(value.count)}{plus}{drop}</span></a></li>'
    )


CHOSEN = (
    ' class="chosen"',
    ' aria-current="true"',
    '<span class="cross" aria-hidden="true"> ×</span><span class="unseen">, drop</span>',
)


@register.simple_tag
def year_bars(years: dict[int, int], counting: str = "") -> SafeString:
    """Numbers by year as bars, one unit wide for each year from the first, in a box 100 units high; ``counting``: what, in one word."""
    first, most = min(years), max(years.values())
    heights = ((year, n, round(max(8, 100 * n / most), 1)) for year, n in sorted(years.items()))
    return joined(
        f'<rect x="{year - first}" y="{round(100 - height, 1)}" width="0.8" height="{height}"><title>{year}: {counted(n, counting) if counting else n}</title></rect>'
        for year, n, height in heights
    )


# Countries and topics


@register.simple_tag
def country_items(countries: Iterable[Country]) -> SafeString:
    """Items of a list of countries with their number of meetings."""
    return joined(
        f'<li><a class="country" href="{escape(country.get_absolute_url())}"><span class="iso" aria-hidden="true">{escape(country.key)}</span>'
        f"{escape(country.name)}</a>{_until(country)} {_number(country.meeting_count)}</li>"
        for country in countries
    )


@register.simple_tag
def topic_items(issues: Iterable[Issue]) -> SafeString:
    """Items of a list of topics with their number of meetings."""
    return joined(
        f'<li><a href="{escape(issue.get_absolute_url())}">{escape(issue.name)}</a> {_number(issue.meeting_count)}</li>'
        for issue in issues
    )


def _until(country: Country) -> str:
    return f' <span class="aside">until {escape(country.exists_to[:4])}</span>' if country.exists_to else ""


def _number(n: int) -> str:
    return f'<span class="n">{number(n)}<span class="unseen"> meeting{"" if n == 1 else "s"}</span></span>'


# Meetings

SHOWN_TOPICS, SHOWN_COUNTRIES = 4, 5


@register.simple_tag
def meeting_rows(meetings: Iterable[Meeting]) -> SafeString:
    """Items of the list of meetings that every page shares."""
    return joined(_row(meeting) for meeting in meetings)


def _row(meeting: Meeting) -> str:
    return (
        f'<li class="meeting-row status-{meeting.status}">'
        f'<div class="when">{_date(meeting)} {_place(meeting)}</div>'
        f'<div class="what"><a class="title" href="{escape(meeting.get_absolute_url())}">{escape(capfirst(meeting.title))}</a>'
        f' <div class="agenda">{_agenda(meeting.topics)}</div> {_snippet(getattr(meeting, "snippet", None))}</div>'
        f'<div class="how"><span class="line">{_form(meeting)}{_codes(meeting.present)}</span>'
        f' <span class="line"><span class="accounts">{counted(meeting.account_count, "account")}</span>{sure(meeting.confidence)}</span></div>'
        "</li>\n"
    )


def _date(meeting: Meeting) -> str:
    if not meeting.date:
        return '<span class="unknown">No date</span>'
    return f'<time datetime="{meeting.earliest:%Y-%m-%d}">{escape(meeting.date_in_words)}</time>'


def _place(meeting: Meeting) -> str:
    if not meeting.place_name:
        return ""
    return f'<span class="where">{escape(meeting.place_name)}{INFERRED * meeting.place_inferred}</span>'


INFERRED = (
    '<span class="doubt" title="The documents do not state the place; it was inferred">?</span>'
    '<span class="unseen"> (inferred)</span>'
)


def _agenda(topics: list[tuple[str | None, str]]) -> str:
    shown = [
        f'<a href="{escape(topic_address(key))}">{escape(name)}</a>' if key else f"<span>{escape(name)}</span>"
        for key, name in topics[:SHOWN_TOPICS]
    ]
    if (rest := len(topics) - SHOWN_TOPICS) > 0:
        shown.append(f'<span class="rest">+{rest} more</span>')
    return '<i aria-hidden="true">&nbsp;· </i>'.join(shown)  # no line begins with it


def _snippet(snippet: Snippet | None) -> str:
    if not snippet:
        return ""
    parts = (f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in snippet.parts)
    if not snippet.document:
        return (
            f'<p class="snippet own"><span class="aside">In the record:</span> {"".join(parts)}</p>'
            if snippet.parts
            else ""
        )
    place = f' <span class="pilcrow">¶{escape(snippet.number)}</span>' if snippet.number else ""
    return f'<p class="snippet"><a href="{escape(snippet.url)}">{"".join(parts)}</a>{place}</p>'


def _form(meeting: Meeting) -> str:
    """What is out of the ordinary."""
    told = []
    if meeting.status != "held":
        told.append(f'<span class="status">{meeting.get_status_display()}</span>')
    if meeting.review == "rejected":
        told.append('<span class="status">Rejected</span>')
    if meeting.medium not in {"", "in_person"}:
        told.append(f"<span>{meeting.get_medium_display()}</span>")
    return "".join(told)


def _codes(present: list[tuple[str, str]]) -> str:
    """Each country once."""
    names = dict(present)
    if not names:
        return ""
    shown = [
        f'<abbr class="iso" title="{escape(name)}">{escape(key)}</abbr>'
        for key, name in list(names.items())[:SHOWN_COUNTRIES]
    ]
    rest = len(names) - SHOWN_COUNTRIES
    return f'<span class="codes">{"".join(shown)}{f"+{rest}" if rest > 0 else ""}</span>'


# Tables by period


@register.simple_tag
def question_cells(cells: Iterable[FigureCell], *things: Model | list[Model], **condition: str) -> SafeString:
    """Numbers by period, each leading to the meetings with all of the things and one condition more, in that period."""
    flat = [each for thing in things for each in (thing if isinstance(thing, list) else [thing])]
    every = questions.address(*flat, *(Term(name, value) for name, value in condition.items() if value))
    return joined(
        _cell(cell, every + quote_plus(f" after:{cell.first} before:{cell.last}", safe=":")) for cell in cells
    )


@register.simple_tag
def said_cells(cells: Iterable[FigureCell], country: str) -> SafeString:
    """Numbers of statements by period, each leading to those statements on this page."""
    return joined(
        _cell(cell, f"?said={country or '-'}&from={cell.first}&to={cell.last}#said", "statement") for cell in cells
    )


def _cell(cell: FigureCell, address: str, counting: str = "") -> str:
    if not cell.n:
        return "<td></td>"
    unit = counting and f'<span class="unseen"> {counting}{"" if cell.n == 1 else "s"}</span>'
    return f'<td class="level-{cell.level}"><a href="{escape(address)}">{number(cell.n)}{unit}</a></td>'


# Lanes of a timeline


@register.simple_tag
def lane_rows(drawn: Iterable[Lane], parties: list[Model]) -> SafeString:
    """The lanes as items of a list, each year leading to its meetings."""
    every = questions.address(*parties)
    return joined(_lane(lane, every) for lane in drawn)


def _lane(lane: Lane, every: str) -> str:
    if lane.until:
        return f'<li class="silent-years"><span class="year">{lane.years}</span><span class="track">no meeting here</span></li>\n'
    address = every + quote_plus(f" after:{lane.year} before:{lane.year}", safe=":")
    counting = f'{number(lane.n)}<span class="unseen"> meeting{"" if lane.n == 1 else "s"}</span>' if lane.n else ""
    return (
        f'<li><span class="year"><a href="{escape(address)}">{lane.year}</a></span>'
        f'<svg class="track" height="24" width="100%" aria-hidden="true" focusable="false">{lane_dots(lane.dots)}</svg>'
        f'<span class="n">{counting}</span></li>\n'
    )


@register.simple_tag
def lane_table(years: Iterable[YearRow]) -> SafeString:
    """The same as rows of a table."""
    return joined(
        f'<tr><th scope="row">{row.year}</th>{"".join(f"<td>{number(n)}</td>" for n in (row.n, *row.forms, row.not_held))}</tr>'
        for row in years
    )


@register.simple_tag
def dot(medium: str, held: bool, at: str, title: str = "", y: str = "12", radius: str = "3.6") -> SafeString:
    """A meeting's mark, which differs by form and by whether it was held."""
    missed = "" if held else " not-held"
    title = title and f"<title>{escape(title)}</title>"
    if medium == "video":
        place = f'x="{at}" y="{y}" width="7" height="7" transform="translate(-3.5 -3.5)"'
        return joined([f'<rect class="dot-video{missed}" {place}>{title}</rect>'])
    place = f'cx="{at}" cy="{y}" r="{radius}"'
    return joined([f'<circle class="dot-{medium or "untold"}{missed}" {place}>{title}</circle>'])


@register.simple_tag
def lane_dots(dots: Iterable[Dot]) -> SafeString:
    return joined(map(_linked, dots))


def _linked(each: Dot) -> str:
    if each.span:
        missed = "" if each.held else " not-held"
        place = f'x="{each.at}" y="10" width="{each.span}" height="4" rx="2"'
        drawn = f'<rect class="dot-span{missed}" {place}><title>{escape(each.title)}</title></rect>'
    else:
        drawn = dot(each.medium, each.held, each.at, each.title, radius=f"{each.radius:.1f}")
    return f'<a href="{escape(each.address)}" tabindex="-1">{drawn}</a>' if each.address else drawn


# Tables of the pictures


@register.simple_tag
def timeline_bars(picture: Picture) -> SafeString:
    return joined(
        f'<tr data-date="{bar.date}" data-n="{bar.meetings}"><th scope="row"><a href="{escape(picture.within(bar.date))}">{bar.label}</a></th>'
        f"<td>{number(bar.meetings)}</td></tr>"
        for bar in picture.data.bars
    )


@register.simple_tag
def calendar_days(picture: Picture, month: Month) -> SafeString:
    """A month's row of days, shaded by their number of meetings."""
    most = picture.data.most
    return joined(
        f'<td><a class="heat-{min(4, 1 + 4 * (n - 1) // most)}" href="{escape(picture.within(day))}" title="{dates.in_words(day)}">{number(n)}</a></td>'
        if n
        else "<td></td>"
        for day, n in month.days
    )


@register.simple_tag(takes_context=True)
def calendar_years(context: template.Context, picture: Picture) -> SafeString:
    """The years as a list, each leading to its own calendar."""
    address = escape(beside(context, year=""))
    return joined(
        f'<li><a href="{address}{year}" rel="nofollow"{CURRENT * (year == picture.data.year)}>{year}</a>'
        f' <span class="n">{number(n)}</span></li>'
        for year, n in picture.data.years.items()
    )


CURRENT = ' aria-current="true"'


@register.simple_tag
def spots(picture: Picture) -> SafeString:
    return joined(_spot(picture, spot) for spot in picture.data.spots)


def _spot(picture: Picture, spot: Spot) -> str:
    at = spot.coordinates
    at_place = Term("in", numbered(spot.name, spot.pk))
    name = escape(spot.name)
    mark = f' data-latitude="{at[0]}" data-longitude="{at[1]}"' if at else ""
    inferred = "all" if spot.inferred == spot.meetings else number(spot.inferred) if spot.inferred else "none"
    return (
        f'<tr data-name="{name}" data-precision="{spot.exactness}" data-country="{escape(spot.country or "")}"{mark} data-n="{spot.meetings}">'
        f'<th scope="row"><a href="{escape(picture.having(at_place))}">{name}</a></th><td class="word">{escape(spot.country_name or "")}</td>'
        f'<td class="word">{spot.precision}{"" if at else ", not on the map"}</td><td>{inferred}</td><td>{number(spot.meetings)}</td></tr>'
    )


@register.simple_tag
def ties(picture: Picture) -> SafeString:
    return joined(_tie(picture, tie) for tie in picture.data.ties)


def _tie(picture: Picture, tie: Tie) -> str:
    one, other = escape(tie.one.name), escape(tie.other.name)
    both = Term("with", identified(tie.one)), Term("with", identified(tie.other))
    homes = [
        f' <span class="iso">{escape(each.country_id)}</span>' if each.country_id else ""
        for each in (tie.one, tie.other)
    ]
    return (
        f'<tr data-one="{tie.one.pk}" data-other="{tie.other.pk}" data-n="{tie.meetings}"><td class="word">{one}{homes[0]}</td><td class="word">{other}{homes[1]}</td>'
        f'<td><a href="{escape(picture.having(*both))}">{number(tie.meetings)}'
        f'<span class="unseen"> of {one} and {other}</span></a></td></tr>'
    )


@register.simple_tag
def relations(picture: Picture) -> SafeString:
    return joined(_relation(picture, relation) for relation in picture.data.relations)


def _relation(picture: Picture, relation: Relation) -> str:
    both = Term("country", relation.one_name), Term("country", relation.other_name)
    address = reverse("relation", args=sorted((relation.one.lower(), relation.other.lower())))
    names = f"{escape(relation.one_name)} – {escape(relation.other_name)}"
    return (
        f'<tr><th scope="row"><a href="{address}">{names}</a></th>'
        f'<td><a href="{escape(picture.having(*both))}">{number(relation.meetings)}<span class="unseen"> of {names}</span></a></td></tr>'
    )


@register.simple_tag
def nodes(picture: Picture) -> SafeString:
    return joined(map(_node, picture.data.nodes))


def _node(node: Node) -> str:
    person, name = node.person, escape(node.person.name)
    return (
        f'<tr data-person="{person.pk}" data-name="{name}" data-country="{escape(person.country_id or "")}" data-n="{node.meetings}">'
        f'<th scope="row"><a href="{escape(person.get_absolute_url())}">{name}</a></th>'
        f'<td class="word">{escape(person.country.name) if person.country else ""}</td><td>{number(node.meetings)}</td></tr>'
    )
