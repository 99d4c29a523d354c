"""Two editors at once: who comes second is shown what stands by then, and nothing is made twice."""

import time
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from factories import EditorFactory
from test_editing import NEWS, PASSAGE, TWO, cited, store_mixed
from told import document, meeting, store

from meetings import editing
from meetings.judgements import participant_values
from meetings.models import Meeting

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"


def waiting(cursor) -> bool:
    cursor.execute(WAITING)
    return cursor.fetchone()[0] > 0


class Meanwhile:
    """What an editor sends while another one, in the block, is not done yet; answered when the block is left."""

    def __init__(self, address: str, data: dict):
        self.client, self.address, self.data = Client(), address, data
        self.client.force_login(EditorFactory(username="bob"))
        self.thread = Thread(target=self.send)

    def send(self) -> None:
        try:
            self.answer = self.client.post(self.address, self.data)
        finally:
            connection.close()

    def __enter__(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        return self

    def __exit__(self, *failure):
        deadline = time.monotonic() + 30
        with connection.cursor() as cursor:
            if not any(failure):
                self.thread.start()
                while self.thread.is_alive() and not waiting(cursor):
                    assert time.monotonic() < deadline
                    time.sleep(0.02)
        self.transaction.__exit__(*failure)
        if not any(failure):
            self.thread.join()


@pytest.fixture
def editor():
    return EditorFactory(username="ann")


def ghosts() -> list[Meeting]:
    """Meetings that are shown though nothing tells of them."""
    return [found for found in Meeting.objects.filter(account_count__gt=0) if found.accounts.count() == 0]


def test_an_account_that_both_split_off_makes_one_meeting(editor):
    store()
    going = store(document(NEWS, kind="news"), meeting(NEWS)).accounts.get()
    found = Meeting.objects.get()
    with Meanwhile(reverse("split-meeting", args=[found.public_id]), {"account": [going.pk]}) as second:
        own = editing.split(editor, found, [going])
    assert "Choose the accounts" in second.answer.content.decode()
    going.refresh_from_db()
    assert (going.meeting, Meeting.objects.count(), ghosts()) == (own, 2, [])


def test_a_passage_that_both_move_makes_one_meeting(editor):
    stored = store_mixed()
    account = stored.accounts.get()
    start = TWO.index(PASSAGE)
    address = f"{reverse('mark', args=[stored.public_id])}?start={start}&end={start + len(PASSAGE)}&do=move"
    with Meanwhile(address, {"source": account.pk}):
        editing.move(editor, account, [(cited(stored, PASSAGE), "")])
    assert (stored.accounts.count(), Meeting.objects.count(), ghosts()) == (2, 2, [])


def test_who_says_who_somebody_is_keeps_the_post_that_another_corrects(editor):
    store()
    found = Meeting.objects.get()
    row = found.participants.get(name="Jonas Lind")
    with Meanwhile(reverse("review-person", args=[row.pk]), {"person": "nobody"}):
        editing.correct_row(editor, found, row, participant_values(row) | {"role": "Envoy"})
    row = found.participants.get(name="Jonas Lind")
    assert (row.role, row.person) == ("Envoy", None)
