"""The help page: every field with its examples, which are live links and all run."""

import html
import re

import pytest

from meetings.asking.fields import FIELDS
from tests.factories import MeetingFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def test_every_field_is_shown_with_examples_that_run(client):
    for city, country in (("Geneva", "CH"), ("Vienna", "AT")):
        MeetingFactory(place=PlaceFactory(name=city, country_id=country))
    content = client.get("/help/").content.decode()
    for field in FIELDS.values():
        assert html.escape(field.help, quote=False)[:40] in content
    links = [html.unescape(link) for link in re.findall(r'href="(/meetings/\?q=[^"]*)"', content)]
    assert len(links) >= sum(len(field.examples) for field in FIELDS.values())
    for link in links:
        assert client.get(link).context["asked"].words, link
        assert client.get(link).context["asked"].mistakes == (), link
