"""The questions asked of the data, as QuerySet methods that chain:

    Meeting.objects.visible_to(user).with_person(lavrov).with_country("US").between(first, last).about(issue)

Every query that answers a person starts with ``visible_to``. Meetings hold only what their audience may see, so the
other methods need not know who asks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_
from statistics import mean
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, ExtractYear
from rapidfuzz import fuzz

from . import conditions
from .conditions import found_by, model, revisions, words_query
from .hits import Hits, Ranking, Tally
from .resolution.names import fold, sounded, trigrams
from .roles import is_editor
from .terms import Facet

if TYPE_CHECKING:
    from .models import Country, Evidence, Issue, Meeting, Person
    from .roles import User


class CollectionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> CollectionQuerySet:
        if is_editor(user):
            return self
        return self.filter(
            Q(public=True)
            | Q(pk__in=model("Collection").readers.through.objects.filter(user_id=user.pk).values("collection_id"))
        )


class InCollections(models.QuerySet):
    """Rows that are seen by whoever may see their document's collection."""

    collection = "document__collection"

    def visible_to(self, user: User) -> InCollections:
        if is_editor(user):
            return self
        return self.filter(**{f"{self.collection}__in": model("Collection").objects.visible_to(user)})


class AccountQuerySet(InCollections):
    def counted(self) -> AccountQuerySet:
        """Accounts of documents that are not copies of another one."""
        return self.filter(document__copy_of=None)

    def shown_to(self, user: User) -> AccountQuerySet:
        """Accounts that the user may see, of meetings that are shown to them."""
        return self.visible_to(user).filter(meeting__in=model("Meeting").objects.visible_to(user))

    def for_page(self) -> AccountQuerySet:
        """With all that a meeting's page tells of them, in a fixed number of queries."""
        return (
            self.select_related("document", "place__country")
            .order_by("document__earliest", "document", "order")
            .prefetch_related(
                Prefetch("participants", model("AccountParticipant").objects.select_related("person", "country")),
                Prefetch("issues", model("AccountIssue").objects.select_related("issue")),
                Prefetch("statements", model("Statement").objects.select_related("person", "country", "issue")),
            )
        )


class SuggestionQuerySet(models.QuerySet):
    def shown_to(self, user: User) -> SuggestionQuerySet:
        """Of accounts that the user may see, in meetings that are shown to them."""
        # Asked of the few suggestions that another condition leaves: accounts are far too many to be listed first.
        accounts = model("Account").objects.shown_to(user).order_by()
        return self.filter(Exists(accounts.filter(pk=OuterRef("one"))), Exists(accounts.filter(pk=OuterRef("other"))))

    def of_meeting(self, meeting: Meeting) -> SuggestionQuerySet:
        accounts = model("Account").objects.filter(meeting=meeting).order_by().values("pk")
        return self.filter(Q(one__in=accounts) | Q(other__in=accounts)).select_related(
            "one__meeting", "one__document", "other__meeting", "other__document"
        )


class StatementQuerySet(InCollections):
    pass


class EvidenceQuerySet(InCollections):
    collection = "revision__document__collection"

    def of(self, accounts: Iterable[int], statements: Iterable[int]) -> EvidenceQuerySet:
        """What supports some accounts and statements, both told by their row numbers: an index finds each."""
        supported = conditions.among(accounts, "account") | conditions.among(statements, "statement")
        return self.filter(supported).select_related("participant__person", "issue", "statement")

    def of_meeting(self, meeting: Meeting) -> EvidenceQuerySet:
        """What supports the accounts of a meeting and the statements in them, whose evidence is their account's too."""
        return self.filter(account__meeting=meeting).select_related("participant__person", "issue", "statement")

    def same_claim(self, evidence: Evidence) -> EvidenceQuerySet:
        """The other passages for the same value of the same account."""
        same = {name: getattr(evidence, f"{name}_id") for name in ("account", "participant", "issue", "statement")}
        return self.filter(field=evidence.field, **same).exclude(pk=evidence.pk)

    def with_passage(self) -> EvidenceQuerySet:
        """Annotates passage_number, as printed, and passage_order of the passage in which the quote begins."""
        passages = model("Passage").objects.order_by("order")
        passage = passages.filter(
            revision=OuterRef("revision"), start__lte=OuterRef("start"), end__gt=OuterRef("start")
        )
        return self.annotate(
            passage_number=Subquery(passage.values("number")[:1]), passage_order=Subquery(passage.values("order")[:1])
        )


class DocumentQuerySet(InCollections):
    collection = "collection"

    def between(self, first: date | None = None, last: date | None = None) -> DocumentQuerySet:
        """Documents whose date may lie between two days, both included; the undated are left out once a bound is given."""
        documents = self.filter(latest__gte=first) if first else self
        return documents.filter(earliest__lte=last) if last else documents

    def matching(self, words: str) -> DocumentQuerySet:
        """Documents with the words in the title or in one passage, or, where it is one word with a digit, in the identifier."""
        query = words_query(words)
        named = [Q(title__search=query)]
        if re.fullmatch(r"[^\s\x00]*\d[^\s\x00]*", words.strip()):
            named.append(Q(identifier__contains=words.strip().upper()))
        texts = revisions(query)
        if texts is None:
            passages = model("Passage").objects.filter(revision__current=True, search=query).order_by()
            # A range, as in conditions.related.
            itself = {"revision__document__gte": OuterRef("pk"), "revision__document__lte": OuterRef("pk")}
            told = Q(Exists(passages.filter(**itself)))
        else:
            found = conditions.among(texts) if isinstance(texts, list) else Q(pk__in=texts)
            told = found_by(model("DocumentRevision").objects.filter(found, current=True).order_by().values("document"))
        return self.filter(reduce(or_, named, told))

    def with_counts(self) -> DocumentQuerySet:
        """Annotates meeting_count: how many meetings each document tells of."""
        accounts = model("Account").objects.filter(document=OuterRef("pk")).order_by().values("document")
        counted = Subquery(accounts.annotate(n=Count("meeting", distinct=True)).values("n"))
        return self.annotate(meeting_count=Coalesce(counted, 0))

    def by_state(self) -> list[tuple[str, str, int]]:
        """What became of the documents: state, its label and how many."""
        counted = Counter(dict(self.order_by().values_list("state").annotate(n=Count("pk"))))
        return [(state, label, counted[state]) for state, label in self.model.STATES]

    def by_kind(self) -> list[dict]:
        """Of each kind: label, documents, those that tell of a meeting, and the years that they cover; the most first."""
        labels = dict(self.model._meta.get_field("kind").choices)
        accounts = model("Account").objects.filter(document=OuterRef("pk"))
        rows = (
            self.filter(state="processed")
            .order_by()
            .values("kind")
            .annotate(
                documents=Count("pk"),
                telling=Count("pk", filter=Exists(accounts)),
                first=Min(ExtractYear("earliest")),
                last=Max(ExtractYear("latest")),
            )
        )
        return [{**row, "label": labels[row["kind"]]} for row in rows.order_by("-documents", "kind")]

    def years(self) -> dict[int, int]:
        """How many documents there are of each year in which some date may begin; the undated have none."""
        dated = self.exclude(earliest=None).order_by().values_list(ExtractYear("earliest"))
        return dict(sorted(dated.annotate(n=Count("pk"))))

    def by_origin(self) -> models.QuerySet:
        """Where documents were written or who issued them, with ``documents``; the most first."""
        named = self.exclude(origin="").order_by().values("origin")
        return named.annotate(documents=Count("pk")).order_by("-documents", "origin")

    def reasons(self) -> models.QuerySet:
        """Why documents failed or were not extracted, with ``documents``; the most frequent first."""
        unread = self.exclude(reason="").order_by().values("state", "reason")
        return unread.annotate(documents=Count("pk")).order_by("-documents", "reason")


class Pair(models.Func):
    template = "ARRAY[%(expressions)s]"
    output_field = ArrayField(models.TextField())


class MeetingQuerySet(models.QuerySet):
    """``seen_by`` is the user whom the meetings are shown to. ``given`` is what they have in common beyond that, as far as counts
    are made ahead for it: "" for nothing, one term, or None for any other condition.
    """

    seen_by: User | None = None
    given: str | None = None

    def _clone(self) -> MeetingQuerySet:
        clone = super()._clone()
        clone.seen_by, clone.given = self.seen_by, self.given
        return clone

    def _filter_or_exclude(self, negate: bool, args: tuple, kwargs: dict) -> MeetingQuerySet:
        narrowed = super()._filter_or_exclude(negate, args, kwargs)
        conditions = [condition for condition in args if condition]
        if conditions or kwargs:
            sole = "" if negate or kwargs or len(conditions) > 1 else sole_term(conditions[0])
            narrowed.given = sole if sole and self.given == "" else None
        return narrowed

    def visible_to(self, user: User) -> MeetingQuerySet:
        """Meetings told by documents that the user may see; rejected ones for editors only, merged ones for nobody."""
        seen = Q(merged_into=None, account_count__gt=0)
        if not is_editor(user):
            public = Q(audience=None)
            own = Q() if user.is_anonymous else Q(audience__in=model("Collection").objects.visible_to(user))
            seen &= ~Q(review="rejected") & (public | own)
        meetings = self.filter(seen)
        meetings.seen_by = user
        meetings.given = None if self.query.where else ""
        return meetings

    def by_review(self) -> list[tuple[str, int]]:
        """How many meetings nobody has reviewed yet, are confirmed or rejected, by the label of the state."""
        counted = dict(self.order_by().values_list("review").annotate(n=Count("pk")))
        labels = self.model._meta.get_field("review").choices
        return [(label, counted[state]) for state, label in labels if state in counted]

    def with_person(self, *people: Person) -> MeetingQuerySet:
        """Meetings in which every one of the people took part."""
        return self.filter(*(conditions.with_people([person.pk]) for person in people))

    def with_country(self, *countries: Country | str) -> MeetingQuerySet:
        """Meetings in which somebody acted for every one of the countries."""
        return self.filter(*(conditions.with_countries([getattr(country, "pk", country)]) for country in countries))

    def held_in(self, country: Country | str) -> MeetingQuerySet:
        """Meetings that took place in the country, or, as inferred, may have."""
        return self.filter(conditions.in_countries([getattr(country, "pk", country)]))

    def about(self, *issues: Issue) -> MeetingQuerySet:
        """Meetings with every one of the issues on the agenda; a theme stands for any of its issues."""
        return self.filter(*(conditions.about([issue.pk]) for issue in issues))

    def between(self, first: date | None = None, last: date | None = None) -> MeetingQuerySet:
        return self.filter(conditions.between(first, last))

    def undated(self) -> MeetingQuerySet:
        return self.filter(conditions.undated())

    def told_by(self, kind: str, user: User) -> MeetingQuerySet:
        """Meetings that a document of a kind, which the user may see, tells of."""
        return self.filter(conditions.told_by([kind], user))

    def matching(self, words: str, user: User) -> MeetingQuerySet:
        """Meetings whose title has the words, or that a document tells of which has a passage with all of them."""
        return self.filter(conditions.matching(words, user))

    def for_list(self) -> MeetingQuerySet:
        """With all that a row of a list shows, in one query: ``place_name``, and ``present``, the countries, and ``topics``, each as its
        key and its name, in their order; a country as often as somebody acted for it, a topic that the tree lacks without a key.
        """
        acting = model("Participant").objects.filter(meeting=OuterRef("pk"), country__isnull=False)
        agenda = model("MeetingIssue").objects.filter(meeting=OuterRef("pk"))
        return self.annotate(
            place_name=F("place__name"),
            present=ArraySubquery(acting.values(it=Pair("country_id", "country__name"))),
            topics=ArraySubquery(agenda.values(it=Pair("issue__key", "name"))),
        )

    # What is found, counted once a query

    def hits(self, sort: str = "") -> Hits:
        """The meetings in an order (newest, oldest, accounts), how many, and how they divide. Without an order, as asked before."""
        if self._hits is None or sort not in {"", self._hits.sort}:
            self._hits = Hits(self, sort or "newest")
        return self._hits

    _hits: Hits | None = None

    def tally(self) -> Tally:
        """Numbers by year, medium and status."""
        return self.hits().tally

    def countries(self) -> models.QuerySet:
        """Countries that took part, with the number of these meetings as ``n``, the most frequent first."""
        return counted(model("Country").objects, self.hits().facets[Facet.COUNTRY])

    def people(self) -> models.QuerySet:
        """People who took part, with the number of these meetings as ``n``, the most frequent first."""
        return counted(model("Person").objects.select_related("country"), self.hits().facets[Facet.PERSON])

    def issues(self) -> models.QuerySet:
        """Issues on the agenda, with the number of these meetings as ``n``, the most frequent first."""
        return counted(model("Issue").objects.exclude(theme=None), self.hits().facets[Facet.ISSUE])

    def themes(self) -> models.QuerySet:
        """Themes of the issues on the agenda, with the number of these meetings as ``n``, the most frequent first."""
        return counted(model("Issue").objects.filter(theme=None), self.hits().facets[Facet.ISSUE])

    def places(self) -> models.QuerySet:
        """Places, with the number of these meetings as ``n``, the most frequent first."""
        return counted(model("Place").objects.select_related("country"), self.hits().facets[Facet.PLACE])

    def kinds(self, user: User) -> Counter[str]:
        """How many of these meetings each kind of document tells of."""
        return Counter(self.hits().facets[Facet.KIND])


def sole_term(condition: Q) -> str:
    """The term that a condition asks for and nothing else; "" for any other condition."""
    match condition:
        case Q(negated=False, children=[("terms__overlap" | "names__overlap", [term])]):
            return term
    return ""


def counted(rows: models.QuerySet, counts: dict[str, int]) -> models.QuerySet:
    """Rows with the number of meetings counted for their key as ``n``, the most frequent first."""
    whens = [When(pk=key, then=Value(n)) for key, n in counts.items()]
    if not whens:
        return rows.none()
    return rows.filter(pk__in=counts).annotate(n=Case(*whens, output_field=IntegerField())).order_by("-n", "name")


class RollupQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> RollupQuerySet:
        """Counts of meetings that the user may see; those of different audiences add up."""
        if is_editor(user):
            return self
        public = self.filter(rejected=False)
        if user.is_anonymous:
            return public.filter(audience=None)
        return public.filter(Q(audience=None) | Q(audience__in=model("Collection").objects.visible_to(user)))

    def numbers(self, facet: Facet) -> RollupQuerySet:
        """The number of meetings of each value of a facet, as ``term`` and ``n``."""
        return self.filter(given="", facet=facet).order_by().values("term").annotate(n=Sum("meetings"))


def with_meeting_count(rows: models.QuerySet, user: User, facet: Facet, relation: str) -> models.QuerySet:
    """Rows that are a facet of some meeting that the user may see, with the number of those as ``meeting_count``."""
    return rows.annotate(meeting_count=meeting_count(user, facet, relation)).filter(meeting_count__gt=0)


def meeting_count(user: User, facet: Facet, relation: str) -> Coalesce:
    """Of a row the number of meetings that it is a facet of and the user may see, as counted ahead, or live where nothing is;
    ``relation`` leads from a meeting to the row.
    """
    ahead = model("Rollup").objects.visible_to(user)
    term = Concat(Value(f"{facet}:"), Cast(OuterRef("pk"), CharField()))
    meetings = model("Meeting").objects.visible_to(user).filter(**{relation: OuterRef("pk")}).order_by()
    live = meetings.values(relation).annotate(n=Count("pk", distinct=True)).values("n")
    count = Case(
        When(
            Exists(ahead.filter(given="", term="")), then=Subquery(ahead.numbers(facet).filter(term=term).values("n"))
        ),
        default=Subquery(live),
        output_field=IntegerField(),
    )
    return Coalesce(count, Value(0))


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> PersonQuerySet:
        """People who took part in a meeting that the user may see, with its number as ``meeting_count``."""
        return with_meeting_count(self.filter(merged_into=None), user, Facet.PERSON, "participants__person")

    def most_met(self, user: User) -> Sequence[Person]:
        """The same, those with most meetings first."""
        if model("Rollup").objects.visible_to(user).filter(given="", term="").exists():
            return Ranking(self.select_related("country"), user, Facet.PERSON)
        return self.visible_to(user).select_related("country").order_by("-meeting_count", "name")

    def known_to(self, user: User) -> PersonQuerySet:
        """People who took part in a meeting that the user may see, and records merged into such; nothing is counted."""
        seen = model("Participant").objects.filter(meeting__in=model("Meeting").objects.visible_to(user).order_by())
        took_part = Q(person=OuterRef("pk")) | Q(person=OuterRef("merged_into"))
        return self.filter(Exists(seen.filter(took_part))).select_related("merged_into__country", "country")

    def unused(self) -> PersonQuerySet:
        """Those whom no meeting, office or statement names, and no other record leads to."""
        rows = ("accountparticipants", "participants", "positions", "statements", "merged")
        return self.filter(**dict.fromkeys(rows))

    def named_like(self, text: str, limit: int = 20) -> list[Person]:
        """People whose name, in any spelling, accent or script, begins with or resembles the text; the best first.

        Candidates share a three-letter piece of a sounded word (GIN index); they are ranked by how
        much each word typed resembles a word of the name (rapidfuzz ratio, of 100; at least 75 on average).
        """
        parts, pieces = [sounded(part) for part in fold(text).split()], trigrams(text)
        if not parts:
            return []
        names = model("PersonName").objects
        # Who shares a first letter alone, as a tenth of all do, does not resemble the text, unless it is no more than that.
        telling = [piece for piece in pieces if len(piece.strip()) > 1]
        nearest = (
            names.filter(trigrams__overlap=telling or pieces)
            .annotate(
                shared=SharedPieces(
                    F("trigrams"), Value(pieces, output_field=model("PersonName")._meta.get_field("trigrams"))
                )
            )
            .order_by("-shared", "folded")
            .values("pk")[:200]
        )
        # Whose they are is asked of the nearest alone.
        borne = names.filter(pk__in=nearest).values_list(Coalesce("person__merged_into", "person"), "folded")
        scores: dict[int, float] = {}
        for person_id, folded in borne:
            words = [sounded(word) for word in folded.split()]
            if all(any(word.startswith(part) for word in words) for part in parts):
                # Every word typed begins a word of the name.
                score = 100 + fuzz.token_sort_ratio(" ".join(parts), " ".join(words))
            else:
                score = mean(max(fuzz.ratio(part, word) for word in words) for part in parts)
            scores[person_id] = max(scores.get(person_id, 0), score)
        # Where somebody bears the very name, only near spellings of it are of interest beside them.
        least = 85 if max(scores.values(), default=0) >= 100 else 75
        scores = {person_id: score for person_id, score in scores.items() if score >= least}
        people = {person.pk: person for person in self.filter(pk__in=scores)}
        return sorted(people.values(), key=lambda person: (-scores[person.pk], person.name))[:limit]


class SharedPieces(models.Func):
    """How many elements of one array, all of them different, another has too."""

    template = "(SELECT count(*) FROM unnest(%(expressions)s))"
    arg_joiner = ") element WHERE element = ANY("
    output_field = IntegerField()


class CountryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> CountryQuerySet:
        """Countries that took part in a meeting that the user may see, with its number as ``meeting_count``."""
        return with_meeting_count(self, user, Facet.COUNTRY, "participants__country")


class IssueQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> IssueQuerySet:
        """Issues that a visible meeting was about, with the number of meetings as ``meeting_count``."""
        return with_meeting_count(self, user, Facet.ISSUE, "agenda__issue")
