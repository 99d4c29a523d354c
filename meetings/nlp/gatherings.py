"""Meetings that no sentence tells whole: one dates it, the next says who was there; or calls of a series, a line each. Pure."""

from __future__ import annotations

import re

from meetings.nlp.skeleton import D
from meetings.nlp.triggers.phrases import NOUN

RULE = "triggers.gathered/1"
SERIES_RULE = "triggers.series/1"
STRENGTH = 0.6
REACH = 3  # sentences after the dated one in which those who were there are named
# "At a July 14 roundtable at the residence, …", "The consultations were held May 3"; not "the May 3 session of Parliament".
DATED = re.compile(
    rf"{D}[^\ue000-\uefff.;:]{{0,25}}\b(?P<t>{NOUN}|reception)\b(?! of\b)"
    rf"|\b(?P<t2>{NOUN}|reception|met|gathered|convened)\b(?:(?!\b(?:will|would|to|shall)\b)[^\ue000-\uefff.;:]){{0,50}}{D}"
)
# Titles and summaries of telegrams that go on to tell call by call: "Introductory Calls", "a round of farewell meetings".
SERIES = re.compile(
    r"(?i)\b(?:introductory|courtesy|farewell|initial|first|protocol|round of)\b[^.;:]{0,25}\b(?:calls|meetings|visits)\b|\bpaid\b[^.;:]{0,20}\bcalls on\b"
)
BESIDE = 10  # tokens between a name and the day in brackets: "Prime Minister Lund (May 7)", "Dahl of the Dairy Board (May 8)"
