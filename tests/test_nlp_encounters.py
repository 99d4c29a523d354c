"""What tells of a meeting besides "met": joint work, visits by invitation, signatures; and who was there."""

from __future__ import annotations

import pytest

from meetings.records import Attendance, Kind, Medium, Status
from tests.extraction import meetings, who


@pytest.mark.parametrize(
    "sentence",
    [
        "President Paul Girard of France and Chancellor Karl Brandt of Germany ended three days of talks in Berlin on Tuesday.",
        "President Paul Girard of France and Chancellor Karl Brandt of Germany spent Tuesday together in Berlin.",
        "President Paul Girard of France and Chancellor Karl Brandt of Germany held a first summit in Berlin on Tuesday.",
        "President Paul Girard of France paid a visit to Berlin on Tuesday at the invitation of Chancellor Karl Brandt of Germany.",
        "The treaty was signed in Berlin on Tuesday by President Paul Girard of France and by Chancellor Karl Brandt of Germany.",
        "President Paul Girard of France negotiated in Berlin on Tuesday with Chancellor Karl Brandt of Germany.",
    ],
)
def test_a_meeting_is_told_in_other_words_than_met(sentence):
    (talk,) = meetings(sentence, Kind.NEWS, "2016-03-10")
    assert who(talk) == {"Paul Girard", "Karl Brandt"}
    assert {each.country for each in talk.participants} == {"FR", "DE"}


LEAD = "BERLIN — President Paul Girard of France met Chancellor Karl Brandt of Germany in Berlin on Tuesday."


@pytest.mark.parametrize(
    "later",
    [
        "Also present were Foreign Minister Anne Petit and Ambassador Louis Morel.",
        "They were joined by Foreign Minister Anne Petit and Ambassador Louis Morel.",
        "Foreign Minister Anne Petit and Ambassador Louis Morel took part on the French side.",
    ],
)
def test_who_was_there_is_read_from_a_later_sentence(later):
    (talk,) = meetings(f"{LEAD}\n\n{later}", Kind.NEWS, "2016-03-10")
    assert who(talk) == {"Paul Girard", "Karl Brandt", "Anne Petit", "Louis Morel"}
    assert {each.attendance for each in talk.participants if each.name in {"Anne Petit", "Louis Morel"}} == {
        Attendance.ACCOMPANYING
    }


def test_who_was_not_there_is_left_out():
    later = "Foreign Minister Anne Petit was not present."
    (talk,) = meetings(f"{LEAD}\n\n{later}", Kind.NEWS, "2016-03-10")
    assert who(talk) == {"Paul Girard", "Karl Brandt"}


def test_the_two_leaders_are_whom_the_text_named_last():
    text = "President Paul Girard of France told the German Chancellor, Karl Brandt, that the tariff would go.\n\nThe two leaders held talks on Tuesday in Dresden."
    assert any(who(each) == {"Paul Girard", "Karl Brandt"} for each in meetings(text, Kind.NEWS, "2016-03-10"))


def test_the_side_that_a_sentence_names_is_the_country_of_whom_it_lists():
    later = "Also present on the French side were Anne Petit and Louis Morel."
    (talk,) = meetings(f"{LEAD}\n\n{later}", Kind.NEWS, "2016-03-10")
    assert {each.country for each in talk.participants if each.attendance is Attendance.ACCOMPANYING} == {"FR"}


@pytest.mark.parametrize(
    "later",
    [
        "The foreign ministers of the two countries met in Dresden on Tuesday.",
        "A meeting of the foreign ministers of both countries took place in Dresden.",
    ],
)
def test_holders_of_a_post_in_the_two_countries_are_of_those_named_last(later):
    told = meetings(f"France and Germany differ over the tariff. {later}", Kind.NEWS, "2016-03-10")
    assert [{(each.role.lower(), each.country) for each in talk.participants} for talk in told] == [
        {("foreign minister", "FR"), ("foreign minister", "DE")}
    ]


def test_talks_between_the_two_countries_are_of_those_named_last():
    text = "France and Germany differ over the tariff. The third round of talks between the two countries was held in Dresden on Tuesday."
    assert any(
        {each.country for each in talk.participants} == {"FR", "DE"} for talk in meetings(text, Kind.NEWS, "2016-03-10")
    )


def test_a_telegram_that_names_nobody_of_its_post_tells_of_its_officers():
    text = (
        "R 141530Z MAR 08\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n\nUNCLAS OSLO 000134\n\nSUBJECT: NORWAY: VISAS\n\n"
        "1. (U) On March 12 the visa unit met with Norwegian Trade Minister Kari Solberg."
    )
    (talk,) = meetings(text, Kind.CABLE)
    assert who(talk) == {"Kari Solberg", "embassy officers"}


@pytest.mark.parametrize("bullet", ["", "- "])
def test_whom_the_lines_below_a_sentence_name_is_met(bullet):
    text = (
        "THE WHITE HOUSE\n\nMarch 4, 2022\n\nReadout of the National Security Advisor's Call\n\n"
        "National Security Advisor Ann Hale spoke by phone today with the following counterparts:\n\n"
        f"{bullet}French Diplomatic Advisor Paul Girard\n{bullet}German Security Advisor Karl Brandt\n\nThey spoke of the tariff."
    )
    (talk, *_) = meetings(text, Kind.READOUT)
    assert who(talk) == {"Ann Hale", "Paul Girard", "Karl Brandt"}
    assert {each.country for each in talk.participants} == {"US", "FR", "DE"}


def test_who_met_several_people_separately_met_each_alone():
    text = (
        "During the visit Deputy Secretary Ann Reed of the United States met separately with Norwegian Prime Minister Kari Lund,"
        " Norwegian Finance Minister Arne Dahl and Norwegian Defence Minister Bo Rask in Oslo."
    )
    assert {frozenset(who(each)) for each in meetings(text, Kind.NEWS, "2016-03-10")} == {
        frozenset({"Ann Reed", other}) for other in ("Kari Lund", "Arne Dahl", "Bo Rask")
    }


def test_what_someone_tells_a_guest_is_told_in_a_meeting():
    text = "OSLO - Norwegian Prime Minister Kari Lund on Friday told visiting Chilean President Ana Rojas that fish was cheap."
    (talk,) = meetings(text, Kind.NEWS, "2016-03-12")
    assert who(talk) == {"Kari Lund", "Ana Rojas"}


def test_who_also_joined_a_call_took_part_in_it():
    text = (
        "President Ann Reed of the United States spoke by phone today with Prime Minister Kari Lund of Norway. National Security"
        " Advisor John Dahl and Norwegian Ambassador Bo Rask also joined the call."
    )
    (call,) = meetings(text, Kind.READOUT, "2016-03-10")
    assert who(call) == {"Ann Reed", "Kari Lund", "John Dahl", "Bo Rask"}


def test_a_journey_to_meet_someone_is_a_plan():
    text = "Chilean President Ana Rojas flies to Oslo on Saturday to meet Norwegian Prime Minister Kari Lund."
    (talk,) = meetings(text, Kind.NEWS, "2016-03-10")
    assert talk.status is Status.PLANNED


def test_a_cable_tells_of_a_lunch_without_commas():
    text = (
        "1. DURING LUNCH FEB 1 NORWEGIAN TRADE DIRECTOR KARI LUND TOLD EMBOFF THAT OSLO WOULD SUPPORT THE CANDIDATE.\n"
    )
    (lunch,) = meetings(text, Kind.CABLE, "1977-02-03")
    assert who(lunch) >= {"Kari Lund"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The Girard-Brandt meeting in Dresden on Tuesday settled nothing.",
        "Girard and Brandt had begun on Tuesday in Dresden.",
        "Girard's two days with Brandt in Dresden settled nothing.",
        "On Tuesday Girard and Brandt were alone in Dresden for an hour.",
    ],
)
def test_two_who_were_named_before_meet_in_few_words(sentence):
    text = (
        f"President Paul Girard of France spoke to the press. Chancellor Karl Brandt of Germany was silent. {sentence}"
    )
    assert {"Paul Girard", "Karl Brandt"} in [who(each) for each in meetings(text, Kind.NEWS, "2016-03-10")]


def test_they_are_the_two_and_not_whoever_the_sentence_names_besides():
    text = (
        "President Paul Girard of France and Chancellor Karl Brandt of Germany disagree on the tariff.\n\n"
        "They talked on Tuesday from ten until noon, and then again at the wish of the Foreign Minister."
    )
    assert {"Paul Girard", "Karl Brandt"} in [who(each) for each in meetings(text, Kind.NEWS, "2016-03-10")]


def test_what_each_of_the_two_did_is_no_meeting_of_theirs():
    text = "President Paul Girard of France wrote to Chancellor Karl Brandt of Germany. The two leaders had each met their parties on Tuesday."
    assert not meetings(text, Kind.NEWS, "2016-03-10")


def test_a_second_meeting_that_is_fixed_is_planned_for_those_who_met():
    text = f"{LEAD} Nothing was signed. The press was kept away. Both looked tired. A second meeting is fixed for May 21 in Dresden."
    again = next(each for each in meetings(text, Kind.NEWS, "2016-03-10") if each.status is Status.PLANNED)
    assert who(again) == {"Paul Girard", "Karl Brandt"}
    assert (again.date, again.place.name) == ("2016-05-21", "Dresden")


def test_people_met_separately_within_one_clause_are_met_each_alone():
    text = "Assistant Secretary Ann Reed met Kenyan Finance Minister Peter Otieno and, separately, Kenyan Trade Minister Jane Wairimu in Nairobi on Tuesday."
    assert [who(each) for each in meetings(text, Kind.READOUT, "2009-03-10")] == [
        {"Ann Reed", "Peter Otieno"},
        {"Ann Reed", "Jane Wairimu"},
    ]


def test_a_journey_to_see_someone_tells_of_a_meeting():
    text = "FM AMEMBASSY ACCRA\nTO SECSTATE WASHDC\n\nSUBJECT: COCOA\n\n1. (C) Foreign Minister Kojo Amankwah will be in Lagos on May 26 to see Nigerian President Musa Bello.\n"
    (planned,) = meetings(text, Kind.CABLE, "2008-05-21")
    assert who(planned) == {"Kojo Amankwah", "Musa Bello"}


def test_a_posts_officer_and_its_assistant_are_two_of_its_people():
    text = "FM AMEMBASSY ACCRA\nTO SECSTATE WASHDC\n\nSUBJECT: COCOA\n\n1. (C) On May 19, Poloff and Political Assistant were received by Finance Minister Grace Owusu in Accra.\n"
    (held,) = meetings(text, Kind.CABLE, "2008-05-21")
    assert {(each.role, each.country) for each in held.participants} == {
        ("Poloff", "US"),
        ("Political Assistant", "US"),
        ("Finance Minister", "GH"),
    }


def test_back_to_back_meetings_are_one_with_each():
    text = "FM AMEMBASSY ACCRA\nTO SECSTATE WASHDC\n\nSUBJECT: COCOA\n\n1. (C) In back-to-back meetings on May 19 with Foreign Minister Kojo Amankwah and Finance Minister Grace Owusu, the Ambassador asked for a new law.\n"
    assert [who(each) for each in meetings(text, Kind.CABLE, "2008-05-21")] == [
        {"Ambassador", "Kojo Amankwah"},
        {"Ambassador", "Grace Owusu"},
    ]


def test_who_represents_a_side_stands_for_it():
    text = (
        "RIYADH, July 4 (Wire) - The two capitals announced that President Ann Reed of Ireland would meet with the Saudi"
        " leadership, represented by King Fahd."
    )
    (told,) = meetings(text)
    assert {"Ann Reed", "Fahd"} <= who(told)


HEADED = "FM AMEMBASSY ACCRA\nTO SECSTATE WASHDC\n\nSUBJECT: VISIT OF {}\n\n"


def test_a_delegation_of_congress_goes_by_those_of_whom_a_sentence_says_that_it_is_comprised():
    text = HEADED.format("CODEL HALE") + (
        "1. (U) CODEL Hale, comprised of Representatives Ann Hale (D-OH) and Carl Orr (R-ME), visited Accra May 18-20."
        " Staff member Joan Pratt accompanied the delegation.\n\n"
        "2. (C) On May 19, Finance Minister Grace Owusu told the delegation that debts would be paid.\n\n"
        "3. (C) On May 20, Representatives Hale and Orr met Interior Minister Kwame Mensah.\n"
    )
    first, second = meetings(text, Kind.CABLE, "2008-05-21")
    assert who(first) == {"Grace Owusu", "Ann Hale", "Carl Orr", "Joan Pratt"}
    assert who(second) >= {"Kwame Mensah", "Ann Hale", "Carl Orr"}


def test_who_leads_a_delegation_is_no_american_because_a_report_also_speaks_of_congress():
    text = (
        "OSLO (Wire) — A delegation led by Peruvian Deputy Speaker Rosa Soto met Norwegian Prime Minister Lars Berg on Tuesday."
        " A congressional delegation from Washington met Berg on Monday.\n"
    )
    (held,) = (each for each in meetings(text, Kind.NEWS, "2016-03-10") if "Rosa Soto" in who(each))
    assert {each.country for each in held.participants} == {"PE", "NO"}


def test_a_delegation_of_staff_goes_by_the_members_listed_below():
    text = HEADED.format("STAFFDEL PRATT") + (
        "1. (U) On May 19 the staffdel met Finance Minister Grace Owusu in Accra.\n\n"
        "2. (U) STAFFDEL members:\n\nJoan Pratt, Senate Committee on Finance\nCarl Orr, House Committee on Rules\n"
    )
    (held,) = meetings(text, Kind.CABLE, "2008-05-21")
    assert who(held) == {"Grace Owusu", "Joan Pratt", "Carl Orr"}


def test_who_was_at_a_meeting_that_the_sentence_before_dates_makes_it_one():
    text = HEADED.format("DAS HALE") + (
        "1. (C) At a May 19 roundtable at the residence, Deputy Assistant Secretary Ann Hale heard about the election.\n\n"
        "2. (C) Taking part in the roundtable were Kojo Amankwah (chairman, National Party) and journalist Grace Owusu.\n"
    )
    (held,) = meetings(text, Kind.CABLE, "2008-05-21")
    assert held.date == "2008-05-19"
    assert who(held) == {"Ann Hale", "Kojo Amankwah", "Grace Owusu"}


def test_of_a_series_of_calls_each_is_told_by_a_name_and_a_day():
    text = (
        "FM AMEMBASSY ACCRA\nTO SECSTATE WASHDC\n\nSUBJECT: AMBASSADOR'S INTRODUCTORY CALLS\n\n"
        "1. (C) Ambassador Ann Hale began her introductory calls this week.\n\n"
        "2. (C) Foreign Minister Kojo Amankwah (May 18). Debts came first.\n\n"
        "3. (C) Finance Minister Grace Owusu (May 19) and Speaker Kwame Mensah (May 20) each asked for exchange programs.\n"
    )
    assert [(who(each), each.date) for each in meetings(text, Kind.CABLE, "2008-05-21")] == [
        ({"Ann Hale", "Kojo Amankwah"}, "2008-05-18"),
        ({"Ann Hale", "Grace Owusu"}, "2008-05-19"),
        ({"Ann Hale", "Kwame Mensah"}, "2008-05-20"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "Finance Minister Grace Owusu, whom Poloff saw on May 19, said that debts would be paid.",
        "Poloff gave a lunch on May 19 for Finance Minister Grace Owusu.",
        "On May 19 Finance Minister Grace Owusu dined at Poloff's residence.",
        "Finance Minister Grace Owusu asked Poloff to come by on May 19.",
    ],
)
def test_whom_one_saw_gave_a_meal_for_or_asked_to_come_was_met(told):
    (held,) = meetings(HEADED.format("NOBODY") + f"1. (C) {told}\n", Kind.CABLE, "2008-05-21")
    assert (who(held), held.date) == ({"Poloff", "Grace Owusu"}, "2008-05-19")


def test_who_joined_somebody_for_a_meal_met_whom_they_joined():
    told = "Poloff saw Speaker Kwame Mensah on May 18.\n\n2. (C) Finance Minister Grace Owusu joined Poloff for breakfast on May 19."
    first, second = meetings(HEADED.format("NOBODY") + f"1. (C) {told}\n", Kind.CABLE, "2008-05-21")
    assert (who(first), who(second)) == ({"Poloff", "Kwame Mensah"}, {"Poloff", "Grace Owusu"})


def test_whom_somebody_met_in_a_foreign_capital_is_of_its_country():
    text = (
        HEADED.format("NOBODY")
        + "1. (C) Special Adviser Kojo Amankwah met last week in Oslo with President Ivar Holm.\n"
    )
    (held,) = meetings(text, Kind.CABLE, "2008-05-21")
    assert {(each.name, each.country) for each in held.participants} == {("Kojo Amankwah", "GH"), ("Ivar Holm", "NO")}


def test_a_call_that_somebody_tells_of_is_not_the_telling():
    text = HEADED.format("NOBODY") + (
        "1. (C) German Ambassador Otto Weiss told us May 19 that German Chancellor Karl Brandt had urged President Kofi Mensah by telephone last week to wait.\n"
    )
    assert {("Karl Brandt", "Kofi Mensah")} <= {
        tuple(sorted(who(each))) for each in meetings(text, Kind.CABLE, "2008-05-21") if each.medium is Medium.PHONE
    }


def test_people_of_a_list_whose_posts_stand_between_them_met_all():
    text = HEADED.format("NOBODY") + (
        "1. (C) On May 19 Poloff was received by Kojo Amankwah, Vice Chairman of the Volta Regional Council; Grace Owusu,"
        " Deputy Director of the Board of Trade; and Kwame Mensah.\n"
    )
    (held,) = meetings(text, Kind.CABLE, "2008-05-21")
    assert who(held) == {"Poloff", "Kojo Amankwah", "Grace Owusu", "Kwame Mensah"}


def test_who_joined_the_author_is_of_the_meeting_told_before():
    text = HEADED.format("NOBODY") + (
        "1. (C) I called on Finance Minister Grace Owusu May 19. Speaker Mensah then joined us.\n"
    )
    (held,) = meetings(text, Kind.CABLE, "2008-05-21")
    assert who(held) == {"Ambassador", "Grace Owusu", "Mensah"}


def test_whom_several_met_respectively_each_met_alone():
    text = "President Paul Girard of France and Chancellor Karl Brandt of Germany also met with Prime Minister Ana Silva of Portugal on Tuesday, respectively."
    found = meetings(text, Kind.NEWS, "2016-03-10")
    assert sorted(tuple(sorted(who(each))) for each in found) == [
        ("Ana Silva", "Karl Brandt"),
        ("Ana Silva", "Paul Girard"),
    ]


def test_meetings_with_people_of_two_states_are_two():
    text = "Norwegian Foreign Minister Kari Vik held bilateral meetings with Chilean Foreign Minister Rosa Soto and Fijian Defence Minister Ratu Naiqama on Tuesday."
    assert len(meetings(text, Kind.NEWS, "2016-03-10")) == 2


def test_a_countryman_among_several_who_are_each_met_is_no_meeting():
    text = "Norwegian Foreign Minister Kari Vik met separately with Norwegian Finance Minister Arne Dahl and Chilean Foreign Minister Rosa Soto on Tuesday."
    (held,) = meetings(text, Kind.NEWS, "2016-03-10")
    assert who(held) == {"Kari Vik", "Rosa Soto"}


def test_interviews_with_people_of_two_states_are_two():
    text = "Norwegian Foreign Minister Kari Vik, in interviews with Chilean President Rosa Soto and Fijian Defence Minister Ratu Naiqama, praised the accord."
    assert len(meetings(text, Kind.NEWS, "2016-03-10")) == 2


def test_a_visitor_is_granted_an_audience():
    text = "President Paul Girard of France was granted an audience with King Harald Lund of Norway on Tuesday."
    (held,) = meetings(text, Kind.NEWS, "2016-03-10")
    assert who(held) == {"Paul Girard", "Harald Lund"}


def test_a_courtesy_call_is_made_in_person_and_what_was_requested_when_receiving_someone_was_held():
    text = "Foreign Minister Kari Vik of Norway made the request when she received Chilean Deputy Minister Rosa Soto, who paid a courtesy call on her."
    found = meetings(text, Kind.NEWS, "2016-03-10")
    assert {(each.status, each.medium) for each in found} == {(Status.HELD, Medium.IN_PERSON)}


@pytest.mark.parametrize(
    "told",
    [
        "met with the Liberal Party's chairman Paul Girard, and two candidates -- Anne Petit (Lome) and Louis Morel (Kara).",
        "met with Paul Girard, Ghanaian Minister of Trade; the treasurer of the union; Anne Petit of the Women's Forum;"
        " and Louis Morel of the Law Society.",
    ],
)
def test_a_list_goes_on_behind_words_that_name_nobody(told):
    (talk,) = meetings(HEADED.format("CIVIL SOCIETY ON THE VOTE") + f"1. (U) On May 18, Poloff {told}", Kind.CABLE)
    assert {"Paul Girard", "Anne Petit", "Louis Morel"} <= who(talk)


def test_a_visiting_delegation_does_not_meet_its_own_members():
    text = HEADED.format("STAFFDEL HALE") + (
        "1. (U) A staff delegation -- Ann Hale (majority) and Carl Orr (minority) -- visited Accra May 18-20.\n\n"
        "2. (U) The delegation called on Foreign Minister Kofi Mensah on May 19. STAFFDEL Hale did not clear this message."
    )
    (talk,) = meetings(text, Kind.CABLE)
    assert who(talk) == {"Ann Hale", "Carl Orr", "Kofi Mensah"}


@pytest.mark.parametrize("verb", ["saw", "met with", "called on"])
def test_whom_a_delegation_of_congress_sees_is_none_of_its_members(verb):
    text = f"FM AMEMBASSY LIMA\nTO SECSTATE WASHDC\n\nC O N F I D E N T I A L LIMA 000456\n\nSUBJECT: VISIT\n\n1. (C) A congressional delegation led by Representative Alan Reed {verb} President Garcia on May 4.\n"
    (held,) = meetings(text, Kind.CABLE, "2009-05-14")
    assert {each.name: each.country for each in held.participants} == {"Alan Reed": "US", "Garcia": "PE"}


def test_a_congressman_may_be_the_hosts_own():
    text = "FM AMEMBASSY LIMA\nTO SECSTATE WASHDC\n\nC O N F I D E N T I A L LIMA 000456\n\nSUBJECT: TRADE\n\n1. (C) Congressman Mario Quispe met with Poloff on May 12 and said that the bill was dead. Peru would not sign, the Peruvian government had told him.\n"
    (held,) = meetings(text, Kind.CABLE, "2009-05-14")
    assert {each.country for each in held.participants} == {"PE", "US"}


def test_a_list_goes_on_behind_the_bodies_that_its_people_are_of():
    text = "FM AMEMBASSY LIMA\nTO SECSTATE WASHDC\n\nC O N F I D E N T I A L LIMA 000456\n\nSUBJECT: BUSINESS\n\n1. (C) Econoffs met with Luis Mena of SNI, Mario Quispe of CONFIEP, and Rosa Diaz of the Lima Chamber of Commerce on May 7.\n"
    (held,) = meetings(text, Kind.CABLE, "2009-05-14")
    assert {"Luis Mena", "Mario Quispe", "Rosa Diaz"} <= who(held)


def test_whoever_speaks_behind_the_end_of_a_list_is_none_of_it():
    text = "FM AMEMBASSY LIMA\nTO SECSTATE WASHDC\n\nC O N F I D E N T I A L LIMA 000456\n\nSUBJECT: HEALTH\n\n1. (C) The Ambassador met Health Minister Oscar Ugarte of the APRA party, and Mario Quispe of Union por el Peru said he would follow.\n"
    (held,) = meetings(text, Kind.CABLE, "2009-05-14")
    assert "Mario Quispe" not in who(held)
