"""Forms of names that compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.resolution.names import fold, same_name, sounded, tokens, trigrams, whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergey Lavrov", "Sergei Lavrov"),
        ("Lavrov", "Lawrow"),
        ("Sergey Lavrov", "Лавров"),
        ("Lavrov, Sergey", "Sergey Lavrov"),
        ("S. Lavrov", "Sergey Lavrov"),
        ("Foreign Minister Lavrov", "Lavrov"),
        ("Jean-Yves Le Drian", "Jean Yves Le Drian"),
        ("Brezhnev", "Brezhnyev"),
        ("Gorbachev", "Gorbachov"),
        ("Mahamoud Ali Youssouf", "Mahmoud Ali Yusuf"),
        ("Álvaro Núñez", "Alvaro Nunez"),
    ],
)
def test_spellings_of_one_name_agree(one, other):
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong-il", "Kim Dae-jung"),
        ("Li Peng", "Li Xiannian"),
        ("John Kerry", "Bob Kerrey"),
        ("Bush", "Putin"),
        ("J.", "S."),
    ],
)
def test_names_of_different_people_do_not(one, other):
    assert not same_name(one, other)


@given(st.text())
def test_any_text_folds_to_ascii_words(text):
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded
    assert all(trigrams(text)) or not folded


@given(st.text(min_size=1))
def test_a_name_agrees_with_itself(name):
    assert same_name(name, name) == bool(whole(tokens(name)))


def test_a_letter_group_is_sounded_once_and_for_all():
    for word in fold("Youssouf Tchaikovsky Schmidt Khrushchev Лавров").split():
        assert sounded(sounded(word)) == sounded(word)
