"""The meetings that a question finds: their order, their number, and how they divide; exact, or said to be a lower bound."""

import pytest
from django.contrib.auth.models import AnonymousUser
from factories import (
    CollectionFactory,
    CountryFactory,
    EditorFactory,
    IssueFactory,
    MeetingFactory,
    PersonFactory,
    PlaceFactory,
    UserFactory,
    told,
)

from meetings import conditions, hits, rollups
from meetings.models import Country, Issue, Meeting, Person, Rollup

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


def seen(*condition, user=ANYBODY):
    return Meeting.objects.visible_to(user).filter(*condition)


@pytest.fixture
def talks():
    """Six meetings of one person, in 1990 to 1994 and undated; the oldest by telephone, that of 1992 told twice."""
    holm = PersonFactory(name="Eva Holm", country=CountryFactory(key="NO"))
    lind = PersonFactory(name="Jonas Lind", country=CountryFactory(key="SE"))
    issue = IssueFactory(theme=IssueFactory())
    for year in range(1990, 1995):
        people = (holm, lind) if year > 1992 else (holm,)
        told(
            *people,
            about=(issue,),
            title=str(year),
            date=f"{year}-03",
            medium="phone" if year == 1990 else "in_person",
            place=PlaceFactory(name="Oslo", country=holm.country),
            account_count=2 if year == 1992 else 1,
            text="They spoke of herring." if year < 1994 else "They spoke of wool.",
        )
    told(holm, title="undated", date="", text="They spoke of herring.")
    return holm


@pytest.fixture
def small(monkeypatch):
    """A cap of four."""
    monkeypatch.setattr(hits, "CAP", 4)
    monkeypatch.setattr(rollups, "LIVE", 4)


def titles(sort: str = "newest", **span) -> list[str]:
    return [meeting.title for meeting in seen().hits(sort)[slice(None)]]


def test_the_orders(talks):
    assert titles() == ["1994", "1993", "1992", "1991", "1990", "undated"]
    assert titles("oldest") == ["1990", "1991", "1992", "1993", "1994", "undated"]
    assert titles("accounts") == ["1992", "1994", "1993", "1991", "1990", "undated"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "accounts"])
def test_pages_follow_one_another(talks, small, sort):
    rollups.refresh()
    found = seen().hits(sort)
    assert [row.title for at in range(0, 6, 2) for row in found[at : at + 2]] == titles(sort)


@pytest.mark.parametrize("words", ["", "herring"])
def test_meetings_with_a_rare_term_are_listed_in_the_same_order(talks, small, words, monkeypatch):
    monkeypatch.setattr(conditions, "RARE", 0)  # words are looked for meeting by meeting
    monkeypatch.setattr(hits, "STEP", 4)
    rollups.refresh()
    asked = [conditions.with_countries(["NO"]), *([conditions.matching(words, ANYBODY)] if words else [])]

    def found(most: int) -> tuple[bool, list[int]]:
        monkeypatch.setattr(hits, "RARE", most)
        listed = seen(*asked).hits()
        return listed.rare, listed.ids

    (walked, one), (sorted_, other) = found(0), found(100)
    assert not walked and sorted_ and one == other and len(one) >= 4


def test_counts_of_few_meetings_are_exact(talks):
    found = seen(conditions.with_people([talks.pk]))
    tally = found.tally()
    assert (tally.total, tally.more, tally.counted) == (6, False, None)
    assert tally.years == {year: 1 for year in range(1990, 1995)}
    assert (tally.undated, tally.media["phone"]) == (1, 1)
    assert [(person.name, person.n) for person in found.people()] == [("Eva Holm", 6), ("Jonas Lind", 2)]
    assert [(country.pk, country.n) for country in found.countries()] == [("NO", 6), ("SE", 2)]
    assert [issue.n for issue in found.issues()] == [issue.n for issue in found.themes()] == [5]
    assert [place.n for place in found.places()] == [5]
    assert found.kinds(ANYBODY) == {"cable": 6}


def test_beyond_the_cap_numbers_are_lower_bounds_and_say_so(talks, small):
    tally = seen(conditions.with_people([talks.pk])).tally()
    assert (tally.total, tally.more) == (4, True)
    assert tally.years.total() + tally.undated == 4


def test_everything_and_what_is_often_asked_for_by_itself_are_counted_ahead(talks, small):
    rollups.refresh()
    for number, *question in (
        (6,),
        (6, conditions.with_people([talks.pk])),
        (6, conditions.with_countries(["NO"])),
        (5, conditions.in_countries(["NO"])),
        (5, conditions.medium(["in_person"])),
        (6, conditions.status(["held"])),
        (6, conditions.told_by(["cable"], ANYBODY)),
    ):
        found = seen(*question).hits()
        assert (found.tally.total, found.tally.more) == (number, False)
        assert found.tally.counted is not None
        assert found.tally.years.total() + found.tally.undated == number
        assert "ids" not in vars(found), "no more is found than is shown"
        assert [row.pk for row in found[:2]] == found.ids[:2]
    assert [(person.name, person.n) for person in seen().people()] == [("Eva Holm", 6), ("Jonas Lind", 2)]
    two = seen(conditions.with_people([talks.pk]), conditions.medium(["in_person"])).tally()
    assert (two.total, two.more, two.counted) == (4, True, None)


def test_counts_made_ahead_agree_with_counts_made_live(talks, small, monkeypatch):
    rollups.refresh()
    ahead = seen().hits()
    facets, total = ahead.facets, ahead.total
    monkeypatch.setattr(hits, "CAP", 100)
    assert (facets, total) == (seen().hits().facets, seen().hits().total)


def test_nothing_is_counted_ahead_while_everything_can_be_counted_live(talks):
    assert rollups.refresh() == 0
    assert not Rollup.objects.exists()


def test_counts_are_made_anew_once_they_are_off(talks, small):
    assert rollups.refresh_if_stale() == 6
    MeetingFactory()
    assert rollups.refresh_if_stale() == 7
    assert seen().tally().total == 7
    Meeting.objects.filter(title__startswith="199").update(account_count=0)
    rollups.refresh_if_stale()
    assert not Rollup.objects.exists()


@pytest.mark.parametrize("ahead", [False, True])
def test_counts_tell_nobody_of_what_they_may_not_see(talks, small, monkeypatch, ahead):
    if not ahead:
        monkeypatch.setattr(hits, "CAP", 100)
        monkeypatch.setattr(rollups, "LIVE", 100)
    reader = UserFactory()
    home = CollectionFactory(name="Closed", public=False)
    home.readers.add(reader)
    told(talks, title="closed", audience=home, document={"collection": home, "kind": "memcon"})
    told(talks, title="rejected", review="rejected")
    rollups.refresh()
    for user, number in ((ANYBODY, 6), (UserFactory(), 6), (reader, 7), (EditorFactory(), 8)):
        found = seen(user=user)
        assert found.tally().total == number
        assert found.kinds(user)["memcon"] == (number > 6)
        assert Person.objects.visible_to(user).get(pk=talks.pk).meeting_count == number
        assert Country.objects.visible_to(user).get(pk="NO").meeting_count == number
        assert Issue.objects.visible_to(user).exclude(theme=None).get().meeting_count == 5


@pytest.mark.parametrize("ahead", [False, True])
def test_people_by_number_of_meetings(talks, small, monkeypatch, ahead):
    if not ahead:
        monkeypatch.setattr(rollups, "LIVE", 100)
    rollups.refresh()
    for user in (ANYBODY, UserFactory()):
        ranking = Person.objects.most_met(user)
        assert len(ranking) == 2
        assert [(person.name, person.meeting_count) for person in ranking[:5]] == [("Eva Holm", 6), ("Jonas Lind", 2)]
        assert [person.name for person in ranking[1:2]] == ["Jonas Lind"]


def test_a_kind_that_is_told_openly_and_in_confidence_counts_once(talks):
    reader, home = UserFactory(), CollectionFactory(name="Closed", public=False)
    home.readers.add(reader)
    told(document={"collection": home}).accounts.update(meeting=Meeting.objects.get(title="1990"))
    assert seen(user=reader).kinds(reader) == {"cable": 6}


class TestFrequentWords:
    @pytest.fixture(autouse=True)
    def frequent(self, monkeypatch):
        monkeypatch.setattr(conditions, "RARE", 0)

    def test_they_find_the_same_as_rare_ones(self, talks, monkeypatch):
        question = lambda: conditions.matching("herring", ANYBODY)  # noqa: E731
        for condition in (question(), ~question(), question() | conditions.undated()):
            walked = seen(condition).hits().ids
            with monkeypatch.context() as context:
                context.setattr(conditions, "RARE", 1_000)
                rare = question()
            assert walked
        assert set(seen(question()).hits().ids) == set(seen(rare).hits().ids)
        assert [m.title for m in seen(question()).hits()[:2]] == ["1993", "1992"]

    def test_what_was_not_walked_past_is_said_to_be_open(self, talks, monkeypatch):
        monkeypatch.setattr(hits, "STEP", 2)
        monkeypatch.setattr(hits, "ENOUGH", 1)
        tally = seen(conditions.matching("herring", ANYBODY)).tally()
        assert (tally.total, tally.more) == (1, True)

    def test_words_of_long_ago_are_found_all_the_same(self, talks, monkeypatch):
        monkeypatch.setattr(hits, "STEP", 1)
        monkeypatch.setattr(hits, "STEPS", 1)
        tally = seen(conditions.matching("herring", ANYBODY)).tally()
        assert (tally.total, tally.more) == (5, False)

    def test_words_that_no_passage_has_are_found_in_what_the_meeting_is_called(self, talks):
        assert [meeting.title for meeting in seen(conditions.matching("1990", ANYBODY)).hits()[:2]] == ["1990"]

    def test_other_conditions_lead(self, talks):
        found = seen(conditions.medium(["phone"]), conditions.matching("herring", ANYBODY))
        assert [meeting.title for meeting in found.hits()[:9]] == ["1990"]
