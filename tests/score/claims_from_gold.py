"""Claims made from annotations, spoilt by chance: something to score without an extractor."""

import random
from collections.abc import Iterator
from typing import Any

from scripts.score.gold import Gold

PREDICATES = ("LEASES_FROM", "SUPPLIES", "LOCATED_IN", "PARTNERS_WITH")


def spoilt(gold: Gold, text: str, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the facts of the gold as claims: some lost, turned round, renamed, misread, doubled."""
    aliases = {e["name"]: [e["name"], *e["aliases"], e["name"].upper() + ", Inc."] for e in gold.data["entities"]}
    names = sorted(aliases)

    def claim(fact: dict[str, Any], subject: str, **said: Any) -> dict[str, Any]:
        start = text.find(fact["evidence"])
        return {
            "document": gold.path.name,
            "subject": {"name": chance.choice(aliases[subject]), "type": "Company"},
            "predicate": fact["p"],
            "object": None,
            "value": None,
            "status": chance.choice([fact["status"], fact["status"], "planned"]),
            "confidence": round(chance.random(), 1),
            "evidence": {"start": start, "end": start + len(fact["evidence"]), "text": fact["evidence"]},
            **said,
        }

    for fact in gold.data["relations"]:
        for _ in range(chance.choice([0, 1, 1, 1, 2])):
            ends = [fact["s"], fact["o"]]
            if chance.random() < 0.1:
                ends.reverse()
            if chance.random() < 0.1:
                ends[1] = chance.choice(names)
            quals = {
                n: v * 1.02 if isinstance(v, int) and chance.random() < 0.2 else v for n, v in fact["quals"].items()
            }
            target = {"name": chance.choice(aliases[ends[1]]), "type": "Company"}
            made = claim(fact, ends[0], object=target, qualifiers=quals)
            if chance.random() < 0.1:
                made["predicate"] = chance.choice(PREDICATES)
            if chance.random() < 0.05:
                made["subject"] = {"name": "Nobody Ltd.", "type": "Company"}
            if chance.random() < 0.05:
                made["evidence"] = {"start": 1, "end": 5, "text": "no such words"}
            yield made
    for fact in gold.data["attributes"]:
        if chance.random() < 0.8:
            yield claim(fact, fact["e"], value=fact["v"] if chance.random() < 0.8 else 12345)
