"""Citations, and a meeting as a calendar file."""

import re
from datetime import date, datetime, time

import pytest
from icalendar import Calendar

from meetings.citation import Reference, bibtex, chicago, ris
from meetings.models import Meeting
from tests.factories import (
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    IssueFactory,
    PersonFactory,
    PlaceFactory,
    told,
)

TALKS = Reference(
    key="meeting-abc",
    title="R&D talks of 50%",
    genre="record of a meeting",
    number="abc",
    site="Diplomacy",
    url="https://example.org/meetings/abc/",
    accessed=date(2026, 3, 1),
    place="Sochi, Russia",
    date="2015-05-12",
    sources=("Embassy Moscow, “Talks,” cable 15MOSCOW1, 13 May 2015",),
)


class TestForms:
    def test_chicago_names_title_place_day_and_what_it_rests_on(self):
        assert chicago(TALKS) == (
            "“R&D talks of 50%,” record of a meeting abc, Sochi, Russia, 12 May 2015, Diplomacy, accessed 1 March 2026, "
            "https://example.org/meetings/abc/. Based on Embassy Moscow, “Talks,” cable 15MOSCOW1, 13 May 2015."
        )

    def test_an_undated_record_says_so(self):
        bare = Reference("k", "Talks", "cable", "Diplomacy", "https://example.org/", date(2026, 3, 1))
        assert "undated" in chicago(bare)
        assert "year" not in bibtex(bare) and "Undated" in bibtex(bare)
        assert "PY  -" not in ris(bare)

    def test_bibtex_escapes_what_tex_would_read(self):
        entry = bibtex(TALKS)
        assert entry.startswith("@misc{meeting-abc,\n")
        assert r"title = {{R\&D talks of 50\%}}" in entry
        assert "month = may" in entry and "year = {2015}" in entry
        assert entry.count("{") - entry.count(r"\{") == entry.count("}") - entry.count(r"\}")

    def test_an_inexact_date_gives_no_month(self):
        year = Reference("k", "Talks", "cable", "Diplomacy", "https://example.org/", date(2026, 3, 1), date="2015~")
        assert "month" not in bibtex(year) and "year = {2015}" in bibtex(year)
        assert "DA  - 2015///" in ris(year)

    def test_ris_begins_with_its_type_and_ends_its_record(self):
        lines = ris(TALKS).split("\r\n")
        assert lines[0] == "TY  - ELEC" and lines[-2:] == ["ER  - ", ""]
        assert "DA  - 2015/05/12/" in lines
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])


@pytest.mark.django_db
class TestFiles:
    @pytest.fixture
    def sochi(self):
        russia = CountryFactory(key="RU", name="Russia")
        place = PlaceFactory(name="Sochi", country=russia, latitude=43.6, longitude=39.7)
        syria = IssueFactory(key="syria", name="Syria")
        return told(PersonFactory(name="Sergey Lavrov"), about=(syria,), place=place, date="2015-05-12", title="Talks")

    def event(self, client, meeting):
        response = client.get(f"/meetings/{meeting.public_id}/meeting.ics")
        assert response["Content-Type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(response.content).walk("VEVENT")
        return event

    def test_each_form_is_downloaded_and_never_shown_as_a_page(self, client, sochi):
        for form, expected in (("bib", b"@misc{meeting-"), ("ris", b"TY  - ELEC")):
            response = client.get(f"/meetings/{sochi.public_id}/cite.{form}")
            assert response.content.startswith(expected)
            assert response["Content-Disposition"] == f'attachment; filename="meeting-{sochi.public_id}.{form}"'
            assert response["X-Content-Type-Options"] == "nosniff"
            document = sochi.accounts.get().document
            assert client.get(f"/documents/{document.public_id}/cite.{form}").status_code == 200
        assert client.get(f"/meetings/{sochi.public_id}/cite.doc").status_code == 404

    def test_the_address_cited_is_the_permanent_one(self, client, sochi):
        content = client.get(f"/meetings/{sochi.public_id}/cite.bib").content.decode()
        assert f"url = {{http://testserver/meetings/{sochi.public_id}/}}" in content
        assert client.get(f"/meetings/{sochi.public_id}/").url == sochi.get_absolute_url()

    def test_a_day_is_an_event_of_that_day(self, client, sochi):
        event = self.event(client, sochi)
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2015, 5, 12), date(2015, 5, 13))
        assert str(event["summary"]) == "Talks" and str(event["location"]) == "Sochi, Russia"
        assert str(event["status"]) == "CONFIRMED"

    def test_a_time_is_local_and_lasts_as_long_as_told(self, client, sochi):
        Meeting.objects.update(time=time(14, 50), duration=65)
        event = self.event(client, sochi)
        assert event.decoded("dtstart") == datetime(2015, 5, 12, 14, 50)
        assert event.decoded("dtend") == datetime(2015, 5, 12, 15, 55)

    def test_a_month_covers_its_days_and_says_so(self, client, sochi):
        sochi.set_date("2015-05")
        sochi.save()
        event = self.event(client, sochi)
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2015, 5, 1), date(2015, 6, 1))
        assert "May 2015" in str(event["description"])

    def test_an_undated_meeting_has_none(self, client):
        meeting = told(PersonFactory(), date="")
        assert client.get(f"/meetings/{meeting.public_id}/meeting.ics").status_code == 404
        assert "meeting.ics" not in client.get(meeting.get_absolute_url()).content.decode()

    def test_what_one_may_not_see_is_not_cited(self, client, sochi):
        closed = CollectionFactory(name="Closed", public=False)
        secret = told(PersonFactory(), audience=closed, document={"collection": closed})
        hidden = DocumentFactory(collection=closed)
        assert client.get(f"/meetings/{secret.public_id}/cite.bib").status_code == 404
        assert client.get(f"/meetings/{secret.public_id}/meeting.ics").status_code == 404
        assert client.get(f"/documents/{hidden.public_id}/cite.ris").status_code == 404
