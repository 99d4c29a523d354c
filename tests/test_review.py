"""The review queue: what waits comes one by one, the least sure first; a decision stays, and can be taken back."""

import pytest
from factories import (
    AccountFactory,
    AccountParticipantFactory,
    CountryFactory,
    EditorFactory,
    EvidenceFactory,
    IssueFactory,
    ParticipantFactory,
    PersonFactory,
    UserFactory,
    told,
)
from told import document, store
from told import meeting as found

from meetings.models import AccountIssue, Judgement, Meeting
from meetings.records import Field

pytestmark = pytest.mark.django_db

TEXT = "Minister Lind met Minister Duarte in Lisbon on 3 March.\n\nThey spoke of fish.\n\nThey will meet again."


@pytest.fixture(autouse=True)
def editor(client):
    user = EditorFactory(username="ed")
    client.force_login(user)
    return user


@pytest.fixture
def waiting():
    """Three meetings that nobody has looked at, by confidence."""
    return [told(PersonFactory(), title=f"Talks {n}", confidence=n / 10) for n in (2, 5, 8)]


def shown(client, query: str = "") -> Meeting | None:
    return client.get(f"/review/{query}").context["meeting"]


def decide(client, meeting: Meeting, verb: str, query: str = "", **values):
    sent = {"meeting": meeting.public_id, "verb": verb, "seen": "unreviewed"} | values
    return client.post(f"/review/decide{query}", sent)


# Who, and what it says


def test_it_is_for_editors(client):
    client.logout()
    assert client.get("/review/").status_code == 302
    client.force_login(UserFactory())
    for address in ("/review/", "/review/who/1/", "/review/what/1/"):
        assert client.get(address).status_code == 403
    assert client.post("/review/decide").status_code == 403
    assert client.post("/review/undo").status_code == 403


def test_the_least_sure_comes_first_or_the_surest_if_one_likes(client, waiting):
    assert shown(client) == waiting[0]
    assert shown(client, "?order=surest") == waiting[2]
    assert "1 of 3 waiting" in client.get("/review/").content.decode()


def test_the_claim_stands_beside_its_passage_with_the_span_marked(client):
    told(PersonFactory(name="Jonas Lind"), text=TEXT, date="1995-03-03")
    page = client.get("/review/").content.decode()
    assert 'class="claim-mark telling"' in page
    assert "Minister Lind met Minister Duarte in Lisbon on 3 March.</mark>" in page
    evidence = Meeting.objects.get().accounts.get().evidence.get(field=Field.DATE)
    assert f'href="#c{evidence.pk}"' in page and f'id="c{evidence.pk}"' in page
    assert "They will meet again" not in page


def test_markup_in_a_document_is_shown_as_text(client):
    told(PersonFactory(name="<b>Lind</b>"), text="<b>Lind</b> met <i>them</i>. More.", title="<u>Talks</u>")
    page = client.get("/review/").content.decode()
    assert "<b>Lind" not in page and "<i>them" not in page and "<u>Talks" not in page


def test_it_says_how_far_the_accounts_agree_on_each_value(client):
    lind = PersonFactory(name="Jonas Lind")
    meeting = told(lind, date="1995-03-03")
    other = AccountFactory(meeting=meeting, date="1995-03-04")
    EvidenceFactory(revision__document=other.document, account=other)
    page = client.get("/review/").content.decode()
    assert "accounts differ: 3 March 1995 and 4 March 1995" in page
    assert "2 of 2 accounts say so" in page  # held
    assert "in 1 of 2 accounts" in page  # Lind


def test_the_queue_narrows_by_country_topic_document_and_any_question(client):
    sweden, theme = CountryFactory(key="SE", name="Sweden"), IssueFactory(name="Economy")
    fish = IssueFactory(key="fisheries", name="Fisheries", theme=theme)
    told(PersonFactory(), confidence=0.1)
    here = told(PersonFactory(country=sweden), about=(fish,), confidence=0.9)
    named = here.accounts.get().document.public_id
    for query in ("?q=country:SE", "?q=about:Fisheries", f"?document={named}", "?q=country:SE+about:fisheries"):
        page = client.get(f"/review/{query}")
        assert (page.context["meeting"], page.context["tally"].waiting) == (here, 1), query
    assert client.get("/review/?country=SE").url == "/review/?q=country:SE"


def test_what_is_reviewed_rejected_merged_or_no_longer_told_does_not_wait(client, waiting):
    one, two, three = waiting
    Meeting.objects.filter(pk=one.pk).update(review="confirmed")
    Meeting.objects.filter(pk=two.pk).update(account_count=0)
    Meeting.objects.filter(pk=three.pk).update(merged_into=one)
    assert "Nothing waits" in client.get("/review/").content.decode()


# Deciding


@pytest.mark.parametrize(("verb", "review"), [("confirm", "confirmed"), ("reject", "rejected"), ("unsure", "unsure")])
def test_a_decision_is_kept_with_its_reason_and_author_and_the_next_one_comes(client, editor, waiting, verb, review):
    answer = decide(client, waiting[0], verb, reason="The diary says so.")
    assert answer.url == "/review/"
    assert shown(client) == waiting[1]
    made = Judgement.objects.get()
    assert (made.verb, made.reason, made.made_by) == (verb, "The diary says so.", editor)
    assert Meeting.objects.get(pk=waiting[0].pk).review == review


def test_in_doubt_is_something_else_than_not_looked_at_and_outlives_reading_again(client):
    store()
    decide(client, Meeting.objects.get(), "unsure")
    store(document(), found(confidence=0.3), pipeline="test/2")
    assert Meeting.objects.get().review == "unsure"
    assert shown(client) is None
    assert shown(client, "?state=unsure") == Meeting.objects.get()


def test_who_skips_goes_on_and_comes_back_to_it_at_the_end(client, waiting):
    address = client.get("/review/").context["on"]
    assert shown(client, address.removeprefix("/review/")) == waiting[1]
    decide(client, waiting[1], "confirm", f"?past={waiting[0].public_id}")
    assert shown(client, f"?past={waiting[0].public_id}") == waiting[2]
    page = client.get(f"/review/?past={waiting[2].public_id}")
    assert page.context["meeting"] is None
    assert "2 meetings that you skipped still wait" in page.content.decode()


def test_of_two_that_are_as_sure_none_is_passed_over(client):
    alike = [told(PersonFactory(), confidence=0.5) for _ in range(3)]
    for order in ("", "order=surest"):
        seen, query = [], f"?{order}"
        while meeting := shown(client, query):
            seen.append(meeting)
            query = f"?{order}&past={meeting.public_id}"
        assert sorted(seen, key=lambda one: one.pk) == alike


def test_a_decision_that_somebody_else_made_meanwhile_is_not_replaced_unseen(client, waiting):
    Meeting.objects.filter(pk=waiting[0].pk).update(review="rejected")
    answer = decide(client, waiting[0], "confirm")
    assert answer.url == f"/review/?at={waiting[0].public_id}"
    assert not Judgement.objects.exists()
    assert "was rejected" in client.get(answer.url).content.decode()
    decide(client, waiting[0], "confirm", seen="rejected")
    assert Judgement.objects.get().verb == "confirm"


@pytest.mark.parametrize("verb", ["", "remove", "set"])
def test_what_is_no_decision_decides_nothing(client, waiting, verb):
    decide(client, waiting[0], verb)
    assert not Judgement.objects.exists()


def test_reading_the_queue_changes_nothing(client, waiting):
    assert client.get(f"/review/decide?meeting={waiting[0].public_id}&verb=confirm").status_code == 405
    assert client.get("/review/undo").status_code == 405


# Taking back


def test_the_last_ten_decisions_stay_open_and_the_last_is_undone_first(client, waiting):
    more = [told(PersonFactory()) for _ in range(12)]
    for meeting in more:
        decide(client, meeting, "confirm")
    latest = list(client.get("/review/").context["latest"])
    assert [made.meeting for made in latest] == more[:1:-1]
    last = latest[0]
    answer = client.post("/review/undo", {"act": last.act})
    assert answer.url == f"/review/?at={last.meeting.public_id}"
    assert shown(client, f"?at={last.meeting.public_id}").review == "unreviewed"
    assert Judgement.objects.get(pk=last.pk).withdrawn_at


def test_nobody_takes_back_here_what_somebody_else_decided(client, waiting):
    decide(client, waiting[0], "confirm")
    made = Judgement.objects.get()
    client.force_login(EditorFactory())
    for act in (made.act, "x", "-" * 36, ""):
        client.post("/review/undo", {"act": act})
    assert Judgement.objects.get().withdrawn_at is None
    assert not client.get("/review/").context["latest"]


# One claim, wherever it is the same


@pytest.fixture
def linds():
    """Three meetings with one “J. Lind”, taken for the wrong person, and one with another Lind."""
    wrong = PersonFactory(name="Johan Lind")
    for text in ("One", "Two", "Three"):
        met = told(wrong, title=text)
        for row in (*met.participants.all(), *met.accounts.get().participants.all()):
            row.name = "J. Lind"
            row.save()
    told(wrong, title="Four")
    return [Meeting.objects.get(title=title) for title in ("One", "Two", "Three")]


def claim(client, row, kind: str = "who"):
    return client.get(f"/review/{kind}/{row.pk}/")


def test_it_says_first_in_how_many_other_meetings_a_name_was_taken_so(client, linds):
    page = claim(client, linds[0].participants.get())
    assert "Here and in 2 other meetings" in page.content.decode()


def test_one_decides_who_somebody_is_in_all_of_them_and_takes_it_back_at_once(client, linds):
    right = PersonFactory(name="Jonas Lind")
    row = linds[0].participants.get()
    client.post(f"/review/who/{row.pk}/", {"person": right.pk, "scope": "all", "reason": "Of the Board"})
    people = [Meeting.objects.get(pk=one.pk).participants.get().person for one in linds]
    assert people == [right] * 3
    assert Meeting.objects.get(title="Four").participants.get().person.name == "Johan Lind"
    (made,) = client.get("/review/").context["latest"]
    assert (made.meetings, made.reason) == (3, "Of the Board")
    client.post("/review/undo", {"act": made.act})
    assert {Meeting.objects.get(pk=one.pk).participants.get().person.name for one in linds} == {"Johan Lind"}


def test_somebody_called_otherwise_is_looked_for_and_one_stays_where_one_was(client, linds):
    other, row = PersonFactory(name="Maria Sandberg"), linds[0].participants.get()
    assert other not in claim(client, row).context["people"]
    page = client.get(f"/review/who/{row.pk}/?state=unreviewed&find=sandb")
    assert page.context["people"][:2] == [row.person, other]
    assert '<input type="hidden" name="state" value="unreviewed">' in page.content.decode()
    assert "Nobody known here is called" in client.get(f"/review/who/{row.pk}/?find=Qwfpg").content.decode()


def test_of_many_people_who_are_called_so_the_first_are_shown_and_that_there_are_more_is_said(client, editor):
    row = told(PersonFactory(name="Halvar Lund")).participants.get()
    for n in range(12):
        PersonFactory(name=f"Sandby {n}")
    client.force_login(editor)
    assert "Only 12 of them" not in client.get(f"/review/who/{row.pk}/?find=sandb").content.decode()
    PersonFactory(name="Sandby the last")
    page = client.get(f"/review/who/{row.pk}/?find=sandb").content.decode()
    assert "Only 12 of them are shown" in page and page.count("Sandby") == 12


def test_or_in_one_of_them_alone_or_that_it_is_nobody_known(client, linds):
    client.post(f"/review/who/{linds[0].participants.get().pk}/", {"person": "nobody", "scope": "this"})
    assert [one.participants.get().person is None for one in linds] == [True, False, False]


def test_what_somebody_decided_on_already_is_not_decided_again(client, linds):
    row = linds[0].participants.get()
    client.post(f"/review/who/{row.pk}/", {"person": row.person_id, "scope": "this"})
    assert Judgement.objects.get().verb == "confirm"
    assert "Here and in 1 other meeting," in claim(client, linds[1].participants.get()).content.decode()


def test_what_was_confirmed_of_a_participant_outlives_reading_again(client):
    store()
    row = Meeting.objects.get().participants.get(name="Jonas Lind")
    client.post(f"/review/who/{row.pk}/", {"person": row.person_id, "scope": "this"})
    rival = PersonFactory(name="Jonas Lind", country=row.country)
    PersonFactory(name="Jonas Lind", country=row.country)
    store(document(), found(confidence=0.3), pipeline="test/2")
    assert Meeting.objects.get().participants.get(name="Jonas Lind").person_id == row.person_id != rival.pk


def test_a_name_that_nobody_knows_is_resolved_wherever_it_stands_so(client):
    meetings = [told(title=f"Talks {n}") for n in range(3)]
    for meeting in meetings:
        account = meeting.accounts.get()
        row = ParticipantFactory(meeting=meeting, name="Rui Alves")
        AccountParticipantFactory(account=account, participant=row, name="Rui Alves")
    rui = PersonFactory(name="Rui Alves")
    row = meetings[0].participants.get()
    assert [one.name for one in claim(client, row).context["people"]] == ["Rui Alves"]
    client.post(f"/review/who/{row.pk}/", {"person": rui.pk, "scope": "all"})
    assert [meeting.participants.get().person for meeting in meetings] == [rui] * 3


def test_a_wording_is_given_its_topic_or_taken_off_wherever_it_is_the_same(client):
    theme = IssueFactory(name="Economy")
    wrong, right = IssueFactory(theme=theme), IssueFactory(theme=theme)
    meetings = [told(PersonFactory(), about=(wrong,), title=f"Talks {n}") for n in range(3)]
    AccountIssue.objects.update(mention="the net question")
    AccountIssue.objects.filter(account__meeting=meetings[2]).update(mention="another question")
    row = meetings[0].agenda.get()
    assert "Here and in 1 other meeting," in claim(client, row, "what").content.decode()
    client.post(f"/review/what/{row.pk}/", {"issue": right.key, "scope": "all"})
    assert [meeting.agenda.get().issue for meeting in meetings] == [right, right, wrong]
    client.post(f"/review/what/{meetings[2].agenda.get().pk}/", {"issue": "remove"})
    assert not meetings[2].agenda.exists()


@pytest.mark.parametrize("value", ["", "x", "9" * 30, "-1"])
def test_a_person_or_topic_that_there_is_not_decides_nothing(client, linds, value):
    row = linds[0].participants.get()
    assert client.post(f"/review/who/{row.pk}/", {"person": value}).status_code == 302
    assert not Judgement.objects.exists()


# How


def test_htmx_gets_the_next_meeting_alone_and_a_restored_page_is_whole(client, waiting):
    fragment = client.get("/review/", headers={"HX-Request": "true"}).content.decode()
    assert "Talks 2" in fragment and "<html" not in fragment
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/review/", headers=headers).content.decode()


def test_it_asks_few_questions_however_much_there_is_to_show(client, django_assert_max_num_queries):
    theme = IssueFactory(name="Economy")
    for _ in range(3):
        meeting = told(
            *(PersonFactory(country=CountryFactory(key=key, name=key)) for key in ("SE", "PT", "NO")),
            about=[IssueFactory(theme=theme) for _ in range(4)],
            text=TEXT,
        )
        for _ in range(3):
            account = AccountFactory(meeting=meeting)
            EvidenceFactory(revision__document=account.document, account=account)
        decide(client, meeting, "unsure")
    client.get("/review/?state=unsure")
    with django_assert_max_num_queries(14):  # four of them to sign in
        client.get("/review/?state=unsure")
