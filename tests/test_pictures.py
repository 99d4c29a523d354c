"""Pictures as tables: what is drawn, what is left out and said, in how many queries."""

import csv
import io
import re

import pytest
from factories import CollectionFactory, CountryFactory, PersonFactory, PlaceFactory, UserFactory, told

from meetings import rollups
from meetings.models import Meeting
from meetings.pictures import network as networks
from meetings.pictures import places as maps
from meetings.pictures.calendar import calendar
from meetings.pictures.network import network
from meetings.pictures.places import places
from meetings.pictures.timeline import timeline

pytestmark = pytest.mark.django_db
VIEWS = ["timeline", "map", "network", "calendar"]


def dated(*dates: str):
    for date in dates:
        told(PersonFactory(), date=date)
    return Meeting.objects.all()


def bars(drawn) -> list[tuple[str, int]]:
    return [(bar.date, bar.meetings) for bar in drawn.bars]


class TestTimeline:
    def test_a_long_span_is_drawn_by_year_and_the_undated_are_counted_apart(self):
        drawn = timeline(dated("1945-02-04/1945-02-11", "1945-07", "1989-12-02", "1950/1959", "", ""))
        assert (drawn.unit, bars(drawn)) == ("year", [("1945", 2), ("1989", 1)])
        assert (drawn.vague, drawn.undated) == (1, 2)

    def test_a_shorter_one_by_month_and_the_shortest_by_day(self):
        meetings = dated("2007-05-29", "2007-05-30", "2007-06", "2008")
        drawn = timeline(meetings)
        assert (drawn.unit, bars(drawn), drawn.vague) == ("month", [("2007-05", 2), ("2007-06", 1)], 1)
        drawn = timeline(meetings.filter(date__startswith="2007"))
        assert (drawn.unit, bars(drawn), drawn.vague) == ("day", [("2007-05-29", 1), ("2007-05-30", 1)], 1)

    def test_another_unit_may_be_asked_for_unless_it_is_too_fine_to_be_read(self):
        meetings = dated("1945-02-04", "1989-12-02")
        assert timeline(meetings, "month").unit == "month"
        assert timeline(meetings, "day").unit == timeline(meetings, "fortnight").unit == "year"
        assert timeline(meetings).units == ("year", "month")

    def test_without_any_date_there_is_nothing_to_draw(self):
        drawn = timeline(dated("", ""))
        assert (drawn.bars, drawn.undated, drawn.first) == ((), 2, "")


class TestMap:
    def test_a_place_comes_with_how_exactly_it_is_known_and_how_many_were_inferred(self):
        geneva = PlaceFactory(name="Geneva", latitude=46.2, longitude=6.15)
        hall = PlaceFactory(name="Old Hall", precision="building", latitude=1, longitude=2)
        for place, inferred in ((geneva, True), (geneva, False), (hall, False), (None, False)):
            told(PersonFactory(), place=place, place_inferred=inferred)
        drawn = places(Meeting.objects.all())
        assert [(spot.name, spot.precision, spot.meetings, spot.inferred) for spot in drawn.spots] == [
            ("Geneva", "city", 2, 1),
            ("Old Hall", "building", 1, 0),
        ]
        assert (drawn.unplaced, drawn.rest) == (1, 0)

    def test_a_country_alone_is_no_point_but_has_its_capital_where_it_has_no_outline(self):
        land = CountryFactory(key="QL", name="Lost land", latitude=50.0, longitude=10.0)
        told(PersonFactory(), place=PlaceFactory(name="Lost land", country=land, precision="country"))
        [spot] = places(Meeting.objects.all()).spots
        assert (spot.precision, spot.coordinates, spot.latitude) == ("country only", (50.0, 10.0), None)

    def test_places_beyond_the_most_frequent_are_counted(self, monkeypatch):
        monkeypatch.setattr(maps, "MOST", 1)
        for name in ("Geneva", "Geneva", "Vienna", "Berne"):
            told(PersonFactory(), place=PlaceFactory(name=name))
        drawn = places(Meeting.objects.all())
        assert ([spot.name for spot in drawn.spots], drawn.rest) == (["Geneva"], 2)


class TestNetwork:
    @pytest.fixture
    def people(self):
        russia, states = CountryFactory(key="RU"), CountryFactory(key="US")
        lavrov, ryabkov = PersonFactory(name="Lavrov", country=russia), PersonFactory(name="Ryabkov", country=russia)
        kerry, unknown = PersonFactory(name="Kerry", country=states), PersonFactory(name="Somebody")
        told(lavrov, ryabkov, kerry)
        told(lavrov, kerry)
        told(kerry, unknown)
        told(lavrov, ryabkov)

    def test_those_who_met_are_tied_and_those_who_came_together_are_not(self, people):
        drawn = network(Meeting.objects.all())
        ties = {frozenset((tie.one.name, tie.other.name)): tie.meetings for tie in drawn.ties}
        assert ties == {
            frozenset(("Lavrov", "Kerry")): 2,
            frozenset(("Ryabkov", "Kerry")): 1,
            frozenset(("Kerry", "Somebody")): 1,
        }
        assert {node.person.name: node.meetings for node in drawn.nodes} == {
            "Lavrov": 3,
            "Kerry": 3,
            "Ryabkov": 2,
            "Somebody": 1,
        }
        assert not drawn.cut

    def test_the_countries_that_met_most_are_told_whoever_came_for_them(self, client, people):
        told(*(PersonFactory(country=CountryFactory(key=key)) for key in ("FR", "US")))
        pairs = [(each.one, each.other, each.meetings) for each in network(Meeting.objects.all()).relations]
        assert pairs == [("RU", "US", 2), ("FR", "US", 1)]
        content = client.get("/", {"view": "network"}).content.decode()
        assert "/relations/ru-us/" in content and "Which countries met most" in content

    def test_only_the_most_frequent_are_drawn_and_it_is_said(self, people, monkeypatch):
        monkeypatch.setattr(networks, "MOST_PEOPLE", 2)
        drawn = network(Meeting.objects.all())
        assert {node.person.name for node in drawn.nodes} == {"Lavrov", "Kerry"}
        assert drawn.cut


class TestCalendar:
    def test_a_year_is_laid_out_by_day_and_what_is_vaguer_stands_beside(self):
        meetings = dated("2007-05-29", "2007-05-29", "2007-05", "2007-07-01/2007-07-02", "2007", "1999-01-01", "")
        drawn = calendar(meetings)
        assert (drawn.year, drawn.years, drawn.vague, drawn.undated) == (2007, {1999: 1, 2007: 5}, 1, 1)
        may, july = drawn.months[4], drawn.months[6]
        assert (dict(may.days)["2007-05-29"], may.vague, may.meetings) == (2, 1, 3)
        assert (july.vague, len(july.days), len(drawn.months[1].days)) == (1, 31, 28)
        assert (drawn.previous, drawn.next) == (1999, None)

    def test_another_year_may_be_asked_for(self):
        drawn = calendar(dated("2007-05-29", "1999-01-01"), 2003)
        assert (drawn.year, drawn.previous, drawn.next, drawn.most) == (2003, 1999, 2007, 0)

    def test_without_any_date_there_is_none(self):
        assert calendar(dated("")) is None


@pytest.fixture
def world():
    russia, states = CountryFactory(key="RU", name="Russia"), CountryFactory(key="US", name="United States")
    lavrov, kerry = (
        PersonFactory(name="Sergey Lavrov", country=russia),
        PersonFactory(name="John Kerry", country=states),
    )
    place = PlaceFactory(name="Sochi", latitude=43.6, longitude=39.7)
    told(lavrov, kerry, date="2015-05-12", place=place, title="Sochi talks")
    told(lavrov, date="2007-05", title="A call")
    return lavrov


def page(client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("view", VIEWS)
class TestPage:
    def test_the_list_turns_into_a_picture_with_its_table_and_file(self, client, world, view):
        content = page(client, f"/meetings/?q=country:RU&view={view}")
        assert f'data-picture="{view}"' in content and "<table" in content
        assert 'class="meetings"' not in content
        [file] = re.findall(r'href="(/meetings/picture\.csv[^"]*)"', content)
        rows = list(csv.reader(io.StringIO(client.get(file.replace("&amp;", "&")).getvalue().decode())))
        assert len(rows) > 1

    def test_it_leaves_the_library_to_pages_with_a_picture(self, client, world, view):
        assert "echarts" in page(client, f"/meetings/?view={view}")
        assert "echarts" not in page(client, "/meetings/")

    def test_it_takes_no_more_than_ten_queries(self, client, world, view, django_assert_max_num_queries):
        with django_assert_max_num_queries(10):
            client.get(f"/meetings/?q=country:RU&view={view}")

    def test_nothing_hidden_is_drawn(self, client, world, view):
        private = CollectionFactory(name="Private", public=False)
        people = [
            PersonFactory(name=f"Hidden {n}", country=CountryFactory(key=key)) for n, key in enumerate(("RU", "US"))
        ]
        place = PlaceFactory(name="Hidden place", latitude=1, longitude=1)
        told(*people, date="1901-01-01", place=place, audience=private, document={"collection": private})
        address = f"/meetings/?view={view}&year=1901"
        hidden = "1901-01-01" if view == "calendar" else "1901" if view == "timeline" else "Hidden"
        tell = re.compile(rf'data-\w+="{hidden}|date(?::|%3A){hidden}|in(?::|%3A)%22{hidden}')
        assert not tell.search(page(client, address))
        reader = UserFactory()
        private.readers.add(reader)
        client.force_login(reader)
        assert tell.search(page(client, address))

    def test_of_too_many_it_is_drawn_of_the_latest_and_says_so(self, client, world, view, monkeypatch):
        monkeypatch.setattr("meetings.hits.CAP", 1)
        assert "Drawn of the latest" in page(client, f"/meetings/?view={view}")

    def test_of_too_many_that_were_counted_the_years_are_whole(self, client, world, view, monkeypatch):
        for module in ("hits", "pictures.picture"):
            monkeypatch.setattr(f"meetings.{module}.CAP", 1)
        monkeypatch.setattr("meetings.rollups.LIVE", 1)
        rollups.refresh()
        content = page(client, f"/meetings/?view={view}&year=2007")
        assert ("Drawn of the latest" in content) == (view in {"map", "network"})
        if view == "timeline":
            assert 'data-date="2007"' in content and 'data-date="2015"' in content
        if view == "calendar":
            assert "date:2007-05" in content and "year=2015" in content

    def test_nothing_found_is_no_fault(self, client, world, view):
        page(client, f"/meetings/?q=after:2100&view={view}")


def test_a_bar_a_mark_and_a_tie_lead_to_the_meetings_that_they_stand_for(client, world):
    def leads(view: str, pattern: str) -> str:
        address = re.search(
            rf'href="(/meetings/\?q=[^"]*{pattern}[^"]*)"', page(client, f"/meetings/?q=country:RU&view={view}")
        )
        return page(client, address[1].replace("&amp;", "&"))

    for view, pattern in (
        ("timeline", "date:2015"),
        ("map", "in:"),
        ("network", "with:"),
        ("calendar", "date:2015-05-12"),
    ):
        content = leads(view, pattern)
        assert "Sochi talks" in content and "A call" not in content, view


@pytest.mark.parametrize("view", VIEWS)
def test_names_that_are_taken_as_written_stay_so_in_all_that_leads_on(client, world, view):
    content = page(client, f"/meetings/?q=with:%22sergey+lavrov%22&exact=1&view={view}")
    ways = re.findall(r'href="(/meetings/(?:picture\.csv)?\?[^"]*q=with:[^"]*)"', content)
    assert len(ways) > 1 and all("exact=1" in way for way in ways)


def test_a_new_period_takes_the_place_of_the_last(client, world):
    content = page(client, "/meetings/?q=country:RU+after:2000+before:2010&view=timeline")
    assert '<input type="hidden" name="q" value="country:RU">' in content


def test_an_unknown_picture_is_the_list(client, world):
    assert 'class="meetings"' in page(client, "/meetings/?view=hologram")
    assert client.get("/meetings/picture.csv?view=hologram").status_code == 404
