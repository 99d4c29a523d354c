"""A document that not everybody may see, with a word of its own in every field of everything that hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Model, TextField

from meetings.members import Role, create_account
from meetings.models import Collection, Document, Meeting, Person, Place, StagedDocument, StoredFile, Upload, WorkItem
from tests.factories import (
    AccountFactory,
    AccountIssueFactory,
    AccountParticipantFactory,
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    DocumentRevisionFactory,
    EvidenceFactory,
    IssueFactory,
    JudgementFactory,
    MeetingIssueFactory,
    PersonFactory,
    PlaceFactory,
    PositionFactory,
    StatementFactory,
    SuggestionFactory,
    told,
)

WORD = "zqx"  # begins every word, and nothing else does
# Fields whose form is fixed: dates, keys, hashes, codes and what the database derives.
FIXED = {
    "date", "start", "end", "died", "sha256", "public_id", "slug", "key", "folded", "language", "trigrams", "terms", "names", "subject",
    "read_digest", "extracted_digest", "sketch", "precision",
}  # fmt: skip


def texts(row: Model) -> list:
    """The fields of a row that may hold any text."""
    return [
        each
        for each in row._meta.concrete_fields
        if (
            isinstance(each, CharField | TextField)
            or (isinstance(each, ArrayField) and isinstance(each.base_field, CharField))
        )
        and not (each.choices or each.primary_key or each.name in FIXED)
    ]


Filling = Callable[[Model, int | None], str]


def fill(row: Model, filling: Filling) -> None:
    """Put a text into every field that may hold any: what ``filling`` makes of the row and the number of characters that fit."""
    values = {}
    for each in texts(row):
        longest = (each.base_field if isinstance(each, ArrayField) else each).max_length
        text = filling(row, longest)
        values[each.name] = [text] if isinstance(each, ArrayField) else text
    type(row)._base_manager.filter(pk=row.pk).update(**values)
    row.refresh_from_db()
    if hasattr(row, "folded"):
        row.save()  # which folds the name


def word(row: Model, longest: int | None = None) -> str:
    return f"{WORD}{row._meta.model_name}"[:longest]


@dataclass
class World:
    """What is open, and what ``hide`` adds to it."""

    shared: Person
    other: Person
    open: Meeting
    place: Place
    users: dict[str, User]
    filling: Filling = word
    words: set[str] = field(default_factory=set)

    def mark(self, *rows: Model) -> None:
        for row in rows:
            fill(row, self.filling)
            self.words.add(word(row))


def users() -> dict[str, User]:
    """Two readers, of whom the restricted collection will name one, an editor and an administrator, by name."""
    roles = {"other": Role.READER, "named": Role.READER, "editor": Role.EDITOR, "administrator": Role.ADMINISTRATOR}
    for name, role in roles.items():
        create_account(name, role)
    return {user.username: user for user in User.objects.filter(username__in=roles)}


def open_world(users: dict[str, User]) -> World:
    """Two meetings that everybody may see, of people, a country, a place and a topic that restricted documents tell of too."""
    russia, states = CountryFactory(key="RU", name="Russia"), CountryFactory(key="US", name="United States")
    shared, other = (
        PersonFactory(name="Sergey Lavrov", country=russia),
        PersonFactory(name="John Kerry", country=states),
    )
    place = PlaceFactory(name="Sochi", country=russia, latitude=43.6, longitude=39.7)
    syria = IssueFactory(key="syria", name="Syria")
    meeting = told(
        shared,
        other,
        about=(syria,),
        place=place,
        date="2015-05-12",
        title="Sochi talks",
        document={"title": "Open paper"},
    )
    told(shared, date="2016", title="A later meeting", document={"title": "Another open paper"})
    return World(shared, other, meeting, place, users)


TEXT = f"{WORD}passage in a first paragraph.\n\n{WORD}passage in another."


def hide(world: World, text: str = TEXT) -> dict[str, object]:
    """Add the restricted collection; returns what the addresses of what is in it are made of."""
    collection = CollectionFactory(name=f"{WORD}collection", public=False, description=f"{WORD}collection")
    collection.readers.add(world.users["named"])
    world.words.add(f"{WORD}collection")
    closed = {"collection": collection}
    france = CountryFactory(key="FR", name="France")
    person = PersonFactory(name="Hidden Envoy", country=france, aliases=["Hidden Alias"])
    position, place = (
        PositionFactory(person=person),
        PlaceFactory(name="Hidden villa", country=france, latitude=1, longitude=2),
    )
    topic = IssueFactory(key="fisheries", name="Fisheries")
    syria = IssueFactory(key="syria", name="Syria")
    meeting = told(
        world.shared, world.other, person, about=(topic, syria), place=place, date="2015-06-01", text=text, document=closed,
        audience=collection, title="Hidden",
    )  # fmt: skip
    account = meeting.accounts.get()
    document, revision = account.document, account.document.revisions.get()
    statement = StatementFactory(
        document=document, account=account, person=world.shared, country=world.shared.country, issue=syria
    )
    EvidenceFactory(revision=revision, statement=statement, account=None, quote=f"{WORD}passage", field="statement")
    judgement = JudgementFactory(
        verb="set", field="title", value="x", sha256=document.sha256, part=document.part, anchor=account.anchor, meeting=meeting,
        made_by=world.users["editor"],
    )  # fmt: skip
    failed = DocumentFactory(state="failed", reason="x", date="", **closed)
    copy = DocumentFactory(copy_of=document, **closed)
    DocumentRevisionFactory(document=copy)
    self_copy = DocumentFactory(copy_of=world.open.accounts.get().document, **closed)
    # A second telling of the open meeting, which adds what everybody must not see there.
    beside = AccountFactory(meeting=world.open, document=DocumentFactory(**closed), date="2015-05-13", place=place)
    DocumentRevisionFactory(document=beside.document, text=text)
    also = AccountParticipantFactory(account=beside, person=person, name="x")
    issue = AccountIssueFactory(account=beside, issue=topic)
    agenda = MeetingIssueFactory(meeting=meeting, issue=None, name="x")
    suggestion = SuggestionFactory(one=world.open.accounts.order_by("pk")[0], other=account)
    merged = PersonFactory(name="Hidden Merged", merged_into=person)
    removed = JudgementFactory(verb="remove", subject="document", sha256="0" * 64, made_by=world.users["editor"])
    file = StoredFile.objects.create(sha256=document.sha256, content=f"{WORD}file <script>x5s</script>".encode())
    upload = Upload.objects.create(by=world.users["editor"])
    item = WorkItem.objects.create(name=f"{WORD}item.txt", upload=upload, file=file)
    staged = StagedDocument.objects.create(item=item, failed=True, reason="x")
    plain = WorkItem.objects.create(name="x", file=file)
    world.words.add(f"{WORD}file")
    search = world.users["named"].searches.create(name=f"{WORD}search", query="q=x")
    world.words.add(f"{WORD}search")
    passages = list(revision.passages.all())
    world.mark(
        document, failed, copy, self_copy, beside.document, meeting, account, beside, statement, also, issue, agenda, suggestion, person,
        merged, position, place, judgement, person.names.get(name="Hidden Alias"), *meeting.participants.all(), *account.participants.all(),
        *account.issues.all(), *revision.evidence.all(), removed, staged, item, plain,
    )  # fmt: skip
    world.words.add(f"{WORD}passage")
    return {
        "collection": collection, "person": person.pk, "merged": merged.pk, "shared": world.shared.pk, "other": world.other.pk,
        "meeting": meeting.public_id, "meeting_url": Meeting.objects.get(pk=meeting.pk).get_absolute_url(), "open": world.open.public_id,
        "document": document.public_id, "document_url": Document.objects.get(pk=document.pk).get_absolute_url(),
        "person_url": Person.objects.get(pk=person.pk).get_absolute_url(), "shared_url": world.shared.get_absolute_url(),
        "claim": revision.evidence.filter(account=account)[0].pk, "place": place.pk, "search": search.pk,
        "participant": meeting.participants.order_by("pk")[0].pk, "agenda": agenda.pk, "upload": upload.pk, "removed": removed.pk,
        "slug": Collection.objects.get(pk=collection.pk).slug, "passage": passages[0].pk, "revision": revision.pk,
        "open_document": world.open.accounts.order_by("pk")[0].document.public_id,
    }  # fmt: skip
