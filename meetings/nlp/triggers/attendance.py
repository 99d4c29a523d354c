"""Who else was at a meeting, or came to it: the words of sentences that tell no meeting of their own."""

from __future__ import annotations

import re

from meetings.nlp.skeleton import P
from meetings.nlp.triggers.phrases import NOUN, G

# Sentences that say who else took part in the meeting told before them.
ATTENDING = re.compile(
    r"^\W*(?:also |others? )?(?:present|joining [^.;:]{1,60}(?:was|were|are|is)|attending|taking part|participating|in attendance|participants|guests|among (?:the|those|his|her|their)[^\ue000-\uefff.;]{0,40}|with (?:the|him|her|mr)[^.;]{0,25} (?:went|were|was|came))\b"
    r"|\b(?:(?:was|were) (?:also |both )?(?:present|in attendance|accompanied|represented|joined|at the table|with (?:him|her|them))|took part|taking part|attended|accompanied (?:him|her|them|the)|joined (?:him|her|them|the)|sat (?:beside|opposite|with|in)|(?:was|were)(?: also)? on hand|came along|took notes|joined\W*$|flanked by|(?:other |[a-z]+ )?guests (?:were|was|included)|on the [a-z\ue000-\uf8ff]{1,20} side (?:were|was)|(?:delegation|side|team|party|group)\b[^\ue000-\uefff.;]{0,30}\b(?:included|consisted of|comprised|was led by|were|was)|participants included|included)\b"
    rf"|\bjoined {P}"
)
# "The talks were also attended by …", "Mr Lund and Mr Dahl took part in the talks.": of those told before.
ATTENDED = re.compile(
    rf"^\W*(?:the|this|that) {NOUN}\b[^\ue000-\uefff.;]{{0,40}}\b(?:was|were) (?:also )?(?:attended|joined) by\b"
    rf"|^\W*{G}[^\ue000-\uefff.;:]{{0,40}}?\b(?:also|both) (?:joined|attended|participated in|took part in|sat in on) (?:the|this|that)\b"
    rf"|^[^\ue000-\uefff.;:]{{0,60}}{G} (?:joined|attended|participated in|took part in|sat in on|(?:was|were) present (?:at|during)) (?:the|this|that) {NOUN}\W*$"
)
# Who came to a talk whose record it is after it had begun: "(At 4 p.m. Colonel Lund joined the meeting.)"
ARRIVED = re.compile(
    r"\bjoined (?:the (?:meeting|talks?|conversation|discussions?|group|session|party|call)|them|us|in)\b|\bjoined\W*$"
    r"|\b(?:came|was called|were called|was brought) in(?:to the (?:room|meeting))?\b(?! (?:the|a|an|his|for)\b)|\bentered the (?:room|meeting)\b"
)
ABSENT = re.compile(r"\b(?:not|n't|nobody|never|without|will|would|absent)\b")
