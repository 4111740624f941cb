"""The ranker: how likely each candidate is by itself, among its rivals, and among the claims of its document."""
