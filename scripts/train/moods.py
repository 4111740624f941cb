"""Sentences to learn status from: every plain way to plan, deny, end, report or guess, with every predicate.

A frame of words ("{s} used to {inf}") is filled with the verb phrases of each predicate. What English says in any
frame it says with any verb; annotated documents show each pair too seldom to learn it from them alone.
"""

from collections.abc import Iterator

from kg.text.segment import segments
from scripts.train.corpus import Annotated

_NAMES = {
    "Company": (
        "Quernmore Cloud|Tolland Compute|Brack Labs|Skelwith AI|Harlow Digital|Ennerdale Power|Caldbeck Capital"
        "|Ambrose Silicon"
    ),
    "Facility": "Mossdale campus|Thirlmere Park|Coldbarrow One|Uldale Works",
    "Chip": "H200|B300|MI355X|Trainium3",
    "Person": "Ines Marrow|Tomas Reyle",
}
_PHRASES = """
LEASES_FROM Company Company rent|rents|rented|rented|renting 40 MW from {o}
LEASES_FROM Company Company lease|leases|leased|leased|leasing capacity from {o}
LEASES_FROM Company Company buy|buys|bought|bought|buying computing power from {o}
LEASES Company Facility lease|leases|leased|leased|leasing {o}
LEASES Company Facility take|takes|took|taken|taking space at {o}
SUPPLIES Company Company sell|sells|sold|sold|selling servers to {o}
SUPPLIES Company Company supply|supplies|supplied|supplied|supplying {o} with boards
LENDS_TO Company Company lend|lends|lent|lent|lending $200 million to {o}
LENDS_TO Company Company finance|finances|financed|financed|financing {o}
INVESTS_IN Company Company invest|invests|invested|invested|investing in {o}
INVESTS_IN Company Company buy|buys|bought|bought|buying 8% of {o}
ACQUIRES Company Company acquire|acquires|acquired|acquired|acquiring {o}
ACQUIRES Company Company take|takes|took|taken|taking over {o}
GUARANTEES Company Company guarantee|guarantees|guaranteed|guaranteed|guaranteeing the debt of {o}
OWNS Company Facility own|owns|owned|owned|owning {o}
OPERATES Company Facility operate|operates|operated|operated|operating {o}
OPERATES Company Facility run|runs|ran|run|running {o}
BUILDS Company Facility build|builds|built|built|building {o}
BUILDS Company Facility expand|expands|expanded|expanded|expanding {o}
POWERS Company Facility power|powers|powered|powered|powering {o}
POWERS Company Facility supply|supplies|supplied|supplied|supplying {o} with electricity
USES_CHIP Company Chip buy|buys|bought|bought|buying {o} chips
USES_CHIP Company Chip use|uses|used|used|using the {o}
USES_CHIP Company Chip train|trains|trained|trained|training on {o} processors
HOSTS_CHIP Facility Chip house|houses|housed|housed|housing {o} processors
HOSTS_CHIP Facility Chip hold|holds|held|held|holding 4,000 {o} chips
FABRICATES Company Chip make|makes|made|made|making the {o}
PARTNERS_WITH Company Company cooperate|cooperates|cooperated|cooperated|cooperating with {o} in a partnership
SUES Company Company sue|sues|sued|sued|suing {o}
LEADS Person Company run|runs|ran|run|running {o}
LEADS Person Company head|heads|headed|headed|heading {o}
"""
"""Predicate, subject and object types, a verb phrase: infinitive, present, past, participle, gerund, the rest."""

_CLOSED = frozenset(("LEASES_FROM", "LEASES", "SUPPLIES", "LENDS_TO"))
"""Predicates that an agreement makes true."""

_FRAMES = """
asserted {s} {pres}.
asserted {s} {past} last year.
asserted {s} has {part}.
asserted {s} said on Monday that it has {part}.
asserted {s} now {pres}.
asserted In 2024 {s} {past}.
asserted {s} confirmed that it {pres}.
asserted {s} has been {ing} since 2023.
planned {s} plans to {inf}.
planned {s} will {inf} next year.
planned {s} is to {inf}.
planned {s} intends to {inf} in 2028.
planned {s} is in talks to {inf}.
planned {s} said it would {inf}.
planned {s} hopes to {inf}.
planned {s} wants to {inf}.
planned {s} expects to {inf} by 2027.
planned {s} is preparing to {inf}.
planned {s} has an option to {inf}.
planned {s} has signed a letter of intent to {inf}.
planned {s} is negotiating to {inf}.
planned {s} is due to {inf} in 2027.
planned {s} is about to {inf}.
planned {s} has pledged to {inf}.
planned {s} proposes to {inf}.
planned {s} has yet to {inf} as planned.
speculative {s} may {inf}.
speculative {s} might {inf} one day.
speculative {s} could {inf}.
speculative Will {s} {inf}?
speculative Perhaps {s} will {inf}.
speculative Analysts think that {s} could {inf}.
speculative There is speculation that {s} will {inf}.
speculative Could {s} {inf}?
speculative Whether {s} will {inf} is open.
speculative {s} is rumoured to be {ing}.
reported {s} has reportedly {part}.
reported {s} has {part}, according to people familiar with the matter.
reported {s} is said to have {part}.
reported {s} reportedly {pres}.
reported {s} has {part}, two people with knowledge of it said.
reported Sources say that {s} has {part}.
reported {s} has {part}, people briefed on the matter said.
ended {s} used to {inf}.
ended {s} formerly {past}.
ended {s} no longer {pres}.
ended {s} has stopped {ing}.
ended {s} denied that it had {part}.
ended {s} denied {ing}.
ended {s} has not {part}.
ended {s} never {past}.
ended {s} {past} until 2022.
ended {s} once {past}.
ended {s} decided against {ing}.
ended {s} will not {inf}.
ended Reports that {s} has {part} are wrong.
ended {s} refused to {inf}.
ended {s} has dropped its plan to {inf}.
ended {s} had planned to {inf} but gave up.
ended {s} was to {inf}, but the deal fell through.
ended {s} previously {past}.
ended {s} ceased {ing} in 2024.
ended {s} has scrapped plans to {inf}.
ended Nor does {s} {inf}.
ended {s} said it does not {inf}.
ended Until 2023 {s} {past}.
ended {s} has abandoned talks to {inf}.
"""
"""A status, and a way to say something in it, whatever it is."""

_AGREED = ("{s} has agreed to {inf}.", "{s} signed a contract to {inf}.", "{s} committed to {inf}.")
_EVERY = 3
"""Of the pairs of frame and phrase, which part is written."""


def moods() -> list[Annotated]:
    """Return the sentences, some to a document, each with the one relation that it states."""
    lines: dict[int, list[tuple[str, dict[str, str]]]] = {}
    for number, line in enumerate(_lines()):
        lines.setdefault(number % 40, []).append(line)
    return [_document(number, own) for number, own in sorted(lines.items())]


def _lines() -> Iterator[tuple[str, dict[str, str]]]:
    count = 0
    for line in _PHRASES.split("\n")[1:-1]:
        predicate, subject_type, object_type, forms, rest = line.split(" ", 4)
        frames = [frame.split(" ", 1) for frame in _FRAMES.split("\n")[1:-1]]
        frames += [["asserted" if predicate in _CLOSED else "planned", frame] for frame in _AGREED]
        for status, frame in frames:
            count += 1
            subject, target = _name(subject_type, count), _name(object_type, count + 1 + count // 7)
            if count % _EVERY or subject == target:
                continue
            inf, pres, past, part, ing = (f"{form} {rest}".format(o=target) for form in forms.split("|"))
            text = frame.format(s=subject, inf=inf, pres=pres, past=past, part=part, ing=ing)
            yield text, {"s": subject, "p": predicate, "o": target, "status": status, "evidence": text}


def _name(kind: str, number: int) -> str:
    names = _NAMES[kind].split("|")
    return names[number % len(names)]


def _document(number: int, lines: list[tuple[str, dict[str, str]]]) -> Annotated:
    text = "\n\n".join(line for line, _ in lines) + "\n"
    entities = [
        {"name": name, "type": kind, "aliases": []}
        for kind, names in _NAMES.items()
        for name in names.split("|")
        if name in text
    ]
    relations = [{**fact, "quals": {}} for _, fact in lines]
    gold = {"id": f"moods-{number}", "published": None, "entities": entities, "relations": relations, "attributes": []}
    return Annotated(f"moods-{number}", text, gold, segments(text))
