from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .views import (
    activity,
    astray,
    citations,
    countries,
    coverage,
    documents,
    editing,
    marking,
    meeting,
    meetings,
    merging,
    people,
    pictures,
    queue,
    relations,
    review,
    searches,
    site,
    taking,
    topics,
    uploads,
)


class IdConverter(StringConverter):
    """An id in front of a hyphen and a slug."""

    regex = "[0-9A-Za-z]+"


class FormConverter(StringConverter):
    """The form in which a list is taken home."""

    regex = "|".join(taking.TYPES)


class RowConverter(StringConverter):
    """What a meeting has several of."""

    regex = "participant|issue"


register_converter(IdConverter, "id")
register_converter(RowConverter, "row")
register_converter(FormConverter, "form")

urlpatterns = [
    path("", meetings.index, name="home"),
    path("meetings/", meetings.index, name="meetings"),
    path("meetings/<id:public_id>/", meeting.meeting, name="meeting"),
    path("meetings/<id:public_id>-<slug:slug>/", meeting.meeting, name="meeting"),
    path("meetings/<id:public_id>/cite.<slug:form>", citations.meeting_citation, name="meeting-citation"),
    path("meetings/<id:public_id>/meeting.ics", citations.meeting_calendar, name="meeting-calendar"),
    path("meetings/<id:public_id>/claims/<int:pk>/", meeting.claim, name="claim"),
    path("meetings/<id:public_id>/edit/<slug:name>/", editing.value, name="edit-value"),
    path("meetings/<id:public_id>/<row:subject>/add/", editing.row, name="add-row"),
    path("meetings/<id:public_id>/<row:subject>/<int:pk>/", editing.row, name="edit-row"),
    path("meetings/<id:public_id>/<row:subject>/<int:pk>/remove/", editing.remove, name="remove-row"),
    path("meetings/<id:public_id>/split/", editing.split, name="split-meeting"),
    path("documents/<id:public_id>/mark/", marking.mark, name="mark"),
    path("suggest", meetings.suggest, name="suggest"),
    path("people/", people.index, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>-<slug:slug>/", people.person, name="person"),
    path("people/<int:pk>/with/", relations.choose, name="with"),
    path("people/<int:pk>/with/<int:other_pk>/", relations.people, name="people-relation"),
    path("people/<int:pk>-<slug:slug>/with/<int:other_pk>-<slug:other_slug>/", relations.people),
    path("countries/", countries.index, name="countries"),
    path("countries/<id:key>/", countries.country, name="country"),
    path("countries/<id:key>-<slug:slug>/", countries.country, name="country"),
    path("relations/<id:one>-<id:other>/", relations.countries, name="relation"),
    path("topics/", topics.index, name="topics"),
    path("topics/<slug:key>/", topics.topic, name="topic"),
    path("documents/", documents.index, name="documents"),
    path("documents/<id:public_id>/", documents.document, name="document"),
    path("documents/<id:public_id>-<slug:slug>/", documents.document, name="document"),
    path("documents/<id:public_id>/original", documents.original, name="document-original"),
    path("documents/<id:public_id>/delete", documents.delete, name="delete-document"),
    path("documents/removed/<int:pk>", documents.removed, name="document-removed"),
    path("documents/removed/<int:pk>/back", documents.bring_back, name="document-back"),
    path("documents/<id:public_id>/text.txt", documents.text, name="document-text"),
    path("documents/<id:public_id>/cite.<slug:form>", citations.document_citation, name="document-citation"),
    path("meetings/export.<form:form>", taking.meetings, name="take-meetings"),
    path("meetings/participants.<form:form>", taking.participants, name="take-participants"),
    path("meetings/statements.<form:form>", taking.statements, name="take-statements"),
    path("meetings/feed.atom", searches.feed, name="feed"),
    path("searches/", searches.index, name="searches"),
    path("searches/<int:pk>/delete", searches.delete, name="delete-search"),
    path("meetings/picture.csv", pictures.table, name="take-picture"),
    path("people/export.<form:form>", taking.people, name="take-people"),
    path("countries/export.<form:form>", taking.countries, name="take-countries"),
    path("topics/export.<form:form>", taking.topics, name="take-topics"),
    path("documents/export.<form:form>", taking.documents, name="take-documents"),
    path("merge/", merging.start, name="merge"),
    path("merge/<slug:name>/", merging.merging, name="merging"),
    path("queue/", queue.index, name="queue"),
    path("queue/retry", queue.retry, name="queue-retry"),
    path("activity/", activity.index, name="activity"),
    path("activity/waiting/", astray.index, name="astray"),
    path("activity/undo", activity.undo, name="activity-undo"),
    path("meetings/<id:public_id>/history/", activity.meeting, name="meeting-history"),
    path("review/", review.index, name="review"),
    path("review/decide", review.decide, name="review-decide"),
    path("review/undo", review.undo, name="review-undo"),
    path("review/who/<int:pk>/", review.person, name="review-person"),
    path("review/what/<int:pk>/", review.issue, name="review-issue"),
    path("upload/", uploads.index, name="uploads"),
    path("upload/<int:pk>/", uploads.upload, name="upload"),
    path("upload/<int:pk>/files", uploads.add, name="upload-files"),
    path("upload/<int:pk>/decide", uploads.decide, name="upload-decide"),
    path("upload/<int:pk>/discard", uploads.discard, name="upload-discard"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("sources/", site.sources, name="sources"),
    path("help/", site.help_page, name="help"),
    path("robots.txt", site.robots),
    path("favicon.ico", site.favicon),
]
