from __future__ import annotations

from meetings.nlp.attachment import Atom, Attacher, singular
from meetings.records import Kind
from tests.extraction import people

NATIONS = {"French": "FR", "France": "FR", "Chilean": "CL", "Portugal": "PT"}


def references(*pieces: str):
    """Pieces are words, or ``LABEL:words`` for an entity."""
    atoms, words = [], []
    for piece in pieces:
        label, _, text = piece.rpartition(":")
        start = len(words)
        words += text.lower().split()
        if label:
            atoms.append(Atom(label, start, len(words), text))
    return Attacher(atoms, words, NATIONS.get).references()


def test_nationality_and_post_before_a_name_are_the_persons():
    (found,) = references("NORP:French", "TITLE:Foreign Minister", "PERSON:Anne Martin", "spoke")
    assert (found.name, found.role, found.country) == ("Anne Martin", "Foreign Minister", "FR")


def test_a_post_after_the_name_is_the_persons():
    (found,) = references("PERSON:Anne Martin", ", the", "NORP:Chilean", "TITLE:Ambassador", ", said")
    assert (found.role, found.country) == ("Ambassador", "CL")


def test_a_name_may_follow_the_post_and_its_country():
    (found,) = references("the", "TITLE:Minister", "of", "GPE:Portugal", ",", "PERSON:Rui Costa", ", said")
    assert (found.name, found.role, found.country) == ("Rui Costa", "Minister", "PT")


def test_a_country_after_the_name_is_the_persons():
    (found,) = references("TITLE:President", "PERSON:Anne Martin", "of", "GPE:France")
    assert found.country == "FR"


def test_a_list_shares_the_title_that_stands_once():
    found = references("TITLE:Senators", "PERSON:Ann Reed", ",", "PERSON:Bo Lund", ", and", "PERSON:Cy Hart")
    assert [each.name for each in found] == ["Ann Reed", "Bo Lund", "Cy Hart"]
    assert {each.role for each in found} == {"Senator"}


def test_a_place_is_not_the_nationality_of_who_is_met_there():
    (found,) = references("in", "GPE:France", "TITLE:Secretary", "PERSON:Bo Lund")
    assert found.country is None


def test_the_next_persons_title_is_not_this_ones():
    first, second = references("PERSON:Anne Martin", ",", "TITLE:Ambassador", "PERSON:Bo Lund")
    assert (first.role, second.role) == ("", "Ambassador")


def test_plural_titles_have_a_singular():
    assert singular("Prime Ministers") == "Prime Minister"
    assert singular("Secretaries") == "Secretary"


def test_a_list_goes_on_past_brackets_with_its_title():
    found = references(
        "TITLE:Senators", "PERSON:Ann Reed", "( R-IL ) ,", "PERSON:Bo Lund", "( D-CA ) and", "PERSON:Cy Hart"
    )
    assert [(each.name, each.role) for each in found] == [
        ("Ann Reed", "Senator"),
        ("Bo Lund", "Senator"),
        ("Cy Hart", "Senator"),
    ]


def test_the_country_that_has_someone_is_the_persons():
    (found,) = references("GPE:Portugal", "'s", "PERSON:Rui Costa", "spoke")
    assert (found.name, found.country) == ("Rui Costa", "PT")


def test_a_name_after_all_that_a_post_is_of_is_its_holders():
    (found,) = references(
        "the", "TITLE:head", "of the visa office at the", "NORP:Chilean", "ORG:Ministry of Trade", ",",
        "PERSON:Bo Lund", ".",
    )  # fmt: skip
    assert (found.name, found.role, found.country) == ("Bo Lund", "head", "CL")


def test_a_clause_between_a_post_and_a_name_parts_them():
    found = references("the", "TITLE:head", "of the office said that ,", "PERSON:Bo Lund", ",")
    assert [each.name for each in found] == ["", "Bo Lund"]


def test_a_post_that_begins_the_next_clause_is_not_whom_the_clause_before_ends_with():
    (first, second) = references(
        "with", "TITLE:General Secretary", "PERSON:Jan Nowak", ", the", "TITLE:Ambassador", "urged"
    )
    assert (first.name, first.role, second.role) == ("Jan Nowak", "General Secretary", "Ambassador")


def test_the_country_of_a_desk_is_not_its_officers():
    (found,) = references("GPE:France", "TITLE:Desk Officer", "PERSON:Ann Reed")
    assert found.country is None


def test_a_rank_between_a_post_and_the_name_leaves_the_post_to_it():
    found = people(
        "Chancellor Karl Brandt negotiated with the Soviet Premier, Marshal Grinin, and with the party leader, Oleg Zotov."
    )
    assert (found["Grinin"].country, found["Oleg Zotov"].role) == ("SU", "party leader")


def test_where_a_post_is_held_stands_between_it_and_the_name():
    (found,) = references(
        "the", "NORP:French", "TITLE:Ambassador", "in", "GPE:Lisbon", ",", "TITLE:Mr", "PERSON:Rui Costa", "said"
    )
    assert (found.name, found.country) == ("Rui Costa", "FR")


def test_where_somebody_met_a_minister_is_no_part_of_the_post():
    found = references("TITLE:Prime Minister", "in", "GPE:Lisbon", ",", "TITLE:Mr", "PERSON:Rui Costa", "said")
    assert [each.name for each in found] == ["", "Rui Costa"]


def test_posts_that_each_stand_before_their_holder_between_commas_are_told_apart():
    found = people(
        "The President of the French Republic, Claire Lavelle, the Federal Chancellor of Germany, Otto Weiss, and the President"
        " of Portugal, Ana Silva, met in Oslo on Tuesday.",
        Kind.NEWS,
        "2016-03-10",
    )
    assert {name: (each.role, each.country) for name, each in found.items()} == {
        "Claire Lavelle": ("President", "FR"),
        "Otto Weiss": ("Federal Chancellor", "DE"),
        "Ana Silva": ("President", "PT"),
    }
