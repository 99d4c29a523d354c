"""What values of a question are taken for, and which meetings they find."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from meetings.asking.asked import ask
from meetings.asking.stopwords import STOPWORDS, searched
from meetings.asking.suggesting import suggestions
from meetings.models import Country, Issue, Organisation
from tests.factories import (
    CollectionFactory,
    IssueFactory,
    MeetingFactory,
    MeetingIssueFactory,
    ParticipantFactory,
    PersonFactory,
    PlaceFactory,
    PositionFactory,
    told,
)

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


@pytest.fixture
def world():
    """Lind and Duarte met in Geneva, Lind and Holm by telephone; one memo; plans without a date; a Soviet guest."""
    sweden, portugal = Country.objects.get(pk="SE"), Country.objects.get(pk="PT")
    lind = PersonFactory(name="Jonas Lind", country=sweden, aliases=["Йонас Линд"])
    duarte = PersonFactory(name="Ana Duarte", country=portugal)
    holm = PersonFactory(name="Eva Holm")
    other = PersonFactory(name="Karin Lind", country=sweden)
    fish = Issue.objects.get(key="fisheries")
    geneva = PlaceFactory(name="Geneva", country=Country.objects.get(pk="CH"))
    told(
        lind,
        duarte,
        about=(fish,),
        title="talks",
        date="1995-03-03",
        place=geneva,
        text="They spoke of herring quotas.\n\nTea was served.",
        document={"kind": "memcon"},
    )
    call = told(lind, holm, title="call", date="1996", medium="phone", text="They spoke of oil and gas.")
    MeetingIssueFactory(meeting=call, issue=None, name="Prices of mackerel")
    plans = told(other, title="plans", date="", status="planned", medium="")
    ParticipantFactory(meeting=plans, name="Pjotr Karlov", role="Deputy Foreign Minister", country_id="SU")
    return {"lind": lind, "duarte": duarte, "holm": holm, "karin": other, "geneva": geneva, "fish": fish}


def found(text, user=ANYBODY, **options):
    return set(ask(text, user, **options).meetings.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", {"talks", "call", "plans"}),
        ("with:Duarte", {"talks"}),
        ("with:Lind with:Holm", {"call"}),
        ("with:Holm OR with:Duarte", {"talks", "call"}),
        ("with:Lind without:Duarte", {"call", "plans"}),
        ("without:Lind", set()),
        ('with:"Pjotr Karlov"', {"plans"}),
        ("country:SE", {"talks", "call", "plans"}),
        ("country:SE country:PT", {"talks"}),
        ("country:Swedish -country:Portugal", {"call", "plans"}),
        ("country:RU", set()),
        ("country:USSR", {"plans"}),
        ("country:RU OR country:SU", {"plans"}),
        ("about:fisheries", {"talks"}),
        ("about:theme-economy", {"talks"}),
        ("about:mackerel", {"call"}),
        ("-about:mackerel", {"talks", "plans"}),
        ("in:Geneva", {"talks"}),
        ("in:Switzerland", {"talks"}),
        ("-in:Geneva", {"call", "plans"}),
        ('role:"foreign minister"', {"plans"}),
        ("medium:phone", {"call"}),
        ("medium:phone OR medium:unknown", {"call", "plans"}),
        ("-medium:phone", {"talks", "plans"}),
        ("status:planned", {"plans"}),
        ("kind:memcon", {"talks"}),
        ("-kind:memcon", {"call", "plans"}),
        ("review:confirmed", set()),
        ("after:1996", {"call"}),
        ("before:1995", {"talks"}),
        ("after:1995 before:1995-06", {"talks"}),
        ("date:1995-03-03", {"talks"}),
        ("-date:1995", {"call", "plans"}),
        ("date:none", {"plans"}),
        ("herring", {"talks"}),
        ('"herring quotas"', {"talks"}),
        ('"quotas herring"', set()),
        ("herring tea", set()),
        ("herring OR gas", {"talks", "call"}),
        ("oil -gas", set()),
        ("-oil", {"talks", "plans"}),
        ("medium:phone OR herring", {"talks", "call"}),
    ],
)
def test_each_condition_finds_its_meetings(world, text, titles):
    if "theme-" in text:
        text = text.replace("theme-economy", world["fish"].theme.key)
    assert found(text) == titles
    assert ask(text, ANYBODY).mistakes == ()


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [
            "Jonas Lind",
            "lind jonas",
            "Lind, Jonas",
            "Йонас Линд",
            "Jónas Lind",
            "J. Lind",
            "Mr. Jonas Lind",
        ],
    )
    def test_a_name_is_known_in_any_spelling_order_and_script(self, world, name):
        asked = ask(f'with:"{name}"', ANYBODY)
        assert asked.words == "with Jonas Lind"
        assert found(f'with:"{name}"') == {"talks", "call"}

    def test_a_surname_finds_all_who_bear_it_and_offers_each(self, world):
        asked = ask("with:Lind", ANYBODY)
        assert found("with:Lind") == {"talks", "call", "plans"}
        (note,) = asked.answers.notes
        assert note.text == "“Lind” may be Jonas Lind (Sweden) and Karin Lind (Sweden)."
        assert [offer.label for offer in note.offers] == ["Jonas Lind (Sweden)", "Karin Lind (Sweden)"]
        assert str(note.offers[0].question) == f'with:"Jonas Lind #{world["lind"].pk}"'

    def test_a_number_means_one_person_alone(self, world):
        karin = world["karin"].pk
        assert found(f'with:"Lind #{karin}"') == {"plans"}
        assert ask(f'with:"Lind #{karin}"', ANYBODY).words == "with Karin Lind"

    def test_a_person_who_was_merged_is_the_other_one(self, world):
        twin = PersonFactory(name="J. Lind", merged_into=world["lind"])
        assert found(f'with:"J. Lind #{twin.pk}"') == {"talks", "call"}

    def test_a_near_spelling_is_said(self, world):
        (note,) = ask("with:Dwarte", ANYBODY).answers.notes
        assert "Ana Duarte" in note.text + "".join(offer.label for offer in note.offers)

    def test_a_name_that_nobody_bears_finds_nothing_and_says_so(self, world):
        asked = ask("with:Zanzibar", ANYBODY)
        assert not asked.meetings.exists()
        assert asked.answers.notes[0].text == "Nobody called “Zanzibar” is known here."

    def test_exactly_as_written_turns_all_of_that_off(self, world):
        assert found("with:Lind", exact=True) == {"talks", "call", "plans"}
        for other in ("Lynd", "Линт", "Lin", '"Lind Jonas"'):
            assert found(f"with:{other}", exact=True) == set(), other
        assert found('with:"jonas lind"', exact=True) == {"talks", "call"}
        assert found('with:"Йонас Линд"', exact=True) == {"talks", "call"}

    def test_people_of_hidden_documents_are_not_known(self, world):
        hidden = PersonFactory(name="Olof Dahl")
        private = CollectionFactory(name="Private", public=False)
        told(hidden, audience=private, document={"collection": private})
        assert ask("with:Dahl", ANYBODY).answers.notes[0].text == "Nobody called “Dahl” is known here."
        assert "is not known here" in ask(f'with:"Dahl #{hidden.pk}"', ANYBODY).mistakes[0]


class TestCountries:
    def test_a_former_state_is_offered_and_not_taken(self, world):
        asked = ask("country:Russia", ANYBODY)
        (note,) = asked.answers.notes
        assert asked.words == "with Russia"
        assert note.text == "Russia stands for itself alone."
        assert [(offer.label, str(offer.question)) for offer in note.offers] == [
            ("Include the Soviet Union", 'country:Russia OR country:"Soviet Union"')
        ]

    def test_a_people_of_two_states_means_either(self, world):
        asked = ask("country:Congolese", ANYBODY)
        assert "may be" in asked.answers.notes[0].text
        assert len(asked.answers.notes[0].offers) == 2

    def test_an_unknown_country_is_left_out_with_the_nearest_names(self, world):
        asked = ask("country:Sweeden with:Duarte", ANYBODY)
        assert asked.mistakes == ("“Sweeden” is no country known here.",)
        assert asked.words == "with Ana Duarte"
        assert offered(asked) == [("Sweden", "country:Sweden with:Duarte")]


def offered(asked):
    """What else may have been meant, each with the question that asks for it."""
    return [(offer.label, str(offer.question)) for note in asked.answers.notes for offer in note.offers]


def test_an_unknown_place_is_left_out_with_the_nearest_names(world):
    PlaceFactory(name="Genoa")  # nobody met there
    asked = ask("-in:Genevva OR in:Nowhereville date:1995", ANYBODY)
    assert len(asked.mistakes) == 2
    assert offered(asked) == [("Geneva", "-in:Geneva date:1995")]
    assert found("in:Zzz") == {"talks", "call", "plans"}


def test_words_that_no_text_is_found_by_are_left_out_and_named(world):
    for text, named in (("the", "the"), ("herring -the", "the"), ('the OR "of the"', "of the")):
        asked = ask(text, ANYBODY)
        [mistake] = asked.mistakes
        assert f"“{named}”" in mistake and "in nearly every text" in mistake, text
    assert ask("oil %", ANYBODY).mistakes == ("“%” has no letter or figure, so it was not looked for.",)
    for text, said in (("herring or oil", "write OR between them"), ("not with:Lind", "write NOT before it")):
        assert said in ask(text, ANYBODY).mistakes[-1]
    assert found("the herring") == found("the OR herring") == found("herring -the") == {"talks"}
    assert found("the") == {"talks", "call", "plans"}
    (mistake,) = ask("about:the", ANYBODY).mistakes
    assert "has no word to look for" in mistake


def test_the_words_left_out_are_those_that_the_database_leaves_out(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) word WHERE numnode(plainto_tsquery('english', word)) > 0",
            [[*STOPWORDS]],
        )
        assert cursor.fetchall() == []
        others = ["oil", "us", "un", "g7", "may", "new", "two", "war", "go", "also", "said"]
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) word WHERE numnode(plainto_tsquery('english', word)) = 0", [others]
        )
        assert cursor.fetchall() == []
    assert all(map(searched, others))


def test_a_post_finds_who_held_it_on_the_day(world):
    PositionFactory(person=world["duarte"], office="foreign minister", title="Minister", start="1994", end="1995-12")
    assert found('role:"foreign minister"') == {"talks", "plans"}
    assert found("role:FM") == {"talks", "plans"}


def test_a_title_of_its_own_finds_those_who_bore_it_and_no_others_in_like_posts(world):
    post = {"office": "head of government", "title": "Taoiseach"}
    PositionFactory(person=world["duarte"], **post, start="1994-12-15", end="1995")
    PositionFactory(person=world["holm"], office="head of government", title="Prime Minister", start="1990", end="")
    PositionFactory(person=world["karin"], **post, start="1990", end="")
    assert found("role:taoiseach") == {"talks"}, "and not the plans, whose day nobody knows"
    assert found('role:"prime minister"') == {"call"}
    assert found('role:"head of government"') == {"talks", "call"}
    assert found("-role:Taoiseach") == {"call", "plans"}


@pytest.mark.parametrize(
    ("start", "end", "held"), [("1995-03", "", True), ("", "1995-03-02", False), ("1996", "", False)]
)
def test_a_title_counts_while_it_was_borne(world, start, end, held):
    PositionFactory(person=world["duarte"], office="foreign minister", title="Foreign Secretary", start=start, end=end)
    assert (found('role:"foreign secretary"') == {"talks"}) is held


def test_a_text_longer_than_any_name_is_nobody_s_and_costs_no_query_for_people(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        (note,) = ask(f"with:{'lind' * 300}", ANYBODY).answers.notes
    assert note.text.startswith("Nobody called")


def test_a_place_of_several_countries_is_offered_apart(world):
    MeetingFactory(title="elsewhere", place=PlaceFactory(name="Geneva", country=Country.objects.get(pk="US")))
    asked = ask("in:Geneva", ANYBODY)
    assert found("in:Geneva") == {"talks", "elsewhere"}
    assert [offer.label for offer in asked.answers.notes[0].offers] == ["Geneva, Switzerland", "Geneva, United States"]
    assert found(f'in:"Geneva #{world["geneva"].pk}"') == {"talks"}


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2007-05-29", "on 29 May 2007"),
        ("2007-05", "in May 2007"),
        ("197X", "in the 1970s"),
        ("none", "without a date"),
    ],
)
def test_a_date_is_said_as_people_say_it(date, said):
    assert ask(f"date:{date}", ANYBODY).words == said
    if date != "none":
        assert ask(f"after:{date} before:{date}", ANYBODY).words == said


def test_the_opposite_of_a_bound_is_said_as_what_it_finds(world):
    assert found("-after:1996") == {"talks", "plans"}
    assert ask("-after:1996", ANYBODY).words == "before 1996 or without a date"
    assert found("-before:1995") == {"call", "plans"}
    assert ask("-before:1995-06", ANYBODY).words == "after June 1995 or without a date"


class TestPlaces:
    @pytest.fixture(autouse=True)
    def towns(self, world):
        at = {"latitude": 6.93, "longitude": 79.85, "country": Country.objects.get(pk="LK")}
        MeetingFactory(title="town", place=PlaceFactory(name="Colombo", **at))
        MeetingFactory(title="old name", place=PlaceFactory(name="Kolamba", **at))
        MeetingFactory(
            title="palace",
            place=PlaceFactory(name="Temple Trees, Colombo", country=at["country"], precision="building"),
        )
        MeetingFactory(
            title="abroad", place=PlaceFactory(name="Villa Nova, Colombo", country_id="BR", precision="building")
        )

    @pytest.mark.parametrize("name", ["Colombo", "Kolamba"])
    def test_a_town_has_its_buildings_and_its_other_names(self, name):
        assert found(f"in:{name}") == {"town", "old name", "palace"}
        assert ask(f"in:{name}", ANYBODY).words == f"in {name}"

    def test_a_building_is_found_without_its_town(self):
        assert found('in:"temple trees"') == {"palace"}
        assert ask('in:"temple trees"', ANYBODY).words == "in Temple Trees, Colombo"


def test_words_of_no_topic_offer_topics_that_are_near(world):
    (note,) = ask('about:"oil barrels"', ANYBODY).answers.notes
    assert note.text == "No topic is called “oil barrels”: these words were looked for in the agendas."
    assert note.offers


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Duarte", ["with Ana Duarte"]),
        ("jonas lind medium:phone", ["with Jonas Lind"]),
        ("lind", ["with Jonas Lind (Sweden)", "with Karin Lind (Sweden)"]),
        ("Portugal", ["with Portugal"]),
        ("fisheries", ["about Fisheries"]),
        ("duarte fisheries", ["with Ana Duarte, about Fisheries", "with Ana Duarte", "about Fisheries"]),
        ("1995", ["in 1995"]),
        ("Duarte 1990-1996", ["with Ana Duarte, in 1990 – 1996", "with Ana Duarte"]),
    ],
)
def test_words_that_are_a_name_offer_whom_or_what_it_names(world, text, offered):
    (note,) = ask(text, ANYBODY).answers.notes
    assert [offer.label for offer in note.offers] == offered
    (first, *_) = note.offers
    assert offered[0].partition(" (")[0] in ask(str(first.question), ANYBODY).words
    assert ("medium:phone" in str(first.question)) == ("medium" in text)


def test_a_condition_that_is_switched_off_is_named_and_does_not_count(world):
    asked = ask("with:Duarte", ANYBODY, off="medium:phone country:SE")
    assert set(asked.meetings.values_list("title", flat=True)) == {"talks"}
    assert str(asked.answers.off) == "medium:phone country:SE"
    assert asked.words == "with Ana Duarte"


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "-",
        ":",
        "with:#",
        'with:"#1"',
        "in:#",
        "about:%",
        "role:'",
        "country:\\",
        "with:\x00",
        "with:%27 OR 1",
        "the",
        "-the",
        "date:9999",
        "after:0001",
    ],
)
def test_no_text_is_an_error(world, text):
    asked = ask(text, ANYBODY)
    list(asked.meetings)
    assert isinstance(asked.words, str)


def test_the_number_of_queries_does_not_grow_with_the_question(world, django_assert_max_num_queries):
    one = "with:Lind country:SE in:Geneva about:fisheries role:minister"
    with django_assert_max_num_queries(3):  # people, places, countries and topics
        ask(one, ANYBODY)
    with django_assert_max_num_queries(4):
        ask(f"{one} with:Duarte without:Holm country:PT -country:RU in:Oslo in:Bergen about:oil -role:king", ANYBODY)


class TestOrganisations:
    @pytest.fixture(autouse=True)
    def bodies(self, world):
        nato = Organisation.objects.get(acronym="NATO")
        for title, body in (("summit", {"organisation": nato}), ("visit", {"body": "Baltic Fisheries Board"})):
            ParticipantFactory(meeting=told(world["lind"], title=title), name="Somebody", **body)

    @pytest.mark.parametrize(
        ("text", "titles"),
        [
            ("organisation:NATO", {"summit"}),
            ('org:"north atlantic treaty organization" with:Lind', {"summit"}),
            ("organisation:EU", set()),
            ('organisation:"fisheries board"', {"visit"}),
            ("organisation:NATO OR body:Baltic", {"summit", "visit"}),
            ("with:Lind -organisation:NATO -organisation:Baltic", {"talks", "call", "plans"}),
            ("organisation:herring", set()),
        ],
    )
    def test_they_find_who_acted_for_them(self, text, titles):
        assert found(text) == titles

    def test_the_question_is_said_in_words(self):
        assert ask("organisation:NATO", ANYBODY).words == "with somebody for the North Atlantic Treaty Organization"
        assert ask("-organisation:Baltic", ANYBODY).words == "not with somebody for “Baltic”"

    def test_what_no_table_has_is_looked_for_as_written_and_said_so(self):
        (note,) = ask('organisation:"Untied Nations"', ANYBODY).answers.notes
        assert "what the documents call the bodies" in note.text
        assert "United Nations" in [offer.label for offer in note.offers]

    def test_they_are_suggested_by_name_and_acronym(self):
        by_acronym, by_name = (suggestions("organisation", typed, ANYBODY) for typed in ("nato", "north atl"))
        assert by_acronym[0].term == by_name[0].term == 'organisation:"North Atlantic Treaty Organization"'
        assert by_acronym[0].detail == "NATO"


def test_a_question_in_plain_words_is_offered_as_the_conditions_it_names(world):
    asked = ask("what did Duarte say about fisheries between 1990 and 1996", ANYBODY)
    question = dict(offered(asked))["with Ana Duarte, about Fisheries, in 1990 – 1996"]
    assert found(question) == {"talks"}
    [mistake] = asked.mistakes
    assert mistake.startswith("“what”, “did”, “about”, “between” and “and” each stands in nearly every text")
    question = dict(offered(ask("Jonas Lind fisheries herring", ANYBODY)))["with Jonas Lind, about Fisheries"]
    assert question.startswith("herring with:"), "what names nothing stays a word"


def test_a_word_that_names_a_country_and_a_topic_is_offered_as_either(world):
    IssueFactory(name="Portugal", key="portugal")
    told(PersonFactory(), about=(Issue.objects.get(key="portugal"),), title="revolution")
    labels = [label for label, _ in offered(ask("Lind Portugal", ANYBODY))]
    assert labels[:2] == ["with Lind, with Portugal", "with Lind, about Portugal"]


@pytest.mark.parametrize("years", ["1994-1995", "1994–1995", "1994..1995", "1994/1995"])
def test_a_span_of_years_is_written_in_many_ways(world, years):
    assert found(f"date:{years}") == {"talks"}


def test_a_year_taken_for_a_place_is_offered_as_one(world):
    assert offered(ask("in:1995 with:Duarte", ANYBODY)) == [("in 1995", "date:1995 with:Duarte")]
