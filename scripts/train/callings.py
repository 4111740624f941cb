"""Sentences to learn roles from: every plain way to say what a company is, or what it is not, with every role.

A frame of words ("{a} is turning into {a_role}") is filled with the nouns of each role. Annotated documents mostly say
it in apposition, and the other ways too seldom to learn them from those alone.
"""

from collections.abc import Iterator
from typing import Any

from kg.text.segment import segments
from scripts.train.corpus import Annotated

_NAMES = (
    "Quernmore|Tolland Compute|Brack Systems|Skelwith|Harlow Digital|Ennerdale|Caldbeck Holdings|Ambrose|Thorsgill"
    "|Wansfell|Orrest Group|Lingmell|Torver Technologies|Hawkrigg|Dunmail|Yewdale"
).split("|")
_NOUNS = """
neocloud neocloud|neoclouds
neocloud neocloud provider|neocloud providers
neocloud GPU cloud|GPU clouds
neocloud AI cloud company|AI cloud companies
foundry chip foundry|chip foundries
foundry contract chipmaker|contract chipmakers
chip_designer chipmaker|chipmakers
chip_designer chip designer|chip designers
chip_designer chip startup|chip startups
ai_lab AI lab|AI labs
ai_lab model developer|model developers
ai_lab AI company|AI companies
hyperscaler hyperscaler|hyperscalers
hyperscaler cloud giant|cloud giants
utility utility|utilities
utility power producer|power producers
investor private equity firm|private equity firms
investor infrastructure investor|infrastructure investors
investor venture capital firm|venture capital firms
developer data center developer|data center developers
developer developer|developers
"""
"""A role, and a noun for it in singular and plural."""

_FRAMES = """
a The deal positions {a} as {a_role}.
a The lease makes {a} {a_role}, whether it likes the word or not.
a {a} is evolving into {a_role}.
a {a} may be turning into {a_role}, two analysts wrote.
a Is {a} becoming {a_role}?
a {a} has become {a_role} in all but name.
a {a} is emerging as {a_role}.
a {a} describes itself as {a_role}.
a {a} styles itself "{a_role}".
a {a} is best known as {a_role}.
a {a}, long {a_role}, published its figures on Monday.
a {a} is {a_role} with 400 employees.
a {a}: {a_role} from the north.
a {a}'s role as {a_role} is new.
a The {role} {a} published its figures on Monday.
a A comparable {role}, {a}, published its figures in May.
a A rival {role}, {a}, said nothing.
a Fellow {role} {a} declined to comment.
a Another {role} is {a}.
a As {a_role}, {a} is under pressure.
a Among {roles}, {a} stands out.
a Of all {roles}, {a} grew fastest.
a {a} competes with other {roles}.
a Like other {roles}, {a} has borrowed heavily.
a The largest of the {roles} is {a}.
ab {a} and {b}, both {roles}, said nothing.
ab {roles} such as {a} or {b} have borrowed heavily.
ab Unlike {roles} such as {a} and {b}, it has no debt.
ab {a} and {b} are {roles}.
ab {a}, {b} and other {roles} have borrowed heavily.
abc {roles} like {a}, {b} and {c} have borrowed heavily.
abc Companies like {a}, {b} and {c} are often called {roles}.
abc {a}, {b} and {c} are grouped with the {roles}.
abc The {roles} ({a}, {b}, {c}) have borrowed heavily.
abc Some {roles}, including {a}, {b} and {c}, have borrowed heavily.
abc The list of {roles} is growing: {a}, {b}, {c}.
a {b} buys from {roles} like {a}.
a {b} is a customer of {a}, {a_role}.
a {b} compared itself with {a}, {a_role}.
a For {b}, {roles} such as {a} are the best customers.
 {a} buys from {roles}.
 {a} sells to {roles}.
 {a} does not see itself as {a_role}.
 {a} is not {a_role}.
 {a} competes with {roles}.
 {a} has hired a manager from {a_role}.
 Demand from {roles} has helped {a}.
 Unlike the {roles}, {a} has no debt.
 {a} and {b} compete for the orders of {roles}.
 {a} declined to name the {role}.
 {a} said that {a_role} had taken the space.
 What {roles} pay, {a} does not say.
 {roles} have borrowed heavily, and {a} has lent to them.
 {a} advises {roles} and {b} insures them.
 {a} was founded by people from {a_role}.
"""
"""Which of the names in a sentence have the role, and a way to say so."""


def callings() -> list[Annotated]:
    """Return the sentences in documents that tell of no company twice: so it is known what each is not."""
    found: list[Annotated] = []
    named, lines, facts = set[str](), list[str](), list[dict[str, Any]]()
    for line, said in _lines():
        own = {name for name in _NAMES if name in line}
        if own & named:
            found.append(_document(len(found), lines, facts, named))
            named, lines, facts = set(), [], []
        named |= own
        lines.append(line)
        facts += said
    return [*found, _document(len(found), lines, facts, named)]


def _lines() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    count = 0
    for noun in _NOUNS.split("\n")[1:-1]:
        role, forms = noun.split(" ", 1)
        one, many = forms.split("|")
        article = "an" if one[0] in "aeioAEIO" else "a"
        for frame in _FRAMES.split("\n")[1:-1]:
            who, said = frame.split(" ", 1)
            count += 1
            names = dict(zip("abc", (_NAMES[(count * step) % len(_NAMES)] for step in (1, 3, 7)), strict=True))
            if len(set(names.values())) < len(names):
                continue
            text = said.format(**names, role=one, roles=many, a_role=f"{article} {one}")
            text = text[0].upper() + text[1:]
            fact = {"p": "role", "v": role, "status": "asserted", "evidence": text}
            yield text, [{"e": names[letter], **fact} for letter in who]


def _document(number: int, lines: list[str], facts: list[dict[str, Any]], named: set[str]) -> Annotated:
    text = "\n\n".join(lines) + "\n"
    entities = [{"name": name, "type": "Company", "aliases": []} for name in sorted(named)]
    gold = {"id": f"callings-{number}", "published": None, "entities": entities, "relations": [], "attributes": facts}
    return Annotated(f"callings-{number}", text, gold, segments(text))
