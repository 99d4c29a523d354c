"""Every address of the app, and what each kind of visitor gets there.

A line a route and answer: the route as in the URL configuration, what is answered to a stranger, another reader, a reader whom the
restricted collection names, an editor and an administrator, and addresses to try, filled in from what ``restricted.hide`` returns.
``POST`` before an address says how it is asked for. A new route needs a line here before the tests pass.
"""

from __future__ import annotations

from collections.abc import Iterator

from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, get_resolver

from meetings.models import Document, Meeting
from meetings.views.relations import together
from tests.restricted import TEXT, World, hide

ROLES = ("stranger", "other", "named", "editor", "administrator")

ALL = "200 200 200 200 200"
CLOSED = "404 404 200 200 200"  # something of the restricted collection
CLOSED_MOVED = "404 404 302 302 302"  # the same, at an address that leads to its own
MOVED = "302 302 302 302 302"
MEMBERS = "302 200 200 200 200"
EDITORS = "302 403 403 200 200"
EDITORS_POST = "302 403 403 302 302"
POSTED = "302 403 403 405 405"  # what is sent by a form alone
STAFF = "302 302 302 200 200"
STAFF_MOVED = "302 302 302 302 302"
ADMINISTRATORS = "302 302 302 403 200"
OWNERS = "302 302 302 302 200"  # others than the one whose it is
NOBODY = "302 302 302 403 403"

# Questions that would tell of what is hidden, were they answered from it.
QUESTIONS = (
    "?q=zqxpassage", "?q=zqxmeeting", "?q=with:zqxpersonname", "?q=with:%22%23{person}%22", "?q=in:zqxplace", "?q=in:%22%23{place}%22",
    "?q=about:zqxmeetingissue", "?q=about:fisheries", "?q=country:FR", "?q=role:zqxparticipant", "?q=kind:cable",
    "?q=after:2015-05-13+before:2015-06", "?q=zqxpassage&sort=relevance", "?sort=accounts", "?q=review:unreviewed", "?q=-zqxpassage",
)  # fmt: skip
PICTURES = tuple(f"?view={view}" for view in ("timeline", "map", "network", "calendar"))


def each(start: str, ends: tuple[str, ...]) -> tuple[str, ...]:
    return (start, *(start + end for end in ends))


ADDRESSES: list[tuple[str, str, tuple[str, ...] | str]] = [
    # Meetings
    ("", ALL, "/"),
    ("meetings/", ALL, each("/meetings/", QUESTIONS + PICTURES)),
    ("meetings/<id:public_id>/", CLOSED_MOVED, "/meetings/{meeting}/"),
    ("meetings/<id:public_id>/", MOVED, "/meetings/{open}/"),
    ("meetings/<id:public_id>-<slug:slug>/", CLOSED, "{meeting_url}"),
    ("meetings/<id:public_id>-<slug:slug>/", ALL, "{open_url}"),
    (
        "meetings/<id:public_id>/cite.<slug:form>",
        CLOSED,
        ("/meetings/{meeting}/cite.bib", "/meetings/{meeting}/cite.ris"),
    ),
    ("meetings/<id:public_id>/cite.<slug:form>", ALL, ("/meetings/{open}/cite.bib", "/meetings/{open}/cite.ris")),
    ("meetings/<id:public_id>/meeting.ics", CLOSED, "/meetings/{meeting}/meeting.ics"),
    ("meetings/<id:public_id>/meeting.ics", ALL, "/meetings/{open}/meeting.ics"),
    ("meetings/<id:public_id>/claims/<int:pk>/", CLOSED, "/meetings/{meeting}/claims/{claim}/"),
    ("meetings/<id:public_id>/claims/<int:pk>/", "404 404 404 404 404", "/meetings/{open}/claims/{claim}/"),
    ("meetings/participants.<form:form>", ALL, ("/meetings/participants.csv", "/meetings/participants.jsonl")),
    ("meetings/statements.<form:form>", ALL, ("/meetings/statements.csv", "/meetings/statements.jsonl")),
    ("meetings/export.<form:form>", ALL, (*each("/meetings/export.csv", QUESTIONS[:6]), "/meetings/export.jsonl")),
    ("meetings/picture.csv", ALL, tuple(f"/meetings/picture.csv{view}" for view in PICTURES)),
    ("meetings/feed.atom", ALL, each("/meetings/feed.atom", QUESTIONS[:6])),
    (
        "suggest",
        ALL,
        (
            "/suggest?q=zqx",
            "/suggest?q=hidden",
            "/suggest?field=with&q=zqx",
            "/suggest?field=with&q=zqxpersonname",
            "/suggest?field=in&q=zqx",
            "/suggest?field=about&q=zqx",
            "/suggest?field=role&q=zqx",
            "/suggest?field=with&q=lav",
        ),
    ),
    # People, countries, topics
    ("people/", ALL, ("/people/", "/people/?q=zqxpersonname", "/people/?sort=name", "/people/?q=lavrov")),
    ("people/<int:pk>/", CLOSED_MOVED, ("/people/{person}/", "/people/{merged}/")),
    ("people/<int:pk>/", MOVED, "/people/{shared}/"),
    ("people/<int:pk>-<slug:slug>/", CLOSED, "{person_url}"),
    ("people/<int:pk>-<slug:slug>/", ALL, "{shared_url}"),
    ("people/<int:pk>/with/", CLOSED, "/people/{person}/with/"),
    ("people/<int:pk>/with/", ALL, ("/people/{shared}/with/", "/people/{shared}/with/?name=nobody")),
    (
        "people/<int:pk>/with/",
        "200 200 302 302 302",
        ("/people/{shared}/with/?name=zqxpersonnam", "/people/{shared}/with/?name=%23{person}"),
    ),
    ("people/<int:pk>/with/<int:other_pk>/", CLOSED_MOVED, "/people/{shared}/with/{person}/"),
    ("people/<int:pk>/with/<int:other_pk>/", MOVED, "/people/{shared}/with/{other}/"),
    ("people/<int:pk>-<slug:slug>/with/<int:other_pk>-<slug:other_slug>/", ALL, "{together_url}"),
    ("countries/", ALL, "/countries/"),
    ("countries/<id:key>/", MOVED, ("/countries/fr/", "/countries/ru/")),
    ("countries/<id:key>-<slug:slug>/", ALL, ("/countries/fr-france/", "/countries/ru-russia/")),
    ("relations/<id:one>-<id:other>/", ALL, ("/relations/fr-ru/", "/relations/ru-us/")),
    ("topics/", ALL, "/topics/"),
    ("topics/<slug:key>/", ALL, ("/topics/fisheries/", "/topics/syria/", "/topics/syria/?said=RU&from=2015&to=2015")),
    (
        "people/export.<form:form>",
        ALL,
        ("/people/export.csv", "/people/export.jsonl", "/people/export.csv?q=zqxpersonname"),
    ),
    ("countries/export.<form:form>", ALL, ("/countries/export.csv", "/countries/export.jsonl")),
    ("topics/export.<form:form>", ALL, ("/topics/export.csv", "/topics/export.jsonl")),
    # Documents
    (
        "documents/",
        ALL,
        (
            "/documents/",
            "/documents/?q=zqxpassage",
            "/documents/?q=zqxdocument",
            "/documents/?state=failed",
            "/documents/?kind=cable",
            "/documents/?collection={slug}",
            "/documents/?after=2007&before=2007",
        ),
    ),
    ("documents/<id:public_id>/", CLOSED_MOVED, "/documents/{document}/"),
    ("documents/<id:public_id>/", MOVED, "/documents/{open_document}/"),
    ("documents/<id:public_id>-<slug:slug>/", CLOSED, "{document_url}"),
    ("documents/<id:public_id>-<slug:slug>/", ALL, ("{open_document_url}", "{open_document_url}?meeting={meeting}")),
    ("documents/<id:public_id>/original", CLOSED, "/documents/{document}/original"),
    ("documents/<id:public_id>/text.txt", CLOSED, "/documents/{document}/text.txt"),
    (
        "documents/<id:public_id>/cite.<slug:form>",
        CLOSED,
        ("/documents/{document}/cite.bib", "/documents/{document}/cite.ris"),
    ),
    (
        "documents/export.<form:form>",
        ALL,
        ("/documents/export.csv", "/documents/export.jsonl", "/documents/export.csv?q=zqxpassage"),
    ),
    # About the site
    ("coverage/", ALL, "/coverage/"),
    ("sources/", ALL, "/sources/"),
    ("help/", ALL, "/help/"),
    ("robots.txt", ALL, "/robots.txt"),
    ("favicon.ico", MOVED, "/favicon.ico"),
    ("health/", ALL, "/health/"),
    ("health/ready/", ALL, "/health/ready/"),
    # Accounts
    ("accounts/login/", ALL, "/accounts/login/"),
    ("accounts/logout/", "405 405 405 405 405", "/accounts/logout/"),
    ("accounts/logout/", MOVED, "POST /accounts/logout/"),
    ("accounts/password/", MEMBERS, "/accounts/password/"),
    ("accounts/password/changed/", MEMBERS, "/accounts/password/changed/"),
    ("accounts/forgotten/", ALL, "/accounts/forgotten/"),
    ("accounts/forgotten/sent/", ALL, "/accounts/forgotten/sent/"),
    ("accounts/new/<uidb64>/<token>/", ALL, "/accounts/new/MQ/abc-def/"),
    ("accounts/new/done/", ALL, "/accounts/new/done/"),
    ("searches/", MEMBERS, ("/searches/", "/searches/?q=zqxpassage")),
    ("searches/<int:pk>/delete", "302 405 405 405 405", "/searches/{search}/delete"),
    ("searches/<int:pk>/delete", "302 404 302 404 404", "POST /searches/{search}/delete"),
    # The workbench
    ("queue/", EDITORS, "/queue/"),
    ("queue/retry", POSTED, "/queue/retry"),
    ("queue/retry", EDITORS_POST, "POST /queue/retry"),
    ("activity/", EDITORS, ("/activity/", "/activity/?q=zqx")),
    ("activity/waiting/", EDITORS, "/activity/waiting/"),
    ("activity/undo", POSTED, "/activity/undo"),
    ("activity/undo", EDITORS_POST, "POST /activity/undo"),
    ("meetings/<id:public_id>/history/", EDITORS, ("/meetings/{meeting}/history/", "/meetings/{open}/history/")),
    ("review/", EDITORS, "/review/"),
    ("review/decide", POSTED, "/review/decide"),
    ("review/decide", "302 403 403 404 404", "POST /review/decide"),
    ("review/undo", POSTED, "/review/undo"),
    ("review/undo", EDITORS_POST, "POST /review/undo"),
    ("review/who/<int:pk>/", EDITORS, "/review/who/{participant}/"),
    ("review/who/<int:pk>/", EDITORS_POST, "POST /review/who/{participant}/"),
    ("review/what/<int:pk>/", EDITORS, "/review/what/{agenda}/"),
    ("review/what/<int:pk>/", EDITORS_POST, "POST /review/what/{agenda}/"),
    ("merge/", EDITORS_POST, "/merge/"),
    (
        "merge/<slug:name>/",
        EDITORS,
        (
            "/merge/people/",
            "/merge/people/?ids={person}",
            "/merge/people/?ids={person},{shared}",
            "/merge/meetings/",
            "/merge/meetings/?ids={meeting}",
        ),
    ),
    (
        "merge/<slug:name>/",
        EDITORS_POST,
        ("POST /merge/people/?ids={person},{shared}", "POST /merge/meetings/?ids={meeting}"),
    ),
    ("upload/", EDITORS, "/upload/"),
    ("upload/", "302 403 403 400 400", "POST /upload/"),
    ("upload/<int:pk>/", EDITORS, "/upload/{upload}/"),
    ("upload/<int:pk>/files", POSTED, "/upload/{upload}/files"),
    ("upload/<int:pk>/files", "302 403 403 200 200", "POST /upload/{upload}/files"),
    ("upload/<int:pk>/decide", POSTED, "/upload/{upload}/decide"),
    ("upload/<int:pk>/decide", EDITORS_POST, "POST /upload/{upload}/decide"),
    ("upload/<int:pk>/discard", POSTED, "/upload/{upload}/discard"),
    ("upload/<int:pk>/discard", EDITORS_POST, "POST /upload/{upload}/discard"),
    (
        "meetings/<id:public_id>/edit/<slug:name>/",
        EDITORS,
        ("/meetings/{meeting}/edit/date/", "/meetings/{open}/edit/place/", "POST /meetings/{meeting}/edit/date/"),
    ),
    (
        "meetings/<id:public_id>/<row:subject>/add/",
        EDITORS,
        (
            "/meetings/{meeting}/participant/add/",
            "/meetings/{meeting}/issue/add/",
            "POST /meetings/{meeting}/participant/add/",
        ),
    ),
    (
        "meetings/<id:public_id>/<row:subject>/<int:pk>/",
        EDITORS,
        (
            "/meetings/{meeting}/participant/{participant}/",
            "/meetings/{meeting}/issue/{agenda}/",
            "POST /meetings/{meeting}/participant/{participant}/",
            "POST /meetings/{meeting}/issue/{agenda}/",
        ),
    ),
    (
        "meetings/<id:public_id>/<row:subject>/<int:pk>/remove/",
        EDITORS,
        (
            "/meetings/{meeting}/participant/{participant}/remove/",
            "POST /meetings/{meeting}/participant/{participant}/remove/",
        ),
    ),
    (
        "meetings/<id:public_id>/split/",
        EDITORS,
        ("/meetings/{open}/split/", "/meetings/{meeting}/split/", "POST /meetings/{meeting}/split/"),
    ),
    (
        "documents/<id:public_id>/mark/",
        EDITORS,
        ("/documents/{document}/mark/?start=0&end=9", "POST /documents/{document}/mark/?start=0&end=9"),
    ),
    ("documents/<id:public_id>/delete", EDITORS, "/documents/{document}/delete"),
    ("documents/<id:public_id>/delete", EDITORS_POST, "POST /documents/{document}/delete"),
    ("documents/removed/<int:pk>", EDITORS, "/documents/removed/{removed}"),
    ("documents/removed/<int:pk>/back", POSTED, "/documents/removed/{removed}/back"),
    ("documents/removed/<int:pk>/back", EDITORS_POST, "POST /documents/removed/{removed}/back"),
    # The admin, beside the pages of its models
    ("admin/", STAFF, "/admin/"),
    ("admin/login/", STAFF_MOVED, "/admin/login/"),
    ("admin/logout/", "302 302 302 405 405", "/admin/logout/"),
    ("admin/password_change/", STAFF_MOVED, "/admin/password_change/"),
    ("admin/password_change/done/", STAFF, "/admin/password_change/done/"),
    (
        "admin/autocomplete/",
        STAFF,
        "/admin/autocomplete/?app_label=meetings&model_name=participant&field_name=person&term=zqx",
    ),
    ("admin/jsi18n/", STAFF, "/admin/jsi18n/"),
    ("admin/r/<path:content_type_id>/<path:object_id>/", STAFF_MOVED, "/admin/r/{meeting_type}/{meeting_pk}/"),
    ("admin/^(?P<app_label>", STAFF, "/admin/meetings/"),
    ("admin/^(?P<app_label>", "302 302 302 404 200", "/admin/auth/"),
    ("admin/(?P<url>.*)$", "302 302 302 404 404", "/admin/nowhere/"),
    ("admin/auth/user/<id>/password/", ADMINISTRATORS, "/admin/auth/user/{reader_pk}/password/"),
]

# What the machine makes is shown in the admin and not written; what readers keep is removed there, at most.
VIEW_ONLY = {
    "account", "accountissue", "accountparticipant", "documentrevision", "evidence", "judgement", "meeting", "meetingissue", "participant",
    "passage", "personname", "position", "statement", "suggestion",
    "workitem",
}  # fmt: skip
NEVER_ADDED = VIEW_ONLY | {"accessattempt", "document", "savedsearch"}
NEVER_DELETED = VIEW_ONLY | {"country", "user"}
TABLES = {"issue", "person", "position"}
ELSEWHERE = {"meeting"}  # whose history has a page of its own
OWN = {"savedsearch"}  # which others than administrators see of themselves alone
FOR_ADMINISTRATORS = {"user", "accessattempt"}


def admin_addresses() -> Iterator[tuple[str, str, str]]:
    """The pages of each model in the admin; ``{…_row}`` is a row of it."""
    for model, editing in admin.site._registry.items():
        name, place = model._meta.model_name, f"{model._meta.app_label}/{model._meta.model_name}"
        allowed = ADMINISTRATORS if name in FOR_ADMINISTRATORS else STAFF
        yield f"admin/{place}/", allowed, f"/admin/{place}/"
        yield f"admin/{place}/", allowed, f"/admin/{place}/?q=zqx"
        added = NOBODY if name in NEVER_ADDED else allowed
        yield f"admin/{place}/add/", added, f"/admin/{place}/add/"
        reached = OWNERS if name in OWN else allowed
        row = f"/admin/{place}/{{{name}_row}}/"
        yield f"admin/{place}/<path:object_id>/", STAFF_MOVED, row
        yield f"admin/{place}/<path:object_id>/change/", reached, f"{row}change/"
        yield (
            f"admin/{place}/<path:object_id>/history/",
            STAFF_MOVED if name in ELSEWHERE else reached,
            f"{row}history/",
        )
        if hasattr(editing, "history_form_view"):
            yield f"admin/{place}/^([^/]+)/history/([^/]+)/$", allowed, f"{row}history/{{{name}_version}}/"
        if name in TABLES:
            yield f"admin/{place}/export/", allowed, f"/admin/{place}/export/"
            yield f"admin/{place}/import/", allowed, f"/admin/{place}/import/"
            yield f"admin/{place}/process_import/", "302 302 302 405 405", f"/admin/{place}/process_import/"
        yield f"admin/{place}/<path:object_id>/delete/", NOBODY if name in NEVER_DELETED else reached, f"{row}delete/"


def routes() -> Iterator[str]:
    """Every route of the URL configuration. The end of a pattern that lists the apps is left out."""

    def walk(patterns: list, start: str) -> Iterator[str]:
        for pattern in patterns:
            route = start + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield route.partition("(?P<app_label>")[0] + "(?P<app_label>" if "(?P<app_label>" in route else route
            else:
                yield from walk(pattern.url_patterns, route)

    yield from walk(get_resolver().url_patterns, "")


def lines() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The whole table: route, answers, addresses."""
    for route, answers, addresses in [*ADDRESSES, *admin_addresses()]:
        yield route, answers, (addresses,) if isinstance(addresses, str) else addresses


def pages(role: str, made_of: dict[str, object]) -> Iterator[str]:
    """An address of every page of the app, the admin apart, that the role may see."""
    for route, answers, addresses in ADDRESSES:
        address = addresses if isinstance(addresses, str) else addresses[0]
        may_see = answers.split()[ROLES.index(role)] == "200"
        is_page = address.partition("?")[0].endswith(("/", "_url}"))  # no file, and not sent by a form
        if may_see and is_page and not route.startswith(("admin/", "health/")):
            yield address.format(**made_of)


# Asking


def visitor(role: str, world: World) -> Client:
    client = Client(raise_request_exception=False)
    if role != "stranger":
        client.force_login(world.users[role])
    return client


def ask(client: Client, address: str):
    method, _, path = address.rpartition(" ")
    return (client.post if method else client.get)(path)


def content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def filled(world: World, text: str = TEXT) -> dict[str, object]:
    """Hide something, and say what addresses are made of: a row of the restricted collection for each, where there is one."""
    hidden = hide(world, text)
    AccessAttempt.objects.create(username="x", ip_address="192.0.2.1", failures_since_start=1)
    rows = {f"{model._meta.model_name}_row": latest(model) for model in admin.site._registry}
    kept = {}
    for model, editing in admin.site._registry.items():
        if hasattr(editing, "history_form_view"):
            row = model._base_manager.get(pk=rows[f"{model._meta.model_name}_row"])
            row._history_user = world.users["editor"]
            row.save()
            kept[f"{model._meta.model_name}_version"] = row.history.first().pk
    return {
        **rows,
        **kept,
        **hidden,
        "open_url": world.open.get_absolute_url(),
        "open_document_url": Document.objects.get(public_id=hidden["open_document"]).get_absolute_url(),
        "together_url": together(world.shared, world.other),
        "meeting_type": ContentType.objects.get_for_model(Meeting).pk,
        "meeting_pk": Meeting.objects.get(public_id=hidden["meeting"]).pk,
        "reader_pk": world.users["other"].pk,
    }


def latest(model) -> object:
    """The key of the row that was made last; 0 where there is none."""
    return model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
