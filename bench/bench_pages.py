"""How long the pages take, and the same SQL run bare: `python bench/bench_pages.py --documents 250000` after bench/seed.py.

Every kind of page and fragment is asked for several subjects (frequent, less so, rare), in this process, warmed. Goals: the 95th
percentile within 100 ms and within 1.5 x bare SQL + 10 ms, suggestions within 30 ms, at most ten queries, and at ten times the
documents at most twice the cost (the table has a column for that once the smaller collection was measured).

On a machine that does other things too, `--processor` measures the processor time of this process and of its connection in the
database server (on Linux, on the same machine) instead of the time on the clock, and keeps the figures apart.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import math
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from urllib.parse import quote_plus

import synthetic

SAMPLES = 60  # of every kind of page, over all its addresses: of fewer, the 95th percentile is the slowest
FOLDER = synthetic.ROOT / "var" / "bench"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=250_000)
    parser.add_argument("--only", default="", help="kinds of page whose name holds this")
    parser.add_argument("--processor", action="store_true", help="processor time, here and in the database")
    given = parser.parse_args()
    synthetic.use(synthetic.name(given.documents))
    from django.conf import settings
    from django.db import OperationalError

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    logging.getLogger("diplomacy").setLevel(logging.WARNING)  # no line for each request
    try:
        pages = dict(kinds())
    except OperationalError:
        sys.exit(f"There is no such collection yet: python bench/seed.py --documents {given.documents}")
    clock = processor() if given.processor else time.perf_counter
    file = path(given.documents, given.processor)
    smaller = read(path(given.documents // 10, given.processor))
    measured = {}
    print(
        f"{'':34} {'queries':>7} {'median':>7} {'p95':>7} {'own':>7} {'bare':>7} {'p95':>7} {'KB':>5}"
        + (f" {'x' + str(given.documents // 10):>8}" if smaller else "")
    )
    for name, (addresses, limit) in pages.items():
        if given.only not in name:
            continue
        row = measured[name] = measure(addresses, clock)
        missed = [
            *(["slow"] if row["p95"] > limit else []),
            *(["overhead"] if row["p95"] > 1.5 * row["bare_p95"] + 10 else []),
            *(["queries"] if row["queries"] > 10 else []),
        ]
        ratio = ""
        if name in smaller:
            times = row["median"] / smaller[name]["median"]
            ratio = f" {times:8.1f}"
            missed += ["growth"] if times > 2 else []
        print(
            f"{name:34} {row['queries']:7} {row['median']:7.1f} {row['p95']:7.1f} {row['own']:7.1f} {row['bare']:7.1f} {row['bare_p95']:7.1f} "
            f"{row['bytes'] / 1024:5.0f}{ratio}  {' '.join(missed)}",
            flush=True,
        )
    if not given.only:
        FOLDER.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(measured, indent=1))


def path(documents: int, of_processor: bool) -> Path:
    return FOLDER / f"pages-{documents}{'-processor' * of_processor}.json"


def read(file: Path) -> dict:
    return json.loads(file.read_text()) if file.exists() else {}


def processor() -> Callable[[], float]:
    """Seconds of processor time that this process and its connection's process in the database server have taken."""
    from django.db import connection

    connection.ensure_connection()
    taken = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")  # nanoseconds first

    def seconds() -> float:
        time.sleep(0.001)  # the kernel counts a process up when it waits
        return time.process_time() + int(taken.read_text().split()[0]) / 1e9

    return seconds


def kinds() -> Iterator[tuple[str, tuple[list[tuple[str, dict]], float]]]:
    """Name of each kind of page, with addresses and headers to ask with, and the goal in milliseconds."""
    from django.contrib.auth import get_user_model

    from meetings.models import Country, Document, Issue, Meeting, Person, Place, Rollup

    def frequent(facet: str, *ranks: int) -> list[str]:
        rows = Rollup.objects.filter(given="", facet=facet, audience=None, rejected=False).order_by("-meetings", "term")
        return [rows[rank].term[2:] for rank in ranks]

    def asking(*questions: str, **more) -> list[tuple[str, dict]]:
        extra = "".join(f"&{name}={value}" for name, value in more.items())
        return [(f"/meetings/?q={quote_plus(question)}{extra}", {}) for question in questions]

    def fragment(addresses: list) -> list[tuple[str, dict]]:
        return [(address, {"HTTP_HX_REQUEST": "true"}) for address, _ in addresses]

    people = [Person.objects.get(pk=key) for key in frequent("p", 0, 5, 40, 400, 4_000)]
    countries = [Country.objects.get(pk=key) for key in frequent("c", 0, 1, 10, 60)]
    issues = [Issue.objects.get(pk=key) for key in frequent("i", 0, 3, 30, 80)]
    places = [Place.objects.get(pk=key) for key in frequent("l", 0, 40)]
    words, _ = synthetic.vocabulary()
    common, middling, rare = (next(w for w in words[rank:] if len(w) > 5) for rank in (60, 900, 20_000))
    meetings = list(Meeting.objects.visible_to(anonymous()).exclude(earliest=None)[2_000 : 2_000 + 7 * 300 : 300])
    documents = list(Document.objects.visible_to(anonymous())[500 : 500 + 7 * 300 : 300])
    by_id = [f'with:"{person.name} #{person.pk}"' for person in people]
    reader = get_user_model().objects.get_or_create(username="reader")[0]

    def plain(*addresses: str) -> list[tuple[str, dict]]:
        return [(address, {}) for address in addresses]

    yield "meetings, all", (plain("/"), 100)
    yield "meetings, all, fragment", (fragment(plain("/meetings/")), 100)
    yield "meetings, all, page 40", (plain("/meetings/?page=40"), 100)
    yield "meetings, all, page 400", (plain("/meetings/?page=400"), 100)
    yield "meetings, oldest first", (plain("/meetings/?sort=oldest"), 100)
    yield "meetings, most accounts first", (plain("/meetings/?sort=accounts"), 100)
    yield "meetings, reader signed in", ([("/", {"user": reader})], 100)
    yield "meetings, person", (asking(*by_id), 100)
    yield "meetings, person, fragment", (fragment(asking(*by_id)), 100)
    yield "meetings, country", (asking(*(f"country:{c.pk}" for c in countries)), 100)
    yield (
        "meetings, two countries",
        (asking(*(f"country:{countries[0].pk} country:{c.pk}" for c in countries[1:])), 100),
    )
    yield "meetings, issue", (asking(*(f"about:{i.key}" for i in issues)), 100)
    yield (
        "meetings, person and issue",
        (asking(*(f"{p} about:{i.key}" for p, i in zip(by_id, issues, strict=False))), 100),
    )
    yield (
        "meetings, country, issue, years",
        (
            asking(*(f"country:{c.pk} about:{issues[0].key} after:1962 before:1968-06" for c in countries)),
            100,
        ),
    )
    yield "meetings, place", (asking(*(f'in:"{place.name}"' for place in places)), 100)
    yield (
        "meetings, minus and OR",
        (
            asking(
                f"country:{countries[0].pk} -about:{issues[0].key}",
                f"country:{countries[2].pk} OR country:{countries[3].pk}",
            ),
            100,
        ),
    )
    yield "meetings, form, status, kind", (asking("medium:phone", "status:planned kind:memcon", "kind:cable"), 100)
    yield "meetings, office", (asking('role:"foreign minister"', 'role:"political director"'), 100)
    yield "meetings, year", (asking("date:1975", "date:1998-05"), 100)
    yield "meetings, frequent word", (asking(common, middling), 100)
    yield "meetings, rare word", (asking(rare), 100)
    yield "meetings, two words", (asking(f"{common} {rare}", f"{common} {middling}"), 100)
    yield "meetings, word and country", (asking(*(f"{common} country:{c.pk}" for c in countries)), 100)
    yield "meetings, timeline", (asking("", f"country:{countries[0].pk}", view="timeline"), 100)
    yield "meetings, map", (asking("", f"country:{countries[0].pk}", view="map"), 100)
    yield "meetings, network", (asking("", f"country:{countries[0].pk}", view="network"), 100)
    yield "meetings, calendar", (asking("", f"country:{countries[0].pk}", view="calendar"), 100)
    yield "meeting", (plain(*(meeting.get_absolute_url() for meeting in meetings)), 100)
    yield "person", (plain(*(person.get_absolute_url() for person in people)), 100)
    yield "country", (plain(*(country.get_absolute_url() for country in countries)), 100)
    yield "topic", (plain(*(issue.get_absolute_url() for issue in issues)), 100)
    yield "relation of countries", (plain(*(f"/relations/{countries[0].pk}-{c.pk}/" for c in countries[1:])), 100)
    yield "relation of people", (plain(f"/people/{people[0].pk}/with/{people[1].pk}/"), 100)
    yield "people", (plain("/people/", "/people/?page=20"), 100)
    yield "people, by name", (plain("/people/?sort=name", "/people/?sort=name&page=20"), 100)
    yield "people, called", (plain("/people/?q=lavrov", f"/people/?q={people[2].name.split()[-1]}"), 100)
    yield "countries", (plain("/countries/"), 100)
    yield "topics", (plain("/topics/"), 100)
    yield "documents", (plain("/documents/", "/documents/?page=40", "/documents/?kind=memcon"), 100)
    yield "documents, words", (plain(*(f"/documents/?q={word}" for word in (common, middling, rare))), 100)
    yield "document", (plain(*(document.get_absolute_url() for document in documents)), 100)
    yield "coverage", (plain("/coverage/"), 100)
    typed = ("la", "lav", "lavrov", people[0].name[:5], people[2].name, "ger", "miss")
    for field in ("with", "country", "in", "about", ""):
        yield (
            f"suggest {field or 'anything'}",
            (plain(*(f"/suggest?field={field}&q={quote_plus(text)}" for text in typed)), 30),
        )


def anonymous():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def measure(addresses: list[tuple[str, dict]], clock: Callable[[], float]) -> dict:
    """Milliseconds over all addresses (``own``: of this process's work, without the database's), most queries, most bytes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    took, bare, own, queries, size = [], [], [], 0, 0
    for address, headers in addresses:
        client = Client()
        headers = dict(headers)
        if user := headers.pop("user", None):
            client.force_login(user)
        response = client.get(address, follow=True, **headers)
        if response.status_code != 200:
            print(f"{address} answers {response.status_code}")
            continue
        if response.redirect_chain:
            address = response.redirect_chain[-1][0]
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address, **headers)
        statements = [query["sql"] for query in captured]
        queries, size = max(queries, len(statements)), max(size, len(response.content))
        gc.collect()
        gc.freeze()  # as the server does
        for _ in range(math.ceil(SAMPLES / len(addresses))):
            started, busy = clock(), time.process_time()
            client.get(address, **headers)
            own.append(1000 * (time.process_time() - busy))
            took.append(1000 * (clock() - started))
            started = clock()
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                    if cursor.description:
                        cursor.fetchall()
            bare.append(1000 * (clock() - started))
    return {
        "queries": queries,
        "median": median(took),
        "p95": percentile(took),
        "own": median(own),
        "bare": median(bare),
        "bare_p95": percentile(bare),
        "bytes": size,
    }


def percentile(values: list[float], share: float = 0.95) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


if __name__ == "__main__":
    main()
