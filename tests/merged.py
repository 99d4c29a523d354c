"""Documents of two people who are one, for tests of merging, and all that the database shows of a state to compare."""

from __future__ import annotations

from django.db.models import Func, TextField
from told import document, meeting, person, store

from meetings.models import (
    Account,
    AccountIssue,
    AccountParticipant,
    Issue,
    Meeting,
    Participant,
    Person,
    Place,
    Statement,
)
from meetings.records import ExtractedIssue, ExtractedMeeting, ExtractedPlace

ONE = """Readout of the talks in Oslo

Minister Ulla Brandvold met Minister Jonas Lind in Oslo on 3 March 1995. They discussed fisheries.
"""
OTHER = """News from Bergen

Minister Ulrikke Brandvoll received Minister Ana Duarte in Bergen on 9 May 1996. They discussed trade.
"""


def stored(pipeline: str = "test/1", **values) -> None:
    """Two documents, of one person under two names, with one place and one issue each."""
    store(document(ONE), told_of(ONE, "Ulla Brandvold", "Jonas Lind", "SE", "1995-03-03", **values), pipeline=pipeline)
    store(
        document(OTHER),
        told_of(OTHER, "Ulrikke Brandvoll", "Ana Duarte", "PT", "1996-05-09", **values),
        pipeline=pipeline,
    )


def told_of(text: str, host: str, guest: str, country: str, date: str, town: str = "", **values) -> ExtractedMeeting:
    town = town or ("Oslo" if "Oslo" in text else "Bergen")
    word = "fisheries" if "fisheries" in text else "trade"
    return meeting(
        text,
        date=date,
        place=ExtractedPlace(town, "NO"),
        participants=(person(host, "NO", text, role="Minister"), person(guest, country, text, role="Minister")),
        issues=(ExtractedIssue(word.capitalize(), word, key=word),),
        **values,
    )


def state() -> dict[str, list]:
    """All rows that a merge may touch, but for when they were written."""
    kept = {
        Person: ("pk", "name", "country_id", "died", "description", "merged_into_id"),
        Place: ("pk", "name", "merged_into_id"),
        Issue: ("pk", "key", "theme_id", "merged_into_id", "aliases"),
        Meeting: (
            "public_id",
            "title",
            "date",
            "place_id",
            "review",
            "account_count",
            "merged_into_id",
            "terms",
            "names",
        ),
        Participant: ("meeting__public_id", "person_id", "name", "role", "country_id", "order"),
        Account: ("pk", "meeting__public_id", "place_id", "place_read_id", "joined_by"),
        AccountParticipant: ("account_id", "name", "person_id", "person_read_id"),
        AccountIssue: ("account_id", "name", "mention", "issue_id", "issue_read_id"),
        Statement: ("document_id", "text", "person_id", "person_read_id", "issue_id", "issue_read_id"),
    }
    rows = {model.__name__: sorted(model._base_manager.values_list(*names), key=repr) for model, names in kept.items()}
    words = Func("search", function="strip", output_field=TextField())
    rows["Words"] = sorted(Meeting.objects.values_list("public_id", words), key=repr)
    rows["Agenda"] = sorted(Meeting.objects.values_list("public_id", "agenda__name", "agenda__issue"), key=repr)
    rows["Names"] = sorted(Person.objects.values_list("pk", "names__name"), key=repr)
    return rows
