"""The grammar of a segment: words and their tags, phrases, clauses and their slots, and the lexicon of triggers."""
