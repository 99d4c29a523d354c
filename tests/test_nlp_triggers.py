"""Which words tell of a meeting, and who its two sides are: patterns over a sentence in which people and states are signs."""

from __future__ import annotations

import pytest

from meetings.nlp.triggers import cues, matching, medium, modality, rules
from meetings.records import Kind, Medium, Status
from tests.extraction import meetings, who

A, B, C = "\ue000", "\ue001", "\ue002"  # people
DAY, CITY = "\uf000", "\uf400"
FRANCE, GERMANY = "\uf401", "\uf402"  # countries by name
BODY = "\uf800"  # a demonym or an international body


def strongest(text: str) -> matching.Hit:
    return max(matching.hits(text), key=lambda hit: hit.rule.strength)


@pytest.mark.parametrize(
    "text",
    [
        f"{A} met with {B} in {CITY} on {DAY}.",
        f"{A} received {B} in {CITY}.",
        f"{A} called on {B} on {DAY}.",
        f"{A} paid a courtesy call on {B}.",
        f"{A} will pay a call on {B}.",
        f"{A} hosted {B} for lunch.",
        f"{A} telephoned {B}.",
        f"{A} spoke by phone with {B}.",
        f"{A} held talks in {CITY} with {B}.",
        f"{A} consulted at length with {B}.",
        f"{A} had lunch with {B}.",
        f"{A} saw {B}.",
        f"{A} went to see {B}.",
        f"{A} had a pull-aside with {B}.",
        f"{A} discussed the tariff with {B}.",
        f"during his meeting with {B}, {A} raised the tariff.",
        f"{A} told {B} in the course of a conversation that the tariff would go.",
        f"the talks between {A} and {B} ended on {DAY}.",
        f"{A} and {B} met in {CITY}.",
        f"greeted by {B}, {A} was led through the yard.",
        f"{A} will join {B} in hosting a dinner for {C}.",
        f"{A} looked in on {B} on {DAY}.",
        f"{A} called in {B} on {DAY} to protest.",
        f"{A} convoked {B} on {DAY} to protest.",
        f"{A} delivered the demarche to {B} on {DAY}.",
        f"{A} presented reftel talking points to {B} {DAY}.",
        f"{A} demarched {B} on {DAY}.",
        f"in a {DAY} tour d'horizon, {A} laid out for {B} the plans for the tariff.",
        f"{A} was received by {B} in {CITY}.",
        f"{A} and {B} had dinner together that evening.",
        f"{A} will see {B} in {CITY}.",
        f"{A} had this week with {B} a series of useful talks.",
        f"{A} spelled out to {B} by phone why the tariff would stay.",
        f"{A} spoke today with the group of our eastern allies: {B}, {C}.",
        f"{A}, {C}, and {B} convened to reaffirm their commitment.",
        f"{A} convened {B} in {CITY}.",
        f"{A} and {B} co-chaired the fifth joint commission.",
        f"{A} extended an invitation for {B} to meet with him.",
        f"this came up in the conversation which {A} had last week with {B}.",
        f"among those whom {A} saw were {B} and {C}.",
        f"others with whom {A} had discussions in {CITY} were {B} and {C}.",
        f"{A}, in interviews with {B}, showed no change of mind on the tariff.",
        f"{A} himself, during a farewell call {B} made on {DAY}, spoke of the tariff.",
        f"{A} mentioned the tariff to {B} at a conference on trade.",
        f"{A} was chatting on {DAY} to {B}.",
        f"{A} am lunching with {B} on {DAY}.",
        f"{A} himself went, and spent {DAY} in all with {B}.",
        f"{A} spent half an hour with {B}.",
        f"{A} had two hours with {B}.",
        f"then {A} picked up the telephone and reached {B} in his car.",
        f"{A} reached {B} over the telephone on {DAY}.",
        f"{A} visit: what came of the talks with {B}",
    ],
)
def test_two_people_and_a_word_of_meeting_make_a_meeting(text):
    hit = strongest(text)
    assert hit.rule.strength >= 0.5
    assert {A, B} <= set(hit.a + hit.b)


def test_who_met_one_and_spoke_with_another_did_both():
    found = {(hit.a, hit.b) for hit in matching.hits(f"{A} met with {B} in {CITY} and spoke with {C}.")}
    assert found == {(A, B), (A, C)}


@pytest.mark.parametrize(
    "text",
    [
        f"the two had come to {CITY} at the invitation of {A}, and sat down together {DAY}.",
        f"it was their second meeting after that of {DAY}.",
    ],
)
def test_the_two_are_told_to_have_met_without_a_name(text):
    (hit,) = (hit for hit in matching.hits(text) if hit.rule.strength >= 0.5)
    assert hit.rule in rules.SIDELESS


@pytest.mark.parametrize(
    "text",
    [
        f"the {FRANCE} and {GERMANY} teams also engaged in a follow-on meeting.",
        f"{A} will hold partnership dialogues in {FRANCE} and {GERMANY}.",
    ],
)
def test_teams_and_dialogues_of_two_states_make_a_meeting(text):
    hit = strongest(text)
    assert {FRANCE, GERMANY} <= set(hit.a + hit.b)
    assert hit.rule.strength >= 0.5


def test_arrangements_made_for_a_meeting_are_no_meeting_that_those_told_of_them_had():
    text = f"as {A} knows, arrangements have now been made for a meeting between {B} and {C}."
    hit = strongest(text)
    assert {B, C} == set(hit.a + hit.b)
    assert modality.status(text, hit.told_start, hit.told_end) is Status.PLANNED


def test_telling_someone_something_is_weak():
    assert strongest(f"{A} told {B} that the tariff would go.").rule.strength < 0.5


@pytest.mark.parametrize(
    "text",
    [
        f"{A} called on {B} to resign.",
        f"{A} called on {B} and {C} to honour the accord.",
        f"{A} called on {B} and his {C} to honour the accord.",
        f"{A} later called out {B} over the tariff.",
        f"{A} welcomed the decision of {B}.",
        f"{A} welcomed {B}'s decision.",
        f"the exchange of visits between {A} and {B} was announced.",
    ],
)
def test_an_appeal_a_welcome_to_news_or_an_exchange_of_visits_is_no_strong_wording(text):
    assert all(hit.rule.strength < 0.5 for hit in matching.hits(text))


@pytest.mark.parametrize(
    "text",
    [
        f"talks between {FRANCE} and {GERMANY} resumed on {DAY}.",
        f"{FRANCE} and {GERMANY} held talks in {CITY}.",
        f"the {FRANCE}-{GERMANY} summit ended on {DAY}.",
        f"{FRANCE} briefed the {BODY} on {DAY}.",
        f"{FRANCE} will meet with the {BODY} on {DAY}.",
    ],
)
def test_states_and_bodies_meet_by_their_names_alone(text):
    hit = strongest(text)
    assert hit.rule in rules.STATE_RULES
    assert FRANCE in hit.a + hit.b


def test_needs_that_were_met_are_no_meeting():
    assert not list(matching.hits(f"the needs of {FRANCE} and {GERMANY} have been met."))


def test_where_a_meeting_is_told_to_be_is_not_its_party():
    assert not [hit for hit in matching.hits(f"{A} met with {B} in {FRANCE}.") if FRANCE in hit.a + hit.b]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{A} telephoned {B}.", Medium.PHONE),
        (f"{A} spoke by phone with {B}.", Medium.PHONE),
        (f"{A} held a video conference with {B}.", Medium.VIDEO),
        (f"{A} had lunch with {B}.", Medium.IN_PERSON),
        (f"{A} spoke with {B}.", None),
    ],
)
def test_the_words_say_by_what_medium(text, told):
    assert medium.of(strongest(text), text) is told


def test_cues_name_what_stands_around_the_words():
    text = f"{A} has regular meetings with {B} on fish."
    found = cues.of(text, next(hit for hit in matching.hits(text) if "meetings" in text[hit.told_start : hit.told_end]))
    assert {"plural", ">with", ">topic"} <= found


def test_a_list_that_ends_with_an_unnamed_group_is_one_side():
    hit = strongest(f"{A} met with {B}, {C}, and civil society leaders.")
    assert (hit.a, hit.b) == (A, f"{B}, {C}")


def test_whoever_only_tells_the_news_is_no_side():
    assert not any(B in hit.b for hit in matching.hits(f"{A} has paid an official visit to {CITY}, said {B} on {DAY}."))
    assert not any(B in hit.b for hit in matching.hits(f"{A} discussed the harvest, {B} said in a statement."))
    headline = f"{A} and {B} to meet in {CITY}: {C}"
    assert not any(C in hit.a + hit.b for hit in matching.hits(headline))


def test_whom_the_author_was_chatting_to_is_the_other_side():
    assert strongest(f"my impression was confirmed by chatting {DAY} to {B} and {C}.").b == f"{B} and {C}"


def test_who_chaired_an_event_met_those_who_attended_it():
    hit = strongest(f"{A} chaired a roundtable on fisheries, attended, among others, by {B} and {C}.")
    assert (hit.a, hit.b) == (A, f"{B} and {C}")


def test_who_is_received_is_the_one_of_the_main_clause():
    text = (
        "French Foreign Minister Claire Lavelle, who arrived from Tbilisi, where she had conferred with Georgian President Nino"
        " Beridze, was later received by Armenian Prime Minister Vahan Sarkissian."
    )
    told = [who(each) for each in meetings(text, Kind.NEWS, "2016-10-07")]
    assert {"Claire Lavelle", "Vahan Sarkissian"} in told
    assert not any({"Nino Beridze", "Vahan Sarkissian"} <= names for names in told)


def test_who_is_asked_of_is_not_who_was_asked():
    assert not [
        hit
        for hit in matching.hits("\ue000 asked him whether \ue001 knew.")
        if hit.rule.name.startswith("triggers.told")
    ]
