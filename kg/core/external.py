"""Ids that registers give to entities: by them an entity is recognised whatever a document calls it."""

import re

_FORMS = {
    "cik": re.compile(r"0*([1-9]\d{0,9})"),
    "lei": re.compile(r"([0-9A-Z]{18}\d{2})"),
    "wikidata": re.compile(r"(Q[1-9]\d*)"),
}

SCHEMES = tuple(_FORMS)
"""The registers whose ids identify: SEC filers, legal entities, Wikidata items. Tickers change hands, and do not."""


def external_id(scheme: str, value: str) -> str:
    """Return the id as it stands in an ``EntityName.id`` and in a ``same_as`` claim: "cik:1769628", "lei:…".

    Raises ValueError for a register that is none of ``SCHEMES``, and for a value that is no id of that register.
    """
    form = _FORMS.get(scheme)
    found = form.fullmatch(value.strip().upper()) if form else None
    if found is None:
        raise ValueError(f"{scheme}:{value} is no id of {', '.join(SCHEMES)}")
    return f"{scheme}:{found[1]}"


def is_external(text: str) -> bool:
    """Say whether the text is an id as ``external_id`` writes it."""
    scheme, _, value = text.partition(":")
    form = _FORMS.get(scheme)
    found = form.fullmatch(value) if form else None
    return found is not None and found[1] == value


def is_bare_id(name: str) -> bool:
    """Say whether a name is nothing but an id, as rows of a register give it that know no name: an LEI, "Q42"."""
    return any(is_external(f"{scheme}:{name}") for scheme in ("lei", "wikidata")) or name.startswith("CIK ")
