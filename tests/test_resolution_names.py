"""Forms of names that compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.resolution.names import fold, likeness, parse, same_name, sounded, spellings, trigrams, whole


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
        ("Whitcombe, Major General Arthur B., Jr.", "Arthur Whitcombe"),
        ("Alexander W. Weddon", "Weddon, Alexander Wilberforce"),
        ("Hafiz Salim", "Salim, Hafez"),
        ("Rosemary Tait", "Tait, Rose Mary"),
        ("Bob Lindqvist", "Robert Lindqvist"),
        ("Lu Haiping (Lu Hai-p’ing)", "Lu Hai-ping"),
        ("von Arendt, Kurt", "Kurt Arendt"),
        ("Prime Minister Okello", "Okello, Samuel"),
        ("John Major", "Major, John"),
        ("Pope Clement VI", "Clement VI"),
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
        ("Arthur B. Whitcombe", "Arthur C. Whitcombe"),
        ("Whitcombe, Arthur, Jr.", "Whitcombe, Arthur, III"),
        ("Mrs. Okello", "Sir Samuel Okello"),
        ("Tait, Austen R.", "Tait, Roderick"),
        ("Foster, John", "Dunne, John Foster"),
        ("Foster", "Dunne, Peter Foster"),
        ("al-Rashid", "al-Hakim"),
        ("Pope Clement VI", "Pope Clement VII"),
        ("King Harald I", "King Harald V"),
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
    assert same_name(name, name) == any(whole(form.words) for form in spellings(parse(name)))


def test_a_letter_group_is_sounded_once_and_for_all():
    for word in fold("Youssouf Tchaikovsky Schmidt Khrushchev Лавров").split():
        assert sounded(sounded(word)) == sounded(word)


@pytest.mark.parametrize(
    ("name", "words", "family", "suffix"),
    [
        ("Eisenlohr, Major John S. D., Jr.", "eisenlohr john s d", "eisenlohr", "jr"),
        ("President-elect Pereira", "pereira", "", ""),
        ("Major, John", "major john", "major", ""),
        ("Nhiek Sophan, General", "nhiek sophan", "", ""),
        ("Queen Ingrid", "ingrid", "", ""),
    ],
)
def test_titles_are_no_part_of_a_name(name, words, family, suffix):
    form = parse(name)
    assert (" ".join(form.words), " ".join(form.family), form.suffix) == (words, family, suffix)


def test_a_surname_with_its_particle_is_no_full_name():
    assert not parse("von der Heide").full
    assert not parse("Minister Le Brun").full
    assert not parse("K. Arendt").full
    assert parse("Kurt von Arendt").full


def test_a_verdict_says_why():
    assert "Sergei sounds like Sergey" in str(likeness("Sergei Volkov", "Sergey Volkov"))
    assert "Bob is not John" in str(likeness("Bob Tait", "John Tait"))
    assert "only one has “H.”" in str(likeness("George H. Tait", "George Tait"))
    assert "only a surname" in str(likeness("Tait", "John Tait"))
    assert likeness("Tait", "John Tait").score < likeness("J. Tait", "John Tait").score < 1
