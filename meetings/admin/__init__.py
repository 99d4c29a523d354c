"""The pages on which editors correct records: a module a subject. What they change is written down as judgements."""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

from . import accounts, documents, judgements, meetings, people, searches, suggestions, users, work, world  # noqa: F401

# The page of the queue shows what there is to do; a job is a batch of it, and tells nobody anything.
admin.site.unregister(ProcrastinateJob)
