"""Nothing that a document, a record or an address says becomes a part of a page: no element, no attribute, no script."""

import csv
import itertools
import json
import random
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.db.models import Model
from django.utils.html import escape
from icalendar import Calendar
from lxml import html

from meetings.taking.formats import FORMULA
from tests.addresses import ask, content, filled, lines, visitor
from tests.restricted import World, open_world, users

pytestmark = pytest.mark.django_db

MARK = "x5s"  # is in every one of them, and nowhere else
PAYLOADS = [
    # Elements
    "<x5s>", "<script>alert('x5s')</script>", "</title><x5s>", "</script><x5s>", "</textarea><x5s>", "</style><x5s>", "--><x5s>", "<!--x5s-->",
    "]]><x5s/>", "<svg/onload=alert('x5s')>", "<img src=x5s onerror=alert('x5s')>", "<iframe srcdoc='<x5s>'>", "<base href=//x5s>",
    "<meta http-equiv=refresh content='0;//x5s'>", "<link rel=stylesheet href=//x5s>", "<form action=//x5s>", "<math><mi//xlink:href=x5s>",
    "<x5s\n>", "<x5s/onclick=alert(1)//", "<a href=javascript:alert('x5s')>x</a>", "<<x5s>>", "<?x5s?>", "<template><x5s>", "<noscript><x5s>",
    # Attributes
    '" onmouseover="alert(\'x5s\')', "' onfocus='x5s' autofocus='", '"><x5s>', "'><x5s>", "` onload=x5s `", "x5s=x5s onload=x5s ", '" x5s="',
    # Addresses
    "javascript:alert('x5s')", "JaVa\tScript:alert('x5s')", "data:text/html,<x5s>", "vbscript:x5s", "//x5s.example/", "\\\\x5s",
    # What is decoded once too often
    "&lt;x5s&gt;", "&#60;x5s&#62;", "%3Cx5s%3E", "\\u003cx5s\\u003e", "\\x3cx5s\\x3e", "+ADw-x5s+AD4-", "＜x5s＞", "<\u200bx5s>", "\u202e<x5s>",
    # Templates and scripts
    "{{x5s}}", "{% x5s %}", "${x5s}", "<%= x5s %>", "';alert('x5s');//", '";alert("x5s");//', "\\';x5s//", "\u2028x5s", "*/x5s/*",
    # Formulas
    "=x5s()", "+x5s", "-x5s", "@x5s", "\t=x5s", "\r=x5s", "＝x5s", " =x5s", '=HYPERLINK("//x5s")', "|x5s",
    # Lines of other formats
    "x\r\nX5S-x5s: x5s", "END:VEVENT\r\nx5s:x5s", "}\n@misc{x5s,", "\nER  - \nTY  - x5s", "x5s\n\n---\n", '","x5s","', '\\"x5s', "x5s\x7f",
]  # fmt: skip
TEXT = (
    "<x5s>zqxpassage of <b onclick=\"x5s\">Lavrov</b>.\n\n</p></script><script>alert('x5s')</script> zqxpassage.\n\n"
    + "\n\n".join(payload.strip() for payload in PAYLOADS if payload.strip() == payload and "\n" not in payload)
)
LEADING = {"href", "src", "action", "formaction", "data", "poster", "cite", "background", "srcset", "xlink:href"}
NEVER = {"base", "iframe", "object", "embed", "frame", "template", "x5s"}


def rotated(start: int):
    """Fills each field with the next payload that fits."""
    turn = itertools.cycle(PAYLOADS[start:] + PAYLOADS[:start])

    def filling(row: Model, longest: int | None) -> str:
        return next(payload for payload in turn if longest is None or len(payload) <= longest)

    return filling


def infested(start: int) -> tuple[World, dict[str, object]]:
    world = open_world(users())
    world.filling = rotated(start)
    account = world.open.accounts.get()
    world.mark(
        world.shared, world.other, world.place, world.open, account, account.document, *world.open.participants.all(),
        *world.open.agenda.all(), *account.participants.all(), *account.issues.all(),
    )  # fmt: skip
    for user in world.users.values():
        payload = PAYLOADS[start % len(PAYLOADS)][:30]
        user.first_name = user.last_name = payload
        user.save()
    return world, filled(world, TEXT)


def complaints(page: bytes) -> list[str]:
    """What in a page may have been made by a value."""
    tree, found = html.document_fromstring(page), []
    for node in tree.iter():
        if not isinstance(node.tag, str):  # a comment or an instruction
            found += [f"comment {node.text!r}"] if MARK in (node.text or "") else []
            continue
        if MARK in node.tag or node.tag in NEVER:
            found.append(f"<{node.tag}>")
        if node.tag == "script" and not node.get("src"):
            found += (
                [] if node.get("type") == "application/json" and json.loads(node.text) is not None else ["a script"]
            )
        if node.tag == "style" or (node.tag == "meta" and node.get("http-equiv")):
            found.append(f"<{node.tag}>")
        for name, value in node.attrib.items():
            plain = re.sub(r"[\x00-\x20]", "", value).lower()
            if (
                name.startswith("on")
                or name in {"srcdoc", "style"}
                or MARK in name
                or (
                    name in LEADING
                    and re.match(r"(?!data:image/)[a-z]+:(?!//)|//|\\", plain)
                    and not plain.startswith("mailto:")
                )
            ):
                found.append(f"{node.tag} {name}={value!r}")
    return found


@pytest.mark.parametrize(
    "page",
    [
        "<p><x5s>", "<p onclick='x'>", "<p x5s=1>", "<p style='x'>", "<a href='java\tscript:x'>", "<a href='//x5s.example'>", "<script>x</script>",
        "<!--x5s-->", "<iframe>", "<img src='data:text/html,x'>", "<form action='\\\\x'>", "<meta http-equiv=refresh content=0>",
    ],
)  # fmt: skip
def test_the_test_itself_notices(page):
    assert complaints(f"<main>{page}</main>".encode())
    assert not complaints(f"<main>{escape(page)}</main>".encode())


def check(address: str, response) -> list[str]:
    """Complaints about an answer, whatever its form."""
    kind, body = response["Content-Type"].partition(";")[0], content(response)
    headers = {name.lower() for name in response.headers}
    found = [name for name in headers if MARK in name]
    if response["X-Content-Type-Options"] != "nosniff":
        found.append("may be taken for another type")
    if kind == "text/html":
        return found + (complaints(body) if body else [])
    text = body.decode()
    match kind:
        case "text/csv":
            cells = [cell for row in csv.reader(text.lstrip("\ufeff").splitlines(keepends=True)) for cell in row]
            found += [
                f"a formula: {cell!r}"
                for cell in cells
                if cell.startswith(FORMULA) and not re.fullmatch(r"-?[\d.]+", cell)
            ]
        case "application/jsonl":
            [json.loads(line) for line in text.split("\n") if line]
        case "application/json":
            json.loads(text)
        case "application/atom+xml":
            found += [f"<{node.tag}>" for node in ElementTree.fromstring(body).iter() if MARK in node.tag]
        case "text/calendar":
            names = {name for part in Calendar.from_ical(body).walk() for name in part}
            found += [name for name in names if MARK in name.lower()]
            found += ["another event"] if text.count("BEGIN:VEVENT") != 1 else []
        case "application/x-bibtex":
            found += ["another entry"] if len(re.findall(r"^@", text, re.M)) != 1 else []
        case "application/x-research-info-systems":
            found += ["another record"] if len(re.findall(r"^(?:TY|ER)  - ", text, re.M)) != 2 else []
            found += [line for line in text.splitlines() if line and not re.match(r"[A-Z][A-Z0-9]  - ", line)]
        case "application/octet-stream" if address.endswith("/original"):
            pass
        case "text/plain" | "text/javascript":
            pass
        case _:
            found.append(f"an answer of the type {kind}")
    if (
        kind not in {"text/plain", "text/javascript", "application/json", "application/atom+xml"}
        and "attachment" not in response["Content-Disposition"]
    ):
        found.append("is shown in the browser")
    return found


TABLE = [
    (answers.split()[-1], address)
    for _, answers, addresses in lines()
    for address in addresses
    if "POST" not in address
]
SAMPLE = [(answers.split()[-1], addresses[0]) for _, answers, addresses in lines() if "POST" not in addresses[0]]
SAMPLE = [line for line in SAMPLE if "admin" not in line[1]] + random.Random(5).sample(
    [line for line in SAMPLE if "admin" in line[1]], 25
)


def tried(start: int, table: list[tuple[str, str]]) -> list[str]:
    world, made_of = infested(start)
    client, found = visitor("administrator", world), []
    for expected, template in table:
        address = template.format(**made_of)
        response = ask(client, address)
        if response.status_code >= 500 or (expected == "200" != str(response.status_code)):
            found.append(f"{address}: {response.status_code}, expected {expected}")
        elif response.status_code == 200:
            found += [f"{address}: {complaint}" for complaint in check(address, response)]
    return found


def report(found: list[str]) -> None:
    if found:
        pytest.fail("\n".join(found))


def test_no_value_becomes_a_part_of_a_page():
    report(tried(random.Random(7).randrange(len(PAYLOADS)), SAMPLE))


@pytest.mark.soak
@pytest.mark.parametrize("start", range(0, len(PAYLOADS)))
def test_no_value_of_any_kind_in_any_field_becomes_a_part_of_any_page(start):
    report(tried(start, TABLE))


ECHOING = (
    "/meetings/?q={}", "/meetings/?q=with:{}", "/meetings/?q={}&view=timeline", "/meetings/?sort={}&page={}&off={}", "/suggest?q={}",
    "/suggest?field=with&q={}", "/people/?q={}", "/documents/?q={}&kind={}&after={}&collection={}", "/accounts/login/?next={}", "/people/{}/",
    "/meetings/{}/", "/searches/?q={}", "/meetings/feed.atom?q={}", "/topics/syria/?said={}", "/admin/meetings/meeting/?q={}",
    "/admin/login/?next={}", "/{}",
)  # fmt: skip


@pytest.mark.parametrize(
    "payloads",
    [random.Random(9).sample(PAYLOADS, 8), pytest.param(PAYLOADS, marks=pytest.mark.soak)],
    ids=["sample", "all"],
)
def test_nothing_that_an_address_says_becomes_a_part_of_its_page(payloads):
    world = open_world(users())
    client, found = visitor("administrator", world), []
    for template, payload in itertools.product(ECHOING, payloads):
        address = template.replace("{}", quote(payload, safe=""))
        response = client.get(address)
        if response.status_code >= 500:
            found.append(f"{address}: {response.status_code}")
        elif response.status_code in {200, 404}:
            found += [f"{address}: {complaint}" for complaint in check(address, response)]
        elif not re.match(r"/(?![/\\])", response.get("Location", "/")):
            found.append(f"{address}: leads to {response['Location']}")
    report(found)
