"""A card as people read it: names, what is told, deals, documents."""

import html

from kg.questions.answer import Answer
from kg.questions.card import Card
from kg.render import cells
from kg.render.html import html_table
from kg.render.layout import wrap
from kg.render.table import lines


def sections(card: Card) -> list[tuple[str, Answer]]:
    """Return the parts of the card that are not empty, with their headings."""
    heading = "Parties" if card.type == "Deal" else "Facts"
    parts = (
        ("Attributes", card.attributes),
        (heading, card.facts),
        ("Deals", card.deals),
        ("Documents", card.documents),
    )
    return [(name, part) for name, part in parts if len(part)]


def head(card: Card) -> list[str]:
    """Return what says who this is: name, id, type, aliases, external ids, whether the registry lists it."""
    said = [
        cells.line(card.name),
        f"{card.type}, {card.id}" + (", in the registry of known entities" if card.known else ""),
    ]
    if card.aliases:
        said.append(f"Also: {'; '.join(map(cells.line, card.aliases))}")
    if card.ids:
        said.append(", ".join(f"{scheme.upper()} {value}" for scheme, value in card.ids.items()))
    return said


def card_lines(card: Card, width: int, *, colour: bool = False) -> list[str]:
    """Return the card as lines."""
    result = [text for part in head(card) for text in wrap(part, width)]
    for name, part in sections(card):
        result += ["", f"{name} ({part.total:,})", *lines(part, width, colour=colour)[0], *part.notes]
    if not sections(card):
        result += ["", "Nothing is told of it here."]
    return result


def card_html(card: Card) -> str:
    """Return the card as HTML, for notebooks."""
    first, *rest = head(card)
    said = "".join(f"<p>{html.escape(text)}</p>" for text in rest)
    tables = "".join(f"<h4>{name}</h4>{html_table(part)}" for name, part in sections(card))
    return f"<h3>{html.escape(first)}</h3>{said}{tables}"
