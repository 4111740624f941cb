"""Epoch AI, ML hardware: chips with designer, foundry, power and date."""
