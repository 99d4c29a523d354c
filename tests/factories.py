"""Rows for tests. A factory makes what the row needs and nothing else; ``told`` makes a whole meeting with its account."""

from __future__ import annotations

import hashlib

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from factory.django import DjangoModelFactory

from meetings import models
from meetings.records import Field, Kind, Medium, StatementKind, Status


def dated(edtf: str) -> dict:
    """The three columns of a date, as ``set_date`` fills them."""
    holder = models.Meeting()
    holder.set_date(edtf)
    return {"date": holder.date, "earliest": holder.earliest, "latest": holder.latest}


class DatedFactory(DjangoModelFactory):
    """Takes ``date`` as EDTF and fills in its bounds."""

    class Meta:
        abstract = True

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        return {**kwargs, **dated(kwargs.get("date", ""))}


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence("reader{}".format)
    password = factory.django.Password("a-long-pass-phrase")


class EditorFactory(UserFactory):
    """A user who may correct records."""

    username = factory.Sequence("editor{}".format)
    is_staff = True

    @factory.post_generation
    def rights(self, create, extracted, **kwargs):
        self.user_permissions.set(Permission.objects.filter(content_type__app_label="meetings"))


class CollectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Collection
        django_get_or_create = ("name",)

    name = "Papers"


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = models.Country
        django_get_or_create = ("key",)

    key = "RU"
    name = factory.Sequence("Country {}".format)
    region = "Europe"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = models.Organisation
        django_get_or_create = ("key",)

    key = factory.Sequence("body-{}".format)
    name = factory.Sequence("Body {}".format)


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = models.Place
        django_get_or_create = ("name", "country")

    name = "Geneva"
    country = None


class IssueFactory(DjangoModelFactory):
    class Meta:
        model = models.Issue
        django_get_or_create = ("key",)

    key = factory.Sequence("issue-{}".format)
    name = factory.Sequence("Issue {}".format)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = models.Person
        skip_postgeneration_save = True

    name = factory.Sequence("Person Number{}".format)

    @factory.post_generation
    def aliases(self, create, extracted, **kwargs):
        for name in extracted or ():
            self.names.create(name=name)


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = models.Position

    person = factory.SubFactory(PersonFactory)
    title = "Minister of Foreign Affairs"


class DocumentFactory(DatedFactory):
    class Meta:
        model = models.Document

    public_id = factory.Sequence("doc{}".format)
    collection = factory.SubFactory(CollectionFactory)
    file_name = factory.Sequence("paper{}.txt".format)
    sha256 = factory.LazyAttribute(lambda made: hashlib.sha256(made.file_name.encode()).hexdigest())
    state = "processed"
    title = factory.Sequence("Paper {}".format)
    kind = Kind.CABLE
    date = "2007-06-01"


class DocumentRevisionFactory(DjangoModelFactory):
    """The text, with a passage for each paragraph."""

    class Meta:
        model = models.DocumentRevision
        skip_postgeneration_save = True

    document = factory.SubFactory(DocumentFactory)
    number = 1
    text = "The Ministers met on Tuesday.\n\nThey spoke of trade."
    sha256 = factory.LazyAttribute(lambda made: hashlib.sha256(made.text.encode()).hexdigest())

    @factory.post_generation
    def passages(self, create, extracted, **kwargs):
        start = 0
        for order, paragraph in enumerate(self.text.split("\n\n")):
            PassageFactory(
                revision=self, order=order, start=start, end=start + len(paragraph), text=paragraph, **(extracted or {})
            )
            start += len(paragraph) + 2


class PassageFactory(DjangoModelFactory):
    class Meta:
        model = models.Passage

    revision = factory.SubFactory(DocumentRevisionFactory, passages=None)
    order = 0
    start = 0
    text = "The Ministers met on Tuesday."
    end = factory.LazyAttribute(lambda made: made.start + len(made.text))


class MeetingFactory(DatedFactory):
    class Meta:
        model = models.Meeting

    public_id = factory.Sequence("mtg{}".format)
    title = factory.Sequence("Meeting {}".format)
    account_count = 1
    date = "2007-05-29"
    status = Status.HELD
    medium = Medium.IN_PERSON


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = models.Participant

    meeting = factory.SubFactory(MeetingFactory)
    name = factory.LazyAttribute(lambda made: made.person.name if made.person else "")
    person = None


class MeetingIssueFactory(DjangoModelFactory):
    class Meta:
        model = models.MeetingIssue

    meeting = factory.SubFactory(MeetingFactory)
    issue = factory.SubFactory(IssueFactory)
    name = factory.LazyAttribute(lambda made: made.issue.name)


class AccountFactory(DatedFactory):
    class Meta:
        model = models.Account

    meeting = factory.SubFactory(MeetingFactory)
    document = factory.SubFactory(DocumentFactory)
    anchor = "met on Tuesday"
    date = "2007-05-29"


class SuggestionFactory(DjangoModelFactory):
    """Two accounts that may tell of one encounter: the first made is the older record."""

    class Meta:
        model = models.Suggestion

    one = factory.SubFactory(AccountFactory)
    other = factory.SubFactory(AccountFactory)
    score = 8.0
    reasons = "both name the Minister"


class AccountParticipantFactory(DjangoModelFactory):
    class Meta:
        model = models.AccountParticipant

    account = factory.SubFactory(AccountFactory)
    name = factory.LazyAttribute(lambda made: made.person.name if made.person else "")
    person = None


class AccountIssueFactory(DjangoModelFactory):
    class Meta:
        model = models.AccountIssue

    account = factory.SubFactory(AccountFactory)
    issue = factory.SubFactory(IssueFactory)
    name = factory.LazyAttribute(lambda made: made.issue.name)
    mention = factory.LazyAttribute(lambda made: made.name.lower())


class StatementFactory(DjangoModelFactory):
    class Meta:
        model = models.Statement

    document = factory.SubFactory(DocumentFactory)
    speaker = "The Minister"
    kind = StatementKind.REPORTED
    text = "They spoke of trade."


class EvidenceFactory(DjangoModelFactory):
    """Give ``revision``, ``quote`` and what it supports; the offsets follow from the text."""

    class Meta:
        model = models.Evidence

    revision = factory.SubFactory(DocumentRevisionFactory)
    quote = "met on Tuesday"
    start = factory.LazyAttribute(lambda made: made.revision.text.index(made.quote))
    end = factory.LazyAttribute(lambda made: made.start + len(made.quote))
    field = Field.MEETING
    rule = "triggers.verb/1"
    confidence = 0.9


class JudgementFactory(DjangoModelFactory):
    class Meta:
        model = models.Judgement

    verb = "confirm"
    subject = "meeting"


def told(
    *people: models.Person,
    about: tuple[models.Issue, ...] = (),
    text: str = DocumentRevisionFactory.text,
    document: dict | None = None,
    **meeting,
) -> models.Meeting:
    """A meeting of some people, about some issues, with one document that tells of it and the evidence for each claim."""
    record = MeetingFactory(**{"title": " with ".join(person.name for person in people) or "A meeting", **meeting})
    revision = DocumentRevisionFactory(text=text, document=DocumentFactory(**(document or {})))
    account = AccountFactory(meeting=record, document=revision.document, date=record.date, place=record.place)
    quote = text[: text.find(".") + 1] or text
    EvidenceFactory(revision=revision, account=account, quote=quote, field=Field.MEETING)
    if record.date:
        EvidenceFactory(revision=revision, account=account, quote=quote, field=Field.DATE)
    for order, person in enumerate(people):
        values = {"person": person, "country": person.country, "order": order}
        participant = ParticipantFactory(meeting=record, **values)
        source = AccountParticipantFactory(account=account, participant=participant, **values)
        EvidenceFactory(revision=revision, account=account, participant=source, quote=quote, field=Field.PARTICIPANT)
    for order, issue in enumerate(about):
        MeetingIssueFactory(meeting=record, issue=issue, order=order)
        mention = AccountIssueFactory(account=account, issue=issue, order=order)
        EvidenceFactory(revision=revision, account=account, issue=mention, quote=quote, field=Field.ISSUE)
    return record
