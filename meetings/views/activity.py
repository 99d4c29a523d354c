"""What people decided and changed, newest first, for editors: by whom, what it was before, why, and how to take it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import make_aware
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import decisions, history, overrides
from ..models import Judgement, Meeting
from ..presentation.corrections import decision
from ..roles import editor_required
from .pages import UUID, paged, reached, respond, row_number, untidy

ON_MEETINGS = Q(meeting__isnull=False) | ~Q(anchor="")
PAIRS = Q(verb__in=("same", "different")) | Q(verb="unsure", value__isnull=False)
KINDS = {
    "reviews": ("Reviews of meetings", Q(verb__in=("confirm", "reject", "unsure")) & ~PAIRS),
    "meetings": (
        "Corrections of meetings",
        ON_MEETINGS & ~Q(verb__in=("confirm", "reject", "unsure", "same", "different")),
    ),
    "same": ("The same, or not", PAIRS),
    "people": ("People", Q(subject="person") & ~ON_MEETINGS),
    "world": (
        "Places, countries, bodies, topics",
        Q(subject__in=("place", "country", "organisation", "issue")) & ~ON_MEETINGS,
    ),
    "documents": ("Documents and collections", Q(subject__in=("document", "collection")) & ~ON_MEETINGS),
}


MOST_LINES = 2_000  # of all acts on a page: a table that was brought in can have as many
SHOWN = 12  # of one act


@dataclass(frozen=True)
class Act:
    """What somebody decided at once. ``lines`` are its decisions; ``first`` is one of them."""

    first: Judgement
    lines: Sequence[Judgement]
    changed: Sequence[history.Changed] = field(default_factory=list)

    @property
    def shown(self) -> Sequence[Judgement]:
        return self.lines[:SHOWN] or [self.first]

    @property
    def more(self) -> int:
        return max(0, len(self.lines) - SHOWN)

    @property
    def whole(self) -> bool:
        """Whether a record was added or removed, which is not done a second time by itself."""
        return any(overrides.is_whole(line) for line in self.lines)

    @property
    def records(self) -> list[tuple[str, str]]:
        """Name and address, in the admin, of what was changed beyond meetings; of what is gone its history."""
        rows = [one for one in self.changed if one.model not in OF_A_PERSON] or list(self.changed)
        return [(str(one.model._meta.verbose_name), admin_address(one)) for one in dict.fromkeys(rows)]


OF_A_PERSON = {history.PersonName, history.Position}


def admin_address(one: history.Changed) -> str:
    page = "history" if one.kind == "-" else "change"
    return reverse(f"admin:meetings_{one.model._meta.model_name}_{page}", args=[one.pk])


@never_cache
@editor_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if answer := untidy(request):
        return answer
    made = Judgement.objects.filter(asked_for(request))
    context = {
        "page": acts(paged(request, history.first_of_acts(made)), made),
        "people": get_user_model()
        .objects.filter(Exists(Judgement.objects.filter(made_by=OuterRef("pk"))))
        .order_by("username"),
        "kinds": [(name, label) for name, (label, _) in KINDS.items()],
        "asked": {name: request.GET.get(name, "") for name in ("by", "kind", "day")},
    }
    return respond(request, "activity/index.html", context, "results")


def asked_for(request: HttpRequest) -> Q:
    """The conditions in the address; one that makes no sense is none."""
    by, kind, day = (request.GET.get(name, "") for name in ("by", "kind", "day"))
    condition = Q() if row_number(by) is None else Q(made_by=row_number(by))
    if kind in KINDS:
        condition &= KINDS[kind][1]
    try:
        begin = make_aware(datetime.combine(date.fromisoformat(day), time()))
        return condition & Q(made_at__gte=begin, made_at__lt=begin + timedelta(1))
    except (ValueError, OverflowError):
        return condition


def acts(page: Page, made: QuerySet) -> Page:
    """The page's acts with all that was decided in each, as far as it was asked for."""
    found = [one.act for one in page]
    lines, changed = defaultdict(list), history.changed(found) if found else {}
    once = ("act", "verb", "subject", "key", "field")
    rows = made.filter(act__in=found).order_by(*once, "pk").distinct(*once)
    for line in sorted(rows.select_related("meeting")[:MOST_LINES], key=lambda line: line.pk):
        lines[line.act].append(line)
    page.object_list = [Act(one, lines[one.act], changed.get(one.act, [])) for one in page]
    return page


@never_cache
@editor_required
@require_safe
def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """All that was ever decided on one meeting, and on those that turned out to be the same."""
    record = reached(Meeting.objects.visible_to(request.user), "meeting", public_id=public_id)
    made = Judgement.objects.filter(Q(meeting=record) | Q(meeting__merged_into=record))
    page = acts(paged(request, history.first_of_acts(made)), made)
    return render(request, "activity/meeting.html", {"meeting": record, "page": page})


@editor_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take an act back, or do again what was taken back; then where one was."""
    act = request.POST.get("act", "")
    made = Judgement.objects.filter(act=act if UUID.fullmatch(act) else None).first()
    if made is None:
        messages.error(request, "There is no such decision.")
    elif made.withdrawn_at and "again" in request.POST and not overrides.is_whole(made):
        decisions.reinstate(request.user, [made])
        messages.success(request, f"Decided again: {decision(made)}.")
    elif made.withdrawn_at:
        messages.warning(request, "That was taken back already.")
    else:
        try:
            history.undo(request.user, made)
        except history.CannotUndo as error:
            messages.error(request, f"Not taken back. {error}")
        else:
            messages.success(request, f"Taken back: {decision(made)}.")
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe and back.startswith("/") else "activity")
