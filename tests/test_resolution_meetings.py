"""Which accounts tell of one encounter: what speaks for it, what against, and what follows."""

from dataclasses import replace
from datetime import time
from itertools import permutations

import pytest
from django.urls import reverse
from told import document, meeting, person, store

from meetings import judgements
from meetings.derivation import Party, Spot, Topic, Values
from meetings.encounters import Neighbourhood, regroup
from meetings.models import Account, Collection, Document, Meeting, Suggestion
from meetings.records import ExtractedPlace
from meetings.resolution.accounts import with_values
from meetings.resolution.clusters import Link, clusters
from meetings.resolution.reasons import Decision
from meetings.resolution.scoring import compare
from meetings.storage import delete_documents

LISBON = Spot("Lisbon", name="Lisbon", country="PT", at=(38.7, -9.1))
ONE = Values(
    date="1995-03-03",
    place=LISBON,
    medium="in_person",
    participants=(
        Party("Ana Duarte", role="Foreign Minister", country="PT"),
        Party("Jonas Lind", role="Foreign Minister", country="SE"),
    ),
    written="1995-03-04",
)


def decided(**changes) -> Decision:
    return compare(ONE, replace(ONE, **changes)).decision


# Pairs of accounts


def test_the_other_side_s_account_of_one_day_is_the_same_encounter():
    other = replace(
        ONE, place=None, medium="", participants=(Party("J. Lind", country="SE"), Party("Duarte", country="PT"))
    )
    verdict = compare(ONE, other)
    assert verdict.decision == Decision.SAME
    assert "3 March 1995" in str(verdict)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"date": "1995-03-24"}, "different dates"),
        ({"medium": "phone"}, "different form"),
        ({"place": Spot("Stockholm", name="Stockholm", country="SE"), "date": "1995-03"}, "different countries"),
        ({"status": "cancelled"}, "called off"),
        ({"status": "planned", "date": "", "written": "1995-03-02"}, "planned"),
        ({"date": "", "written": "1995-02-20"}, "written before"),
        (
            {"participants": (Party("Rui Alves", country="PT"), Party("Jonas Lind", country="SE"))},
            "Ana Duarte in one, Rui Alves in the other",
        ),
        (
            {"participants": (Party("Ana Duarte", country="PT"), Party("Paavo Aho", country="FI"))},
            "other parties: Sweden, Finland",
        ),
        (
            {"participants": (Party("Mário Cunha", role="President", country="PT"), *ONE.participants)},
            "only one names Mário Cunha",
        ),
        (
            {"participants": (*ONE.participants, *(Party("X", country=key) for key in ("FI", "NO", "DK", "IS")))},
            "only one names Denmark, Finland, Iceland, Norway",
        ),
        ({"date": "1995", "place": None, "written": ""}, "one tells 1995"),
    ],
)
def test_decoys_stay_apart(change, why):
    verdict = compare(ONE, replace(ONE, **change))
    assert verdict.decision != Decision.SAME
    assert why in str(verdict)


@pytest.mark.parametrize(
    "change",
    [
        {"date": "1995-03"},
        {"date": ""},
        {"place": Spot("Palácio", exactness=0, name="Necessidades Palace", country="PT", at=(38.71, -9.17))},
        {"place": Spot("P", exactness=0, name="Hotel Tivoli, Lisbon", country="PT")},
        {"place": Spot("Oslo", inferred=True, name="Oslo", country="NO")},
        {"medium": ""},
        {"participants": (Party("Анна Дуарте", country="PT"), Party("Lind", country="SE"))},
        {"participants": (Party(role="Foreign Minister", country="PT"), Party("Lind", role="FM", country="SE"))},
        {"participants": (Party("Duarte"), Party("Lind"))},
        {"status": "planned"},
        {"date": "1995-03-03/1995-03-05"},
    ],
)
def test_what_is_told_less_exactly_contradicts_nothing(change):
    assert decided(**change) == Decision.SAME


def test_the_secretary_is_the_secretary_of_state_of_the_same_side():
    long, short = Party("Ana Duarte", role="Secretary of State", country="PT"), Party(role="Secretary", country="PT")
    one = replace(ONE, participants=(long, ONE.participants[1]))
    assert compare(one, replace(one, participants=(short, ONE.participants[1]))).decision == Decision.SAME
    senate = Party(role="President of the Senate", country="PT")
    chief = replace(one, participants=(Party("Ana Duarte", role="President", country="PT"), ONE.participants[1]))
    assert compare(chief, replace(one, participants=(senate, ONE.participants[1]))).decision != Decision.SAME


def test_one_name_and_post_of_two_countries_is_one_person_whose_country_was_misread():
    guest = Party("Jonas Lind", role="Foreign Minister", country="PT")
    assert decided(participants=(ONE.participants[0], guest)) == Decision.SAME
    namesake = Party("Jonas Lind", role="Minister of Trade", country="FI")
    assert decided(participants=(ONE.participants[0], namesake)) != Decision.SAME


def test_a_body_that_only_one_names_goes_by_how_it_is_called():
    council = Party("Eva Rask", organisation=7, body="Nordic Council")
    verdict = compare(ONE, replace(ONE, participants=(*ONE.participants, council)))
    assert "only one names Nordic Council" in str(verdict)


def test_silence_is_never_taken_for_agreement():
    bare = replace(ONE, place=None, medium="", date="", written="")
    assert compare(bare, ONE).decision == Decision.SUGGEST


def test_one_call_has_two_dates_where_the_clocks_of_the_parties_differ():
    people = (Party("Ana Duarte", country="US"), Party("Jonas Lind", country="CN"))
    call = replace(ONE, place=None, medium="phone", participants=people)
    assert compare(call, replace(call, date="1995-03-04")).decision == Decision.SAME
    near = replace(call, participants=ONE.participants)
    assert compare(near, replace(near, date="1995-03-04")).decision != Decision.SAME


@pytest.mark.parametrize(
    ("guest", "told", "decision"),
    [
        ("US", "1995-03-04", Decision.SUGGEST),  # behind Lisbon by five hours: by day the date is one
        ("CN", "1995-03-04", Decision.SAME),  # ahead by eight: an evening in Lisbon is the next day in Beijing
        ("NZ", "1995-03-04", Decision.SAME),
    ],
)
def test_talks_in_one_town_have_another_day_only_by_a_clock_that_shows_it_while_people_meet(guest, told, decision):
    people = (Party("Ana Duarte", country="PT"), Party("Jonas Lind", country=guest))
    talks = replace(ONE, participants=people)
    palace = Spot("P", exactness=0, name="Necessidades Palace", country="PT", at=(38.71, -9.17))
    for place in LISBON, palace:
        assert compare(talks, replace(talks, place=place, date=told)).decision == decision


def test_a_clock_eight_hours_behind_still_shows_yesterday_when_people_meet_in_the_morning():
    people = (Party("Ana Duarte", country="JP"), Party("Jonas Lind", country="US"))
    talks = replace(ONE, place=Spot("Tokyo", name="Tokyo", country="JP", at=(35.7, 139.7)), participants=people)
    assert compare(talks, replace(talks, date="1995-03-02")).decision == Decision.SAME


def test_two_records_of_sessions_on_two_days_are_two_encounters():
    session = replace(ONE, kind="memcon")
    assert compare(session, replace(session, date="1995-03-04")).decision != Decision.SAME


def test_one_person_in_common_makes_no_encounter():
    alone = replace(ONE, participants=ONE.participants[:1], agenda=(Topic("Fisheries"),), time=time(10))
    assert compare(alone, alone).decision == Decision.SUGGEST


def test_two_people_of_one_side_are_not_enough():
    side = (Party("Ana Duarte", country="PT"), Party("Rui Alves", country="PT"))
    assert compare(replace(ONE, participants=side), replace(ONE, participants=side)).decision != Decision.SAME


def test_the_order_of_two_accounts_does_not_matter():
    other = replace(ONE, date="1995-03", participants=(Party("Lind", country="SE"), Party(role="President")))
    assert compare(ONE, other).score == pytest.approx(compare(other, ONE).score)


# Groups


def test_the_strongest_links_come_first_and_never_cross_what_is_apart():
    links = [Link(1, 2, 10), Link(2, 3, 12), Link(3, 4, 11)]

    def apart(_, ours, theirs):
        return {1, 3} <= ours | theirs

    for order in permutations(links):
        assert clusters([1, 2, 3, 4], order, apart, lambda each: (each,)) == [{1}, {2, 3, 4}]


# In the database

TEXTS = (
    "Readout\n\nForeign Minister Ana Duarte met Minister Jonas Lind in Lisbon on 3 March 1995. They discussed fisheries.",
    "Cable\n\n1. (C) Lind called on Duarte on 3 March. They discussed fisheries.",
    "News\n\nThe ministers of Portugal and Sweden talked in Lisbon, Duarte said. Jonas Lind was content. They discussed fisheries.",
)


def tell(number: int, collection: str = "Samples", written: str = "1995-03-04", **values):
    text = TEXTS[number]
    people = (person("Ana Duarte", "PT", text), person("Jonas Lind", "SE", text))
    values = {"participants": people, "place": None, "issues": ()} | values
    return store(document(text, collection=collection, date=written), meeting(text, **values))


@pytest.fixture
def three():
    """Two accounts that do not make one encounter by themselves, and one between them."""
    lisbon = ExtractedPlace("Lisbon", "PT")
    return [
        lambda: tell(0, place=lisbon),
        lambda: tell(1, date="1995-03"),
        lambda: tell(2, date=None, place=lisbon),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_documents_come_does_not_matter(three, order):
    for number in order:
        three[number]()
    found = Meeting.objects.get(merged_into=None)
    assert (found.date, found.account_count) == ("1995-03-03", 3)
    reasons = dict(Account.objects.values_list("document__title", "joined_by"))
    assert sum(not reason for reason in reasons.values()) == 1


@pytest.mark.django_db
def test_two_meetings_that_a_later_document_brings_together_keep_both_addresses(client):
    tell(0)
    tell(1, date=None, medium=None, written="1995-06-01")
    first, second = Meeting.objects.order_by("pk")
    judgements.record_pair(None, first.accounts.get(), second.accounts.get(), same=True)
    regroup([first.accounts.get().pk])
    assert Meeting.objects.get(merged_into=None) == first
    response = client.get(second.get_absolute_url(), follow=True)
    assert response.context["meeting"] == first


@pytest.mark.django_db
def test_who_an_editor_called_different_stay_two_and_who_they_called_the_same_are_one():
    tell(0)
    tell(1)
    one, other = Account.objects.order_by("pk")
    assert one.meeting == other.meeting
    judgements.record_pair(None, one, other, same=False)
    regroup([one.pk])
    assert Meeting.objects.filter(account_count=1).count() == 2
    store(document(TEXTS[0]), meeting(TEXTS[0], confidence=0.7, place=None, issues=()), pipeline="test/2")
    assert Meeting.objects.filter(account_count=1).count() == 2
    judgements.record_pair(None, one, other, same=True)
    regroup([one.pk])
    assert Meeting.objects.get(merged_into=None).account_count == 2


@pytest.mark.django_db
def test_what_may_be_one_encounter_is_suggested_and_kept_apart(client):
    tell(0)
    tell(
        1,
        participants=(person("Jonas Lind", "SE"), person(None, "PT", role="President")),
        date="1995-03",
        written="1995-03-15",
    )
    assert Meeting.objects.count() == 2
    suggested = Suggestion.objects.get()
    assert "Jonas Lind" in suggested.reasons
    page = client.get(suggested.one.meeting.get_absolute_url()).content.decode()
    assert suggested.other.meeting.get_absolute_url() in page


@pytest.mark.django_db
@pytest.mark.parametrize(("decision", "meetings"), [("same", 1), ("different", 2)])
def test_an_editor_s_word_on_a_suggestion_settles_it(admin_client, decision, meetings):
    tell(0)
    tell(
        1,
        participants=(person("Jonas Lind", "SE"), person(None, "PT", role="President")),
        date="1995-03",
        written="1995-03-15",
    )
    suggested = Suggestion.objects.get()
    address = reverse("admin:meetings_suggestion_changelist")
    admin_client.post(address, {"action": decision, "_selected_action": [suggested.pk]})
    assert Meeting.objects.filter(merged_into=None).count() == meetings
    assert not Suggestion.objects.exists()


@pytest.mark.django_db
def test_a_suggestion_shows_nothing_of_what_one_may_not_see(client):
    Collection.objects.create(name="Private", public=False)
    tell(0)
    tell(
        1,
        "Private",
        participants=(person("Jonas Lind", "SE"), person(None, "PT", role="President")),
        date="1995-03",
        written="1995-03-15",
    )
    public, private = Account.objects.order_by("pk")
    assert Suggestion.objects.exists()
    page = client.get(public.meeting.get_absolute_url()).content.decode()
    assert private.meeting.public_id not in page


@pytest.mark.django_db
def test_two_public_meetings_are_not_brought_together_by_what_only_some_may_see():
    Collection.objects.create(name="Private", public=False)
    lisbon = ExtractedPlace("Lisbon", "PT")
    tell(0)
    tell(1, place=lisbon, date=None, medium=None, written="")
    assert Meeting.objects.count() == 2
    tell(2, "Private", place=lisbon)
    assert Meeting.objects.filter(audience=None, merged_into=None).count() == 2


@pytest.mark.django_db
def test_accounts_of_two_restricted_collections_are_never_compared():
    for name in ("Mine", "Yours"):
        Collection.objects.create(name=name, public=False)
    tell(0, "Mine")
    tell(1, "Yours")
    assert Meeting.objects.count() == 2


@pytest.mark.django_db
def test_who_is_left_alone_was_joined_by_nobody(three):
    stored = [tell_it() for tell_it in three]
    delete_documents(Document.objects.filter(pk__in=[stored[0].pk, stored[1].pk]))
    assert Meeting.objects.get().account_count == 1
    assert Account.objects.get().joined_by == ""


@pytest.mark.django_db
def test_suggesting_compares_all_of_two_groups_though_only_some_of_them_were_compared_before():
    for number in range(3):
        text = f"Report {number}\n\nAna Duarte and Jonas Lind met on 3 March 1995 in Lisbon. They discussed fisheries."
        store(document(text, kind="news"), meeting(text))
    around = Neighbourhood()
    for account in with_values(Account.objects.order_by("pk")):
        around.add(account)
    one, two, three = around.accounts
    around.verdict(one, two)
    assert [pair[:2] for pair in around.suggestions([[one], [two, three]])] == [(one, two)]
