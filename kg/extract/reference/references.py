"""The phrases of a segment that refer to something named elsewhere: pronouns, definite phrases, and gaps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.grammar.chunks import NP
from kg.extract.grammar.words import noun_lemma
from kg.extract.reading import Parsed

TYPE_HEADS = {
    "Company": frozenset(
        "company firm startup start-up group lab laboratory developer utility lender bank chipmaker operator "
        "cooperative co-op giant neocloud cloud supplier landlord tenant fund investor conglomerate business maker "
        "concern outfit parent subsidiary unit carmaker foundry hyperscaler vendor customer buyer seller borrower "
        "builder contractor owner bidder acquirer manufacturer retailer upstart unicorn miner agency ministry trust "
        "partner provider carrier telecom telco insurer broker rival competitor corporation organisation organization "
        "association brand vehicle venture issuer registrant guarantor employer entity household search occupant "
        "former latter other pair two both three trio duo client backer shareholder designer heavyweight".split()
    ),
    "Facility": frozenset(
        "site campus facility project complex cluster supercomputer building plant hall machine datacenter centre "
        "center shell development park fab factory property supercluster system installation hub farm station mine "
        "warehouse mill premises estate place region block phase scheme campuses former latter both two".split()
    ),
    "Chip": frozenset(
        "chip accelerator processor part gpu silicon card successor generation system platform device board "
        "asic".split()
    ),
    "Model": frozenset(["model", "assistant", "chatbot", "bot"]),
    "Place": frozenset(
        "city town county village state parish region province country municipality township island borough".split()
    ),
    "Person": frozenset(
        "executive founder chief boss chairman chairwoman billionaire entrepreneur ceo president man woman".split()
    ),
}
_PRONOUNS: Mapping[str, tuple[str, dict[str, float]]] = {
    **dict.fromkeys(("it", "itself"), ("it", {"Company": 1.0, "Facility": 0.8, "Chip": 0.3, "Model": 0.3})),
    "its": ("its", {"Company": 1.0, "Facility": 0.8, "Chip": 0.3, "Model": 0.3}),
    **dict.fromkeys(("they", "them", "themselves"), ("they", {"Company": 0.8, "Chip": 0.4})),
    **dict.fromkeys(("their", "theirs"), ("their", {"Company": 0.8, "Chip": 0.4})),
    **dict.fromkeys(("he", "him", "himself", "she", "herself"), ("he", {"Person": 1.0})),
    **dict.fromkeys(("his", "her", "hers"), ("his", {"Person": 1.0})),
    **dict.fromkeys(("we", "us", "i", "me"), ("we", {"Company": 1.0})),
    **dict.fromkeys(("our", "ours", "my"), ("our", {"Company": 1.0})),
}
_ARTICLES = frozenset("the that this these those both each".split())
FORMS = ("it", "its", "they", "their", "he", "his", "we", "our", "definite", "gap")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something that refers: at an item (-1: a gap, for nothing stands there), how, and to which types of entity.

    ``before`` is the item before which its antecedent is named; ``noun`` and ``modifiers`` are those of "the Denver
    developer", and ``names`` which names of the segment are among the modifiers.
    """

    item: int
    form: str
    kinds: Mapping[str, float]
    before: int
    noun: str = ""
    modifiers: frozenset[str] = frozenset()
    names: tuple[int, ...] = ()
    plural: bool = False


def phrases(parsed: Parsed) -> Iterator[Phrase]:
    """Yield the pronouns and definite phrases of a segment, in no particular order."""
    for at, item in enumerate(parsed.items):
        if item.kind == "word" and item.lower in _PRONOUNS and item.tag in ("PRON", "POSS"):
            form, kinds = _PRONOUNS[item.lower]
            if item.lower == "her" and item.tag == "PRON":
                form = "he"
            yield Phrase(at, form, kinds, at, plural=form in ("they", "their"))
    for k, chunk in enumerate(parsed.chunks):
        if chunk.kind == NP and not (chunk.names and parsed.items[chunk.head].kind == "name"):
            phrase = _definite(parsed, k)
            if phrase:
                yield phrase


def _definite(parsed: Parsed, k: int) -> Phrase | None:
    """Return "the company", "this site", "the Denver developer" as a phrase, and None for what refers to nothing."""
    chunk = parsed.chunks[k]
    first, head = parsed.items[chunk.first], parsed.items[chunk.head]
    if first.lower not in _ARTICLES or head.kind != "word":
        return None
    noun = noun_lemma(head.lower)
    kinds = {kind: 1.0 for kind, heads in TYPE_HEADS.items() if noun in heads}
    if not kinds:
        return None
    inside = range(chunk.first + 1, chunk.head)
    modifiers = frozenset(parsed.items[j].lower for j in inside)
    names = tuple(parsed.items[j].ref for j in inside if parsed.items[j].kind == "name")
    plural = first.lower in ("these", "those", "both") or head.lower != noun or noun in ("two", "both", "pair", "three")
    return Phrase(chunk.head, "definite", kinds, chunk.first, noun, modifiers, names, plural)


def gap(kind: str) -> Phrase:
    """Return the reference of a segment that does not say what it is about."""
    return Phrase(-1, "gap", {kind: 1.0}, 0)
