"""The search language: what a text asks, and the text of a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.asking.fields import FIELDS, Takes
from meetings.asking.language import LONGEST, MOST, Question, Term, inverse, read

# Values


def values(name):
    field = FIELDS[name]
    if field.takes is Takes.CHOICE:
        return st.sampled_from(sorted(field.choices))
    if field.takes is Takes.DATE:
        written = st.sampled_from(["2007", "2007-05", "2007-05-29", "1956"])
        return written | st.just("none") if name == "date" else written
    text = st.text(
        st.characters(exclude_categories=["C", "Z"], exclude_characters='"“”„‟«»″–—−'), min_size=1, max_size=8
    )
    return st.lists(text, min_size=1, max_size=3).map(" ".join) | st.sampled_from(
        ["OR", "-x", "a:b", "with:x", "(a", "NOT", "Sergey Lavrov #417", "#5"]
    )


terms = st.sampled_from([name for name in FIELDS if name != "without"]).flatmap(
    lambda name: st.builds(Term, st.just(name), values(name), st.booleans())
)
clauses = st.lists(terms, min_size=1, max_size=3, unique=True).map(tuple)
questions = st.lists(clauses, max_size=5, unique=True).map(tuple).map(Question)


@given(questions)
def test_a_question_that_is_written_and_read_is_the_same(question):
    assert read(str(question)).question == question


@given(st.text() | st.lists(st.sampled_from(['"', "OR", "-", "with:", "x", ":", "(", "after:9", "NOT "])).map("".join))
def test_any_text_is_read_and_what_was_understood_reads_the_same_again(text):
    understood = read(text).question
    assert read(str(understood)).question == understood


def asked(text):
    reading = read(text)
    assert reading.mistakes == ()
    return reading.question.clauses


def words(*texts):
    return tuple((Term("", text),) for text in texts)


class TestReading:
    def test_words_and_phrases_add_up(self):
        assert asked('missile defense "open skies"') == words("missile", "defense", "open skies")

    def test_or_joins_its_two_neighbours(self):
        assert asked("oil OR gas price") == ((Term("", "oil"), Term("", "gas")), (Term("", "price"),))
        assert asked("in:Oslo OR in:Bergen OR in:Bodø") == (
            tuple(Term("in", place) for place in ("Oslo", "Bergen", "Bodø")),
        )

    @pytest.mark.parametrize("text", ["-medium:phone oil", "NOT medium:phone oil"])
    def test_a_minus_negates_one_condition(self, text):
        assert asked(text) == ((Term("medium", "phone", True),), (Term("", "oil"),))

    def test_a_minus_by_itself_is_nothing(self):
        assert asked("oil - gas") == words("oil", "gas")

    def test_without_is_with_negated(self):
        assert asked('without:"Ann Low"') == asked('-with:"Ann Low"') == ((Term("with", "Ann Low", True),),)
        assert asked("-without:Low") == ((Term("with", "Low"),),)

    @pytest.mark.parametrize(
        "text", ['with:"Ann Low"', 'WITH:"Ann  Low"', "with:“Ann Low”", 'with: "Ann Low"', 'person:"Ann Low"']
    )
    def test_the_same_can_be_typed_in_many_ways(self, text):
        assert asked(text) == ((Term("with", "Ann Low"),),)

    @pytest.mark.parametrize(
        "text", ["with:'Ann Low' oil", "with:‘Ann Low’ oil", "with: 'Ann Low' oil", "(with:'Ann Low') oil"]
    )
    def test_a_value_may_stand_in_single_quotation_marks(self, text):
        assert read(text).question.clauses == ((Term("with", "Ann Low"),), (Term("", "oil"),))

    @pytest.mark.parametrize("name", ["O'Neill", "'Abd", "’t", "'Abd al-'Aziz"])
    def test_an_apostrophe_is_none(self, name):
        assert read(f"with:{name}").question.clauses[0] == (Term("with", name.split()[0]),)
        assert asked(f'with:"{name}"') == ((Term("with", name),),)

    def test_a_number_after_a_name_is_one_row(self):
        term = asked('with:"Sergey Lavrov #417"')[0][0]
        assert (term.name, term.id) == ("Sergey Lavrov", 417)
        assert Term("with", "Lavrov").id is None

    def test_choices_are_known_by_other_words_too(self):
        assert asked("medium:Telephone status:canceled") == ((Term("medium", "phone"),), (Term("status", "cancelled"),))

    def test_a_time_of_day_is_no_field(self):
        assert asked("10:30") == words("10:30")

    def test_and_is_what_stands_between_conditions_anyway(self):
        assert asked("oil AND gas") == words("oil", "gas")

    def test_the_same_condition_twice_is_one(self):
        assert asked("oil country:RU oil") == asked("oil country:RU")


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("colour:red", "There is no field “colour:”. The fields are with:,"),
            ("contry:RU", "There is no field “contry:”. Did you mean country:?"),
            ("medium:pigeon", "“pigeon” is no medium: choose one of in_person, phone, video, unknown."),
            ("after:soon", "“soon” is not a date: write a year, a month or a day"),
            ("after:2007-13", "“2007-13” is not a date"),
            ("after:none", "“none” is not a date"),
            ("with:", "needs a value right after the colon, as in with:Lavrov"),
            ('in:""', "needs a value right after the colon, as in in:Geneva"),
            ("(oil)", "Brackets do not group here"),
            ("OR oil", "OR stands between two conditions"),
            ("oil OR", "OR stands between two conditions"),
            ("oil OR OR gas", "OR stands between two conditions"),
            ("after:2008 before:2007", "The first date is after the last"),
            ("status:held status:planned", "For any of them: status:held OR status:planned"),
            ("x" * LONGEST + " y", "Only the first 2,000 characters"),
            (" ".join(f"w{n}" for n in range(MOST + 1)), "A question may have 40 conditions"),
        ],
    )
    def test_a_mistake_is_explained_and_the_rest_still_asks(self, text, said):
        reading = read(f"kind:news {text}")
        assert any(said in mistake for mistake in reading.mistakes) or text.startswith("OR")
        assert Term("kind", "news") in reading.question
        assert any(said in mistake for mistake in read(text).mistakes)

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("-(country:RU)", "-country:RU"),
            ("((-country:RU) oil)", "-country:RU oil"),
            ("(country:RU OR with:Lavrov) oil", "country:RU OR with:Lavrov oil"),
            ('-("arms control")', '-"arms control"'),
        ],
    )
    def test_without_its_brackets_a_question_asks_what_it_did(self, text, meant):
        assert read(text).question == read(meant).question

    def test_an_open_quotation_mark_is_said_and_taken_to_the_end(self):
        reading = read('kind:news with:"Ann Low')
        assert reading.question.clauses == ((Term("kind", "news"),), (Term("with", "Ann Low"),))
        assert "The quotation mark before “Ann Low” is not closed" in reading.mistakes[0]

    def test_a_wrong_alternative_leaves_the_other(self):
        assert read("medium:pigeon OR medium:phone").question.clauses == ((Term("medium", "phone"),),)
        assert read("medium:phone OR medium:pigeon").question.clauses == ((Term("medium", "phone"),),)


class TestChanging:
    phone, russia = (Term("medium", "phone"),), (Term("country", "RU"),)

    def test_a_condition_more_or_less(self):
        question = Question((self.phone,)).having(self.russia)
        assert str(question) == "medium:phone country:RU"
        assert question.having(self.russia) == question
        assert str(question.lacking(self.phone)) == "country:RU"

    def test_the_inverse_of_either_is_neither(self):
        either = (*self.phone, Term("medium", "video"))
        assert str(Question(inverse(either))) == "-medium:phone -medium:video"
        assert inverse(inverse(self.phone)[0]) == (self.phone,)

    def test_another_clause_takes_the_place_of_one(self):
        question = Question((self.phone, self.russia))
        assert str(question.replacing(self.phone, *inverse(self.phone))) == "-medium:phone country:RU"


class TestFields:
    def test_every_example_is_understood(self):
        for field in FIELDS.values():
            for example in field.examples:
                assert read(example).mistakes == (), example
