"""A meeting as a calendar file (iCalendar, RFC 5545), one event."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from .models import Meeting
from .records import Status

STATUSES = {Status.HELD: "CONFIRMED", Status.CANCELLED: "CANCELLED"}
LASTING = timedelta(hours=1)  # of a meeting whose beginning alone is told


def calendar_file(meeting: Meeting, address: str, host: str, about: list[str]) -> bytes:
    """The file's bytes, of a dated meeting. Times are local to the place, hence without a zone; a date that is not exact is an
    event of all the days that it covers, and its description says so."""
    event = Event()
    event.add("uid", f"{meeting.public_id}@{host}")
    event.add("dtstamp", meeting.updated)
    event.add("summary", meeting.title)
    exact = meeting.earliest == meeting.latest
    if exact and meeting.time:
        start = datetime.combine(meeting.earliest, meeting.time)
        event.add("dtstart", start)
        event.add("dtend", start + (timedelta(minutes=meeting.duration) if meeting.duration else LASTING))
    else:
        event.add("dtstart", meeting.earliest)
        event.add("dtend", meeting.latest + timedelta(days=1))
    event.add("status", STATUSES.get(Status(meeting.status), "TENTATIVE"))
    event.add("transp", "TRANSPARENT")
    if meeting.place:
        event.add("location", str(meeting.place) + (" (inferred)" if meeting.place_inferred else ""))
        if meeting.place.latitude is not None:
            event.add("geo", (meeting.place.latitude, meeting.place.longitude))
    if about:
        event.add("categories", about)
    notes = [f"Date: {meeting.date_in_words}", f"Record: {address}"]
    event.add("description", "\n".join(notes))
    event.add("url", address)
    calendar = Calendar()
    calendar.add("prodid", "-//Diplomacy//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()
