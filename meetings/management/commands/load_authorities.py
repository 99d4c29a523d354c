"""manage.py load_authorities: official lists of people in office, journeys and visits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from meetings import registers
from meetings.loading import COLLECTION, Loading, Result
from meetings.models import Country
from meetings.nlp import cities
from meetings.readers.options import is_web_address
from meetings.records import ExtractedPlace
from meetings.storage import Change

SUFFIXES = (".tsv", ".xml")
KINDS = {"official": "terms of officials", "journey": "journeys and visits", "unreadable": "entries not taken"}


def located(place: ExtractedPlace) -> ExtractedPlace:
    """With the coordinates of the city, where the gazetteer has one of that name in the country."""
    city = cities.city(place.name, [place.country]) if place.precision == "city" and place.country else None
    if city is None or city.country != place.country:
        return place
    return replace(place, latitude=city.latitude, longitude=city.longitude)


def files(paths: list[Path]) -> list[Path]:
    """The files named, and the lists in the folders named. Raises CommandError when there is none."""
    found = []
    for path in paths:
        if path.is_dir():
            found += sorted(each for each in path.rglob("*") if each.suffix in SUFFIXES and each.is_file())
        elif path.exists():
            found.append(path)
        else:
            raise CommandError(f"There is no {path}. Check the spelling of the path.")
    if not found:
        raise CommandError(f"There are no lists (.tsv, .xml) in {', '.join(map(str, paths))}.")
    return found


class Command(BaseCommand):
    help = (
        "Load official lists: a TSV of officials with their terms, XML of journeys (<trips>), visits (<visits>) and presidents, "
        "as the U.S. Office of the Historian publishes them."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="+", metavar="FILE", type=Path, help="a list, or a folder of lists")
        parser.add_argument(
            "--collection", default=COLLECTION, help=f"collection of the journeys (default: {COLLECTION})"
        )
        parser.add_argument(
            "--country", default="US", help="key of the state whose officials a TSV holds (default: US)"
        )
        parser.add_argument("--source-url", default="", help="where the lists were published")

    def handle(self, *, paths: list[Path], collection: str, country: str, source_url: str, **options) -> None:
        if source_url and not is_web_address(source_url):
            raise CommandError(f"{source_url!r} is no web address. Write it as https://example.org/page.")
        country = country.strip().upper()
        if not Country.objects.filter(pk=country).exists():
            raise CommandError(f"No country has the key {country!r}. Give its ISO 3166-1 alpha-2 code, such as US.")
        counted: Counter[tuple[str, Change]] = Counter()
        meetings, unread = 0, []
        for path in files(paths):
            loading = Loading(path.name, collection, country, source_url, located)
            try:
                for result in loading.run(registers.entries(path)):
                    counted[result.kind, result.change] += 1
                    meetings += result.meetings
                    self.tell(result)
            except registers.RegisterError as error:
                unread.append(path)
                self.stderr.write(str(error))
        self.summarise(counted, meetings)
        not_taken = counted["unreadable", Change.FAILED]
        if not_taken or unread:
            raise CommandError(
                f"{not_taken} entries were not taken (each is kept with its reason) and {len(unread)} files not read, as said above.",
                returncode=1,
            )

    def tell(self, result: Result) -> None:
        if result.reason:
            self.stderr.write(f"{result.where}: {result.reason}")

    def summarise(self, counted: Counter[tuple[str, Change]], meetings: int) -> None:
        table = Table()
        table.add_column("")
        for change in Change:
            table.add_column(change.value, justify="right")
        for kind, name in KINDS.items():
            table.add_row(name, *(str(counted[kind, change]) for change in Change))
        Console(file=self.stdout).print(table)
        self.stdout.write(f"{meetings} accounts of meetings")
