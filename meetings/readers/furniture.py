"""Page furniture of web pages saved as text: menus, share and subscribe lines, other headlines, captions.

By general features: a small vocabulary of what such lines say on any site, how long a fragment is, whether it ends like a
sentence, and where it stands.
"""

from __future__ import annotations

import re

# Lines that no article says of itself.
_FURNITURE = re.compile(
    r"""^(?:
      skip\ to\ (?:main\ )?content | (?:main\ )?menu | home | search | navigation | toggle\ navigation | log\ ?in | sign\ (?:in|up)\b.* | register
    | home\ ?[>›»/|].{2,200} | \w{3,12}(?:\ \w{3,12})?(?:\ ?[|>›»]\ ?\w{3,12}(?:\ \w{3,12})?){2,8} | (?:world|foreign|international|national|business)\ news | analysis | opinion
    | subscribe\b.* | (?:click\ here\ )?to\ subscribe\b.* | newsletter.* | get\ the\ latest\b.* | sign\ up\ (?:for|to)\b.*
    | share(?:\ (?:this|on|via)\b.*)? | tweet | print(?:\ this\ page)? | e-?mail(?:\ this\b.*)? | facebook | twitter | whatsapp | linkedin | copy\ link | comments(?:\ \(\d+\))?
    | follow\ (?:us|related|topics|authors)\b.* | .{0,40}\bpersonal\ news\ feed\b.* | authors?\ and\ topics\ you\ follow\b.*
    | interact\ with\b.* | (?:read|see|view|show)\ (?:more|next|also|all)\b.{0,80} | more\s*(?:>{1,2}|»|›).* | continue\ reading.* | load\ more.*
    | (?:related|recommended|trending|popular|most\ (?:read|popular|viewed|shared)|top\ stories|latest\ (?:news|stories|headlines)|world\ headlines|more\ (?:from|on|in|stories|news|headlines)|you\ (?:may|might)\ also\ like|editor.?s.?\ picks|what\ to\ read\ next|up\ next|don.?t\ miss)\b.{0,80}
    | advertisement | advertising | sponsored(?:\ content)? | story\ continues\ below.* | scroll\ to\ continue.*
    | (?:©|\(c\)|copyright\b).{0,160} | all\ rights\ reserved\b.{0,80} | terms\ (?:of\ (?:use|service)|and\ conditions)\b.{0,80} | privacy\ policy\b.{0,80} | cookie.{0,80}
    | visit\ .{2,60}\ classified\ website\b.* | please\ visit\ .{2,60}\ website\b.* | next | previous | back\ to\ top | tags?:.{0,120} | topics?:.{0,120}
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
# After one of these nothing of the article follows.
_TAIL = re.compile(
    r"""^(?:(?:©|\(c\)|copyright\b).{0,160}
    | (?:related|recommended|trending|most\ (?:read|popular|viewed|shared)|top\ stories|latest\ (?:news|stories|headlines)|world\ headlines|more\ (?:from|on|in|stories|news|headlines)|you\ (?:may|might)\ also\ like|what\ to\ read\ next|up\ next)\b.{0,60}
    | follow\ related\b.* | interact\ with\b.{0,60} )$""",
    re.IGNORECASE | re.VERBOSE,
)
_TELLING = re.compile(
    r"\b(?:calls?|meets?|meetings?|visits?|talks|readout|travels?|trip|hosts?|receives?|summit|statement|conversation)\b",
    re.IGNORECASE,
)
_CREDIT = r"(?:Reuters|Associated Press|AP|AFP|EPA|Getty(?: Images)?|Xinhua|TASS|Sputnik|Bloomberg|Kyodo|Anadolu|Shutterstock|Pool|Handout|File)"
_CAPTION = re.compile(
    rf"""^\W{{0,2}}(?:the\ )?in\ this\ .{{0,60}}\b(?:photo|image|picture)\b
    | ^\W{{0,2}}(?:photo|picture|image|file\ photo|file\ picture)(?:\ (?:by|credit|courtesy\ of))?\s?[:(|]
    | \((?:photo|image|picture|credit)s?(?:\ by|\ credit|\ courtesy\ of)?:?\ [^()]{{1,60}}\)\W{{0,2}}$
    | [/|(—]\s?(?:the\ )?{_CREDIT}(?:\ ?[/,]\ ?(?:the\ )?{_CREDIT})?\)?\.?$
    | \bfile\ (?:photo|picture)\b\W{{0,2}}$ | ^(?:file|illustrative)\ ?[-–—:]\ ?[A-Z]
    | \((?:the\ )?{_CREDIT}\ ?/\ ?[A-ZÀ-Þ][^()]{{2,40}}\)\W{{0,2}}$ | ^photo/\w+\b """,
    re.IGNORECASE | re.VERBOSE,
)


def is_furniture(text: str) -> bool:
    return len(text) < 400 and bool(_FURNITURE.match(" ".join(text.split())))


def entitles(line: str) -> bool:
    """Whether a line that holds a date tells of a meeting: a headline, not the line with the day of publication."""
    return bool(_TELLING.search(line))


def opens_tail(text: str) -> bool:
    return len(text) < 200 and bool(_TAIL.match(" ".join(text.split())))


def is_caption(text: str) -> bool:
    """A picture's legend: says that it is a photo, or ends with an agency's credit."""
    return len(text) < 700 and bool(_CAPTION.search(" ".join(text.split())))
