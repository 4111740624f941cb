"""Epoch AI, companies: founding, funding rounds, compute spend."""
