"""What was read and extracted, as rows."""

import pytest
from django.core.management import call_command
from told import TEXT, document, meeting, person, statement, store

from meetings.models import (
    Account,
    AccountIssue,
    Collection,
    Document,
    Evidence,
    Issue,
    Meeting,
    Organisation,
    Participant,
    Person,
    Place,
    Statement,
)
from meetings.records import ExtractedIssue, ExtractedPlace
from tests.factories import CollectionFactory

pytestmark = pytest.mark.django_db

CABLE = """Lind visit to Lisbon

1. (C) Swedish Fisheries Minister Lind called on Foreign Minister Duarte on 3 March. They discussed fisheries.
"""


def cable(**values):
    return document(CABLE, kind="cable", title="Lind visit", **values)


def lind_cable(**values):
    people = (person("J. Lind", "SE", CABLE), person("Duarte", "PT", CABLE, role="Foreign Minister"))
    return meeting(CABLE, **({"participants": people, "place": None} | values))


def test_a_document_is_stored_with_its_passages_and_its_meeting():
    stored = store(document(), meeting(), statements=[statement()])
    assert stored.state == "processed"
    assert [passage.text for passage in stored.revision.passages.all()] == [
        block.strip() for block in TEXT.split("\n\n")
    ]
    found = Meeting.objects.get()
    assert (found.title, found.date, str(found.place)) == (
        "Ana Duarte with Jonas Lind",
        "1995-03-03",
        "Lisbon, Portugal",
    )
    assert [str(participant) for participant in found.participants.all()] == ["Ana Duarte", "Jonas Lind"]
    assert Statement.objects.get().person.name == "Jonas Lind"


@pytest.mark.parametrize("written", ["North Sea Board", "NSB", "Board for the North Sea"])
def test_a_body_that_an_editor_added_is_known_by_all_its_names(written):
    body = Organisation.objects.create(
        key="north-sea-board", name="North Sea Board", acronym="NSB", aliases=["Board for the North Sea"]
    )
    store(
        document(), meeting(participants=(person("Ana Duarte", "PT"), person("Jonas Lind", None, organisation=written)))
    )
    assert Participant.objects.get(name="Jonas Lind").organisation == body


def test_every_claim_has_its_passage():
    stored = store(document(), meeting(), statements=[statement()])
    text = stored.revision.text
    for evidence in Evidence.objects.all():
        assert text[evidence.start : evidence.end] == evidence.quote
        assert text[evidence.start - len(evidence.prefix) : evidence.end + len(evidence.suffix)] == (
            evidence.prefix + evidence.quote + evidence.suffix
        )
    assert set(Evidence.objects.values_list("field", flat=True)) == {
        "meeting",
        "participant",
        "place",
        "issue",
        "statement",
    }


def test_saving_again_changes_no_row_and_no_id():
    store(statements=[statement()])
    before = snapshot()
    store(statements=[statement()])
    assert snapshot() == before


def test_a_better_extraction_keeps_the_meeting_and_its_address():
    store()
    before = Meeting.objects.get()
    store(
        document(), meeting(participants=(*meeting().participants, person("Rui Alves", "PT", attendance="interpreter")))
    )
    after = Meeting.objects.get()
    assert (after.pk, after.public_id) == (before.pk, before.public_id)
    assert after.participants.count() == 3


def test_a_meeting_no_longer_found_goes():
    second = meeting(
        quote="Lind said that quotas were too low", date="1995-02", participants=(person("Jonas Lind", "SE"),)
    )
    store(document(), meeting(), second)
    store(document(), meeting())
    assert Account.objects.count() == Meeting.objects.count() == 1


def test_two_accounts_of_one_encounter_are_one_meeting():
    store()
    store(cable(), lind_cable())
    found = Meeting.objects.get()
    assert found.account_count == 2
    assert [account.joined_by for account in found.accounts.order_by("pk")][1].startswith("both name")
    assert {str(participant) for participant in found.participants.all()} == {"Ana Duarte", "Jonas Lind"}


def test_a_known_person_of_whose_side_the_text_says_nothing_acts_for_their_country():
    people = (person("Sergei Lavrov", None), person("Ana Duarte", "PT"))
    store(document(), meeting(date="2007-05-29", participants=people))
    found = Meeting.objects.get()
    assert found.title == "Sergey Lavrov with Ana Duarte"
    assert [(row.name, row.country_id) for row in found.participants.all()] == [
        ("Sergei Lavrov", "RU"),
        ("Ana Duarte", "PT"),
    ]
    assert set(Account.objects.get().participants.values_list("country", flat=True)) == {None, "PT"}


def test_two_meetings_of_one_document_stay_two():
    store(document(), meeting(), meeting(quote="Lind said that quotas were too low"))
    assert Meeting.objects.count() == 2


def test_the_same_identifier_or_nearly_the_same_text_is_a_copy_and_not_another_account():
    text = TEXT + "\n" + " ".join(f"Paragraph {n} tells of nets, boats and harbours of the coast." for n in range(40))
    first = store(document(text, identifier="DEMO-1"), meeting(text))
    reprint = store(document(text + "\nPrinted from the web.", title="Reprint"), meeting(text))
    numbered = store(document(TEXT + "\nA summary.", identifier="DEMO-1"), meeting(TEXT))
    assert [reprint.copy_of, numbered.copy_of] == [first, first]
    assert set(Meeting.objects.values_list("account_count", flat=True)) == {1}


def test_a_copy_tells_of_the_meeting_of_its_original():
    store(document(identifier="DEMO-1"), meeting(date=None))
    store(document(TEXT + "\nA reprint.", identifier="DEMO-1"), meeting(date=None))
    found = Meeting.objects.get()
    assert (found.account_count, found.accounts.count()) == (1, 2)


def test_collections_whose_names_look_alike_in_addresses_have_addresses_of_their_own():
    for name in ("Lisbon papers", "Lisbon, papers", "!!!", "Сборник", "???"):
        Collection.objects.create(name=name)
    slugs = list(Collection.objects.order_by("pk").values_list("slug", flat=True))
    assert slugs == ["lisbon-papers", "lisbon-papers-2", "collection", "sbornik", "collection-2"]


def test_a_collection_is_the_same_in_any_case():
    store(document(collection="Lisbon papers"))
    store(document(TEXT + "\nMore.", collection="lisbon papers"))
    assert Collection.objects.count() == 1
    CollectionFactory(name="LISBON PAPERS")
    store(document(TEXT + "\nMore.", collection="LISBON PAPERS"))
    assert {str(each.collection) for each in Document.objects.all()} == {"Lisbon papers"}


def test_a_new_text_of_a_document_is_a_new_revision():
    stored = store(name="talks.txt")
    again = store(document(TEXT.replace("They discussed", "Both discussed")), name="talks.txt")
    assert stored == again
    assert [(revision.number, revision.current) for revision in again.revisions.all()] == [(1, False), (2, True)]
    assert "Both discussed" in again.revision.text


def test_another_language_is_stored_and_says_why_it_was_not_extracted():
    stored = store(document(language="fr"))
    assert stored.state == "not_extracted"
    assert "English" in stored.reason


def test_a_meeting_is_derived_only_from_accounts_that_its_audience_may_see():
    store()
    Collection.objects.create(name="Private", public=False)
    secret = ExtractedPlace("Necessidades Palace", "PT", precision="building")
    store(cable(collection="Private"), lind_cable(place=secret))
    found = Meeting.objects.get()
    assert found.audience is None
    assert (found.place.name, found.account_count, found.accounts.count()) == ("Lisbon", 1, 2)


def test_which_of_a_public_and_a_restricted_account_came_first_does_not_matter():
    Collection.objects.create(name="Private", public=False)
    secret = ExtractedPlace("Necessidades Palace", "PT", precision="building")
    store(cable(collection="Private"), lind_cable(place=secret))
    store()
    found = Meeting.objects.get()
    assert (found.audience, found.place.name, found.account_count, found.accounts.count()) == (None, "Lisbon", 1, 2)


def test_people_of_one_name_for_two_countries_stay_two():
    store()
    other = TEXT.replace("Lisbon", "Oslo")
    store(
        document(other),
        meeting(
            other,
            date="1999-01-01",
            participants=(person("Jonas Lind", "NO", other), person("Ana Duarte", "PT", other)),
        ),
    )
    assert Person.objects.filter(name="Jonas Lind").count() == 2
    assert Person.objects.filter(name="Ana Duarte").count() == 1


def test_a_surname_alone_makes_nobody_known():
    store(cable(), lind_cable(participants=(person("Lind", "SE", CABLE), person("Duarte", "PT", CABLE))))
    assert not Person.objects.filter(participants__isnull=False).exists()
    assert all(row.resolved_by for account in Account.objects.all() for row in account.participants.all())


def test_removing_the_samples_leaves_what_others_tell(capsys):
    store(cable(collection="Own"), lind_cable())
    kept = snapshot()
    store(statements=[statement()])
    call_command("remove_samples")
    assert "1 sample documents" in capsys.readouterr().out
    after = snapshot()
    for rows in (kept, after):
        for row in rows[Meeting]:
            row.pop("updated")
    assert after == kept
    assert not Place.objects.exists()


def snapshot() -> dict:
    models = (Document, Meeting, Participant, Account, Person, Evidence, Statement)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_an_issue_of_the_tree_is_called_as_there_and_keeps_the_documents_words():
    Issue.objects.create(key="fish-stocks", name="Fish stocks", theme=Issue.objects.create(key="theme-sea", name="Sea"))
    store(document(), meeting(issues=(ExtractedIssue("fisheries", "fisheries", key="fish-stocks"),)))
    told = AccountIssue.objects.get()
    assert (told.name, told.mention, told.issue.key) == ("Fish stocks", "fisheries", "fish-stocks")
    assert [str(item) for item in Meeting.objects.get().agenda.all()] == ["Fish stocks"]


def test_an_issue_written_otherwise_in_case_alone_is_written_as_last_read():
    for name in ("Herring Quotas", "Herring quotas"):
        store(document(), meeting(issues=(ExtractedIssue(name, name),)), pipeline=f"reads {name}")
        assert [str(item) for item in Meeting.objects.get().agenda.all()] == [name]
