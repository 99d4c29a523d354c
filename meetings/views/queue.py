"""The queue, for those who look after it: how much waits, how fast it goes, what runs, and what was set aside."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

from .. import queue
from ..models import WorkItem
from ..roles import account_required
from .pages import paged, respond, row_number

SHOWN = 16  # items under way, and done of late
RECENT = timedelta(minutes=10)


@never_cache
@account_required
@permission_required("meetings.view_workitem", raise_exception=True)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    states = list(WorkItem.objects.order_by().values_list("state").annotate(Count("pk"), Min("queued")))
    counts = {state: n for state, n, _ in states}
    waiting = counts.get("queued", 0) + counts.get("working", 0)
    now = timezone.now()
    done = WorkItem.objects.filter(state="done")
    # What waits was perhaps asked for a moment ago, and nothing was to do before: the rate is that since then.
    asked = min((first for state, _, first in states if state in {"queued", "working"}), default=now)
    since = max(asked, now - RECENT)
    pace = done.aggregate(
        since=Count("pk", filter=Q(settled__gte=since)),
        recent=Count("pk", filter=Q(settled__gte=now - RECENT)),
        hour=Count("pk", filter=Q(settled__gte=now - timedelta(hours=1))),
    )
    left = waiting * (now - since) / pace["since"] if waiting and pace["since"] else None
    failed = WorkItem.objects.filter(state="failed").order_by("-settled", "-pk")
    context = {
        "states": [(label, counts.get(state, 0)) for state, label in WorkItem.STATES],
        "kept": queue.KEPT.days,
        "waiting": waiting,
        "pace": pace,
        "end": left and now + left,
        "soon": left is not None and left < timedelta(minutes=1),
        "workers": ProcrastinateWorker.objects.order_by("pk"),
        "working": WorkItem.objects.filter(state="working").order_by("pk")[:SHOWN],
        "done": done.order_by("-settled", "-pk")[:SHOWN],
        "page": paged(request, failed, total=counts.get("failed", 0)),
    }
    return respond(request, "queue/index.html", context, "now")


@account_required
@permission_required("meetings.change_workitem", raise_exception=True)
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Try one item again that was set aside, or all of them."""
    chosen = WorkItem.objects.all()
    if "item" in request.POST:
        chosen = chosen.filter(pk=row_number(request.POST["item"]))
    count = queue.retry(chosen)
    messages.success(request, f"Enqueued again: {count} item{'' if count == 1 else 's'}.")
    return redirect("queue")
