"""A meeting, and the passage behind a claim."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import decisions, neighbours
from meetings.models import Document, Evidence, Meeting
from meetings.prepared import prepared
from tests.factories import (
    AccountFactory,
    AccountParticipantFactory,
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    DocumentRevisionFactory,
    EditorFactory,
    EvidenceFactory,
    IssueFactory,
    MeetingFactory,
    ParticipantFactory,
    PersonFactory,
    PlaceFactory,
    PositionFactory,
    StatementFactory,
    UserFactory,
    told,
)

pytestmark = pytest.mark.django_db

TEXT = "Minister Lavrov met Secretary Kerry in Sochi on May 12.\n\n7. (SBU) Kerry said that <b>Syria</b> needed peace."


@pytest.fixture
def sochi():
    russia, states = CountryFactory(key="RU", name="Russia"), CountryFactory(key="US", name="United States")
    lavrov = PersonFactory(name="Sergey Lavrov", country=russia)
    kerry = PersonFactory(name="John Kerry", country=states)
    syria = IssueFactory(key="syria", name="Syria")
    place = PlaceFactory(name="Sochi", country=russia)
    meeting = told(lavrov, kerry, about=(syria,), date="2015-05-12", place=place, place_inferred=True, text=TEXT)
    account = meeting.accounts.get()
    said = StatementFactory(
        account=account,
        document=account.document,
        speaker="Kerry",
        person=kerry,
        issue=syria,
        text="Syria needed peace",
    )
    EvidenceFactory(
        revision=account.document.revision,
        account=account,
        statement=said,
        field="statement",
        quote="<b>Syria</b> needed peace",
    )
    return meeting


def page(client, meeting):
    response = client.get(meeting.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_sides_stand_apart_with_their_people(client, sochi):
    sides = client.get(sochi.get_absolute_url()).context["delegations"]
    assert [(side.name, [str(one.participant) for one in side.members]) for side in sides] == [
        ("Russia", ["Sergey Lavrov"]),
        ("United States", ["John Kerry"]),
    ]


def test_an_inferred_place_says_so(client, sochi):
    assert "inferred: no document states it" in page(client, sochi)


def test_a_statement_stands_in_the_column_of_its_speakers_side(client, sochi):
    ledger = client.get(sochi.get_absolute_url()).context["ledger"]
    assert [(row.issue, [position.side.name for position in row.positions]) for row in ledger.rows] == [
        ("Syria", ["United States"])
    ]


def test_a_speaker_who_is_only_named_is_found_among_the_participants(client, sochi):
    account = sochi.accounts.get()
    StatementFactory(account=account, document=account.document, speaker="Foreign Minister Lavrov", text="No.")
    sides = client.get(sochi.get_absolute_url()).context["ledger"].sides
    assert [side.name for side in sides] == ["Russia", "United States"]


def test_accounts_that_differ_are_told_apart(client, sochi):
    other = DocumentRevisionFactory(text="They met on May 13.", document__kind="news", document__date="2015-05-14")
    account = AccountFactory(meeting=sochi, document=other.document, date="2015-05-13")
    lavrov = sochi.participants.first()
    AccountParticipantFactory(account=account, person=lavrov.person, participant=lavrov, name="S. Lavrov")
    rows = {row.label: row for row in client.get(sochi.get_absolute_url()).context["comparison"].rows}
    assert rows["Date"].differs
    assert [[cell.text for cell in cells] for cells in rows["Date"].cells] == [["13 May 2015"], ["12 May 2015"]] or [
        [cell.text for cell in cells] for cells in rows["Date"].cells
    ] == [["12 May 2015"], ["13 May 2015"]]
    told_alone = {cell.text for cells in rows["Participants"].cells for cell in cells if cell.verdict}
    assert told_alone == {"John Kerry"}
    assert not rows["Status"].differs


def test_a_copy_is_named_and_not_compared(client, sochi):
    original = sochi.accounts.get().document
    copy = DocumentFactory(copy_of=original, title="The same cable again")
    AccountFactory(meeting=sochi, document=copy)
    response = client.get(sochi.get_absolute_url())
    assert len(response.context["accounts"]) == 1
    assert "The same cable again" in response.content.decode()


def test_a_notice_on_documents_is_said_of_the_meeting(client, sochi):
    Document.objects.update(notice="Written as a demonstration")
    assert '<span class="badge bad">Written as a demonstration' in page(client, sochi)
    AccountFactory(meeting=sochi, document=DocumentFactory(title="A true one"))
    assert '<span class="badge bad">Written as a demonstration (1 of 2 accounts)' in page(client, sochi)


class TestClaim:
    def claim(self, meeting, **which):
        return f"/meetings/{meeting.public_id}/claims/{Evidence.objects.get(**which).pk}/"

    def test_every_value_leads_to_its_passage(self, client, sochi):
        content = page(client, sochi)
        for evidence in Evidence.objects.exclude(field="issue"):
            assert f"/claims/{evidence.pk}/" in content, evidence.field

    def test_it_marks_the_quote_in_its_paragraph_and_says_what_made_it(self, client, sochi):
        content = client.get(self.claim(sochi, field="date")).content.decode()
        assert "<mark>Minister Lavrov met Secretary Kerry in Sochi on May 12.</mark>" in content
        assert "triggers.verb/1" in content
        assert "90%" in content
        assert f"#c{Evidence.objects.get(field='date').pk}" in content

    def test_text_from_outside_is_escaped(self, client, sochi):
        content = client.get(self.claim(sochi, field="statement")).content.decode()
        assert "<mark>&lt;b&gt;Syria&lt;/b&gt; needed peace</mark>" in content
        assert "<b>Syria" not in content

    def test_it_says_who_reviewed_it_and_what_an_editor_set(self, client, sochi):
        address = self.claim(sochi, field="date")
        assert "not confirmed by an editor yet" in client.get(address).content.decode()
        decisions.review(EditorFactory(), sochi, "confirm")
        assert f"confirmed by an editor, {timezone.now():%-d %B %Y}" in client.get(address).content.decode()
        before = decisions.State.of(sochi)
        sochi.set_date("2015-05-13")
        sochi.save()
        decisions.decide(EditorFactory(), sochi, before)
        assert "value set by an editor" in client.get(address).content.decode()

    def test_htmx_gets_the_card_alone(self, client, sochi):
        response = client.get(self.claim(sochi, field="date"), headers={"HX-Request": "true"})
        assert response.content.decode().lstrip().startswith('<section class="claim-card"')

    def test_a_claim_of_another_meeting_is_not_found(self, client, sochi):
        other = told(PersonFactory())
        evidence = Evidence.objects.filter(account__meeting=other).first()
        assert client.get(f"/meetings/{sochi.public_id}/claims/{evidence.pk}/").status_code == 404


class TestAddress:
    def test_a_wrong_slug_leads_to_the_right_one(self, client, sochi):
        response = client.get(f"/meetings/{sochi.public_id}-nonsense/?x=1")
        assert (response.status_code, response.url) == (302, sochi.get_absolute_url() + "?x=1")

    def test_a_title_that_is_changed_back_is_reached_again(self, client, sochi):
        first = sochi.get_absolute_url()
        Meeting.objects.update(title="Another title")
        assert client.get(first).status_code == 302, "a browser may keep a permanent redirect for ever"
        Meeting.objects.update(title=sochi.title)
        assert client.get(first).status_code == 200

    def test_the_bare_id_is_enough(self, client, sochi):
        assert client.get(f"/meetings/{sochi.public_id}/").url == sochi.get_absolute_url()

    def test_a_merged_meeting_leads_to_the_one_that_it_became(self, client, sochi):
        middle = MeetingFactory(merged_into=sochi, account_count=0)
        first = MeetingFactory(merged_into=middle, account_count=0)
        assert client.get(first.get_absolute_url()).url == sochi.get_absolute_url()

    def test_a_circle_of_merged_meetings_ends(self, client):
        one, two = MeetingFactory(account_count=0), MeetingFactory(account_count=0)
        Meeting.objects.filter(pk=one.pk).update(merged_into=two)
        Meeting.objects.filter(pk=two.pk).update(merged_into=one)
        assert client.get(one.get_absolute_url()).status_code == 404


class TestCorrections:
    @pytest.fixture
    def editor(self):
        return EditorFactory(username="archivist")

    @pytest.fixture
    def corrected(self, sochi, editor):
        before = decisions.State.of(sochi)
        sochi.set_date("2015-05-13")
        sochi.save()
        sochi.participants.create(person=PersonFactory(name="Wendy Sherman"), name="Wendy Sherman", order=2)
        sochi.agenda.create(name="Ukraine", order=1)
        decisions.decide(editor, sochi, before, "The daily diary has the thirteenth.")
        sochi.refresh_from_db()
        return sochi

    def test_an_untouched_meeting_is_said_to_be_unreviewed(self, client, sochi):
        content = page(client, sochi)
        assert "not yet reviewed" in content
        assert "Corrected by" not in content and "set by an editor" not in content

    def test_a_corrected_meeting_says_so_and_why_and_when(self, client, corrected):
        content = page(client, corrected)
        assert "not yet reviewed" not in content
        assert f"Corrected by an editor, {timezone.now():%-d %B %Y}" in content
        assert "Set date: 13 May 2015, instead of 12 May 2015" in content
        assert "The daily diary has the thirteenth." in content

    def test_each_decided_value_is_marked_and_no_other(self, client, corrected):
        corrections = client.get(corrected.get_absolute_url()).context["corrections"]
        assert set(corrections.values) == {"date"}
        people = corrected.participants.in_bulk(corrections.participants)
        assert [str(one) for one in people.values()] == ["Wendy Sherman"]
        assert [item.name for item in corrected.agenda.filter(pk__in=corrections.agenda)] == ["Ukraine"]
        assert page(client, corrected).count(">corrected by an editor<") == 3

    def test_readers_are_not_told_which_editor(self, client, corrected, editor):
        assert "archivist" not in page(client, corrected)
        client.force_login(UserFactory(username="reader"))
        assert "archivist" not in page(client, corrected)
        client.force_login(editor)
        assert "Corrected by archivist" in page(client, corrected)

    def test_a_confirmed_meeting_is_not_called_corrected(self, client, sochi, editor):
        decisions.review(editor, sochi, "confirm")
        content = page(client, sochi)
        assert "Confirmed by an editor" in content and "Corrected by" not in content

    def test_many_corrections_take_one_query(self, client, corrected, editor, django_assert_num_queries):
        with django_assert_num_queries(10):
            page(client, corrected)
        for day in range(1, 8):
            before = decisions.State.of(corrected)
            corrected.set_date(f"2015-06-{day:02}")
            corrected.save()
            decisions.decide(EditorFactory(), corrected, before)
        with django_assert_num_queries(10):
            page(client, corrected)
        client.force_login(editor)
        with CaptureQueriesContext(connection) as queries:
            page(client, corrected)
        assert len(queries) <= 10 + 4, "four tell who asks: session, user and two of permissions"


class TestWhoMaySee:
    @pytest.fixture
    def secret(self):
        papers = CollectionFactory(name="Closed papers", public=False)
        return told(PersonFactory(name="Hidden Envoy"), audience=papers, document={"collection": papers})

    def test_a_restricted_meeting_is_not_found_by_others(self, client, secret):
        claim = f"/meetings/{secret.public_id}/claims/{Evidence.objects.first().pk}/"
        document = secret.accounts.get().document
        person = secret.participants.get().person
        for address in (secret.get_absolute_url(), claim, document.get_absolute_url(), person.get_absolute_url()):
            response = client.get(address)
            assert response.status_code == 404
            assert "Hidden Envoy" not in response.content.decode()
        for address in ("/", f"/?person={person.pk}", "/people/", "/documents/", "/suggest?field=with&q=Hidden"):
            assert "Hidden Envoy" not in client.get(address).content.decode()

    def test_its_readers_see_it(self, client, secret):
        reader = UserFactory()
        secret.audience.readers.add(reader)
        client.force_login(reader)
        assert "Hidden Envoy" in page(client, secret)
        assert "Restricted" in page(client, secret)

    def test_only_editors_are_offered_to_edit(self, client, sochi):
        assert ">Edit<" not in page(client, sochi)
        client.force_login(EditorFactory())
        assert ">Edit<" in page(client, sochi)

    def test_a_rejected_meeting_is_for_editors_only(self, client, sochi):
        Meeting.objects.update(review="rejected")
        assert client.get(sochi.get_absolute_url()).status_code == 404
        client.force_login(EditorFactory())
        assert "Rejected by an editor" in page(client, sochi)


def test_the_query_count_does_not_grow_with_the_accounts(client, sochi, django_assert_num_queries):
    with django_assert_num_queries(10):
        page(client, sochi)
    for n in range(5):
        person = PersonFactory(country=CountryFactory(key=f"C{n}"))
        revision = DocumentRevisionFactory()
        account = AccountFactory(meeting=sochi, document=revision.document)
        participant = ParticipantFactory(meeting=sochi, person=person, country=person.country)
        source = AccountParticipantFactory(account=account, person=person, participant=participant)
        EvidenceFactory(revision=revision, account=account, participant=source, field="participant")
        StatementFactory(account=account, document=revision.document, person=person, issue=IssueFactory())
    with django_assert_num_queries(10):
        page(client, sochi)


def test_a_claim_takes_few_queries(client, sochi, django_assert_max_num_queries):
    evidence = Evidence.objects.get(field="date")
    with django_assert_max_num_queries(5):
        client.get(f"/meetings/{sochi.public_id}/claims/{evidence.pk}/")


class TestAccountsSideBySide:
    @pytest.fixture
    def newspaper(self, sochi):
        other = DocumentRevisionFactory(text="They met on May 13.", document__kind="news", document__title="The paper")
        account = AccountFactory(meeting=sochi, document=other.document, date="2015-05-13", place=sochi.place)
        lavrov, nuland = sochi.participants.first(), ParticipantFactory(meeting=sochi, name="Victoria Nuland")
        AccountParticipantFactory(account=account, person=lavrov.person, participant=lavrov, name="S. Lavrov")
        AccountParticipantFactory(account=account, participant=nuland, name="Victoria Nuland")
        return account

    def told(self, client, meeting, account):
        comparison = client.get(meeting.get_absolute_url()).context["comparison"]
        return next(told for told in comparison.told if told.account == account)

    def test_each_says_what_it_adds_omits_and_contradicts(self, client, sochi, newspaper):
        told = self.told(client, sochi, newspaper)
        assert told.adds == ["Victoria Nuland"]
        assert {"John Kerry", "syria"} <= set(told.omits)
        assert told.contradicts == ["date: 13 May 2015, elsewhere 12 May 2015"]

    def test_a_month_does_not_contradict_its_days(self, client, sochi, newspaper):
        newspaper.set_date("2015-05")
        newspaper.save()
        assert self.told(client, sochi, newspaper).contradicts == []


class TestGrounds:
    def test_names_are_counted_and_those_unmatched_named(self, client, sochi):
        ParticipantFactory(meeting=sochi, name="A. Stranger")
        assert "2 of 3 matched with known people; not A. Stranger" in page(client, sochi)

    def test_who_confirmed_it_and_when_is_said(self, client, sochi):
        decisions.review(EditorFactory(username="archivist"), sochi, "confirm")
        assert f"confirmed by an editor, {timezone.now():%-d %B %Y}" in page(client, sochi)

    def test_an_office_held_on_the_day_stands_beside_the_name(self, client, sochi):
        lavrov = sochi.participants.first().person
        PositionFactory(person=lavrov, title="Minister of Foreign Affairs", start="2004-03-09")
        PositionFactory(person=lavrov, title="Permanent Representative", start="1994", end="2004")
        content = page(client, sochi)
        assert "in office: Minister of Foreign Affairs since 9 March 2004" in content
        assert "Permanent Representative" not in content


class TestBeforeAndAfter:
    def meet(self, sochi, date, **values):
        return told(*(one.person for one in sochi.participants.all()), date=date, **values)

    def test_the_same_peoples_nearest_meetings_are_named(self, client, sochi):
        self.meet(sochi, "2014-01-01", title="Long before")
        before, after = self.meet(sochi, "2015-05-01"), self.meet(sochi, "2015-06", title="Later")
        self.meet(sochi, "2015-05-05", status="cancelled")
        beside = client.get(sochi.get_absolute_url()).context["beside"]
        assert (beside.same, beside.before, beside.after) == ("people", before, after)

    def test_else_those_of_the_same_countries(self, client, sochi):
        envoys = [PersonFactory(country=one.person.country) for one in sochi.participants.all()]
        earlier = told(*envoys, date="1990-01-01")
        beside = client.get(sochi.get_absolute_url()).context["beside"]
        assert (beside.same, beside.before, beside.after) == ("countries", earlier, None)
        assert 'href="/relations/ru-us/"' in page(client, sochi)

    @pytest.mark.parametrize("near", [1, 2])
    def test_those_of_the_same_countries_are_found_however_many_others_met_in_between(
        self, client, sochi, monkeypatch, near
    ):
        monkeypatch.setattr(neighbours, "NEAR", near)
        monkeypatch.setattr(neighbours, "beside", prepared(neighbours.beside.__wrapped__))
        envoys = [PersonFactory(country=one.person.country) for one in sochi.participants.all()]
        told(*envoys, date="1990-01-01")
        earlier, _ = told(*envoys, date="2015-05-10"), told(*PersonFactory.create_batch(2), date="2015-05-11")
        later, _ = told(*envoys, date="2015-06-10"), told(*PersonFactory.create_batch(2), date="2015-06-01")
        beside = client.get(sochi.get_absolute_url()).context["beside"]
        assert (beside.same, beside.before, beside.after) == ("countries", earlier, later)

    def test_hidden_meetings_stay_hidden(self, client, sochi):
        closed = CollectionFactory(name="Closed papers", public=False)
        self.meet(sochi, "2015-05-01", audience=closed, document={"collection": closed}, title="A secret")
        assert "A secret" not in page(client, sochi)


class TestWhere:
    def shown(self, client, **place) -> str:
        place = PlaceFactory(name="Lakeside", **place)
        return client.get(told(date="1990", place=place, place_inferred=True).get_absolute_url()).content.decode()

    def test_the_place_is_on_a_map_that_says_what_its_mark_stands_for(self, client):
        content = self.shown(client, latitude=46.2, longitude=6.15, precision="region")
        assert 'data-latitude="46.2"' in content and "echarts" in content
        assert "the mark stands for the middle of the region; inferred, no document states it" in content

    def test_a_place_without_coordinates_is_no_point_and_needs_no_library(self, client):
        content = self.shown(client, latitude=None, longitude=None, country=None)
        assert "not on the map" in content and "echarts" not in content
