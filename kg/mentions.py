"""Where a document names something: each place with the type and the fullest name of what it names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.core.claim import Claim, EntityName


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: ``text[start:end]``, its type, and the fullest name that the document uses."""

    start: int
    end: int
    type: str
    name: str


def mentions(text: str, claims: Iterable[Claim]) -> list[Mention]:
    """Return the names that are read in a text, in order and free of overlap, typed as the claims have them.

    Names that only a claim gives, as another extractor may, are looked for by their letters.
    """
    ends = {end.name: end for claim in claims for end in (claim.subject, claim.object) if end}
    found = [*_read(text, ends), *_by_letters(text, ends.values())]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _read(text: str, ends: Mapping[str, EntityName]) -> Iterator[Mention]:
    from kg.extract.naming.names import name_document  # noqa: PLC0415  reads the registry and the weights
    from kg.text.segment import segments  # noqa: PLC0415  as above

    entities, occurrences = name_document(text, segments(text))
    for occurrence in occurrences:
        entity = entities[occurrence.entity]
        kind = ends[entity.name].type if entity.name in ends else entity.type
        yield Mention(occurrence.start, occurrence.end, kind, entity.name)


def _by_letters(text: str, ends: Iterable[EntityName]) -> Iterator[Mention]:
    forms = {form: end for end in ends for form in (*end.aliases, end.name) if form}
    if not forms:
        return
    longest = sorted(forms, key=lambda form: (-len(form), form))
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", text):
        end = forms[match.group()]
        yield Mention(match.start(), match.end(), end.type, end.name)
