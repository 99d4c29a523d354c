"""How a meeting's values follow from its accounts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.derivation import Party, Spot, Topic, Values, derive, title

CABLE = Values(
    kind="cable",
    date="1995-03-03",
    place=Spot("Lisbon"),
    medium="in_person",
    confidence=0.8,
    participants=(
        Party("Ana Duarte", role="Foreign Minister", country="PT"),
        Party("Lind", role="Minister of Fisheries", country="SE"),
    ),
    agenda=(Topic("Fisheries"),),
)
NEWS = Values(
    kind="news",
    date="1995-03",
    place=Spot("Necessidades Palace", exactness=0),
    confidence=0.5,
    participants=(Party("Jonas Lind", country="SE"), Party("Rui Alves", country="PT", attendance="interpreter")),
    agenda=(Topic("Quotas"), Topic("fisheries")),
)


def test_one_account_is_taken_as_it_is():
    derived = derive([CABLE])
    assert (derived.date, derived.place, derived.participants) == (CABLE.date, CABLE.place, CABLE.participants)


def test_the_order_of_accounts_does_not_matter():
    assert derive([CABLE, NEWS]) == derive([NEWS, CABLE])


def test_the_most_exact_of_agreeing_dates_is_taken():
    assert derive([NEWS, CABLE]).date == "1995-03-03"


def test_the_date_that_most_accounts_agree_with_wins():
    wrong = replace(CABLE, kind="memcon", date="1995-04-03")
    assert derive([wrong, CABLE, NEWS]).date == "1995-03-03"


def test_a_stated_place_beats_an_inferred_one_and_a_building_beats_its_city():
    inferred = replace(CABLE, place=Spot("Porto", exactness=0, inferred=True))
    assert derive([inferred, CABLE]).place.place == "Lisbon"
    assert derive([CABLE, NEWS]).place.place == "Necessidades Palace"


def test_everybody_named_is_listed_once_with_the_fullest_name():
    names = [party.name for party in derive([CABLE, NEWS]).participants]
    assert names == ["Ana Duarte", "Jonas Lind", "Rui Alves"]


def test_the_role_told_by_any_account_is_kept():
    assert derive([NEWS, CABLE]).participants[1].role == "Minister of Fisheries"


def test_two_people_of_one_name_on_two_sides_stay_two():
    sides = replace(CABLE, participants=(Party("Kim", country="KR"), Party("Kim", country="KP")))
    assert len(derive([sides]).participants) == 2


def test_issues_are_listed_once_whatever_their_case():
    assert [topic.name for topic in derive([CABLE, NEWS]).agenda] == ["Fisheries", "Quotas"]


def test_an_issue_that_only_one_account_finds_in_the_topic_tree_is_one_issue():
    told = derive(
        [
            replace(CABLE, agenda=(Topic("Iran"),)),
            replace(NEWS, agenda=(Topic("Iran", issue=7), Topic("Persia", issue=7))),
        ]
    )
    assert told.agenda == (Topic("Iran", issue=7),)


def test_a_meeting_is_held_as_soon_as_one_account_says_so():
    assert derive([replace(CABLE, status="planned"), NEWS]).status == "held"
    assert derive([replace(CABLE, status="planned"), replace(NEWS, status="cancelled")]).status == "planned"


def test_two_accounts_are_surer_than_one():
    assert derive([CABLE, NEWS]).confidence == pytest.approx(0.9)


def test_no_account_no_meeting():
    with pytest.raises(ValueError, match="at least one account"):
        derive([])


def test_the_title_says_who_met_whom():
    assert title(CABLE.participants) == "Ana Duarte with Lind"
    many = [Party(name, country="US") for name in ("Nelson", "Lott", "Bayh")]
    assert (
        title([*many, Party(role="Foreign Minister", country="RU")]) == "Nelson, Lott and others with Foreign Minister"
    )
    assert (
        title([Party("A. N. Kosygin", label="Alexei Kosygin", country="SU"), Party(country="CN", label="China")])
        == "Alexei Kosygin with China"
    )
    assert title([]) == "Meeting of unnamed parties"


def test_the_title_of_many_sides_names_one_of_each():
    sides = [Party(name, country=name[:2].upper()) for name in ("Abe", "Modi", "Turnbull", "Trump", "Lee")]
    assert title(sides[:3]) == "Abe, Modi and Turnbull"
    assert title(sides) == "Abe, Modi, Turnbull, Trump and others"


@given(
    st.lists(st.sampled_from(["1995-03-03", "1995-03", "1995", "1995-04-03", "", "1995-03-01/1995-03-05"]), min_size=1)
)
def test_the_date_is_always_one_that_was_told(told):
    derived = derive([replace(CABLE, date=date) for date in told])
    assert derived.date in told
    assert derived.date or not any(told)
