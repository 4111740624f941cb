"""Wikidata: identifiers, names, parents, seats and officers."""
