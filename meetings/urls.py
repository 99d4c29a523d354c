from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .views import countries, coverage, documents, meeting, meetings, people, site, topics


class IdConverter(StringConverter):
    """An id in front of a hyphen and a slug."""

    regex = "[0-9A-Za-z]+"


register_converter(IdConverter, "id")

urlpatterns = [
    path("", meetings.index, name="home"),
    path("meetings/", meetings.index, name="meetings"),
    path("meetings/<id:public_id>/", meeting.meeting),
    path("meetings/<id:public_id>-<slug:slug>/", meeting.meeting, name="meeting"),
    path("meetings/<id:public_id>/claims/<int:pk>/", meeting.claim, name="claim"),
    path("people/", people.index, name="people"),
    path("people/suggest", people.suggest, name="suggest-people"),
    path("people/<int:pk>/", people.person),
    path("people/<int:pk>-<slug:slug>/", people.person, name="person"),
    path("countries/", countries.index, name="countries"),
    path("countries/<id:key>/", countries.country),
    path("countries/<id:key>-<slug:slug>/", countries.country, name="country"),
    path("topics/", topics.index, name="topics"),
    path("topics/<slug:key>/", topics.topic, name="topic"),
    path("documents/", documents.index, name="documents"),
    path("documents/<id:public_id>/", documents.document),
    path("documents/<id:public_id>-<slug:slug>/", documents.document, name="document"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("sources/", site.sources, name="sources"),
    path("help/", site.help_page, name="help"),
    path("robots.txt", site.robots),
    path("favicon.ico", site.favicon),
]
