"""Two people are merged, stay merged whatever is read again, and can be parted."""

import pytest
from django.core.management import call_command
from factories import EditorFactory
from factories import told as told_together
from merged import ONE, OTHER, state, stored, told_of
from told import document, store

from meetings import decisions, reference
from meetings.merging.kind import Impossible
from meetings.merging.kinds import KINDS
from meetings.models import AccountParticipant, Judgement, Meeting, Participant, Person, PersonName, Position

pytestmark = pytest.mark.django_db

people = KINDS["people"]


@pytest.fixture
def editor():
    return EditorFactory()


@pytest.fixture
def two():
    stored()
    return Person.objects.get(name="Ulla Brandvold"), Person.objects.get(name="Ulrikke Brandvoll")


def meetings_of(record) -> set[str]:
    return set(Meeting.objects.with_person(record).values_list("title", flat=True))


def read_again() -> None:
    stored("test/2", confidence=0.7)


def test_all_meetings_lead_to_the_one_who_stays_under_the_name_chosen(two, editor):
    stays, gone = two
    people.merge(editor, stays, [gone], name="Ulrikke Brandvoll")
    stays.refresh_from_db()
    assert stays.name == "Ulrikke Brandvoll"
    assert meetings_of(stays) == {"Ulrikke Brandvoll with Jonas Lind", "Ulrikke Brandvoll with Ana Duarte"}
    assert not Participant.objects.filter(person=gone).exists()
    assert AccountParticipant.objects.get(person_read=gone).person == stays


def test_a_merge_is_as_it_was_left_after_everything_is_read_again(two, editor):
    stays, gone = two
    people.merge(editor, stays, [gone])
    read_again()
    before = state()
    stored("test/3", confidence=0.71)
    assert state() == before
    assert meetings_of(stays) == {"Ulla Brandvold with Jonas Lind", "Ulla Brandvold with Ana Duarte"}
    assert Person.objects.filter(name__in=("Ulla Brandvold", "Ulrikke Brandvoll")).count() == 2


def test_a_merge_holds_in_another_database_with_the_same_documents(two, editor):
    people.merge(editor, *two[:1], two[1:])
    Meeting.objects.update(merged_into=None)
    for model in (AccountParticipant, Participant):
        model.objects.update(person=None)
    AccountParticipant.objects.update(person_read=None)
    Person.objects.filter(pk__in=[each.pk for each in two]).delete()
    read_again()
    stays = Person.objects.get(name="Ulla Brandvold")
    assert meetings_of(stays) == {"Ulla Brandvold with Jonas Lind", "Ulla Brandvold with Ana Duarte"}


def test_undoing_gives_everything_back(two, editor):
    stays, gone = two
    gone.positions.create(title="Minister of Fisheries", start="1990", country_id="NO")
    before = state()
    done = people.merge(editor, stays, [gone], name="Ulrikke Brandvoll")
    assert state() != before
    undone = people.undo(editor, Judgement.objects.get(act=done.acts[0]))
    assert state() == before
    assert undone.notes == []


def test_undoing_gives_back_what_was_read_since(two, editor):
    stays, gone = two
    done = people.merge(editor, stays, [gone])
    read_again()
    later = OTHER.replace("9 May", "12 June").replace("trade", "fisheries")
    store(document(later, title="More"), told_of(later, "Ulrikke Brandvoll", "Ana Duarte", "PT", "1996-06-12"))
    people.undo(editor, Judgement.objects.get(act=done.acts[0]))
    assert meetings_of(gone) == {"Ulrikke Brandvoll with Ana Duarte"}
    assert Meeting.objects.with_person(gone).count() == 2


def test_undoing_says_what_was_changed_since(two, editor):
    stays, gone = two
    done = people.merge(editor, stays, [gone], name="Ulrikke Brandvoll")
    Person.objects.filter(pk=stays.pk).update(name="U. Brandvold")
    undone = people.undo(editor, Judgement.objects.get(act=done.acts[0]))
    assert "stays “U. Brandvold”" in undone.notes[0]


def test_nobody_is_merged_with_themselves(two, editor):
    with pytest.raises(Impossible):
        people.merge(editor, two[0], [two[0]])
    people.merge(editor, two[0], [two[1]])
    with pytest.raises(Impossible):
        people.merge(editor, two[1], [two[0]])


def test_merging_into_a_merged_record_follows_it_and_each_step_is_undone_by_itself(two, editor):
    stays, gone = two
    third = Person.objects.create(name="Ulrika Brandwold", country_id="NO")
    first = people.merge(editor, stays, [gone])
    second = people.merge(editor, third, [gone])  # gone stands for stays
    gone.refresh_from_db()
    assert gone.merged_into == third
    assert len(meetings_of(third)) == 2
    people.undo(editor, Judgement.objects.get(act=first.acts[0]))
    assert meetings_of(gone) == {"Ulrikke Brandvoll with Ana Duarte"}
    assert meetings_of(third) == {"Ulrika Brandwold with Jonas Lind"}
    people.undo(editor, Judgement.objects.get(act=second.acts[0]))
    assert meetings_of(stays) == {"Ulla Brandvold with Jonas Lind"}


def test_several_are_merged_at_once(two, editor):
    third = Person.objects.create(name="Ulrika Brandwold", country_id="NO")
    people.merge(editor, third, two)
    assert len(meetings_of(third)) == 2
    assert third.merged.count() == 2


def test_offices_of_the_merged_record_count_for_the_one_who_stays(two, editor):
    stays, gone = two
    Position.objects.create(
        person=gone,
        title="Minister of Foreign Affairs",
        office="foreign minister",
        country_id="NO",
        start="1994",
        end="1997",
    )
    people.merge(editor, stays, [gone])
    assert all("o:foreign minister" in each.terms for each in Meeting.objects.defer(None).with_person(stays))


def test_names_of_the_merged_record_find_the_one_who_stays(two, editor):
    stays, gone = two
    people.merge(editor, stays, [gone])
    assert people.search("Ulrikke Brandvoll", 5) == [stays]


def test_the_shipped_tables_loaded_again_change_no_merge(two, editor):
    reference.load()
    stays = Person.objects.filter(positions__source="shipped table of offices").first()
    people.merge(editor, stays, [two[0]])
    before = state()
    reference.load()
    assert state() == before


def test_two_who_are_not_the_same_are_not_suggested_again_and_the_unsure_apart(two, editor):
    stays, _ = two
    twin = Person.objects.create(name="Ulla Brandvolt", country_id="NO")

    def suggested():
        return {(pair.one, pair.other): pair.unsure for pair in people.suggested()}

    assert suggested()[stays, twin] is False
    people.judge(editor, stays, twin, "unsure")
    assert suggested()[stays, twin] is True
    people.judge(editor, stays, twin, "different")
    assert (stays, twin) not in suggested()
    read_again()
    assert (stays, twin) not in suggested()
    decisions.withdraw(editor, Judgement.objects.standing())
    assert suggested()[stays, twin] is False


def test_conflicting_offices_lives_and_countries_are_warned_of(two, editor):
    stays, gone = two
    for holder, country in ((stays, "NO"), (gone, "SE")):
        Position.objects.create(
            person=holder,
            title="Prime Minister",
            office="head of government",
            country_id=country,
            start="1990",
            end="1996",
        )
    Person.objects.filter(pk=stays.pk).update(died="1995-12")
    Person.objects.filter(pk=gone.pk).update(country="SE")
    warnings = " ".join(people.preview(*people.get([str(stays.pk)]), people.get([str(gone.pk)])).warnings)
    assert "at one time in different offices" in warnings
    assert "died" in warnings
    assert "different countries" in warnings


def test_two_who_met_are_hardly_one(editor):
    store(document(ONE), told_of(ONE, "Ulla Brandvold", "Ulla Brandvoldt", "SE", "1995-03-03"))
    one, other = Person.objects.get(name="Ulla Brandvold"), Person.objects.get(name="Ulla Brandvoldt")
    assert "both took part in one meeting" in " ".join(people.preview(one, [other]).warnings)
    assert not people.suggested()


def test_holders_whom_the_shipped_table_has_as_two_are_not_suggested_and_the_preview_says_why(editor):
    one, other = Person.objects.get(name="Ferdinand Marcos"), Person.objects.get(name="Ferdinand Marcos Jr.")
    PersonName.objects.get_or_create(person=other, name="Ferdinand Marcos")
    told_together(one)
    told_together(other)
    assert not any({one, other} == {pair.one, pair.other} for pair in people.suggested())
    assert "has them as two people" in " ".join(people.preview(one, [other]).warnings)


def test_a_preview_changes_nothing_and_counts_what_would_move(two):
    before = state()
    moves = {move.what: move.n for move in people.preview(two[0], [two[1]]).moves}
    assert (moves["names"], moves["meetings"], moves["accounts of meetings"]) == (1, 1, 1)
    assert state() == before


def test_names_at_hand_do_not_slow_it(two, django_assert_max_num_queries):
    PersonName.objects.create(person=two[0], name="Ula Brandvold")
    with django_assert_max_num_queries(9):
        people.suggested()


def test_what_would_take_longer_than_anybody_waits_is_left_to_the_server(two, editor, monkeypatch, capsys):
    stays, gone = two
    monkeypatch.setattr("meetings.merging.records.WAITED_FOR", 0)
    with pytest.raises(Impossible, match=f"manage.py merge people STAYS {gone.pk}"):
        people.check_size([gone])
    call_command("merge", "people", str(stays.pk), str(gone.pk), user=editor.username)
    assert len(meetings_of(stays)) == 2
    assert Judgement.objects.get().made_by == editor


def test_whom_an_editor_named_after_the_merge_stays_and_it_is_said(two, editor):
    stays, gone = two
    done = people.merge(editor, stays, [gone])
    other = Meeting.objects.get(participants__name="Ulrikke Brandvoll")
    before = decisions.State.of(other)
    other.participants.filter(person=stays).update(role="Prime Minister")
    decisions.decide(editor, other, before)
    undone = people.undo(editor, Judgement.objects.get(act=done.acts[0]))
    assert "An editor named Ulla Brandvold in" in " ".join(undone.notes)
