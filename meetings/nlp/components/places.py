"""Places that the text names: cities and venues with coordinates, countries, buildings."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from meetings.authorities import countries
from meetings.authorities.places import lookup as venue
from meetings.nlp.annotations import PlaceMention
from meetings.nlp.cities import STATES, place
from meetings.nlp.setting import Setting

LABELS = {"GPE": "city", "FAC": "building", "LOC": "region"}
NATIONS = frozenset({"GPE", "NORP"})


@Language.component("places", requires=["doc.ents"], assigns=["doc._.places"])
def places(doc: Doc) -> Doc:
    setting = doc._.setting
    if setting is None:
        return doc
    ents = doc.ents  # made anew each time it is asked for
    named = {code for ent in ents if ent.label_ in NATIONS and (code := setting.nation(ent.text))}
    near = named | {code for code in (setting.host, setting.home) if code}
    found = []
    for at, ent in enumerate(ents):
        name = " ".join(ent.text.split()).strip(" .,")
        precision = LABELS.get(ent.label_) or ("building" if ent.label_ == "ORG" and venue(name) else None)
        if precision is None:
            continue
        name = name.title() if name.isupper() and len(name) > 4 else name
        if ent.start and doc[ent.start - 1].lower_ == "the" and place(f"The {name}"):
            name = f"The {name}"
        likely = [code for code in (setting.host, setting.home) if code]
        state = countries.lookup(name, setting.on, likely) or countries.lookup(ent.text, setting.on, likely)  # "U.S."
        beside = _beside(doc, ents[at : at + 2], setting)
        if state:
            found.append(PlaceMention(ent.start, ent.end, name, state.iso, "country"))
        elif known := place(name, beside or near) or place(name.split(", ")[0], beside or near):
            country = setting.then(known.country)
            where = (known.precision, known.latitude, known.longitude)
            found.append(PlaceMention(ent.start, ent.end, known.name, country, *where))
        else:
            if doc[max(ent.start - 2, 0) : ent.start].text.lower() == "at the":
                precision = "building"  # of a town it would be "in"
            country = next(iter(beside), None) if precision == "building" else None
            found.append(PlaceMention(ent.start, ent.end, name.removeprefix("The "), country, precision))
    doc._.places = found
    return doc


def _beside(doc: Doc, pair: tuple[Span, ...], setting: Setting) -> set[str]:
    """The country that stands after a place and a comma: "Alexandria, Egypt", "Alexandria, Virginia"."""
    if len(pair) < 2 or doc[pair[0].end : pair[1].start].text.strip() != ",":
        return set()
    code = "US" if pair[1].text in STATES else setting.nation(pair[1].text)
    return {code} if code else set()
