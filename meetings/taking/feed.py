"""What is new among the meetings that a question finds, as Atom (RFC 4287), for feed readers, who do not sign in."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from ..asking.asked import asked_in
from ..models import Meeting, Participant

MOST = 50  # meetings in a feed
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed without meetings last changed


class Feed(Atom1Feed):
    """Says when its latest meeting changed, and never the time of asking: an unchanged feed stays the same to the byte."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


def feed(query: QueryDict, site: str) -> Feed:
    """What everybody may see of the question in an address, lately changed first, whoever asks.

    A question that cannot be understood whole gives no meetings, where the page would show too many, and says why.
    """
    asked = asked_in(query, AnonymousUser())
    here = {name: query[name] for name in ("q", "exact") if query.get(name)}
    address = QueryDict(mutable=True)
    address.update(here)
    about = f"?{address.urlencode(safe=':')}" if here else ""
    made = Feed(
        title=" ".join(filter(None, [f"{settings.SITE_NAME}: meetings", asked.words])),
        link=f"{site}{reverse('meetings')}{about}",
        feed_url=f"{site}{reverse('feed')}{about}",
        feed_guid=f"{site}{reverse('feed')}{about}",
        description="",
        subtitle=" ".join(asked.mistakes) or "Meetings that were found or changed lately.",
        author_name=settings.SITE_NAME,
        language="en",
    )
    if asked.whole:
        people = Prefetch("participants", Participant.objects.select_related("person", "country"))
        for meeting in asked.meetings.order_by("-updated", "-pk").for_list().prefetch_related(people)[:MOST]:
            address = site + reverse("meeting", args=[meeting.public_id])
            made.add_item(
                title=meeting.title,
                link=address,
                unique_id=address,
                description=described(meeting),
                pubdate=meeting.created,
                updateddate=meeting.updated,
                categories=[name for _, name in meeting.topics],
            )
    return made


def described(meeting: Meeting) -> str:
    """When, where and who, as far as it is known."""
    where = meeting.place_name + (" (inferred)" if meeting.place_inferred else "") if meeting.place_name else ""
    status = "" if meeting.status == "held" else meeting.get_status_display()
    when = meeting.date_in_words or "no date"
    people = ", ".join(participant.label for participant in meeting.participants.all())
    return " · ".join(filter(None, [when, where, status, people]))
