"""The administration site: its name, and how its index is laid out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

SECTIONS = {
    "Meetings": ["Meeting", "Participant", "MeetingIssue", "Suggestion", "Judgement"],
    "People, places, topics": ["Person", "PersonName", "Position", "Place", "Country", "Organisation", "Issue"],
    "Documents": ["Collection", "Document", "DocumentRevision", "Passage"],
    "What documents tell": ["Account", "AccountParticipant", "AccountIssue", "Statement", "Evidence"],
    "Work": ["WorkItem"],
    "Readers": ["SavedSearch"],
}


class Suggestions(AutocompleteJsonView):
    """What the type-ahead fields offer, in words that tell two records of one name apart."""

    def serialize_result(self, obj, to_field_name: str) -> dict[str, str]:
        return super().serialize_result(obj, to_field_name) | {"text": self.model_admin.in_a_list(obj)}


class Site(admin.AdminSite):
    site_title = site_header = settings.SITE_NAME
    index_title = "Editing"
    # The index names every list, and forms need the width.
    enable_nav_sidebar = False

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Everybody signs in on the one page; who is signed in already and may not edit is asked there for another account."""
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("password_change")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return Suggestions.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The app's lists by subject rather than by letter, the other apps after them."""
        apps = super().get_app_list(request, app_label)
        listed = []
        for app in apps:
            if app["app_label"] != "meetings":
                continue
            models = {model["object_name"]: model for model in app["models"]}
            for name, members in SECTIONS.items():
                shown = [models[member] for member in members if member in models]
                if shown:
                    listed.append(app | {"name": name, "models": shown, "app_url": shown[0]["admin_url"]})
        return listed + [app for app in apps if app["app_label"] != "meetings"]
