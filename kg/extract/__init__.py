"""Reading claims from text: mentions, grammar, candidates proposed by the lexicon, a ranker that decides."""
