"""Meetings, topics and places are merged, stay merged whatever is read again, and can be parted; so they are at random."""

import pytest
from django.db import transaction
from factories import EditorFactory
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from merged import ONE, OTHER, state, stored, told_of
from told import document, store

from meetings import decisions, judgements, reference
from meetings.merging.kind import Impossible
from meetings.merging.kinds import KINDS
from meetings.models import Account, Collection, Document, Issue, Judgement, Meeting, MeetingIssue, Person, Place

pytestmark = pytest.mark.django_db

meetings, topics, places, people = (KINDS[name] for name in ("meetings", "topics", "places", "people"))


@pytest.fixture
def editor():
    return EditorFactory()


@pytest.fixture
def read():
    stored()


def read_again() -> None:
    """Everything, stored anew from the first row to the last."""
    Document.objects.update(extracted_digest="", pipeline="an earlier one")
    stored()


def issue(key: str) -> Issue:
    return Issue.objects.get(key=key)


def place(name: str) -> Place:
    return Place.objects.get(name=name)


def both() -> list[Meeting]:
    return list(Meeting.objects.filter(merged_into=None, account_count__gt=0).order_by("earliest"))


def undo(kind, editor, done):
    return kind.undo(editor, Judgement.objects.filter(act=done.acts[0]).exclude(verb="set").first())


def test_merges_of_every_kind_are_as_they_were_left_after_everything_is_read_again(read, editor):
    one, other = both()
    people.merge(editor, Person.objects.get(name="Ulla Brandvold"), [Person.objects.get(name="Ulrikke Brandvoll")])
    topics.merge(editor, issue("fisheries"), [issue("trade")])
    places.merge(editor, place("Oslo"), [place("Bergen")])
    meetings.merge(editor, other, [one], name="Talks in the North")
    before = state()
    read_again()
    assert state() == before
    assert [(each.title, each.place.name) for each in both()] == [("Talks in the North", "Oslo")]
    assert list(MeetingIssue.objects.values_list("name", flat=True)) == ["Fisheries"]


def test_a_merged_topic_is_found_and_counted_under_the_one_that_stays(read, editor):
    before = state()
    done = topics.merge(editor, issue("fisheries"), [issue("trade")])
    assert Meeting.objects.about(issue("fisheries")).count() == 2
    assert Meeting.objects.about(issue("trade")).count() == 0
    reference.load()
    assert issue("trade").merged_into == issue("fisheries")
    undo(topics, editor, done)
    assert state() == before


def test_the_issues_of_a_merged_theme_follow_it_and_come_back(editor):
    stays, gone = Issue.objects.filter(theme=None).order_by("pk")[:2]
    moved, kept = gone.issues.order_by("pk")[:2]
    n = gone.issues.count()
    done = topics.merge(editor, stays, [gone])
    reference.load()
    assert gone.issues.count() == 0
    Issue.objects.filter(pk=kept.pk).update(theme=Issue.objects.filter(theme=None).last())
    undo(topics, editor, done)
    assert gone.issues.count() == n - 1
    moved.refresh_from_db()
    assert moved.theme == gone


def test_a_theme_and_an_issue_are_not_merged(editor):
    with pytest.raises(Impossible, match="theme"):
        topics.merge(editor, issue("fisheries"), [issue("fisheries").theme])


def test_a_place_that_an_editor_chose_leads_to_the_one_that_stays(read, editor):
    one, _ = both()
    bergen = place("Bergen")
    before = decisions.State.of(one)
    Meeting.objects.filter(pk=one.pk).update(place=bergen)
    decisions.decide(editor, one, before)
    done = places.merge(editor, place("Oslo"), [bergen])
    read_again()
    assert {each.place.name for each in both()} == {"Oslo"}
    undo(places, editor, done)
    assert [each.place.name for each in both()] == ["Bergen", "Bergen"]


def test_merged_meetings_come_apart_with_their_addresses(read, editor):
    before = state()
    one, other = both()
    done = meetings.merge(editor, one, [other], name=other.title)
    assert (Meeting.objects.get(pk=other.pk).merged_into, both()) == (one, [one])
    read_again()
    assert both() == [one]
    undo(meetings, editor, done)
    assert state() == before


def test_meetings_merged_on_the_page_of_activity_come_apart_there_too(read, editor):
    before = state()
    done = meetings.merge(editor, both()[0], both()[1:])
    decisions.withdraw(editor, Judgement.objects.filter(act=done.acts[0])[:1])
    assert state() == before


def test_meetings_of_different_confidence_are_not_merged(editor):
    for text, host, guest, date in (
        (ONE, "Ulla Brandvold", "Jonas Lind", "1995-03-03"),
        (OTHER, "Ulrikke Brandvoll", "Ana Duarte", "1996-05-09"),
    ):
        name = f"Papers of {guest}"
        store(document(text, collection=name), told_of(text, host, guest, "SE", date))
    for collection in Collection.objects.filter(name__startswith="Papers of"):
        collection.public = False
        collection.save()
        Meeting.objects.filter(accounts__document__collection=collection).update(audience=collection)
    with pytest.raises(Impossible, match="in confidence"):
        meetings.merge(editor, both()[0], both()[1:])


def test_meetings_that_are_two_stay_so_and_the_unsure_are_marked(read, editor):
    one, other = both()
    meetings.judge(editor, one, other, "unsure")
    assert [each.judgement.verb for each in meetings.decided_on(one)] == ["unsure"]
    assert {each.review for each in both()} == {"unreviewed"}
    meetings.judge(editor, one, other, "different")
    account = Account.objects.get(meeting=one)
    assert [same for _, same in judgements.pairs_of(account)] == [False]


def test_a_meeting_that_was_merged_meanwhile_is_not_said_to_be_kept_apart(read, editor):
    one, other = both()
    meetings.merge(editor, one, [other])
    with pytest.raises(Impossible, match="merged with another"):
        meetings.judge(editor, one, other, "different")


# At random

NAMES = ["Ulla Brandvold", "Pekka Salmela", "Ingrid Aas"]
TOWNS = ["Oslo", "Turku", "Lund"]
texts = st.tuples(
    st.permutations(NAMES).map(lambda names: names[:2]),
    st.sampled_from(sorted(TOWNS)),
    st.sampled_from(["1995-03-03", "1995-03-04", "1996"]),
)
steps = st.lists(
    st.one_of(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(0, 2), st.integers(0, 2)), st.just("read again")),
    min_size=1,
    max_size=4,
)


def read_all(told) -> None:
    for n, ((host, guest), town, date) in enumerate(told):
        text = (
            f"Note {n}\n\n{host} met {guest} in {town} on a day in spring, for the {n}. time. They discussed trade.\n"
        )
        store(document(text, title=f"Note {n}", date="1996-12-31"), told_of(text, host, guest, "SE", date, town=town))


def records(kind) -> list:
    match kind.name:
        case "people":
            return list(Person.objects.filter(name__in=NAMES).order_by("name"))
        case "places":
            return list(Place.objects.filter(name__in=TOWNS).order_by("name"))
        case "topics":
            return list(Issue.objects.filter(key__in=("fisheries", "trade", "tariffs")).order_by("key"))
    return both()


def try_at_random(editor, told, asked, order) -> None:
    with transaction.atomic():
        read_all(told)
        before, made = state(), []
        for step in asked:
            if step == "read again":
                merged = state()
                Document.objects.update(extracted_digest="", pipeline="an earlier one")
                read_all(told)
                assert state() == merged
                continue
            name, a, b = step
            found = records(KINDS[name])
            if (
                len(found) > max(a, b)
                and len(pair := KINDS[name].get([KINDS[name].id(found[a]), KINDS[name].id(found[b])])) == 2
            ):
                made.append((KINDS[name], KINDS[name].merge(editor, pair[0], pair[1:])))
        order.shuffle(made)
        for kind, done in made:
            undo(kind, editor, done)
        assert state() == before
        transaction.set_rollback(True)


@settings(max_examples=5, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(texts, min_size=2, max_size=3), steps, st.randoms(use_true_random=False))
def test_merging_and_undoing_gives_everything_back(editor, told, asked, order):
    try_at_random(editor, told, asked, order)


@pytest.mark.soak
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.lists(texts, min_size=2, max_size=4), steps, st.randoms(use_true_random=False))
def test_merging_and_undoing_gives_everything_back_in_a_long_trial(editor, told, asked, order):
    try_at_random(editor, told, asked, order)


def test_a_meeting_of_two_accounts_that_is_parted_again_leaves_the_other_its_address(editor):
    one, other = ["Ulla Brandvold", "Pekka Salmela"], ["Ulla Brandvold", "Ingrid Aas"]
    read_all([(one, "Lund", "1995-03-03"), (one, "Lund", "1996"), (other, "Lund", "1995-03-03"), (one, "Lund", "1996")])
    before = state()
    (stays,) = (row for row in both() if "Ingrid Aas" in row.title)
    (gone,) = (row for row in both() if row.account_count == 2)
    done = meetings.merge(editor, stays, [gone])
    undo(meetings, editor, done)
    assert state() == before


def test_a_namesake_of_another_country_is_still_told_apart_after_a_merge(editor):
    told = [
        (["Pekka Salmela", "Ulla Brandvold"], "Lund", "1995-03-03"),
        (["Ulla Brandvold", "Pekka Salmela"], "Lund", "1995-03-03"),
    ]
    read_all(told)
    stays = Person.objects.get(name="Pekka Salmela", country="NO")
    people.merge(editor, stays, [Person.objects.get(name="Ulla Brandvold", country="SE")])
    merged = state()
    Document.objects.update(extracted_digest="", pipeline="an earlier one")
    read_all(told)
    assert state() == merged
