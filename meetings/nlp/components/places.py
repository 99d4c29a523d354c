"""Places that the text names: cities with coordinates, countries, buildings."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from meetings.authorities import countries
from meetings.nlp.annotations import PlaceMention
from meetings.nlp.cities import city

LABELS = {"GPE": "city", "FAC": "building", "LOC": "region"}


@Language.component("places", requires=["doc.ents"], assigns=["doc._.places"])
def places(doc: Doc) -> Doc:
    setting = doc._.setting
    if setting is None:
        return doc
    near = [code for code in (setting.host, setting.home) if code]
    found = []
    for ent in doc.ents:
        precision = LABELS.get(ent.label_)
        if precision is None:
            continue
        name = " ".join(ent.text.split()).strip(" .,")
        name = name.title() if name.isupper() and len(name) > 4 else name
        if (
            ent.start
            and doc[ent.start - 1].lower_ == "the"
            and (full := city(f"The {name}"))
            and full.name == f"The {name}"
        ):
            name = full.name
        state = countries.lookup(name, setting.on, near)
        if state:
            found.append(PlaceMention(ent.start, ent.end, name, state.iso, "country"))
        elif precision == "building":
            found.append(PlaceMention(ent.start, ent.end, name, None, precision))
        elif known := city(name, near):
            found.append(PlaceMention(ent.start, ent.end, name, known.country, "city", known.latitude, known.longitude))
        else:
            found.append(PlaceMention(ent.start, ent.end, name, None, precision))
    doc._.places = found
    return doc
