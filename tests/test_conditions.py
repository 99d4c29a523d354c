"""Conditions over meetings: each alone, under OR and under NOT."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from factories import (
    CollectionFactory,
    CountryFactory,
    IssueFactory,
    MeetingFactory,
    MeetingIssueFactory,
    ParticipantFactory,
    PersonFactory,
    PlaceFactory,
    PositionFactory,
    told,
)

from meetings import conditions
from meetings.models import Meeting

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


def titles(*condition) -> set[str]:
    return set(Meeting.objects.filter(*condition).values_list("title", flat=True))


@pytest.fixture
def meetings():
    """Talks in Oslo (dated, with a Norwegian and a Swede, on fish), a call (in 1995), a note (nothing told)."""
    norway, sweden = CountryFactory(key="NO"), CountryFactory(key="SE")
    holm, lind = PersonFactory(name="Eva Holm", country=norway), PersonFactory(name="Jonas Lind", country=sweden)
    food = IssueFactory(name="Food supplies")
    fish = IssueFactory(name="Catches", theme=food)
    talks = told(
        holm,
        lind,
        about=(fish,),
        title="talks",
        date="1996-05-05",
        place=PlaceFactory(name="Oslo", country=norway),
        text="They spoke of herring at length.",
        document={"kind": "memcon"},
    )
    call = told(lind, title="call", date="1995", medium="phone", status="planned", text="They spoke of trawlers.")
    ParticipantFactory(meeting=call, name="Ana Duarte", role="Under Secretary of State")
    MeetingIssueFactory(meeting=call, issue=None, name="Quotas for mackerel")
    MeetingFactory(title="note", date="", medium="", review="confirmed")
    return {"holm": holm, "lind": lind, "food": food, "fish": fish, "talks": talks}


CONDITIONS = {
    "people": (lambda made: conditions.with_people([made["holm"].pk]), {"talks"}),
    "any of the people": (lambda made: conditions.with_people([made["holm"].pk, made["lind"].pk]), {"talks", "call"}),
    "nobody": (lambda made: conditions.with_people([]), set()),
    "unresolved": (lambda made: conditions.with_unresolved(["ana duarte"]), {"call"}),
    "unresolved of a known name": (lambda made: conditions.with_unresolved(["eva holm"]), set()),
    "countries": (lambda made: conditions.with_countries(["NO", "FI"]), {"talks"}),
    "role in words": (lambda made: conditions.in_office(words=["under secretary"]), {"call"}),
    "issue": (lambda made: conditions.about([made["fish"].pk]), {"talks"}),
    "theme": (lambda made: conditions.about([made["food"].pk]), {"talks"}),
    "the agenda's own words": (lambda made: conditions.agenda_words("mackerel quota"), {"call"}),
    "place": (lambda made: conditions.in_places([made["talks"].place_id]), {"talks"}),
    "country of the place": (lambda made: conditions.in_countries(["NO"]), {"talks"}),
    "medium": (lambda made: conditions.medium(["phone", "video"]), {"call"}),
    "medium untold": (lambda made: conditions.medium(["unknown"]), {"note"}),
    "status": (lambda made: conditions.status(["planned"]), {"call"}),
    "review": (lambda made: conditions.review(["confirmed"]), {"note"}),
    "from a day": (lambda made: conditions.between(date(1996, 1, 1)), {"talks"}),
    "between days of one year": (lambda made: conditions.between(date(1995, 1, 1), date(1995, 12, 1)), {"call"}),
    "between days years apart": (lambda made: conditions.between(date(1993, 1, 1), date(1995, 12, 1)), {"call"}),
    "to a day": (lambda made: conditions.between(None, date(1995, 6, 1)), {"call"}),
    "undated": (lambda made: conditions.undated(), {"note"}),
    "kind of document": (lambda made: conditions.told_by(["memcon", "news"], ANYBODY), {"talks"}),
    "words of a document": (lambda made: conditions.matching("trawler", ANYBODY), {"call"}),
    "words of its own": (lambda made: conditions.matching("note", ANYBODY), {"note"}),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_finds_its_meetings_and_its_opposite_all_others(meetings, name):
    make, found = CONDITIONS[name]
    condition = make(meetings)
    assert titles(condition) == found
    assert titles(~condition) == {"talks", "call", "note"} - found
    assert titles(condition | conditions.undated()) == found | {"note"}


@pytest.mark.parametrize(
    ("day", "found"),
    [("1993-12-31", False), ("1994", True), ("1996-02", True), ("1997-03-01", False), ("", False)],
)
def test_an_office_finds_whoever_held_it_on_the_day(day, found):
    holder = PersonFactory()
    PositionFactory(person=holder, office="foreign minister", start="1994-06", end="1997-02-28")
    ParticipantFactory(meeting=MeetingFactory(date=day), person=holder)
    assert Meeting.objects.filter(conditions.in_office(["foreign minister"])).exists() is found
    assert not Meeting.objects.filter(conditions.in_office(["head of state"])).exists()


def test_an_office_without_an_end_is_still_held():
    holder = PersonFactory()
    PositionFactory(person=holder, office="head of state", start="1994", end="")
    ParticipantFactory(meeting=MeetingFactory(date="2020-01-01"), person=holder)
    assert Meeting.objects.filter(conditions.in_office(["head of state"])).exists()


def test_words_and_kinds_of_hidden_documents_find_nothing():
    told(
        PersonFactory(),
        text="They spoke of herring.",
        document={"kind": "memcon", "collection": CollectionFactory(name="Hidden", public=False)},
    )
    assert not Meeting.objects.filter(conditions.matching("herring", ANYBODY)).exists()
    assert not Meeting.objects.filter(conditions.told_by(["memcon"], ANYBODY)).exists()
