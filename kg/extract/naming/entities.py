"""The entities of a document: which of its names are one, what each is called in full, and where each occurs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.core.ids import fold, name_key
from kg.extract.grammar.words import outlets
from kg.extract.naming.runs import SITE_TAILS
from kg.extract.naming.tagger import short_forms
from kg.extract.reading import OUTLET, DocEntity, Occurrence
from kg.schema import places
from kg.schema.registry import registry
from kg.text.segment import Segment

_SUFFIX = re.compile(
    r",?\s(?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|PLC|plc|L\.?P|LLP|AG|SE|S\.?A|N\.?V|B\.?V|GmbH|Oyj|AB|ASA|"
    r"S\.?p\.?A|Bhd|Sdn\.? Bhd|Pte\.? Ltd|Pty\.? Ltd|KK|K\.K|hf|AS|A/S|SAS|Holdings?|Group|Incorporated)\b\.?"
)
_DEFINED = re.compile(
    r"\s*\(\s*(?:(?:the|together with|collectively|or|hereafter|a\.k\.a\.|also|formerly|NYSE|NASDAQ|Nasdaq|TSX|LSE|ASX|"
    r"HKEX|SGX|TSE|KRX|NSE|BSE)\b[:,]?\s*)*[\"“'‘]?([A-Z0-9][\w&.\- ]{0,30}?)[,.]?[\"”'’]?\s*\)"
)
_SEVERAL = re.compile(r"(?<=[A-Z\d])s$|(?<=\d[a-z])s$")
"""Signs of a plural that no chip's own name ends in, as the s of "Atlas" may be."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a string names: the likeliest type, and the chance of each type that is worth considering."""

    type: str
    chances: dict[str, float]


def cluster(text: str, found: dict[str, Guess]) -> list[DocEntity]:
    """Join the names that one document uses for one entity."""
    groups: list[DocEntity] = []
    by_key: dict[tuple[str, str], DocEntity] = {}
    for name in sorted(found, key=lambda n: (-len(n.split()), -len(n), n)):
        kind = found[name].type
        full = _with_suffix(text, name) if kind == "Company" else name
        link = known_id(name, kind)
        keys = [("id", link)] if link else []
        keys.append((kind, name_key(_singular(name, kind))))
        entity = next((by_key[k] for k in keys if k in by_key), None)
        if entity is None and not link:
            entity = _longer(name, kind, groups)
        if entity is None and link:
            longer = _longer(name, kind, groups)
            entity = longer if longer is not None and longer.id in (None, link) and name in _forms_of(longer) else None
        if entity is None:
            entity = DocEntity(
                full,
                kind,
                set(),
                link,
                set(registry().entries[link].roles) if link and not link.startswith("place:") else set(),
            )
            if kind == "Company" and full.removeprefix("The ").removeprefix("the ") in outlets():
                entity.roles.add(OUTLET)
            groups.append(entity)
        else:
            entity.id = entity.id or link
        for other, chance in found[name].chances.items():
            entity.chances[other] = max(entity.chances.get(other, 0.0), chance)
        entity.aliases |= {name, full}
        for key in keys:
            by_key.setdefault(key, entity)
    for entity in groups:
        _add_defined(text, entity, found)
    return _finish(groups)


def _finish(groups: list[DocEntity]) -> list[DocEntity]:
    for entity in groups:
        forms = entity.aliases | {entity.name}
        entity.name = max(forms, key=lambda f: (_fullness(f, entity.type), f))
        entity.aliases = forms - {entity.name}
    return groups


def _fullness(name: str, kind: str) -> tuple[int, int]:
    """Order names by how full they are; capitals throughout and plurals are less full than their like."""
    shouting = name.isupper() and len(name) > 5
    plural = kind == "Chip" and name.endswith("s")
    return (len(name.split()), len(name) - 3 * shouting - 2 * plural)


def _singular(name: str, kind: str) -> str:
    return name[:-1] if kind == "Chip" and name.endswith("s") and len(name) > 2 and name[-2].isalnum() else name


def of_one(chip: str) -> str:
    """Return what a chip is called, of how several are: "GB300s", "LPUs"."""
    return _SEVERAL.sub("", chip)


def known_id(name: str, kind: str) -> str | None:
    """Return the registry or gazetteer id of a name of this type, if there is one."""
    if kind == "Place":
        hits = places.find(name) if places.known(name) else []
        return hits[0].id if hits else None
    known = registry().by_name(_singular(name, kind), kind) or registry().by_name(name, kind)
    return known[0].id if len(known) == 1 else None


def _forms_of(entity: DocEntity) -> set[str]:
    forms = set()
    for name in entity.aliases | {entity.name}:
        forms |= short_forms(fold(name), entity.type)
    return forms


def _longer(name: str, kind: str, groups: list[DocEntity]) -> DocEntity | None:
    """Return the one entity of this type whose fuller name this shortens."""
    folded = fold(_singular(name, kind))
    hits = [
        e
        for e in groups
        if e.type == kind and any(folded in short_forms(fold(full), kind) for full in e.aliases | {e.name})
    ]
    if len(hits) != 1:
        return None
    return hits[0]


def _with_suffix(text: str, name: str) -> str:
    """Return the name with the legal form that follows it somewhere in the text."""
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        suffix = _SUFFIX.match(text, found.end())
        if suffix:
            longer = text[found.start() : suffix.end()]
            again = _SUFFIX.match(text, suffix.end())
            return text[found.start() : again.end()] if again else longer
    return name


def _add_defined(text: str, entity: DocEntity, found: dict[str, Guess]) -> None:
    """Take along the short form that a text gives in brackets: 'Wapsie Valley Electric Company ("WVE")'."""
    for name in sorted(entity.aliases | {entity.name}):
        for hit in re.finditer(rf"(?<!\w){re.escape(name)}", text):
            defined = _DEFINED.match(text, hit.end())
            if not defined:
                continue
            short = defined[1].strip()
            kind = found[short].type if short in found else entity.type
            quoted = re.search(r"[\"“]", defined.group()) is not None
            if short.casefold() in ("the company", "company", "tenant", "landlord") or len(short) < 2:
                continue
            if quoted or (short.isupper() and kind in (entity.type, "Company") and not places.known(short.title())):
                entity.aliases.add(short)


# --- places inside names of sites


def add_places_inside(entities: list[DocEntity]) -> None:
    """Note the place in a site's own name ("Lisbon campus"); it is a new entity if the text names it only there."""
    by_name = {fold(form): e for e in entities if e.type == "Place" for form in (e.name, *e.aliases)}
    for entity in [e for e in entities if e.chance("Facility") >= 0.5]:
        for form in sorted({entity.name, *entity.aliases}, key=lambda f: (-len(f), f)):
            inside = _place_inside(form, by_name)
            if inside:
                place = by_name.get(fold(inside))
                if place is None:
                    place = DocEntity(inside, "Place", {inside}, known_id(inside, "Place"))
                    by_name[fold(inside)] = place
                    entities.append(place)
                entity.place = place
                break


def _place_inside(name: str, named: dict[str, DocEntity]) -> str | None:
    """Return the place within a name: one that the text names elsewhere, or any before a word for a site."""
    words = name.split()
    tail = words[-1].casefold() in SITE_TAILS
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            part = " ".join(words[start : start + length])
            if not part[0].isupper() or part.casefold() in SITE_TAILS or len(part) < 4:
                continue
            if fold(part) in named:
                return part
            hits = places.find(part) if places.known(part) else []
            if hits and ((tail and start == 0 and hits[0].population >= 5_000) or hits[0].population >= 300_000):
                return part
    return None


# --- where they occur


def occurrences(text: str, segments: Sequence[Segment], entities: Sequence[DocEntity]) -> list[Occurrence]:
    """Return every place that names one of the entities, longer names first, without overlap."""
    owner: dict[str, int] = {}
    for index, entity in enumerate(entities):
        for form in entity.aliases | {entity.name}:
            owner.setdefault(form, index)
    if not owner:
        return []
    forms = sorted(owner, key=lambda f: (-len(f), f))
    pattern = re.compile("|".join(rf"(?<![\w]){re.escape(f)}(?!\w)" for f in forms))
    found = []
    for segment in segments:
        if segment.kind != "aside":
            found += [
                Occurrence(m.start(), m.end(), owner[m.group()])
                for m in pattern.finditer(text, segment.start, segment.end)
            ]
    return found
