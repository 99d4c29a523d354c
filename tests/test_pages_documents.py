"""Documents, and a document laid out for reading."""

import re

import pytest

from meetings.models import Document
from tests.factories import (
    AccountFactory,
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    DocumentRevisionFactory,
    EvidenceFactory,
    IssueFactory,
    MeetingFactory,
    PassageFactory,
    PersonFactory,
    told,
)

pytestmark = pytest.mark.django_db


class TestList:
    def titles(self, client, query=""):
        return [document.title for document in client.get(f"/documents/{query}").context["page"]]

    @pytest.fixture
    def papers(self):
        told(PersonFactory(), document={"title": "Cable", "identifier": "07MOSCOW2590", "date": "2007-06-01"})
        wires = CollectionFactory(name="Wires")
        DocumentRevisionFactory(
            text="The oil talks failed.", document__title="Wire", document__kind="news", document__collection=wires
        )
        DocumentFactory(title="Broken", state="failed", reason="It is no PDF.", date="1990")
        Document.objects.filter(title="Wire").update(date="2001", earliest="2001-01-01", latest="2001-12-31")

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["Cable", "Wire", "Broken"]),
            ("?kind=news", ["Wire"]),
            ("?collection=wires", ["Wire"]),
            ("?state=failed", ["Broken"]),
            ("?q=oil", ["Wire"]),
            ("?q=moscow2590", ["Cable"]),
            ("?after=1990&before=2001-06", ["Wire", "Broken"]),
        ],
    )
    def test_each_condition_narrows_it(self, client, papers, query, expected):
        assert self.titles(client, query) == expected

    def test_one_that_could_not_be_read_says_why(self, client, papers):
        assert "It is no PDF." in client.get("/documents/").content.decode()

    def test_a_mistake_is_explained(self, client, papers):
        assert "“soon” is not a date" in client.get("/documents/?after=soon").content.decode()

    def test_the_query_count_does_not_grow_with_the_rows(self, client, papers, django_assert_num_queries):
        with django_assert_num_queries(3):
            client.get("/documents/")
        for _ in range(12):
            told(PersonFactory(), PersonFactory())
        with django_assert_num_queries(3):
            client.get("/documents/")


class TestReading:
    def page(self, client, document):
        return client.get(document.get_absolute_url()).content.decode()

    def test_numbered_paragraphs_have_their_number_and_mark_in_the_margin(self, client):
        revision = DocumentRevisionFactory(passages=None, text="7. (SBU) Lavrov disagreed.")
        revision.passages.all().delete()
        PassageFactory(revision=revision, text=revision.text, number="7", marking="SBU")
        content = self.page(client, revision.document)
        assert "<p>Lavrov disagreed.</p>" in content
        assert ">7<small>SBU</small></a>" in content

    def test_a_meeting_stands_beside_the_passage_that_tells_of_it(self, client):
        meeting = told(PersonFactory(name="Sergey Lavrov"), text="A preface.\n\nThey met.", title="Sochi talks")
        document = meeting.accounts.get().document
        response = client.get(document.get_absolute_url())
        [run] = response.context["runs"]
        assert [len(shown.notes) for shown in run.passages] == [1, 0]
        assert meeting.get_absolute_url() in response.content.decode()

    def test_names_and_evidence_are_marked_and_the_text_is_escaped(self, client):
        meeting = told(PersonFactory(), text="<script>alert(1)</script> met & spoke with Lavrov")
        revision = meeting.accounts.get().document.revision
        revision.evidence.all().delete()
        EvidenceFactory(revision=revision, account=meeting.accounts.get(), quote="script>alert(1)</sc", field="date")
        revision.names = [[revision.text.index("Lavrov"), len(revision.text), "PERSON"]]
        revision.save()
        content = self.page(client, revision.document)
        marked = re.sub(r'<a id="c\d+" class="place"></a>| title="[^"]*"', "", content)
        assert '&lt;<mark class="claim-mark">script&gt;alert(1)&lt;/sc</mark>ript&gt; met &amp; spoke' in marked
        assert '<span class="name-mark">Lavrov</span>' in content
        assert "<script>alert" not in content

    def test_clutter_is_folded_away(self, client):
        revision = DocumentRevisionFactory(text="More headlines\n\nThey met.")
        revision.passages.filter(order=0).update(label="clutter")
        content = self.page(client, revision.document)
        assert "Left out: 1 passage of page furniture" in content
        assert content.index("<details") < content.index("More headlines") < content.index("</details>")

    def test_notices_say_what_it_is(self, client):
        original = DocumentFactory(title="The first copy")
        document = DocumentFactory(notice="Reconstruction written for this demonstration", copy_of=original)
        content = self.page(client, document)
        assert "Reconstruction written for this demonstration" in content
        assert original.get_absolute_url() in content

    def test_a_copy_of_a_hidden_document_does_not_name_it(self, client):
        closed = CollectionFactory(name="Closed", public=False)
        document = DocumentFactory(copy_of=DocumentFactory(title="Hidden original", collection=closed))
        assert "Hidden original" not in self.page(client, document)

    def test_one_without_a_text_says_why(self, client):
        document = DocumentFactory(state="not_extracted", reason="It is written in French.")
        content = self.page(client, document)
        assert content.count("It is written in French.") == 1
        assert "There is no text to show" in content
        assert "<h2>Marks</h2>" not in content and "meetings</h2>" not in content

    def test_one_that_was_read_explains_its_marks(self, client):
        assert "<h2>Marks</h2>" in self.page(client, DocumentRevisionFactory().document)

    def test_a_rejected_meeting_is_not_named(self, client):
        meeting = told(PersonFactory(), title="A mistake", review="rejected")
        assert "A mistake" not in self.page(client, meeting.accounts.get().document)

    def test_a_file_without_a_title_goes_by_its_name(self, client):
        document = DocumentFactory(title="", identifier="", file_name="box 7/scan.pdf")
        assert "<h1>scan.pdf</h1>" in self.page(client, document)

    def test_the_query_count_does_not_grow_with_the_text(self, client, django_assert_num_queries):
        meeting = told(PersonFactory(), text="They met.")
        document = meeting.accounts.get().document
        with django_assert_num_queries(7):
            self.page(client, document)
        for n in range(1, 20):
            PassageFactory(revision=document.revision, order=n, start=100 * n)
            EvidenceFactory(revision=document.revision, account=meeting.accounts.get(), quote="They")
        with django_assert_num_queries(7):
            self.page(client, document)


class TestMargin:
    TEXT = "1. (C) Lavrov met Kerry in Sochi.\n\n2. (C) They spoke of Syria with <Lavrov>."

    @pytest.fixture
    def sochi(self):
        syria = IssueFactory(key="syria", name="Syria")
        meeting = told(PersonFactory(name="Lavrov"), about=(syria,), text=self.TEXT, title="Sochi talks")
        revision = meeting.accounts.get().document.revision
        for order, number in enumerate("12"):
            revision.passages.filter(order=order).update(number=number, marking="C")
        revision.names = [
            [7, 13, "PERSON"],
            [27, 32, "GPE"],
            [self.TEXT.index("<Lavrov") + 1, len(self.TEXT) - 2, "PERSON"],
        ]
        revision.save()
        return meeting

    def test_every_mark_has_an_address_that_its_claim_card_leads_to(self, client, sochi):
        document = sochi.accounts.get().document
        content = client.get(document.get_absolute_url()).content.decode()
        for evidence in document.revision.evidence.all():
            assert content.count(f'id="c{evidence.pk}"') == 1
            card = client.get(f"/meetings/{sochi.public_id}/claims/{evidence.pk}/").content.decode()
            assert f"{document.get_absolute_url()}#c{evidence.pk}" in card

    def test_a_note_leads_to_the_passages_of_each_value(self, client, sochi):
        (note,) = client.get(sochi.accounts.get().document.get_absolute_url()).context["notes"]
        assert [(found.called, found.passage) for found in note.found] == [
            ("date", "1"),
            ("participant", "1"),
            ("issue", "1"),
        ]

    def test_names_are_listed_with_the_passages_that_have_them_and_lead_to_known_people(self, client, sochi):
        response = client.get(sochi.accounts.get().document.get_absolute_url())
        listed = {kind: [(name.text, name.passages) for name in names] for kind, names in response.context["names"]}
        assert listed == {"People": [("Lavrov", [("p1", "1"), ("p2", "2")])], "Places": [("Sochi", [("p1", "1")])]}
        person = sochi.participants.get().person
        assert f'<a href="{person.get_absolute_url()}">Lavrov</a>' in response.content.decode()

    def test_the_marks_of_one_meeting_alone(self, client, sochi):
        document = sochi.accounts.get().document
        other = AccountFactory(document=document, order=1, meeting=MeetingFactory(title="The other"))
        stray = EvidenceFactory(revision=document.revision, account=other, quote="They spoke of Syria", field="meeting")
        content = client.get(document.get_absolute_url(), {"meeting": sochi.public_id}).content.decode()
        assert f'id="c{stray.pk}"' not in content and "Mark everything" in content
        assert f'id="c{stray.pk}"' in client.get(document.get_absolute_url()).content.decode()


class TestTakingHome:
    def test_tags_are_told_in_words(self, client):
        CountryFactory(key="RU", name="Russia")
        document = DocumentRevisionFactory(document__tags=["PARM", "RS", "QQQQ"]).document
        content = client.get(document.get_absolute_url()).content.decode()
        assert "Arms controls and disarmament" in content
        assert '<a href="/countries/ru/">Russia</a>' in content
        assert "not in the table" in content

    def test_the_text_is_downloaded_as_plain_text_whatever_it_holds(self, client):
        revision = DocumentRevisionFactory(text="<html><script>alert(1)</script></html>")
        response = client.get(f"/documents/{revision.document.public_id}/text.txt")
        assert response.content.decode() == revision.text
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_there_is_no_text_of_what_could_not_be_read_or_seen(self, client):
        closed = CollectionFactory(name="Closed", public=False)
        hidden = DocumentRevisionFactory(document__collection=closed).document
        for document in (DocumentFactory(state="failed", reason="It is no PDF."), hidden):
            assert client.get(f"/documents/{document.public_id}/text.txt").status_code == 404
