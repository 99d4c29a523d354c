"""A query that is put together once gives the rows that it gives when it is put together for each value."""

from __future__ import annotations

import gc
import weakref
from datetime import date
from threading import Thread

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections
from django.db.models import QuerySet, Value

from meetings.conditions import among
from meetings.models import Meeting, Participant
from meetings.prepared import first, prepared
from meetings.roles import is_editor
from tests.factories import CollectionFactory, EditorFactory, PersonFactory, PlaceFactory, UserFactory, told

pytestmark = pytest.mark.django_db


@prepared
def visible(titles: tuple[str, ...], since: date | None, user) -> QuerySet:
    rows = Meeting.objects.visible_to(user).filter(title__in=titles).order_by("title").annotate(mark=Value("kept"))
    return rows.filter(earliest__gte=since) if since else rows


@prepared
def having(numbers: list[int]) -> QuerySet:
    return Participant.objects.filter(among(numbers, "meeting")).select_related("meeting__place").order_by("pk")


class TestPrepared:
    def test_each_call_asks_for_its_own_values(self):
        one, other = told(title="One", date="1990-05-01"), told(title="Other", date="1991-05-01")
        assert visible(("One",), None, AnonymousUser()) == [one]
        assert visible(("Other",), None, AnonymousUser()) == [other]
        assert visible(("One", "Other"), None, AnonymousUser()) == [one, other]
        assert visible(("One", "Other"), date(1991, 1, 1), AnonymousUser()) == [other]
        assert visible(("One", "Other"), date(1990, 1, 1), AnonymousUser()) == [one, other]

    def test_what_is_annotated_and_what_is_constant_stays(self):
        told(title="One")
        assert first(visible(("One",), None, AnonymousUser())).mark == "kept"

    def test_a_value_that_looks_like_sql_or_like_a_stand_in_is_a_value(self):
        names = ["2147400001", "2147400000", "%s", "'; DROP TABLE meetings_meeting; --"]
        for name in names:
            told(title=name)
            assert [row.title for row in visible((name, "nothing"), None, AnonymousUser())] == [name]

    def test_lists_may_be_of_any_length_and_related_rows_come_along(self, django_assert_num_queries):
        rows = [told(PersonFactory(), place=PlaceFactory()) for _ in range(3)]
        for wanted in (rows, rows[:1], []):
            with django_assert_num_queries(1):
                found = [one.meeting.place for one in having([meeting.pk for meeting in wanted])]
            assert found == [meeting.place for meeting in wanted]

    def test_readers_see_what_is_theirs_and_visitors_do_not_afterwards(self):
        closed = CollectionFactory(name="Closed papers", public=False)
        secret = told(title="A secret", audience=closed, document={"collection": closed})
        reader = UserFactory()
        closed.readers.add(reader)
        assert visible(("A secret",), None, AnonymousUser()) == []
        assert visible(("A secret",), None, reader) == [secret]
        assert visible(("A secret",), None, UserFactory()) == []
        assert visible(("A secret",), None, EditorFactory()) == [secret]
        assert visible(("A secret",), None, UserFactory()) == []
        assert visible(("A secret",), None, reader) == [secret]
        assert visible(("A secret",), None, AnonymousUser()) == []

    def test_an_account_is_not_asked_for_again_nor_kept(self, django_assert_num_queries):
        told(title="Rejected", review="rejected")
        readers = [UserFactory(), UserFactory(), EditorFactory()]
        assert [is_editor(user) for user in readers] == [False, False, True]
        visible(("One",), None, readers[0])
        with django_assert_num_queries(3):
            assert [len(visible(("Rejected",), None, user)) for user in readers] == [0, 0, 1]
        kept = weakref.WeakSet(readers)
        readers.clear()
        gc.collect()
        assert not kept

    def test_nothing_is_in_an_empty_tuple(self):
        told(title="One")
        assert visible((), None, AnonymousUser()) == []

    def test_no_request_is_kept_when_it_is_answered(self):
        visitor = AnonymousUser()
        visible(("One", "Two", "Three"), None, visitor)
        kept = weakref.ref(visitor)
        del visitor
        gc.collect()
        assert kept() is None

    def test_a_value_that_nothing_is_compared_with_is_told(self):
        @prepared
        def careless(number: int) -> QuerySet:
            return Meeting.objects.all()

        with pytest.raises(ValueError, match="careless"):
            careless(1)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection_and_leaves_it():
    meeting = told(title="Told")
    found, used = [], []

    def ask() -> None:
        try:
            for titles in ("Told",), ("Told", "One", "Two", "Three"):
                found.append(visible(titles, None, AnonymousUser()))
            used.append(weakref.ref(connections["default"]))
        finally:
            connection.close()

    visible(("Told",), None, AnonymousUser())
    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [[meeting], [meeting]]
    del thread
    gc.collect()
    assert [kept() for kept in used] == [None]
