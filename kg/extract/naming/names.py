"""The names of a document: which strings name what, which of them are one entity, and where each occurs."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.core.ids import fold, name_key
from kg.exceptions import OntologyError
from kg.extract.encoding import texts
from kg.extract.encoding.texts import LABELS, Hints
from kg.extract.grammar.tokens import tokenize
from kg.extract.grammar.words import outlets
from kg.extract.learned import LazyWeights, Table, arrays_of, lines_of
from kg.extract.naming import gazetteer
from kg.extract.naming.gazetteer import Match
from kg.extract.naming.runs import SITE_TAILS, Run, runs
from kg.extract.naming.tagger import Context, Sentence, Weights, decode, score, short_forms, surface, tally
from kg.extract.reading import OUTLET, TYPES, DocEntity, Occurrence
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


@dataclass(slots=True)
class Model:
    """The weights of the two readings, and the words that many documents have."""

    first: Weights
    second: Weights
    common: frozenset[str]


@cache
def model() -> Model:
    """Return the trained model; made by ``scripts/train``. Raises OntologyError if beside another encoder."""
    data = arrays_of("names")
    if lines_of(data["encoder"]) != [texts.trained().made]:
        raise OntologyError("weights/names.npz was learned beside another encoder; run: python scripts/dev.py train")
    first, second = (LazyWeights(Table.of(data, f"{name}.")) for name in ("first", "second"))
    return Model(first, second, frozenset(lines_of(data["common"])))


@dataclass(slots=True)
class Prepared:
    """A document made ready for naming: its runs with their sentences, and its words in lower case."""

    text: str
    runs: list[tuple[Sentence, Run]]
    matches: list[Match]
    lower: dict[str, int]


def prepare(text: str, segments: Sequence[Segment], hints: Hints) -> Prepared:
    """Find the stretches of each readable segment that may hold names; ``hints`` are the encoder's."""
    matched = gazetteer.matches(text)
    lower: dict[str, int] = defaultdict(int)
    for word in re.findall(r"\b[a-z][a-z]+\b", text):
        lower[word] += 1
    found = []
    at = 0
    for segment in segments:
        if segment.kind == "aside":
            continue
        tokens = tokenize(text, segment.start, segment.end)
        while at < len(matched) and matched[at].start < segment.start:
            at += 1
        inside = []
        for match in matched[at:]:
            if match.start >= segment.end:
                break
            if match.end <= segment.end:
                inside.append(match)
        long = [t for t in tokens if t.text[0].isalpha() and len(t.text) > 3]
        shouting = len(long) > 2 and sum(t.text[0].isupper() for t in long) >= 0.75 * len(long)
        sentence = Sentence.prepare(text, tokens, inside, segment.kind, hints, shouting=shouting)
        sure = [m for m in inside if not m.ambiguous]
        found += [(sentence, run) for run in runs(tokens, sure, shouting=shouting)]
    return Prepared(text, found, matched, dict(lower))


def spans(prepared: Prepared, weights: Weights, context: Context) -> list[tuple[Sentence, int, int, str, float]]:
    """Return the names that one reading finds: sentence, first and last token, type, margin."""
    found = []
    for sentence, run in prepared.runs:
        found += [(sentence, *name) for name in decode(sentence, run, weights, context)[0]]
    return found


@dataclass(frozen=True, slots=True)
class Guess:
    """What a string names: the likeliest type, and the chance of each type that is worth considering."""

    type: str
    chances: dict[str, float]


TEMPERATURE = 6.0
"""Divides scores before they become chances: fitted on documents held out."""

WORTH = 0.1
"""Chance from which another type of a name is considered."""


def inventory(prepared: Prepared, trained: Model) -> dict[str, Guess]:
    """Return what each string names, after two readings of the document."""
    context = Context(prepared.lower, {}, {}, trained.common)
    first = spans(prepared, trained.first, context)
    votes, parts = tally([(surface(s, a, z), kind, margin) for s, a, z, kind, margin in first])
    context = Context(prepared.lower, votes, parts, trained.common)
    totals: dict[str, list[float]] = {}
    times: dict[str, int] = defaultdict(int)
    for sentence, a, z, _, _ in spans(prepared, trained.second, context):
        row = score(sentence, a, z, trained.second, context)
        name = surface(sentence, a, _given(sentence, z))
        total = totals.setdefault(name, [0.0] * len(TYPES))
        times[name] += 1
        for n in range(len(TYPES)):
            total[n] += row[n]
    return {name: _guess([v / math.sqrt(times[name]) for v in total]) for name, total in totals.items()}


def _given(sentence: Sentence, last: int) -> int:
    """Return the last token of a name with what a hyphen adds to a person's in small letters: "Kang Sung-mo".

    No run holds it, as most of what follows a hyphen is no name ("Musk-backed"); the encoder tells them apart.
    """
    following = sentence.tokens[last + 1 : last + 3]
    joined = [t.start for t in following] == [sentence.tokens[last].end, sentence.tokens[last].end + 1]
    if len(following) == 2 and joined and following[0].text == "-" and following[1].text.islower():
        hint = sentence.hints[last + 2]
        if hint is not None and LABELS[max(range(len(hint)), key=hint.__getitem__)] == "I-Person":
            return last + 2
    return last


def _guess(scores: Sequence[float]) -> Guess:
    top = max(scores)
    weights = [math.exp((v - top) / TEMPERATURE) for v in scores]
    chances = {kind: w / sum(weights) for kind, w in zip(TYPES, weights, strict=True)}
    likeliest = max(chances, key=lambda k: (chances[k], k))
    return Guess(likeliest, {k: round(c, 3) for k, c in chances.items() if c >= WORTH})


def name_document(
    text: str, segments: Sequence[Segment], hints: Hints | None = None, trained: Model | None = None
) -> tuple[list[DocEntity], list[Occurrence]]:
    """Return the entities that a document names, and every place where it names one.

    ``hints`` are what an encoder makes of its words, ``trained`` a model learned beside such hints; without them the
    package's own are taken.
    """
    if hints is None:
        encoder = texts.trained()
        hints = encoder.hints(encoder.encode(text, segments))
    prepared = prepare(text, segments, hints)
    found = inventory(prepared, trained or model())
    entities = cluster(text, found)
    _add_places_inside(entities)
    return entities, occurrences(text, segments, entities)


def _add_places_inside(entities: list[DocEntity]) -> None:
    """Note the place in a site's own name ("Lisbon campus"); it is a new entity if the text names it only there."""
    by_name = {fold(form): e for e in entities if e.type == "Place" for form in (e.name, *e.aliases)}
    for entity in [e for e in entities if e.chance("Facility") >= 0.5]:
        for form in sorted({entity.name, *entity.aliases}, key=lambda f: (-len(f), f)):
            inside = _place_inside(form, by_name)
            if inside:
                place = by_name.get(fold(inside))
                if place is None:
                    place = DocEntity(inside, "Place", {inside}, _link(inside, "Place"))
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


# --- one entity, several names


def cluster(text: str, found: dict[str, Guess]) -> list[DocEntity]:
    """Join the names that one document uses for one entity."""
    groups: list[DocEntity] = []
    by_key: dict[tuple[str, str], DocEntity] = {}
    for name in sorted(found, key=lambda n: (-len(n.split()), -len(n), n)):
        kind = found[name].type
        full = _with_suffix(text, name) if kind == "Company" else name
        link = _link(name, kind)
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


def _link(name: str, kind: str) -> str | None:
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
